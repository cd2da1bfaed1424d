import * as z from 'zod';
import { Golden } from '../knowledge.ts';
import { route } from './common.ts';

/** Each is asked twice by every release. */
export const MOST_GOLDEN = 2_000;

const manager = { roles: ['manager'] } as const;

export const GoldenList = z.object({
  items: z.array(Golden).max(MOST_GOLDEN),
  /** Grows with every change; 0 while there are none. */
  version: z.number().int().nonnegative(),
});
export type GoldenList = z.infer<typeof GoldenList>;

export const readGolden = route('GET', '/v1/knowledge/golden', {
  summary: 'Questions whose right intent is known: no release may lose one',
  ...manager,
  responses: { 200: { description: 'The questions', schema: GoldenList } },
});

export const writeGolden = route('PUT', '/v1/knowledge/golden', {
  summary: 'Replaces the golden questions of the version that was read; every bad row is named',
  ...manager,
  body: GoldenList,
  responses: { 200: { description: 'The questions as they are kept', schema: GoldenList } },
});
