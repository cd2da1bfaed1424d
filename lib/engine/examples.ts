import { rangeOf } from './arrays.ts';
import type { Corpus } from './corpus.ts';

/**
 * The authored questions as the model needs them at run time: each compared row's feature ids, ascending, as
 * variable-length differences (seven bits a byte, the top bit says "more follows"). About a third of plain 32-bit ids.
 * A row that is not compared takes no bytes.
 */
export type Examples = { offset: Uint32Array; bytes: Uint8Array };

/** Of a class with more examples, this many at most, at even distances, are compared with a text. */
const COMPARED_EXAMPLES = 64;

/** Rows `first`, `first + stride` and so on before `end`. */
export type RowRange = { first: number; end: number; stride: number };

/** The rows of a class that are compared with a text. */
export function comparedRows(classStart: Uint32Array, owner: number): RowRange {
  const [first, end] = rangeOf(classStart, owner);
  return { first, end, stride: Math.max(1, Math.ceil((end - first) / COMPARED_EXAMPLES)) };
}

export function encodeExamples(corpus: Corpus, classStart: Uint32Array): Examples {
  const offset = new Uint32Array(corpus.start.length);
  const bytes = new Uint8Array(corpus.ids.length * 5);
  let at = 0;
  for (let owner = 0; owner + 1 < classStart.length; owner += 1) {
    const { first, end, stride } = comparedRows(classStart, owner);
    for (let row = first; row < end; row += 1) {
      if ((row - first) % stride === 0) at = encodeRow(corpus, row, bytes, at);
      offset[row + 1] = at;
    }
  }
  return { offset, bytes: bytes.slice(0, at) };
}

/** Writes a row from `at` on; returns where it ends. */
function encodeRow({ ids, start }: Corpus, row: number, bytes: Uint8Array, at: number): number {
  let end = at;
  let previous = 0;
  ids.subarray(...rangeOf(start, row)).forEach((id) => {
    let rest = id - previous;
    previous = id;
    while (rest > 0x7f) {
      bytes[end++] = (rest & 0x7f) | 0x80;
      rest >>>= 7;
    }
    bytes[end++] = rest;
  });
  return end;
}

/** Writes a row's ids into `into`, which must have room for one id a byte, and returns how many there are. */
export function decodeExample({ offset, bytes }: Examples, row: number, into: Uint32Array): number {
  const end = offset[row + 1] ?? 0;
  let count = 0;
  let id = 0;
  let shift = 0;
  for (let at = offset[row] ?? 0; at < end; at += 1) {
    const byte = bytes[at] ?? 0;
    id += (byte & 0x7f) << shift;
    if (byte > 0x7f) {
      shift += 7;
      continue;
    }
    shift = 0;
    into[count++] = id;
  }
  return count;
}

/**
 * Adds up `values` over a row's ids: into the first place those of ids below `words`, into the second the others.
 * Reads the bytes as they lie; thousands of rows are read for one message.
 */
export function sumExample(
  { offset, bytes }: Examples,
  row: number,
  words: number,
  values: Float32Array,
  sums: Float64Array,
): void {
  let word = 0;
  let char = 0;
  let id = 0;
  let shift = 0;
  const [from, to] = rangeOf(offset, row);
  for (let at = from; at < to; at += 1) {
    const byte = byteAt(bytes, at);
    id += (byte & 0x7f) << shift;
    if (byte > 0x7f) {
      shift += 7;
      continue;
    }
    shift = 0;
    if (id < words) word += valueAt(values, id);
    else char += valueAt(values, id);
  }
  sums[0] = word;
  sums[1] = char;
}

const byteAt = (bytes: Uint8Array, at: number): number => bytes[at] ?? 0;
const valueAt = (values: Float32Array, at: number): number => values[at] ?? 0;

/** The most bytes any row takes: room enough to decode every row. */
export function longestExample({ offset }: Examples): number {
  let longest = 0;
  for (let row = 1; row < offset.length; row += 1) {
    longest = Math.max(longest, (offset[row] ?? 0) - (offset[row - 1] ?? 0));
  }
  return longest;
}
