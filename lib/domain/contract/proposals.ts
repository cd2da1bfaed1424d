import * as z from 'zod';
import { Entry } from '../entry.ts';
import { Proposal } from '../gap.ts';
import { page, route } from './common.ts';

const manager = { roles: ['manager'] } as const;
const oneProposal = { ...manager, params: z.object({ id: z.string().max(100) }) };

export const listProposals = route('GET', '/v1/knowledge/proposals', {
  summary: "Changes of entries' answers that agents' edited replies suggest, those with most evidence first",
  ...manager,
  query: z.object({ status: Proposal.shape.status.optional(), cursor: z.string().max(20).optional() }),
  responses: {
    200: {
      description: 'As they were made out at `computedAt`',
      schema: page(Proposal).extend({ computedAt: z.iso.datetime().optional() }),
    },
  },
});

export const acceptProposal = route('POST', '/v1/knowledge/proposals/{id}/accept', {
  summary: 'Writes the change into the draft; 409 when the answer has changed meanwhile, which makes it outdated',
  ...oneProposal,
  responses: { 200: { description: 'Both', schema: z.object({ proposal: Proposal, entry: Entry }) } },
});

export const rejectProposal = route('POST', '/v1/knowledge/proposals/{id}/reject', {
  summary: 'Puts a proposed change aside for good',
  ...oneProposal,
  responses: { 200: { description: 'The proposal', schema: Proposal } },
});
