import * as measure from '../measure/calibration.ts';
import type { CurvePoint } from './types.ts';

/** A held-out answer: the confidence it was given, whether it was right, and how much of the traffic it stands for. */
export type Judged = { confidence: number; right: boolean; weight: number };

/** Below this many answers a precision says nothing. */
export const FEWEST_ROWS = 30;
/** Answers that the threshold's own word weighs as much as. */
const PRIOR_ROWS = 2;
/** Points kept of a curve. */
const POINTS = 100;

/**
 * The risk-coverage curve, highest threshold first. Precision is smoothed by two answers that are right as often as
 * the threshold says, and a point needs `FEWEST_ROWS` answers at or above it.
 */
export function riskCoverage(rows: readonly Judged[]): CurvePoint[] {
  return measure
    .riskCoverage(rows)
    .filter(({ count }) => count >= FEWEST_ROWS)
    .map(({ threshold, precision, coverage, mass }) => ({
      threshold,
      precision: (precision * mass + PRIOR_ROWS * threshold) / (mass + PRIOR_ROWS),
      coverage,
    }));
}

/** At most `POINTS` points, at even distances; the last always stays. */
export function thin(curve: readonly CurvePoint[]): CurvePoint[] {
  const step = Math.max(1, Math.ceil(curve.length / POINTS));
  return curve.filter((_, at) => (curve.length - 1 - at) % step === 0);
}
