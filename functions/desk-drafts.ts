import { drafting } from '../lib/app/drafts.ts';
import { draftReply, summariseConversation } from '../lib/domain/contract/drafts.ts';
import { http, on } from './support/http.ts';

export const handler = http(
  on(draftReply, async ({ tenant, params, body }) => ({
    status: 200,
    body: await (await drafting()).reply(tenant, params.id, body),
  })),
  on(summariseConversation, async ({ tenant, params }) => ({
    status: 200,
    body: await (await drafting()).summary(tenant, params.id),
  })),
);
