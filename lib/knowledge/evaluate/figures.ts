import type { EvaluatedRow, EvaluationFigures } from '../../domain/evaluation.ts';
import { expectedCalibrationError, type Judged, reliability } from '../../measure/calibration.ts';
import { macroF1, mostConfused } from '../../measure/classification.ts';
import { meanReciprocalRank, recallAt } from '../../measure/ranking.ts';

const SHOWN_CONFUSED = 50;

/** What a row names where nothing fits. */
export const NONE = 'none';

const share = (part: number, whole: number): number => (whole === 0 ? 0 : part / whole);

/** Whether what came first is what was expected; where nothing is, what came first is wrong, shown or not. */
const judged = ({ by, rank, confidence }: EvaluatedRow): Judged => ({ confidence, right: by !== NONE && rank === 1 });

/** What is answered when everything at or above a threshold is, and how much of it is right. */
function atThreshold(rows: readonly Judged[], { target, threshold }: Point) {
  const answered = rows.filter(({ confidence }) => confidence >= threshold);
  const right = answered.filter((one) => one.right).length;
  return { target, threshold, precision: share(right, answered.length), coverage: share(answered.length, rows.length) };
}

type Point = { target: number; threshold: number };

/**
 * The figures of a run. Recall, MRR and macro-F1 are over the rows that expect something, macro-F1 over what came first;
 * calibration, precision and coverage are over all rows: of one that expects nothing, whatever came first is wrong.
 */
export function figuresOf(rows: readonly EvaluatedRow[], points: readonly Point[]): EvaluationFigures {
  const inScope = rows.filter(({ by }) => by !== NONE);
  const foreign = rows.filter(({ by }) => by === NONE);
  const places = inScope.map(({ rank }) => (rank ?? 0) - 1);
  const all = rows.map(judged);
  const outcomes = inScope.map(({ expected, got }) => ({ expected, got: got === NONE ? undefined : got }));
  const said = rows.map(({ expected, by, got, shown }) => ({ expected, got: by === NONE && !shown ? NONE : got }));
  return {
    rows: rows.length,
    recall1: recallAt(places, 1),
    recall3: recallAt(places, 3),
    recall5: recallAt(places, 5),
    mrr: meanReciprocalRank(places),
    macroF1: macroF1(outcomes),
    ece: expectedCalibrationError(all),
    atThreshold: points.map((point) => atThreshold(all, point)),
    reliability: reliability(all),
    confused: mostConfused(said, SHOWN_CONFUSED),
    ...(foreign.length === 0
      ? {}
      : {
          outOfScope: {
            rows: foreign.length,
            rejected: share(foreign.filter(({ shown }) => !shown).length, foreign.length),
          },
        }),
    exact: rows.filter(({ exact }) => exact).length,
  };
}
