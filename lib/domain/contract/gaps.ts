import * as z from 'zod';
import { Entry } from '../entry.ts';
import { Gap, GapKind } from '../gap.ts';
import { page, route } from './common.ts';

const manager = { roles: ['manager'] } as const;
const oneGap = { ...manager, params: z.object({ id: z.string().max(100) }) };

export const listGaps = route('GET', '/v1/knowledge/gaps', {
  summary: 'What customers asked, and agents searched, that nothing answered, the most frequent first',
  ...manager,
  query: z.object({
    status: Gap.shape.status.optional(),
    kind: GapKind.optional(),
    cursor: z.string().max(20).optional(),
  }),
  responses: {
    200: {
      description:
        'As they were made out at `computedAt`; asking has them made out anew where that is due. Absent before the first time',
      schema: page(Gap).extend({ computedAt: z.iso.datetime().optional() }),
    },
  },
});

export const draftGap = route('POST', '/v1/knowledge/gaps/{id}/draft', {
  summary: 'Puts what the gap proposes, or the entry given, into the draft',
  ...oneGap,
  body: z.strictObject({ entry: Entry.optional() }),
  responses: { 200: { description: 'The gap and the entry', schema: z.object({ gap: Gap, entry: Entry }) } },
});

export const dismissGap = route('POST', '/v1/knowledge/gaps/{id}/dismiss', {
  summary: 'Puts a gap aside until it is asked twice as often',
  ...oneGap,
  responses: { 200: { description: 'The gap', schema: Gap } },
});
