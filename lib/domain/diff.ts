import * as z from 'zod';
import { EntryId, ReleaseId } from './ids.ts';

/** One field of an entry that differs; `path` as in `answers.0.when`. */
export const FieldChange = z.object({
  path: z.string(),
  before: z.unknown().optional(),
  after: z.unknown().optional(),
});
export type FieldChange = z.infer<typeof FieldChange>;

export const EntryChange = z.object({
  id: EntryId,
  kind: z.enum(['added', 'changed', 'removed']),
  question: z.string(),
  fields: z.array(FieldChange),
});
export type EntryChange = z.infer<typeof EntryChange>;

const count = z.number().int().nonnegative();
export const ChangeCounts = z.object({ added: count, changed: count, removed: count });
export type ChangeCounts = z.infer<typeof ChangeCounts>;

/** What separates two states of the knowledge: a release's, or the draft's. Counts are of all, `items` is a page. */
export const KnowledgeDiff = ChangeCounts.extend({
  from: ReleaseId,
  to: z.union([ReleaseId, z.literal('draft')]),
  items: z.array(EntryChange),
  cursor: z.string().optional(),
});
export type KnowledgeDiff = z.infer<typeof KnowledgeDiff>;
