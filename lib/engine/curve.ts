/** A held-out answer: the confidence it was given and whether it was right. */
export type Judged = { confidence: number; right: boolean; weight: number };

export type CurvePoint = { threshold: number; precision: number; coverage: number };

/** Below this many answers a precision says nothing. */
export const FEWEST_ROWS = 30;
/** Points kept of a curve. */
const POINTS = 100;
const BINS = 10;

/**
 * The risk-coverage curve, highest threshold first. Precision is smoothed by one right and one wrong answer, and a
 * point needs `FEWEST_ROWS` answers at or above it. Equal confidences stand at one point.
 */
export function riskCoverage(rows: readonly Judged[]): CurvePoint[] {
  const sorted = rows.toSorted((a, b) => b.confidence - a.confidence);
  const total = sorted.reduce((sum, row) => sum + row.weight, 0);
  const points: CurvePoint[] = [];
  let mass = 0;
  let right = 0;
  sorted.forEach((row, at) => {
    mass += row.weight;
    if (row.right) right += row.weight;
    if (at + 1 < FEWEST_ROWS || sorted[at + 1]?.confidence === row.confidence) return;
    points.push({ threshold: row.confidence, precision: (right + 1) / (mass + 2), coverage: mass / total });
  });
  return points;
}

/** At most `POINTS` points, at even distances; the last always stays. */
export function thin(curve: readonly CurvePoint[]): CurvePoint[] {
  const step = Math.max(1, Math.ceil(curve.length / POINTS));
  return curve.filter((_, at) => (curve.length - 1 - at) % step === 0);
}

/** Expected calibration error over ten bins of equal width, 0-1; weighted like the rows. */
export function calibrationError(rows: readonly Judged[]): number {
  const bins = Array.from({ length: BINS }, () => ({ mass: 0, gap: 0 }));
  let total = 0;
  for (const { confidence, right, weight } of rows) {
    const bin = bins[Math.min(BINS - 1, Math.floor(confidence * BINS))];
    if (bin === undefined) continue;
    bin.mass += weight;
    bin.gap += weight * (confidence - (right ? 1 : 0));
    total += weight;
  }
  return total === 0 ? 0 : bins.reduce((sum, bin) => sum + Math.abs(bin.gap), 0) / total;
}
