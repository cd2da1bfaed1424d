import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { averagePrecision, meanReciprocalRank, ndcg, recallAt } from '../../../lib/measure/ranking.ts';

describe('ranked lists', () => {
  it('count a right result within the depth, and by how far down it is', () => {
    const places = [0, 2, -1, 4];
    expect(recallAt(places, 1)).toBe(0.25);
    expect(recallAt(places, 3)).toBe(0.5);
    expect(recallAt(places, 5)).toBe(0.75);
    expect(meanReciprocalRank(places)).toBeCloseTo((1 + 1 / 3 + 1 / 5) / 4);
    expect(meanReciprocalRank(places, 3)).toBeCloseTo((1 + 1 / 3) / 4);
    expect(recallAt([], 3)).toBe(0);
    expect(meanReciprocalRank([])).toBe(0);
  });

  it('never grow when a right result falls', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -1, max: 9 }), { minLength: 1 }), (places) => {
        const lower = places.map((place) => (place < 0 ? -1 : place + 1));
        expect(meanReciprocalRank(lower)).toBeLessThanOrEqual(meanReciprocalRank(places));
        expect(recallAt(lower, 5)).toBeLessThanOrEqual(recallAt(places, 5));
        expect(meanReciprocalRank(places)).toBeGreaterThanOrEqual(recallAt(places, 1));
      }),
    );
  });

  it('average precision: the textbook example', () => {
    expect(averagePrecision([true, false, true, false, false, true], 3)).toBeCloseTo((1 + 2 / 3 + 3 / 6) / 3);
    expect(averagePrecision([true], 2)).toBe(0.5);
    expect(averagePrecision([], 0)).toBe(0);
  });

  it('gain is 1 in the best order only', () => {
    expect(ndcg([3, 2, 1], [1, 2, 3], 3)).toBe(1);
    expect(ndcg([1, 2, 3], [1, 2, 3], 3)).toBeCloseTo((1 + 2 / Math.log2(3) + 1.5) / (3 + 2 / Math.log2(3) + 0.5));
    expect(ndcg([0, 0], [0, 0], 2)).toBe(0);
    expect(ndcg([1, 0], [1, 1], 1)).toBe(1);
  });
});
