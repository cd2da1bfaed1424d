import * as z from 'zod';
import { ReleaseId } from './ids.ts';
import { RowProblem } from './import-job.ts';
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
  /** Rows whose question is an authored one, word for word: they tell nothing of what customers will ask. */
  exact: count.optional(),
  /** Rows ranked by words alone because an embedding model that the release wants gave nothing. */
  withoutMeaning: count.optional(),
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
  /** The first of the rows that were not asked, and why. */
  rejected: z.array(RowProblem).default([]),
  rejectedTotal: count.default(0),
  figures: EvaluationFigures.optional(),
  /** The first of them; the file of misses has all. */
  misses: z.array(Miss).default([]),
  missesTotal: count.default(0),
  /**
   * Of a run compared with an earlier one over the rows both asked: those that only this one has right, with what the
   * earlier one said, and those that only the earlier one had right, with what this one says. The first of each.
   */
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

/** A run as it is kept: rows and misses lie in the object store. */
export const EvaluationJob = Evaluation.omit({ rejected: true, misses: true, against: true }).extend({
  uploadKey: z.string(),
  /** The earlier run that it is compared with unless another is asked for. */
  compareWith: z.string().optional(),
  /** Where every row with its outcome lies, once all were asked. */
  resultsKey: z.string().optional(),
  /** Where what a report shows lies: the first misses and the first bad rows. */
  shownKey: z.string().optional(),
});
export type EvaluationJob = z.infer<typeof EvaluationJob>;

/** A row and what became of it. `right`: the expected came first, or, where nothing fits, nothing was shown. */
export const EvaluatedRow = Miss.extend({
  /** Whether `expected` names an entry, an intent or nothing: what `got` names likewise. */
  by: z.enum(['entry', 'intent', 'none']),
  right: z.boolean(),
  shown: z.boolean(),
  /** The confidence of what came first, and whether that was the expected. */
  exact: z.boolean(),
});
export type EvaluatedRow = z.infer<typeof EvaluatedRow>;
