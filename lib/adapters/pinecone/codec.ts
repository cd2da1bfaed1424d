import type { SparseVector } from '../../ports/vectors.ts';

type Sparse = { indices: number[]; values: number[] };

/** How vectors of one kind are made, written and asked for. */
export type Codec<Vector> = {
  /** Of the index, at its creation. */
  definition: { vector_type: string; metric: string; dimension?: number };
  /** Undefined when the index cannot take it: another dimension, or nothing in it. */
  record(vector: Vector): { values: number[] } | { sparseValues: Sparse } | undefined;
  query(vector: Vector): { vector: number[] } | { sparseVector: Sparse } | undefined;
};

/** Seven decimals: more than float32 tells of a unit vector, and half of the bytes on the wire. */
const rounded = (value: number): number => Math.round(value * 1e7) / 1e7;

/** Unit-length vectors by cosine. */
export function denseCodec(dimensions: number): Codec<Float32Array> {
  const numbers = (vector: Float32Array): number[] | undefined => {
    const values = vector.length === dimensions ? Array.from(vector, rounded) : [];
    return values.length > 0 && values.every(Number.isFinite) ? values : undefined;
  };
  return {
    definition: { vector_type: 'dense', metric: 'cosine', dimension: dimensions },
    record: (vector) => {
      const values = numbers(vector);
      return values === undefined ? undefined : { values };
    },
    query: (vector) => {
      const values = numbers(vector);
      return values === undefined ? undefined : { vector: values };
    },
  };
}

/** Of the service: weights in one vector. */
const MAX_WEIGHTS = 1_000;

/** The heaviest weights, by index; none of them zero. */
function weights({ indices, values }: SparseVector): Sparse | undefined {
  const pairs = Array.from(indices, (index, place) => ({ index, value: rounded(values[place] ?? Number.NaN) }));
  if (pairs.some(({ value }) => !Number.isFinite(value))) return undefined;
  const kept = pairs
    .filter(({ value }) => value !== 0)
    .toSorted((a, b) => Math.abs(b.value) - Math.abs(a.value))
    .slice(0, MAX_WEIGHTS)
    .toSorted((a, b) => a.index - b.index);
  if (kept.length === 0) return undefined;
  return { indices: kept.map(({ index }) => index), values: kept.map(({ value }) => value) };
}

/** Weights of hashed features by inner product, which is the cosine where they are of unit length. */
export const sparseCodec: Codec<SparseVector> = {
  definition: { vector_type: 'sparse', metric: 'dotproduct' },
  record: (vector) => {
    const sparseValues = weights(vector);
    return sparseValues === undefined ? undefined : { sparseValues };
  },
  query: (vector) => {
    const sparseVector = weights(vector);
    return sparseVector === undefined ? undefined : { sparseVector };
  },
};
