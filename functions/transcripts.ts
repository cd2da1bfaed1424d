import { learning } from '../lib/app/learn.ts';
import { draftTopics, listTranscripts, readTranscript, startTranscript } from '../lib/domain/contract/transcripts.ts';
import { http, on } from './support/http.ts';

export const handler = http(
  on(startTranscript, async ({ tenant, caller, query, raw }) => ({
    status: 202,
    body: await (await learning()).startTranscript(tenant, { name: query.name, by: caller.agentId }, raw),
  })),
  on(listTranscripts, async ({ tenant, query }) => ({
    status: 200,
    body: await (await learning()).listTranscripts(tenant, query),
  })),
  on(readTranscript, async ({ tenant, params }) => ({
    status: 200,
    body: await (await learning()).readTranscript(tenant, params.id),
  })),
  on(draftTopics, async ({ tenant, caller, params, body }) => ({
    status: 200,
    body: await (await learning()).draftTopics(tenant, params.id, body.topics, caller.agentId),
  })),
);
