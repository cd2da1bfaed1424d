import { learning } from '../lib/app/learn.ts';
import { dismissGap, draftGap, listGaps } from '../lib/domain/contract/gaps.ts';
import { acceptProposal, listProposals, rejectProposal } from '../lib/domain/contract/proposals.ts';
import { http, on } from './support/http.ts';

export const handler = http(
  on(listGaps, async ({ tenant, query }) => ({ status: 200, body: await (await learning()).listGaps(tenant, query) })),
  on(draftGap, async ({ tenant, caller, params, body }) => ({
    status: 200,
    body: await (await learning()).draftGap(tenant, params.id, body.entry, caller.agentId),
  })),
  on(dismissGap, async ({ tenant, params }) => ({
    status: 200,
    body: await (await learning()).dismissGap(tenant, params.id),
  })),
  on(listProposals, async ({ tenant, query }) => ({
    status: 200,
    body: await (await learning()).listProposals(tenant, query),
  })),
  on(acceptProposal, async ({ tenant, caller, params }) => ({
    status: 200,
    body: await (await learning()).acceptProposal(tenant, params.id, caller.agentId),
  })),
  on(rejectProposal, async ({ tenant, params }) => ({
    status: 200,
    body: await (await learning()).rejectProposal(tenant, params.id),
  })),
);
