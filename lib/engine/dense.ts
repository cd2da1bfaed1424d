import { CuecardError } from '../domain/error.ts';
import { rangeOf } from './arrays.ts';
import type { DenseHit, Embedding } from './types.ts';

/**
 * Unit-length vectors in one byte a number: row `i` is `value[i d .. (i + 1) d) * scale[i]`. At 256 dimensions the cosine
 * of two texts is off by about 0.001, at a quarter of the bytes.
 */
export type DenseIndex = { value: Int8Array; scale: Float32Array; dimensions: number };

const INT8 = 127;
/** No two unit vectors are further apart. */
const FARTHEST = -1;

/** Raises `invalid` for a vector of another length, or with a number that is none. */
export function checkVector(vector: Float32Array, { model, dimensions }: Embedding): void {
  if (vector.length !== dimensions) {
    throw new CuecardError('invalid', `a vector has ${vector.length} numbers, those of ${model} have ${dimensions}`);
  }
  for (let at = 0; at < vector.length; at += 1) {
    if (!Number.isFinite(vector[at])) throw new CuecardError('invalid', `number ${at} of a vector is none`);
  }
}

/** Largest number of a vector by size. */
function largest(vector: Float32Array): number {
  let most = 0;
  for (let at = 0; at < vector.length; at += 1) most = Math.max(most, Math.abs(vector[at] ?? 0));
  return most;
}

/** Vectors are brought to length 1 first; one of zeros stays so and resembles nothing. */
export function quantise(vectors: readonly Float32Array[], dimensions: number): DenseIndex {
  const value = new Int8Array(vectors.length * dimensions);
  const scale = new Float32Array(vectors.length);
  vectors.forEach((vector, row) => {
    const size = length(vector);
    const unit = largest(vector) / INT8;
    if (size === 0) return;
    scale[row] = unit / size;
    for (let at = 0; at < dimensions; at += 1) value[row * dimensions + at] = Math.round((vector[at] ?? 0) / unit);
  });
  return { value, scale, dimensions };
}

function length(vector: Float32Array): number {
  let squares = 0;
  for (let at = 0; at < vector.length; at += 1) squares += (vector[at] ?? 0) ** 2;
  return Math.sqrt(squares);
}

const valueAt = (values: Int8Array, at: number): number => values[at] ?? 0;
const numberAt = (values: Float32Array, at: number): number => values[at] ?? 0;

function product(value: Int8Array, from: number, vector: Float32Array): number {
  let sum = 0;
  for (let at = 0; at < vector.length; at += 1) sum += valueAt(value, from + at) * numberAt(vector, at);
  return sum;
}

/**
 * By class, the cosine of its nearest question; −1 for a class with none. `sees` says which rows count (all unless
 * given). The vector need not have length 1.
 */
export function denseByClass(
  { value, scale, dimensions }: DenseIndex,
  classStart: Uint32Array,
  vector: Float32Array,
  sees: (row: number) => boolean = () => true,
): Float32Array {
  const size = length(vector);
  return Float32Array.from({ length: classStart.length - 1 }, (_, owner) => {
    const [first, end] = rangeOf(classStart, owner);
    let nearest = FARTHEST;
    for (let row = first; row < end; row += 1) {
      if (!sees(row) || size === 0) continue;
      nearest = Math.max(nearest, (product(value, row * dimensions, vector) * (scale[row] ?? 0)) / size);
    }
    return nearest;
  });
}

/** The same from an index outside: what it did not name is no nearer than the last that it named. */
export function hitsByClass(
  hits: readonly DenseHit[],
  classes: number,
  indexOf: (key: string) => number | undefined,
): Float32Array | undefined {
  const known = hits.flatMap(({ key, similarity }) => {
    const index = indexOf(key);
    return index === undefined || !Number.isFinite(similarity) ? [] : [{ index, similarity }];
  });
  if (known.length === 0) return undefined;
  const similarities = new Float32Array(classes).fill(Math.min(...known.map(({ similarity }) => similarity)));
  for (const { index, similarity } of known) {
    similarities[index] = Math.max(similarity, similarities[index] ?? FARTHEST);
  }
  return similarities;
}
