import { type Calibrator, type HeldOut, type Scale, SHIPPED } from './calibrate.ts';
import { DENSE_SIGNALS, SIGNALS } from './rank.ts';

/**
 * Embedding models differ in what a cosine of 0.5 means, so the two dense signals are measured in their own held-out
 * mean and deviation. Until some were seen: what small English models give.
 */
const USUAL: readonly Scale[] = [
  { mean: 0.55, deviation: 0.15 },
  { mean: 0.06, deviation: 0.1 },
];
const DENSE_WEIGHTS = [0.8, 0.8];
/** Rows that the usual scales weigh as much as. */
const SCALE_PRIOR = 20;
const SMALLEST_DEVIATION = 1e-3;

function scaleOf(values: readonly number[], usual: Scale): Scale {
  const count = values.length + SCALE_PRIOR;
  const mean = (values.reduce((sum, value) => sum + value, 0) + SCALE_PRIOR * usual.mean) / count;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  const variance = (squares + SCALE_PRIOR * usual.deviation ** 2) / count;
  return { mean, deviation: Math.max(SMALLEST_DEVIATION, Math.sqrt(variance)) };
}

/** What a calibrator over sparse and dense signals starts from. */
export function densePrior(rows: readonly HeldOut[]): Calibrator {
  const usable = rows.filter(({ signals }) => signals.length === SIGNALS + DENSE_SIGNALS);
  const scales = USUAL.map((usual, at) =>
    scaleOf(
      usable.map(({ signals }) => signals[SIGNALS + at] ?? 0),
      usual,
    ),
  );
  return {
    ...SHIPPED,
    scales: [...SHIPPED.scales, ...scales],
    weights: [...SHIPPED.weights.slice(0, SIGNALS), ...DENSE_WEIGHTS, SHIPPED.weights[SIGNALS] ?? 0],
  };
}
