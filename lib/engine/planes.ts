import { bump, cumulate, numbers, rangeOf } from './arrays.ts';
import type { Centres } from './likeness.ts';
import type { Model } from './model.ts';
import type { Hyperplane, Rows } from './svm.ts';

/** A class's weights in one byte each, features before likenesses; those of likeness have a scale of their own. */
export type Plane = { id: Uint32Array; weight: Int8Array; scale: number; likenessScale: number; bias: number };

/**
 * Weights kept a class, the largest: its share of a room that all classes share, and so many an example of it. Small
 * knowledge keeps nearly all (a quarter of them costs it two points), much knowledge what its snapshot has room for.
 */
const SHARED_WEIGHTS = 400_000;
const KEPT_PER_EXAMPLE = 32;
const FEWEST_KEPT = 256;
/** Other classes whose likeness a class weighs, at most. */
const KEPT_LIKENESSES = 160;
const INT8 = 127;
const UINT8 = 255;

export const NO_PLANE: Plane = {
  id: new Uint32Array(0),
  weight: new Int8Array(0),
  scale: 0,
  likenessScale: 0,
  bias: -1,
};

/** The columns in which a hyperplane is not zero. `marks` and `columns` serve every class; `marks` comes back as it was. */
function usedColumns({ start, column }: Rows, { touched }: Hyperplane, { marks, columns }: Buffers): Uint32Array {
  let count = 0;
  for (const row of touched) {
    const [from, to] = rangeOf(start, row);
    for (let at = from; at < to; at += 1) count = note(column[at] ?? 0, marks, columns, count);
  }
  for (let k = 0; k < count; k += 1) marks[columns[k] ?? 0] = 0;
  return columns.subarray(0, count);
}

/** Appends a column that has no mark yet, and marks it; returns how many there are. */
function note(column: number, marks: Uint8Array, columns: Uint32Array, count: number): number {
  if (marks[column] === 1) return count;
  marks[column] = 1;
  columns[count] = column;
  return count + 1;
}

function scaleOf(weights: Float32Array, columns: Uint32Array): number {
  let largest = 0;
  for (let k = 0; k < columns.length; k += 1) largest = Math.max(largest, Math.abs(weights[columns[k] ?? 0] ?? 0));
  return largest / INT8;
}

function round(weights: Float32Array, columns: Uint32Array, scale: number): Int8Array {
  const rounded = new Int8Array(columns.length);
  for (let k = 0; scale > 0 && k < columns.length; k += 1) {
    rounded[k] = Math.round((weights[columns[k] ?? 0] ?? 0) / scale);
  }
  return rounded;
}

/** The smallest size of rounded weight at which no more than `most` are left. */
function smallestKept(rounded: Int8Array, most: number): number {
  const counts = new Uint32Array(INT8 + 1);
  for (let k = 0; k < rounded.length; k += 1) bump(counts, Math.abs(rounded[k] ?? 0));
  let kept = 0;
  for (let size = INT8; size > 0; size -= 1) {
    kept += counts[size] ?? 0;
    if (kept > most) return size + 1;
  }
  return 1;
}

/** Buffers of one place a column; `weights` and `marks` are all 0 between classes. */
export type Buffers = {
  weights: Float32Array;
  marks: Uint8Array;
  columns: Uint32Array;
  own: Uint32Array;
  like: Uint32Array;
};

export function planeBuffers(columns: number): Buffers {
  return {
    weights: new Float32Array(columns),
    marks: new Uint8Array(columns),
    columns: new Uint32Array(columns),
    own: new Uint32Array(columns),
    like: new Uint32Array(columns),
  };
}

/** The columns below `features`, and the others, each in their order. A loop: it runs over every class's thousands. */
function split(columns: Uint32Array, features: number, { own, like }: Buffers): [Uint32Array, Uint32Array] {
  let owns = 0;
  for (let k = 0; k < columns.length; k += 1) {
    const column = columns[k] ?? 0;
    if (column < features) own[owns++] = column;
    else like[k - owns] = column;
  }
  return [own.subarray(0, owns), like.subarray(0, columns.length - owns)];
}

/** How many weights a class keeps, of so many classes and with so many examples. */
export function keptWeights(classes: number, examples: number): number {
  return Math.max(FEWEST_KEPT, SHARED_WEIGHTS / classes + KEPT_PER_EXAMPLE * examples);
}

/** Packs a hyperplane, at most `kept` weights of it, and clears its weights; the first `features` columns are features, the others likenesses. */
export function pack(rows: Rows, plane: Hyperplane, kept: number, features: number, buffers: Buffers): Plane {
  const { weights } = plane;
  const columns = usedColumns(rows, plane, buffers);
  const [own, like] = split(columns, features, buffers);
  const scale = scaleOf(weights, own);
  const likenessScale = scaleOf(weights, like);
  const rounded = round(weights, own, scale);
  const likeness = round(weights, like, likenessScale);
  for (let k = 0; k < columns.length; k += 1) weights[columns[k] ?? 0] = 0;
  const least = smallestKept(rounded, kept);
  const packed = join([keep(own, rounded, least), keep(like, likeness, smallestKept(likeness, KEPT_LIKENESSES))]);
  return { ...packed, scale, likenessScale, bias: plane.bias };
}

type Kept = Pick<Plane, 'id' | 'weight'>;

function keep(columns: Uint32Array, rounded: Int8Array, least: number): Kept {
  const id = new Uint32Array(columns.length);
  const weight = new Int8Array(columns.length);
  let count = 0;
  for (let at = 0; at < columns.length; at += 1) {
    const size = rounded[at] ?? 0;
    if (Math.abs(size) < least) continue;
    id[count] = columns[at] ?? 0;
    weight[count++] = size;
  }
  return { id: id.subarray(0, count), weight: weight.subarray(0, count) };
}

function join([first, second]: readonly [Kept, Kept]): Kept {
  const id = new Uint32Array(first.id.length + second.id.length);
  const weight = new Int8Array(id.length);
  id.set(first.id);
  id.set(second.id, first.id.length);
  weight.set(first.weight);
  weight.set(second.weight, first.weight.length);
  return { id, weight };
}

/** From weights by class to postings by column, each with what the class's centre has there. */
export function postings(
  planes: readonly Plane[],
  columns: number,
  centres: Centres,
): Pick<Model, 'start' | 'owner' | 'weight' | 'centre' | 'centreScale'> {
  const start = new Uint32Array(columns + 1);
  for (const plane of planes) for (let k = 0; k < plane.id.length; k += 1) bump(start, (plane.id[k] ?? 0) + 1);
  cumulate(start);
  const next = start.slice();
  const owner = numbers(start[columns] ?? 0, planes.length);
  const weight = new Int8Array(owner.length);
  planes.forEach((plane, number) => {
    plane.id.forEach((id, place) => {
      const at = bump(next, id);
      owner[at] = number;
      weight[at] = plane.weight[place] ?? 0;
    });
  });
  return { start, owner, weight, ...centreBytes({ start, owner }, centres) };
}

/** The centres' directions in bytes, at the postings' places; what has no posting is left out. */
function centreBytes(places: Pick<Model, 'start' | 'owner'>, centres: Centres): Pick<Model, 'centre' | 'centreScale'> {
  const { squared } = centres;
  const largest = new Float32Array(squared.length);
  for (let at = 0; at < centres.owner.length; at += 1) raise(largest, centres.owner[at] ?? 0, centres.value[at] ?? 0);
  const centreScale = largest.map((most, own) => (most > 0 ? most / UINT8 / Math.sqrt(squared[own] ?? 1) : 0));
  const centre = new Uint8Array(places.owner.length);
  const byClass = new Float32Array(squared.length);
  for (let column = 0; column + 1 < centres.start.length; column += 1) {
    spread(centres, column, byClass, 1);
    const [from, to] = rangeOf(places.start, column);
    for (let at = from; at < to; at += 1) centre[at] = share(byClass, largest, places.owner[at] ?? 0);
    spread(centres, column, byClass, 0);
  }
  return { centre, centreScale };
}

/** Puts a column's values, times `factor`, at their classes. */
function spread({ start, owner, value }: Centres, column: number, byClass: Float32Array, factor: number): void {
  const [from, to] = rangeOf(start, column);
  for (let at = from; at < to; at += 1) byClass[owner[at] ?? 0] = factor * (value[at] ?? 0);
}

function raise(values: Float32Array, at: number, value: number): void {
  values[at] = Math.max(values[at] ?? 0, value);
}

function share(values: Float32Array, largest: Float32Array, own: number): number {
  const most = largest[own] ?? 0;
  return most > 0 ? Math.round((UINT8 * (values[own] ?? 0)) / most) : 0;
}
