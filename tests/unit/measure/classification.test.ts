import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  accuracy,
  classFigures,
  macroF1,
  matthews,
  mostConfused,
  type Outcome,
  outOfScopeRecallAt,
  wilsonInterval,
} from '../../../lib/measure/classification.ts';

const name = fc.constantFrom('a', 'b', 'c');
const outcome: fc.Arbitrary<Outcome> = fc.record({ expected: name, got: fc.option(name, { nil: undefined }) });
const outcomes = fc.array(outcome, { minLength: 1, maxLength: 40 });

describe('classes', () => {
  it('have precision, recall and F1 as they are defined', () => {
    fc.assert(
      fc.property(outcomes, (given) => {
        for (const figures of classFigures(given)) {
          const own = given.filter((one) => one.expected === figures.name);
          const both = own.filter((one) => one.got === figures.name).length;
          const precision = both / Math.max(1, given.filter((one) => one.got === figures.name).length);
          const recall = both / own.length;
          expect(figures.support).toBe(own.length);
          expect(figures.recall).toBeCloseTo(recall);
          expect(figures.precision).toBeCloseTo(precision);
          expect(figures.f1).toBeCloseTo((2 * precision * recall) / Math.max(Number.EPSILON, precision + recall));
        }
      }),
    );
  });

  it('count alike in macro-F1, however many questions they have', () => {
    const given = [
      ...Array.from({ length: 98 }, () => ({ expected: 'a', got: 'a' })),
      { expected: 'b', got: undefined },
      { expected: 'b', got: undefined },
    ];
    expect(accuracy(given)).toBe(0.98);
    expect(macroF1(given)).toBe(0.5);
    expect(macroF1([])).toBe(0);
  });

  it('names the pairs that are confused most', () => {
    const pair = (expected: string, got: string | undefined, count: number) =>
      Array.from({ length: count }, () => ({ expected, got }));
    const given = [...pair('a', 'b', 2), ...pair('b', 'a', 2), ...pair('a', 'c', 5), ...pair('c', 'c', 9)];
    expect(mostConfused([...given, ...pair('c', undefined, 9)], 2)).toEqual([
      { expected: 'a', got: 'c', count: 5 },
      { expected: 'a', got: 'b', count: 2 },
    ]);
  });

  it("correlate as Matthews' two-class formula says", () => {
    const count = fc.integer({ min: 1, max: 9 });
    fc.assert(
      fc.property(count, count, count, count, (tp, fp, fn, tn) => {
        const many = (times: number, expected: string, got: string) =>
          Array.from({ length: times }, () => ({ expected, got }));
        const given = [...many(tp, 'y', 'y'), ...many(fp, 'n', 'y'), ...many(fn, 'y', 'n'), ...many(tn, 'n', 'n')];
        const expected = (tp * tn - fp * fn) / Math.sqrt((tp + fp) * (tp + fn) * (tn + fp) * (tn + fn));
        expect(matthews(given)).toBeCloseTo(expected);
      }),
    );
    expect(matthews([{ expected: 'a', got: 'a' }])).toBe(0);
  });
});

describe('recall of what no class answers', () => {
  it('is what the strictest threshold that keeps the accuracy refuses, like trying every threshold', () => {
    const score = fc.integer({ min: 0, max: 12 });
    const rows = fc.array(fc.record({ confidence: score, right: fc.boolean() }), { minLength: 1, maxLength: 25 });
    const share = fc.constantFrom(0.1, 0.5, 0.8, 1);
    fc.assert(
      fc.property(rows, fc.array(score, { minLength: 1, maxLength: 25 }), share, (inScope, foreign, wanted) => {
        const tried = Array.from({ length: 14 }, (_, threshold) => ({
          kept: inScope.filter((one) => one.right && one.confidence >= threshold).length / inScope.length,
          refused: foreign.filter((one) => one < threshold).length / foreign.length,
        })).filter(({ kept }) => kept >= wanted - 1e-12);
        const best = tried.length === 0 ? undefined : Math.max(...tried.map(({ refused }) => refused));
        expect(outOfScopeRecallAt(inScope, foreign, wanted)).toBe(best);
      }),
    );
  });
});

describe("Wilson's interval", () => {
  it('is the known one of 8 in 10, holds the share, and narrows with the count', () => {
    const { from, to } = wilsonInterval(8, 10);
    expect(from).toBeCloseTo(0.49, 2);
    expect(to).toBeCloseTo(0.943, 2);
    expect(wilsonInterval(0, 0)).toEqual({ from: 0, to: 1 });
    const wide = (count: number) => wilsonInterval(count / 2, count).to - wilsonInterval(count / 2, count).from;
    expect(wide(1_000)).toBeLessThan(wide(100));
  });
});
