import * as z from 'zod';
import { ReleaseId } from './ids.ts';
import { RowProblem } from './knowledge.ts';
import { Language } from './language.ts';

const count = z.number().int().nonnegative();
const share = z.number().min(0).max(1);

/** A row of a batch hit test; `expected` is an entry's id, an intent, or `none`. */
export const EvaluationRow = z.object({
  row: z.number().int().positive(),
  question: z.string().min(1).max(4_000),
  expected: z.string().min(1).max(200),
  language: Language.optional(),
});
export type EvaluationRow = z.infer<typeof EvaluationRow>;

/** A row whose expected entry did not come first. `rank` is 1-based, absent when it did not come at all. */
export const Miss = EvaluationRow.extend({ got: z.string(), confidence: share, rank: count.optional() });
export type Miss = z.infer<typeof Miss>;

export const EvaluationFigures = z.object({
  rows: count,
  recall1: share,
  recall3: share,
  recall5: share,
  mrr: share,
  macroF1: share,
  ece: share,
  /** At the tenant's automatic and shown thresholds: the share answered, and how much of that is right. */
  atThreshold: z.array(z.object({ target: share, threshold: z.number(), precision: share, coverage: share })),
  reliability: z.array(
    z.object({ from: share, to: share, mass: z.number().nonnegative(), confidence: share, accuracy: share }),
  ),
  confused: z.array(z.object({ expected: z.string(), got: z.string(), count })),
  /** Of rows that expect `none`: the share that nothing was shown for. */
  outOfScope: z.object({ rows: count, rejected: share }).optional(),
});
export type EvaluationFigures = z.infer<typeof EvaluationFigures>;

export const Evaluation = z.object({
  id: z.string(),
  name: z.string().optional(),
  release: ReleaseId,
  by: z.string(),
  status: z.enum(['queued', 'running', 'done', 'failed']),
  createdAt: z.iso.datetime(),
  finishedAt: z.iso.datetime().optional(),
  error: z.string().optional(),
  progress: z.object({ stage: z.string(), done: count, total: count }).optional(),
  rejected: z.array(RowProblem).default([]),
  figures: EvaluationFigures.optional(),
  /** The first of them; the file of misses has all. */
  misses: z.array(Miss).default([]),
  missesTotal: count.default(0),
  /** Of a run compared with an earlier one over the rows both asked. */
  against: z
    .object({
      id: z.string(),
      shared: count,
      gained: z.array(Miss),
      lost: z.array(Miss),
      gainedTotal: count,
      lostTotal: count,
    })
    .optional(),
});
export type Evaluation = z.infer<typeof Evaluation>;
