import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { generator } from '../../../lib/engine/hash.ts';
import { estimateOutOfScopeShare } from '../../../lib/measure/out-of-scope.ts';

describe('the share of questions that nothing answers', () => {
  it('is what was assumed until agents have answered, and what they did after many answers', () => {
    expect(estimateOutOfScopeShare({ fitted: 0, unfitted: 0 })).toMatchObject({ outOfScopeShare: 0.3, answers: 0 });
    expect(estimateOutOfScopeShare({ fitted: 0, unfitted: 0 }, 0.5).outOfScopeShare).toBe(0.5);
    expect(estimateOutOfScopeShare({ fitted: 4_000, unfitted: 6_000 }).outOfScopeShare).toBeCloseTo(0.6, 2);
  });

  it('lies between what was assumed and what was seen, and grows surer', () => {
    const count = fc.integer({ min: 0, max: 500 });
    fc.assert(
      fc.property(count, count, (fitted, unfitted) => {
        const seen = unfitted / Math.max(1, fitted + unfitted);
        const { outOfScopeShare, standardError } = estimateOutOfScopeShare({ fitted, unfitted });
        if (fitted + unfitted > 0) {
          expect(outOfScopeShare).toBeGreaterThanOrEqual(Math.min(seen, 0.3) - 1e-12);
          expect(outOfScopeShare).toBeLessThanOrEqual(Math.max(seen, 0.3) + 1e-12);
        }
        const more = estimateOutOfScopeShare({ fitted: 100 * fitted + 7_000, unfitted: 100 * unfitted + 3_000 });
        expect(more.standardError).toBeLessThan(standardError);
      }),
    );
  });

  it('is within two standard errors in nineteen of twenty shops', () => {
    const random = generator(11);
    const shops = Array.from({ length: 400 }, () => {
      const turns = Array.from({ length: 200 }, () => random() < 0.35);
      const unfitted = turns.filter(Boolean).length;
      const { outOfScopeShare, standardError } = estimateOutOfScopeShare({ fitted: 200 - unfitted, unfitted });
      return Math.abs(outOfScopeShare - 0.35) <= 2 * standardError;
    });
    expect(shops.filter(Boolean).length / shops.length).toBeGreaterThan(0.93);
  });
});
