import { bump, cumulate, increase, rangeOf } from './arrays.ts';
import type { Rows } from './svm.ts';

/**
 * How like a text is to the classes, as further features of it: the cosines to the nearest classes' centres. A linear
 * classifier that reads them learns which classes are mistaken for which, and what is worth half a class's words;
 * it gains most where questions are few. A training row is compared with its own class without itself
 * ("leave one out"), or it would be nearest to its own class always and nothing would be learnt: stacked
 * generalization (D. H. Wolpert, Neural Networks 5, 1992) over nearest centroids, whose held-out values cost no
 * further training.
 */

/** Classes that a text is likened to. */
export const LIKENED = 40;
/** What more classes than this share is left out of centres: it tells little apart, and most of the time goes there. */
const MOST_CLASSES = 1_000;
/** Size of these features beside the others, whose square sum is 1. By cross-validation on public training parts. */
export const STRENGTH = 1.5;

/** Sums of the vectors of each class's rows: of feature `f`, class `owner[k]` has `value[k]` for k in `start[f] ..`. */
export type Centres = { start: Uint32Array; owner: Uint32Array; value: Float32Array; squared: Float64Array };

/** `owners` are the rows' classes, ascending; rows beyond them belong to none. */
export function classCentres(rows: Rows, owners: Uint32Array, classes: number): Centres {
  const start = new Uint32Array(rows.columns + 1);
  eachFirst(rows, owners, (column, isFirst) => {
    if (isFirst) bump(start, column + 1);
  });
  const isShared = Uint8Array.from(start.subarray(1), (count) => (count > MOST_CLASSES ? 1 : 0));
  isShared.forEach((shared, column) => {
    if (shared === 1) start[column + 1] = 0;
  });
  cumulate(start);
  const next = start.slice();
  const owner = new Uint32Array(start[rows.columns] ?? 0);
  const value = new Float32Array(owner.length);
  eachFirst(rows, owners, (column, isFirst, own, amount) => {
    if (isShared[column] === 1) return;
    const at = isFirst ? bump(next, column) : (next[column] ?? 0) - 1;
    owner[at] = own;
    increase(value, at, amount);
  });
  const squared = new Float64Array(classes);
  owner.forEach((own, at) => {
    squared[own] = (squared[own] ?? 0) + (value[at] ?? 0) ** 2;
  });
  return { start, owner, value, squared };
}

type Visit = (column: number, isFirst: boolean, owner: number, amount: number) => void;

/** Every value of every row, telling the first of a column within a class. Rows of a class follow each other. */
function eachFirst(rows: Rows, owners: Uint32Array, visit: Visit): void {
  const seen = new Uint32Array(rows.columns);
  for (let row = 0; row < owners.length; row += 1) {
    const own = owners[row] ?? 0;
    const [from, to] = rangeOf(rows.start, row);
    for (let at = from; at < to; at += 1) {
      const column = rows.column[at] ?? 0;
      visit(column, seen[column] !== own + 1, own, rows.value[at] ?? 0);
      seen[column] = own + 1;
    }
  }
}

/** Adds a row's products with all centres to `sums`; returns the row's own with itself, in the columns centres have. */
function addProducts({ start, owner, value }: Centres, rows: Rows, row: number, sums: Float32Array): number {
  const [first, end] = rangeOf(rows.start, row);
  let own = 0;
  for (let k = first; k < end; k += 1) {
    const [from, to] = rangeOf(start, rows.column[k] ?? 0);
    const amount = rows.value[k] ?? 0;
    if (to > from) own += amount ** 2;
    for (let at = from; at < to; at += 1) increase(sums, owner[at] ?? 0, amount * (value[at] ?? 0));
  }
  return own;
}

/** From products with the class sums to cosines; for the row's own class, to that with the sum of its other rows. */
function toCosines(sums: Float32Array, squared: Float64Array, own: number, ownSquared: number): void {
  const product = sums[own] ?? 0;
  const length = (squared[own] ?? 0) - 2 * product + ownSquared;
  for (let at = 0; at < sums.length; at += 1) sums[at] = cosine(sums[at] ?? 0, squared[at] ?? 0);
  sums[own] = cosine(product - ownSquared, length);
}

/** Of a unit row with a sum; 0 where the sum is nothing but rounding. */
function cosine(product: number, squared: number): number {
  return squared > 1e-6 ? product / Math.sqrt(squared) : 0;
}

/** Reused from text to text: the cut's histogram and the classes above it. */
export type Selection = { classes: Uint32Array; values: Float32Array; count: number };

export function selection(): Selection {
  return { classes: new Uint32Array(LIKENED), values: new Float32Array(LIKENED), count: 0 };
}

/**
 * The classes of the `LIKENED` highest cosines (the lower class first among equals) and by how much each exceeds the
 * highest that is left out: what all classes share tells nothing apart.
 */
export function selectLike(cosines: Float32Array, into: Selection): void {
  into.count = 0;
  let next = 0;
  for (let at = 0; at < cosines.length; at += 1) {
    const cosine = cosines[at] ?? 0;
    if (cosine <= next) continue;
    next = Math.max(next, insert(into, at, cosine));
  }
  for (let at = 0; at < into.count; at += 1) into.values[at] = STRENGTH * ((into.values[at] ?? 0) - next);
}

/** Puts a class at its place, the highest first; returns the value that fell out, or 0. */
function insert(into: Selection, owner: number, cosine: number): number {
  const { classes, values } = into;
  const isFull = into.count === LIKENED;
  const last = values[LIKENED - 1] ?? 0;
  if (isFull && cosine <= last) return cosine;
  let at = isFull ? LIKENED - 1 : into.count;
  for (; at > 0 && (values[at - 1] ?? 0) < cosine; at -= 1) {
    values[at] = values[at - 1] ?? 0;
    classes[at] = classes[at - 1] ?? 0;
  }
  values[at] = cosine;
  classes[at] = owner;
  if (isFull) return last;
  into.count += 1;
  return 0;
}

/** By row, the classes it is most like and how much: row `i` has `counts[i]` places from `i * LIKENED` on. */
export type Likeness = { classes: Uint32Array; values: Float32Array; counts: Uint8Array };

/** Each row of `owners` is likened to the centres as they are without it. */
export function likenRows(rows: Rows, owners: Uint32Array, centres: Centres): Likeness {
  const classes = new Uint32Array(owners.length * LIKENED);
  const values = new Float32Array(classes.length);
  const counts = new Uint8Array(owners.length);
  const sums = new Float32Array(centres.squared.length);
  const found = selection();
  owners.forEach((own, row) => {
    sums.fill(0);
    const ownSquared = addProducts(centres, rows, row, sums);
    toCosines(sums, centres.squared, own, ownSquared);
    selectLike(sums, found);
    classes.set(found.classes.subarray(0, found.count), row * LIKENED);
    values.set(found.values.subarray(0, found.count), row * LIKENED);
    counts[row] = found.count;
  });
  return { classes, values, counts };
}

/** The rows with their likeness to class `c` as column `columns + c`. */
export function withLikeness(rows: Rows, likeness: Likeness, classes: number): Rows {
  const countOf = (row: number) => likeness.counts[row] ?? 0;
  const start = rows.start.slice();
  likeness.counts.forEach((count, row) => {
    start[row + 1] = (start[row] ?? 0) + count + (rows.start[row + 1] ?? 0) - (rows.start[row] ?? 0);
  });
  start.fill(start[likeness.counts.length] ?? 0, likeness.counts.length);
  const column = new Uint32Array(start[start.length - 1] ?? 0);
  const value = new Float32Array(column.length);
  const squared = rows.squared.slice();
  for (let row = 0; row < likeness.counts.length; row += 1) {
    const [from, to] = rangeOf(rows.start, row);
    const place = start[row] ?? 0;
    column.set(rows.column.subarray(from, to), place);
    value.set(rows.value.subarray(from, to), place);
    const own = row * LIKENED;
    for (let k = 0; k < countOf(row); k += 1) {
      const amount = likeness.values[own + k] ?? 0;
      column[place + to - from + k] = rows.columns + (likeness.classes[own + k] ?? 0);
      value[place + to - from + k] = amount;
      increase(squared, row, amount ** 2);
    }
  }
  return { start, column, value, squared, columns: rows.columns + classes };
}
