import * as measure from '../measure/calibration.ts';
import type { AtThreshold, CurvePoint } from './types.ts';

/** A held-out answer: the confidence it was given, whether it was right, and how much of the traffic it stands for. */
export type Judged = { confidence: number; right: boolean; weight: number };
/** With the fold that it was held out in. */
export type JudgedInFold = Judged & { fold: number };

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

/**
 * The lowest threshold whose precision on the curve reaches the target; undefined where none does.
 *
 * Never below half the target. Precision is a mean over all that is answered: on sets that are easy it stays above .5
 * when everything is answered (measured: .53 to .74), also what has one chance in a hundred. Those answers would be
 * carried by the others. So a target of .5 always stands on its floor of .25, a word of the confidence itself, and what
 * is answered there is right more often than was asked for (.65 to .88).
 */
export function lowestReaching(curve: readonly CurvePoint[], target: number): number | undefined {
  const reaching = curve.filter(({ precision }) => precision >= target).map(({ threshold }) => threshold);
  return reaching.length === 0 ? undefined : Math.max(target / 2, Math.min(...reaching));
}

/**
 * What a threshold keeps of its promise: it is chosen on all folds but one and measured on that one, for each in turn,
 * and the answers are pooled. No answer is judged by a threshold or a calibrator that it took part in choosing. A fold
 * whose others reach the target nowhere answers nothing; undefined where fewer than `FEWEST_ROWS` are answered.
 */
export function atChosenThreshold(rows: readonly JudgedInFold[], target: number): AtThreshold | undefined {
  const folds = [...new Set(rows.map(({ fold }) => fold))];
  const answered = folds.flatMap((fold) => {
    const others = rows.filter((row) => row.fold !== fold);
    const threshold = lowestReaching(thin(riskCoverage(others)), target) ?? Number.POSITIVE_INFINITY;
    return rows.filter((row) => row.fold === fold && row.confidence >= threshold);
  });
  if (answered.length < FEWEST_ROWS) return undefined;
  const mass = massOf(answered);
  return { target, precision: massOf(answered.filter(({ right }) => right)) / mass, coverage: mass / massOf(rows) };
}

const massOf = (rows: readonly Judged[]): number => rows.reduce((sum, { weight }) => sum + weight, 0);
