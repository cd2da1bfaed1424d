import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { convex, type Scored } from '../../../lib/engine/fuse.ts';

const scores = (length: number) =>
  fc
    .array(fc.integer({ min: -50, max: 50 }), { minLength: length, maxLength: length })
    .map((list) => Float32Array.from(list));

describe('fusion', () => {
  it('is the weighted mean of scores brought to 0-1, like over plain lists', () => {
    const way = fc.record({ scores: scores(6), weight: fc.constantFrom(0.25, 0.5, 1) });
    fc.assert(
      fc.property(fc.array(way, { minLength: 1, maxLength: 3 }), (ways) => {
        const unit = (list: readonly number[], value: number) => {
          const [low, high] = [Math.min(...list), Math.max(...list)];
          return high === low ? 0 : (value - low) / (high - low);
        };
        const expected = Array.from({ length: 6 }, (_, at) =>
          ways.reduce((sum, { scores: own, weight }) => sum + weight * unit([...own], own[at] ?? 0), 0),
        );
        convex(ways, undefined).forEach((score, at) => {
          expect(score).toBeCloseTo(expected[at] ?? 0, 4);
        });
      }),
    );
  });

  it('does not change the order when one way is given in other units', () => {
    fc.assert(
      fc.property(
        scores(5),
        scores(5),
        fc.constantFrom(2, 4),
        fc.integer({ min: -8, max: 8 }),
        (a, b, factor, shift) => {
          const order = (ways: readonly Scored[]) => {
            const total = convex(ways, undefined);
            return Array.from(total.keys()).sort((x, y) => (total[y] ?? 0) - (total[x] ?? 0) || x - y);
          };
          const moved = b.map((value) => value * factor + shift);
          const first = { scores: a, weight: 0.5 };
          const close = (list: Float32Array) => new Set(Array.from(list, (value) => Math.round(value * 1e4))).size;
          fc.pre(close(convex([first, { scores: b, weight: 0.5 }], undefined)) === 5);
          expect(order([first, { scores: moved, weight: 0.5 }])).toEqual(order([first, { scores: b, weight: 0.5 }]));
        },
      ),
    );
  });

  it('measures over the allowed classes alone, from the least there can be', () => {
    const way = { scores: Float32Array.of(10, 4, 2, 99), weight: 1 };
    expect([...convex([way], Uint8Array.of(1, 1, 1, 0))].slice(0, 3)).toEqual([1, 0.25, 0]);
    expect([...convex([{ ...way, least: 0 }], Uint8Array.of(1, 1, 0, 0))].slice(0, 2)).toEqual([1, 0.4000000059604645]);
    expect([...convex([{ scores: Float32Array.of(3, 3), weight: 1 }], undefined)]).toEqual([0, 0]);
    expect(convex([], undefined)).toHaveLength(0);
  });
});
