import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  classCentres,
  LIKENED,
  likenRows,
  STRENGTH,
  selection,
  selectLike,
  withLikeness,
} from '../../../lib/engine/likeness.ts';
import type { Rows } from '../../../lib/engine/svm.ts';

const WIDTH = 4;

/** Dense rows as sparse ones, and the empty row after the last. */
function rowsOf(dense: readonly (readonly number[])[]): Rows {
  return {
    start: Uint32Array.from({ length: dense.length + 2 }, (_, row) => Math.min(row, dense.length) * WIDTH),
    column: Uint32Array.from(dense.flatMap((row) => row.map((_, at) => at))),
    value: Float32Array.from(dense.flat()),
    squared: Float32Array.from([...dense.map((row) => row.reduce((sum, value) => sum + value ** 2, 0)), 0]),
    columns: WIDTH,
  };
}

const sum = (rows: readonly (readonly number[])[]) =>
  Array.from({ length: WIDTH }, (_, at) => rows.reduce((all, row) => all + (row[at] ?? 0), 0));
const dot = (a: readonly number[], b: readonly number[]) => a.reduce((all, value, at) => all + value * (b[at] ?? 0), 0);

/** The cosine of a row to the sum of a class's other rows. */
function naiveCosine(dense: readonly (readonly number[])[], owners: readonly number[], row: number, owner: number) {
  const centre = sum(dense.filter((_, at) => owners[at] === owner && at !== row));
  const length = Math.sqrt(dot(centre, centre));
  return length > 1e-3 ? dot(dense[row] ?? [], centre) / length : 0;
}

const value = fc.double({ min: 0.1, max: 1, noNaN: true });
const datasets = fc
  .array(fc.tuple(fc.array(value, { minLength: WIDTH, maxLength: WIDTH }), fc.nat(3)), { minLength: 1, maxLength: 12 })
  .map((rows) => rows.toSorted((a, b) => a[1] - b[1]));

describe('likeness to classes', () => {
  it('is the cosine to the centre of the class without the row itself', () => {
    fc.assert(
      fc.property(datasets, (data) => {
        const dense = data.map(([row]) => row);
        const owners = data.map(([, owner]) => owner);
        const rows = rowsOf(dense);
        const centres = classCentres(rows, Uint32Array.from(owners), 4);
        const likeness = likenRows(rows, Uint32Array.from(owners), centres);
        const wide = withLikeness(rows, likeness, 4);
        dense.forEach((row, at) => {
          const from = wide.start[at] ?? 0;
          const found = new Map(
            Array.from(wide.column.subarray(from, wide.start[at + 1]), (column, k) => [column, wide.value[from + k]]),
          );
          for (let owner = 0; owner < 4; owner += 1) {
            const expected = STRENGTH * naiveCosine(dense, owners, at, owner);
            expect(found.get(WIDTH + owner) ?? 0).toBeCloseTo(expected, 3);
          }
          row.forEach((amount, column) => {
            expect(found.get(column)).toBeCloseTo(amount, 5);
          });
          const squares = [...found.values()].reduce<number>((all, amount) => all + (amount ?? 0) ** 2, 0);
          expect(wide.squared[at]).toBeCloseTo(squares, 4);
        });
        expect(wide.start.at(-1)).toBe(wide.start.at(-2));
      }),
    );
  });

  it('keeps the highest cosines above the highest left out, like sorting does', () => {
    const cosines = fc.float32Array({ min: 0, max: 1, noNaN: true, maxLength: 3 * LIKENED });
    fc.assert(
      fc.property(cosines, (given) => {
        const found = selection();
        selectLike(given, found);
        const order = [...given.keys()]
          .filter((at) => (given[at] ?? 0) > 0)
          .sort((a, b) => (given[b] ?? 0) - (given[a] ?? 0) || a - b);
        const cut = given[order[LIKENED] ?? -1] ?? 0;
        expect([...found.classes.subarray(0, found.count)]).toEqual(order.slice(0, LIKENED));
        order.slice(0, LIKENED).forEach((at, place) => {
          expect(found.values[place]).toBeCloseTo(STRENGTH * ((given[at] ?? 0) - cut), 5);
        });
      }),
    );
  });
});
