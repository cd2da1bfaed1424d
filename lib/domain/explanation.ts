import * as z from 'zod';
import { Policy } from './entry.ts';
import { EntryId } from './ids.ts';
import { Language } from './language.ts';

const share = z.number().min(0).max(1);

/** Why an answer of an entry was, or was not, the one. */
export const AnswerVerdict = z.object({
  index: z.number().int().nonnegative(),
  text: z.string(),
  when: z.string().optional(),
  holds: z.enum(['yes', 'no', 'unknown']),
  chosen: z.boolean(),
  /**
   * Where it was not chosen: `condition` (does not hold), `bad_condition`, `condition_unknown`, `asks_first` (the entry's
   * question for the missing fact comes before it), `validity`, `channel`, `shop`, `missing_fact`, `less_specific`,
   * `already_sent`, `rotated_out`, `below_threshold`, `not_asked` (the turn asks nothing), `other_language`, `not_shown`
   * (others took the three places).
   */
  reason: z.string().optional(),
  /** The facts that the condition or the text wants and nobody knows: `order.status`, `shop.dispatch_time`, … */
  missing: z.array(z.string()).optional(),
  /** What narrows the answer beside its condition, as it was authored. */
  validFrom: z.string().optional(),
  validUntil: z.string().optional(),
  channels: z.array(z.string()).optional(),
  shop: z.string().optional(),
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
  /** With an embedding model: the cosine between the message's vector and the entry's nearest question's, −1 to 1. */
  meaning: z.number().optional(),
  /** Where the search put it (1 is first), where it was asked for the order. */
  searchPlace: z.number().int().positive().optional(),
  policy: Policy.optional(),
  language: Language.optional(),
  /** The entry's question for a missing fact. */
  ask: z.object({ text: z.string(), chosen: z.boolean() }).optional(),
  answers: z.array(AnswerVerdict),
});
export type ExplainedCandidate = z.infer<typeof ExplainedCandidate>;

/** How an assist came about: what was asked of the knowledge (one text a question), and what it had to say. */
export const Explanation = z.object({
  /** The probability that the turn wants an answer: times the candidates' confidences it must reach the threshold. */
  asks: share.optional(),
  asked: z.array(z.object({ text: z.string(), candidates: z.array(ExplainedCandidate) })),
});
export type Explanation = z.infer<typeof Explanation>;
