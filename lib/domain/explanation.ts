import * as z from 'zod';
import { EntryId } from './ids.ts';

const share = z.number().min(0).max(1);

/** Why an answer of an entry was, or was not, the one. */
export const AnswerVerdict = z.object({
  index: z.number().int().nonnegative(),
  text: z.string(),
  when: z.string().optional(),
  holds: z.enum(['yes', 'no', 'unknown']),
  chosen: z.boolean(),
  /** `condition`, `validity`, `channel`, `shop`, `missing_fact`, `less_specific`, … where it was not chosen. */
  reason: z.string().optional(),
});
export type AnswerVerdict = z.infer<typeof AnswerVerdict>;

export const ExplainedCandidate = z.object({
  entryId: EntryId,
  intent: z.string(),
  question: z.string(),
  confidence: share,
  /** The message equals an authored question after normalisation. */
  exact: z.boolean(),
  /** The authored question nearest to the message, 0-1, and the pieces of text that carried it, heaviest first. */
  matched: z
    .object({
      question: z.string(),
      similarity: share,
      ngrams: z.array(z.object({ text: z.string(), weight: z.number() })),
    })
    .optional(),
  answers: z.array(AnswerVerdict),
});
export type ExplainedCandidate = z.infer<typeof ExplainedCandidate>;

/** How an assist came about: what was asked of the knowledge (one text a question), and what it had to say. */
export const Explanation = z.object({
  asked: z.array(z.object({ text: z.string(), candidates: z.array(ExplainedCandidate) })),
});
export type Explanation = z.infer<typeof Explanation>;
