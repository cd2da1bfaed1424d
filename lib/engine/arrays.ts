/** Small steps on typed arrays. Each takes one kind of array, so that engines compile it to a plain load and store. */

/** Class and row numbers: one or two bytes where they suffice. */
export type Numbers = Uint8Array | Uint16Array | Uint32Array;

/** Room for numbers up to `highest`, in the smallest array that holds them. */
export function numbers(length: number, highest: number): Numbers {
  if (highest < 2 ** 8) return new Uint8Array(length);
  return highest < 2 ** 16 ? new Uint16Array(length) : new Uint32Array(length);
}

export function isNumbers(value: unknown): value is Numbers {
  return value instanceof Uint8Array || value instanceof Uint16Array || value instanceof Uint32Array;
}

/** Counts one more at a place and returns how many there were. */
export function bump(counts: Uint32Array, at: number): number {
  const before = counts[at] ?? 0;
  counts[at] = before + 1;
  return before;
}

export function increase(values: Float32Array, at: number, amount: number): void {
  values[at] = (values[at] ?? 0) + amount;
}

/** From counts (that of item `i` at `i + 1`) to where each item's range starts. */
export function cumulate(counts: Uint32Array): void {
  for (let at = 1; at < counts.length; at += 1) counts[at] = (counts[at] ?? 0) + (counts[at - 1] ?? 0);
}

/** Sparse lists one after the other: item `i` has the range `start[i] .. start[i + 1]`. */
export function rangeOf(start: Uint32Array, item: number): [number, number] {
  return [start[item] ?? 0, start[item + 1] ?? 0];
}
