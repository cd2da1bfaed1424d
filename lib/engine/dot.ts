import { DOT_MODULE } from './dot-module.generated.ts';

/** Numbers of a row that the module takes at once, and rows. */
const LANES = 16;
const TOGETHER = 4;
const PAGE = 65_536;
const HIGHEST_I16 = 32_767;
const HIGHEST_I32 = 2 ** 31 - 1;
const LOWEST_I8 = -128;

type Multiply = (vector: number, vectorEnd: number, row: number, stride: number, sum: number, sumEnd: number) => void;

/** A vector's product with every row. What it returns is overwritten by the next call. */
export type Products = (vector: Int16Array) => Int32Array;

const align = (count: number, to: number): number => Math.ceil(count / to) * to;

/** What a number of a vector may be at most, so that no sum of products with a row of bytes leaves 32 bits. */
export function highestFor(dimensions: number): number {
  return Math.min(HIGHEST_I16, Math.floor(HIGHEST_I32 / (-LOWEST_I8 * dimensions)));
}

/** Compiled once for all memories: code that has run often enough to be optimised stays so with the next snapshot. */
let compiled: WebAssembly.Module | undefined;

function multiplierOf(memory: WebAssembly.Memory): Multiply {
  compiled ??= new WebAssembly.Module(Buffer.from(DOT_MODULE, 'base64'));
  return new WebAssembly.Instance(compiled, { rows: { memory } }).exports['multiply'] as Multiply;
}

/** Rows one after the other, each at a multiple of `stride` and followed by zeros. */
function copyRows(into: Int8Array, stride: number, rows: Int8Array, dimensions: number): void {
  if (stride === dimensions) {
    into.set(rows);
    return;
  }
  for (let from = 0, to = 0; from < rows.length; from += dimensions, to += stride) {
    into.set(rows.subarray(from, from + dimensions), to);
  }
}

/**
 * Copies `count` rows of `dimensions` bytes into a memory that lives as long as the function returned, which multiplies
 * them by vectors of as many numbers, none larger than `highestFor(dimensions)`: exact, in 128-bit vector instructions.
 *
 *     memory: vector (i16, padded) · products (i32, padded) · rows (i8, each padded)
 */
export function productsOf(rows: Int8Array, count: number, dimensions: number): Products {
  const stride = align(dimensions, LANES);
  const sumsAt = stride * Int16Array.BYTES_PER_ELEMENT;
  const rowsAt = sumsAt + align(count, TOGETHER) * Int32Array.BYTES_PER_ELEMENT;
  const pages = Math.ceil((rowsAt + align(count, TOGETHER) * stride) / PAGE);
  const memory = new WebAssembly.Memory({ initial: pages, maximum: pages });
  const multiply = multiplierOf(memory);
  const asked = new Int16Array(memory.buffer, 0, dimensions);
  const sums = new Int32Array(memory.buffer, sumsAt, count);
  copyRows(new Int8Array(memory.buffer, rowsAt), stride, rows, dimensions);
  return (vector) => {
    asked.set(vector);
    multiply(0, sumsAt, rowsAt, stride, sumsAt, rowsAt);
    return sums;
  };
}
