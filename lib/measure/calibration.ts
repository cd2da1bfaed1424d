/**
 * Does a confidence mean what it says, and does it tell right from wrong? Confidences are probabilities, 0-1; a row's
 * `weight` (1 unless given) stands for how much of the real traffic it is.
 */
export type Judged = { confidence: number; right: boolean; weight?: number };

export type ReliabilityBin = {
  /** The bin holds confidences from here, and below `to`; the last one holds 1 too. */
  from: number;
  to: number;
  /** The rows' weight; 0 in an empty bin, whose means are 0. */
  mass: number;
  confidence: number;
  accuracy: number;
};

const BINS = 10;

const weightOf = ({ weight = 1 }: Judged): number => weight;

/** Mean confidence and accuracy in bins of equal width (M. DeGroot, S. Fienberg, 1983). */
export function reliability(rows: readonly Judged[], bins = BINS): ReliabilityBin[] {
  const sums = Array.from({ length: bins }, () => ({ mass: 0, confidence: 0, right: 0 }));
  for (const row of rows) {
    const bin = sums[Math.max(0, Math.min(bins - 1, Math.floor(row.confidence * bins)))];
    if (bin === undefined) continue;
    const weight = weightOf(row);
    bin.mass += weight;
    bin.confidence += weight * row.confidence;
    if (row.right) bin.right += weight;
  }
  return sums.map(({ mass, confidence, right }, at) => ({
    from: at / bins,
    to: (at + 1) / bins,
    mass,
    confidence: mass === 0 ? 0 : confidence / mass,
    accuracy: mass === 0 ? 0 : right / mass,
  }));
}

/**
 * ECE, 0-1: how far accuracy lies from confidence, bin by bin (M. Naeini, G. Cooper, M. Hauskrecht, "Obtaining well
 * calibrated probabilities using Bayesian binning", 2015). 0 without rows.
 */
export function expectedCalibrationError(rows: readonly Judged[], bins = BINS): number {
  const filled = reliability(rows, bins);
  const total = filled.reduce((sum, bin) => sum + bin.mass, 0);
  if (total === 0) return 0;
  return filled.reduce((sum, bin) => sum + bin.mass * Math.abs(bin.accuracy - bin.confidence), 0) / total;
}

/** Mean squared distance between confidence and truth, 0-1 (G. Brier, 1950). 0 without rows. */
export function brierScore(rows: readonly Judged[]): number {
  const total = rows.reduce((sum, row) => sum + weightOf(row), 0);
  if (total === 0) return 0;
  return rows.reduce((sum, row) => sum + weightOf(row) * (row.confidence - (row.right ? 1 : 0)) ** 2, 0) / total;
}

/**
 * The chance that a right answer has a higher confidence than a wrong one, ties counting half (J. Hanley, B. McNeil,
 * 1982). Not a number when either list is empty.
 */
export function auroc(right: readonly number[], wrong: readonly number[]): number {
  const scored = [...right.map((score) => ({ score, right: 1 })), ...wrong.map((score) => ({ score, right: 0 }))];
  scored.sort((a, b) => a.score - b.score);
  let below = 0;
  let wins = 0;
  for (let from = 0; from < scored.length; ) {
    let to = from;
    let positives = 0;
    while (to < scored.length && scored[to]?.score === scored[from]?.score) positives += scored[to++]?.right ?? 0;
    const negatives = to - from - positives;
    wins += positives * (below + negatives / 2);
    below += negatives;
    from = to;
  }
  return wins / (right.length * wrong.length);
}

export type CoveragePoint = {
  threshold: number;
  /** Of the rows at or above the threshold, the share that is right; and their share of all rows. */
  precision: number;
  coverage: number;
  /** Their weight, and how many they are. */
  mass: number;
  count: number;
};

/**
 * The risk-coverage curve, highest threshold first: what is answered, and how much of it rightly, when everything at or
 * above a confidence is (R. El-Yaniv, Y. Wiener, "On the foundations of noise-free selective classification", 2010).
 * Equal confidences stand at one point.
 */
export function riskCoverage(rows: readonly Judged[]): CoveragePoint[] {
  const sorted = rows.toSorted((a, b) => b.confidence - a.confidence);
  const total = sorted.reduce((sum, row) => sum + weightOf(row), 0);
  const points: CoveragePoint[] = [];
  let mass = 0;
  let right = 0;
  sorted.forEach((row, at) => {
    mass += weightOf(row);
    if (row.right) right += weightOf(row);
    if (sorted[at + 1]?.confidence === row.confidence) return;
    points.push({
      threshold: row.confidence,
      precision: mass === 0 ? 0 : right / mass,
      coverage: total === 0 ? 0 : mass / total,
      mass,
      count: at + 1,
    });
  });
  return points;
}

/** Mean risk (1 − precision) over all coverages, 0-1, lower is better (Y. Geifman, G. Uziel, R. El-Yaniv, 2019). */
export function areaUnderRiskCoverage(rows: readonly Judged[]): number {
  let covered = 0;
  return riskCoverage(rows).reduce((area, { precision, coverage }) => {
    const width = coverage - covered;
    covered = coverage;
    return area + width * (1 - precision);
  }, 0);
}

/** The point of the widest coverage whose precision reaches the target; undefined where none does. */
export function widestAt<P extends { precision: number; coverage: number }>(
  curve: readonly P[],
  target: number,
): P | undefined {
  return curve
    .filter(({ precision }) => precision >= target)
    .reduce<P | undefined>(
      (best, point) => (best === undefined || point.coverage > best.coverage ? point : best),
      undefined,
    );
}
