import * as z from 'zod';
import { EntryId } from './ids.ts';
import { Language } from './language.ts';

const count = z.number().int().nonnegative();
const share = z.number().min(0).max(1);

/** A question that two releases treat differently. `lost` was right and is wrong, `changed` was and is something else. */
export const ChangedQuestion = z.object({
  text: z.string(),
  language: Language.optional(),
  change: z.enum(['gained', 'lost', 'changed']),
  /** The intent that is right, where that is known; of recent turns it is not. */
  expected: z.string().optional(),
  before: z.string().optional(),
  after: z.string().optional(),
  confidenceBefore: share.optional(),
  confidenceAfter: share.optional(),
});
export type ChangedQuestion = z.infer<typeof ChangedQuestion>;

/** One set of questions asked of the live release and of the next. Counts are of all; `examples` are the first. */
export const Comparison = z.object({
  asked: count,
  right: count.optional(),
  rightBefore: count.optional(),
  recall3: share.optional(),
  mrr: share.optional(),
  gained: count,
  lost: count,
  changed: count,
  examples: z.array(ChangedQuestion),
});
export type Comparison = z.infer<typeof Comparison>;

/** Two entries that take each other's questions. */
export const ConfusedPair = z.object({ a: z.string(), b: z.string(), questions: z.array(z.string()), count });
export type ConfusedPair = z.infer<typeof ConfusedPair>;

/** An answer that ends, or begins, within the window that the gate looks ahead. */
export const Expiry = z.object({
  entryId: EntryId,
  answer: count,
  kind: z.enum(['ends', 'begins']),
  at: z.iso.datetime({ offset: true }),
});
export type Expiry = z.infer<typeof Expiry>;

/** Two entries that claim one question, or two answers whose conditions hold together. */
export const Conflict = z.object({
  kind: z.enum(['same_question', 'overlapping_answers', 'near_duplicate']),
  entryIds: z.array(EntryId).min(1).max(20),
  question: z.string(),
  detail: z.string(),
});
export type Conflict = z.infer<typeof Conflict>;

/** What keeps a release from going live unless it is overridden with a reason. */
export const Blocker = z.object({
  kind: z.enum(['golden_lost', 'accuracy', 'recent_turns', 'conflict', 'freeze', 'size']),
  detail: z.string(),
  count: count.optional(),
});
export type Blocker = z.infer<typeof Blocker>;
