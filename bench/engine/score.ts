/** What a trial's answers are worth. Shares are 0-1; undefined where a figure does not exist for the set or the system. */
import { auroc, expectedCalibrationError, type Judged, riskCoverage, widestAt } from '../../lib/measure/calibration.ts';
import { accuracy, macroF1, type Outcome, outOfScopeRecallAt } from '../../lib/measure/classification.ts';
import { meanReciprocalRank, recallAt } from '../../lib/measure/ranking.ts';
import type { MeasuredSet } from './sets.ts';
import { DEPTH } from './system.ts';
import { type Answer, AUTOMATIC_PRECISION, type Trial } from './trial.ts';

export type Figures = {
  accuracy: number;
  macroF1: number;
  /** Chance that a right answer is surer than one that is wrong or to a text out of scope. */
  auroc: number;
  /** Share of the out-of-scope texts refused while in-scope accuracy stays ≥ .91, and while it falls by two points. */
  refusedAt91?: number;
  refusedAtTwoLess?: number;
  ece?: number;
  /** The widest coverage at precision ≥ .95, over all texts, its threshold chosen in hindsight. */
  coverage: number;
  /** At the threshold that the system chose itself without seeing these texts. */
  automatic?: { precision: number; coverage: number };
  recall5: number;
  mrr: number;
};

const IN_SCOPE_ACCURACY = 0.91;
const GIVEN_UP = 0.02;

const isRight = ({ place }: Answer): boolean => place === 0;

/** Every text's confidence and whether answering it was right: never, when it was out of scope. */
export function judge({ answers, foreign }: Pick<Trial, 'answers' | 'foreign'>): Judged[] {
  return [
    ...answers.map((answer) => ({ confidence: answer.confidence, right: isRight(answer) })),
    ...foreign.map(({ confidence }) => ({ confidence, right: false })),
  ];
}

function automaticAt(rows: readonly Judged[], threshold: number): { precision: number; coverage: number } {
  const answered = rows.filter(({ confidence }) => confidence >= threshold);
  const right = answered.filter((row) => row.right).length;
  return {
    precision: answered.length === 0 ? Number.NaN : right / answered.length,
    coverage: answered.length / rows.length,
  };
}

function refusals({ answers, foreign }: Trial, reached: number) {
  if (foreign.length === 0) return {};
  const inScope = answers.map((answer) => ({ confidence: answer.confidence, right: isRight(answer) }));
  const recallAtAccuracy = (least: number) =>
    outOfScopeRecallAt(
      inScope,
      foreign.map(({ confidence }) => confidence),
      least,
    );
  const refusedAt91 = recallAtAccuracy(IN_SCOPE_ACCURACY);
  const refusedAtTwoLess = recallAtAccuracy(Math.max(0, reached - GIVEN_UP));
  return {
    ...(refusedAt91 === undefined ? {} : { refusedAt91 }),
    ...(refusedAtTwoLess === undefined ? {} : { refusedAtTwoLess }),
  };
}

export function figuresOf(trial: Trial, outcomes: readonly Outcome[], probabilities: boolean): Figures {
  const rows = judge(trial);
  const confidences = (right: boolean) => rows.filter((row) => row.right === right).map((row) => row.confidence);
  const places = trial.answers.map(({ place }) => place);
  const reached = accuracy(outcomes);
  return {
    accuracy: reached,
    macroF1: macroF1(outcomes),
    auroc: auroc(confidences(true), confidences(false)),
    ...refusals(trial, reached),
    ...(probabilities ? { ece: expectedCalibrationError(rows) } : {}),
    coverage: widestAt(riskCoverage(rows), AUTOMATIC_PRECISION)?.coverage ?? 0,
    ...(trial.threshold === undefined ? {} : { automatic: automaticAt(rows, trial.threshold) }),
    recall5: recallAt(places, 5),
    mrr: meanReciprocalRank(places, DEPTH),
  };
}

/** The set's own labels beside what was answered; a cap may have left the last texts unasked. */
export function outcomesOf({ test }: MeasuredSet, { answers }: Trial): Outcome[] {
  return answers.map(({ got }, at) => ({ expected: test[at]?.label ?? '', got }));
}
