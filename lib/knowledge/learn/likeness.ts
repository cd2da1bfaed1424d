import type { Vector } from './vectors.ts';

/** How alike every two of `size` items are, 0-1: row by row, symmetric, the diagonal unused. */
export type Likeness = { size: number; values: Float32Array };

/** Products of all pairs, by way of the features that they share. `size²` floats: bound the number of vectors. */
export function likenessOf(vectors: readonly Vector[]): Likeness {
  const size = vectors.length;
  const values = new Float32Array(size * size);
  const postings = new Map<number, { rows: number[]; weights: number[] }>();
  vectors.forEach(({ ids, values: weights }, row) => {
    ids.forEach((id, at) => {
      const posting = postings.get(id) ?? { rows: [], weights: [] };
      if (posting.rows.length === 0) postings.set(id, posting);
      const weight = weights[at] ?? 0;
      addRow(values, row * size, weight, posting);
      posting.rows.push(row);
      posting.weights.push(weight);
    });
  });
  for (let row = 0; row < size; row += 1) {
    for (let other = 0; other < row; other += 1) values[other * size + row] = values[row * size + other] ?? 0;
  }
  return { size, values };
}

function addRow(
  values: Float32Array,
  base: number,
  weight: number,
  { rows, weights }: { rows: number[]; weights: number[] },
) {
  for (let k = 0; k < rows.length; k += 1) {
    const at = base + (rows[k] ?? 0);
    values[at] = (values[at] ?? 0) + weight * (weights[k] ?? 0);
  }
}
