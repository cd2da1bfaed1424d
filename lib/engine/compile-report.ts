import { auroc, expectedCalibrationError, reliability, widestAt } from '../measure/calibration.ts';
import { macroF1, mostConfused } from '../measure/classification.ts';
import { meanReciprocalRank, recallAt } from '../measure/ranking.ts';
import type { HeldOut } from './calibrate.ts';
import { atChosenThreshold, FEWEST_ROWS, type Judged, type JudgedInFold, riskCoverage, thin } from './curve.ts';
import type { CompileReport } from './types.ts';

/** Precisions whose price in coverage a report names. */
const TARGETS = [0.8, 0.9, 0.95];
/** Pairs of classes named as taken for one another. */
const CONFUSED = 20;

export type Figures = Omit<CompileReport, 'classes' | 'questions' | 'bytes' | 'dense'>;

const confidenceOf = ({ confidence }: Judged): number => confidence;

/**
 * What the held-out rows say: how often the first, or one of three, was right (in scope), what was taken for what, and
 * whether confidence keeps its word (all rows, the out-of-scope ones at the share they are expected).
 */
export function heldOutFigures(judged: readonly (JudgedInFold & HeldOut)[], key: (index: number) => string): Figures {
  const inScope = judged.filter((row) => row.inScope);
  if (inScope.length < FEWEST_ROWS) return { curve: [] };
  const places = inScope.map(({ place }) => place);
  const outcomes = inScope.map(({ owner, first }) => ({
    expected: key(owner),
    got: first < 0 ? undefined : key(first),
  }));
  const curve = riskCoverage(judged);
  const right = judged.filter((row) => row.right);
  const wrong = judged.filter((row) => !row.right);
  return {
    accuracy: recallAt(places, 1),
    recall3: recallAt(places, 3),
    mrr: meanReciprocalRank(places),
    macroF1: macroF1(outcomes),
    ece: expectedCalibrationError(judged),
    ...(right.length > 0 && wrong.length > 0 ? { auroc: auroc(right.map(confidenceOf), wrong.map(confidenceOf)) } : {}),
    heldOut: { inScope: inScope.length, outOfScope: judged.length - inScope.length },
    reliability: reliability(judged),
    operatingPoints: TARGETS.flatMap((target) => {
      const point = widestAt(curve, target);
      return point === undefined ? [] : [{ target, ...point }];
    }),
    atThreshold: TARGETS.flatMap((target) => atChosenThreshold(judged, target) ?? []),
    confused: mostConfused(outcomes, CONFUSED),
    curve: thin(curve),
  };
}
