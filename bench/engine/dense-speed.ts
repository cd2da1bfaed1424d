/** How long the nearest question of every class takes by vectors in the snapshot, beside the same in plain JavaScript. */
import { type DenseIndex, denseByClass, denseIndex } from '../../lib/engine/dense.ts';
import { generator } from '../../lib/engine/hash.ts';
import { percentile } from '../support/table.ts';

const SEED = 23;
const EACH = 20;
const ASKED = 100;
const ASKED_PLAIN = 15;
const REPEATED = 3;
/** Code is optimised in the background once it has run. */
const PAUSE_MS = 200;

export const DENSE_SIZES: readonly (readonly [rows: number, dimensions: number])[] = [
  [10_000, 256],
  [10_000, 1_536],
  [100_000, 256],
];
export const DENSE_HEAD = ['vectors', 'first ms', 'ms p50 / p99', 'plain JS ms p50 / p99', 'faster by'];

function made(rows: number, dimensions: number, random: () => number): DenseIndex {
  const value = Int8Array.from({ length: rows * dimensions }, () => Math.floor(256 * random()) - 128);
  return denseIndex(value, new Float32Array(rows).fill(1), dimensions);
}

/** As a reader would write it. */
function plain({ value, dimensions }: DenseIndex, classStart: Uint32Array, vector: Float32Array): Float32Array {
  const nearest = new Float32Array(classStart.length - 1);
  for (let row = 0, from = 0; from < value.length; row += 1, from += dimensions) {
    let sum = 0;
    for (let at = 0; at < dimensions; at += 1) sum += (value[from + at] ?? 0) * (vector[at] ?? 0);
    const owner = Math.floor(row / EACH);
    nearest[owner] = Math.max(nearest[owner] ?? 0, sum);
  }
  return nearest;
}

function timed(run: () => unknown): number {
  const from = performance.now();
  run();
  return performance.now() - from;
}

/** The best of a few goes at each vector: what the work takes when nobody else uses the core. */
function timesOf(vectors: readonly Float32Array[], run: (vector: Float32Array) => unknown): number[] {
  return vectors.map((vector) => Math.min(...Array.from({ length: REPEATED }, () => timed(() => run(vector)))));
}

const spread = (times: readonly number[]): string =>
  `${percentile(times, 0.5).toFixed(3)} / ${percentile(times, 0.99).toFixed(3)}`;

/** A line under `DENSE_HEAD`. */
export async function denseLine([rows, dimensions]: (typeof DENSE_SIZES)[number]): Promise<string[]> {
  const random = generator(SEED);
  const index = made(rows, dimensions, random);
  const classStart = Uint32Array.from({ length: rows / EACH + 1 }, (_, owner) => owner * EACH);
  const vectors = Array.from({ length: ASKED }, () => Float32Array.from({ length: dimensions }, () => random() - 0.5));
  const ask = (vector: Float32Array) => denseByClass(index, classStart, vector);
  const first = timed(() => vectors.slice(0, 1).map(ask));
  await new Promise((done) => setTimeout(done, PAUSE_MS));
  const times = timesOf(vectors, ask);
  const plainTimes = timesOf(vectors.slice(0, ASKED_PLAIN), (vector) => plain(index, classStart, vector));
  const ratio = percentile(plainTimes, 0.5) / percentile(times, 0.5);
  const title = `${rows.toLocaleString('en')} × ${dimensions.toLocaleString('en')}`;
  return [title, first.toFixed(1), spread(times), spread(plainTimes), `${ratio.toFixed(0)} ×`];
}
