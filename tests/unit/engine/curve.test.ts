import { describe, expect, it } from 'vitest';
import { atChosenThreshold, FEWEST_ROWS, type JudgedInFold, lowestReaching } from '../../../lib/engine/curve.ts';
import { generator } from '../../../lib/engine/hash.ts';

const FOLDS = 5;

/** Answers whose confidence is right as often as `chance` makes of it. */
function answers(count: number, chance: (confidence: number, fold: number) => number): JudgedInFold[] {
  const random = generator(7);
  return Array.from({ length: count }, (_, at) => {
    const confidence = random();
    const fold = at % FOLDS;
    return { confidence, fold, weight: 1, right: random() < chance(confidence, fold) };
  });
}

describe('the threshold of a target', () => {
  const point = (threshold: number, precision: number) => ({ threshold, precision, coverage: 1 - threshold });

  it('is the lowest that reaches it, never below half of it', () => {
    const curve = [point(0.9, 0.99), point(0.7, 0.96), point(0.6, 0.94), point(0.5, 0.95), point(0.05, 0.8)];
    expect(lowestReaching(curve, 0.95)).toBe(0.5);
    expect(lowestReaching(curve, 0.8)).toBe(0.4);
    expect(lowestReaching(curve, 0.995)).toBeUndefined();
  });
});

describe('what a threshold keeps on folds that it was not chosen on', () => {
  it('is its target within two points where confidence means what it says', () => {
    const rows = answers(6_000, (confidence) => confidence);
    for (const target of [0.8, 0.9, 0.95]) {
      const { precision = 0, coverage = 0 } = atChosenThreshold(rows, target) ?? {};
      expect(Math.abs(precision - target)).toBeLessThan(0.02);
      // Precision above c is (1 + c) / 2 here.
      expect(Math.abs(coverage - (2 - 2 * target))).toBeLessThan(0.04);
    }
  });

  it('shows what the curve hides: a fold that is unlike the others', () => {
    const rows = answers(6_000, (confidence, fold) => (fold === 0 ? 0.1 : 0.5 + confidence / 2));
    expect(atChosenThreshold(rows, 0.9)?.precision).toBeLessThan(0.85);
  });

  it('counts an answer for as much traffic as it stands for', () => {
    const rows = answers(4_000, (confidence) => confidence);
    const doubled = rows.map((row) => ({ ...row, weight: 2 }));
    expect(atChosenThreshold(doubled, 0.9)?.coverage).toBeCloseTo(atChosenThreshold(rows, 0.9)?.coverage ?? 0, 2);
    const rarelyRight = rows.map((row) => ({ ...row, weight: row.right ? 0.1 : 1 }));
    expect(atChosenThreshold(rarelyRight, 0.9)?.coverage ?? 0).toBeLessThan(0.05);
  });

  it('is not stated where hardly anything is answered', () => {
    expect(
      atChosenThreshold(
        answers(400, () => 0.3),
        0.95,
      ),
    ).toBeUndefined();
    expect(atChosenThreshold([], 0.95)).toBeUndefined();
    expect(
      atChosenThreshold(
        answers(FEWEST_ROWS - 1, () => 1),
        0.8,
      ),
    ).toBeUndefined();
  });
});
