import { bump, cumulate, numbers, rangeOf } from './arrays.ts';
import { type Corpus, groupNorms, groupScale, inverseFrequencies, unseenIdf } from './corpus.ts';
import type { Examples } from './examples.ts';
import { generator } from './hash.ts';
import type { Model } from './model.ts';
import { pickNegatives } from './negatives.ts';
import { type Hyperplane, type Rows, type SvmOptions, trainSvm } from './svm.ts';

/** Chosen by cross-validation on public sets; a positive is worth four negatives. */
const SVM: SvmOptions = { cost: 1, positiveCost: 4, epsilon: 0.1, passes: 30 };
const SEED = 17;
/** Weights kept a class, the largest: so many, or so many an example of it. More change nothing measurable. */
const KEPT_WEIGHTS = 2_000;
const KEPT_PER_EXAMPLE = 32;
const INT8 = 127;

export type Dataset = { corpus: Corpus; classStart: Uint32Array; examples: Examples };

/** Rows of the corpus as vectors of length 1; the one after the last is empty: a text that says nothing. */
function vectors(corpus: Corpus, idf: Float32Array, norms: Float32Array): Rows {
  const value = new Float32Array(corpus.ids.length);
  const start = new Uint32Array(corpus.start.length + 1);
  const squared = new Float32Array(corpus.start.length);
  start.set(corpus.start);
  start[corpus.start.length] = corpus.ids.length;
  for (let row = 0; row + 1 < corpus.start.length; row += 1) {
    const word = groupScale(norms[2 * row] ?? 0);
    const char = groupScale(norms[2 * row + 1] ?? 0);
    const from = corpus.start[row] ?? 0;
    corpus.ids.subarray(from, corpus.start[row + 1]).forEach((id, at) => {
      value[from + at] = (idf[id] ?? 0) * (id < corpus.words ? word : char);
    });
    squared[row] = (word > 0 ? 0.5 : 0) + (char > 0 ? 0.5 : 0);
  }
  return { start, column: corpus.ids, value, squared, columns: corpus.size };
}

function allNorms(corpus: Corpus, idf: Float32Array, members: Uint32Array): Float32Array {
  const norms = new Float32Array(2 * (corpus.start.length - 1));
  members.forEach((row) => {
    norms.set(groupNorms(corpus.ids.subarray(...rangeOf(corpus.start, row)), idf, corpus.words), 2 * row);
  });
  return norms;
}

/** A class's largest weights, ascending by feature, in one byte each. */
type Compact = { id: Uint32Array; weight: Int8Array; scale: number; bias: number };

/** The places of a hyperplane that are not zero, in a buffer that serves every class, and the largest weight. */
function nonZero(weights: Float32Array, buffer: Uint32Array): { used: Uint32Array; largest: number } {
  let count = 0;
  let largest = 0;
  for (let at = 0; at < weights.length; at += 1) {
    const weight = weights[at] ?? 0;
    if (weight === 0) continue;
    buffer[count++] = at;
    largest = Math.max(largest, Math.abs(weight));
  }
  return { used: buffer.subarray(0, count), largest };
}

function compact({ weights, bias }: Hyperplane, kept: number, buffer: Uint32Array): Compact {
  const { used, largest } = nonZero(weights, buffer);
  const scale = largest / INT8;
  const least = smallestKept(weights, used, scale, kept);
  const id: number[] = [];
  const weight: number[] = [];
  for (let k = 0; k < used.length; k += 1) {
    const at = used[k] ?? 0;
    const rounded = Math.round((weights[at] ?? 0) / scale);
    if (Math.abs(rounded) < least) continue;
    id.push(at);
    weight.push(rounded);
  }
  return { id: Uint32Array.from(id), weight: Int8Array.from(weight), scale, bias };
}

/** The smallest size of rounded weight at which no more than `most` are left. */
function smallestKept(weights: Float32Array, used: Uint32Array, scale: number, most: number): number {
  const counts = new Uint32Array(INT8 + 1);
  for (let k = 0; k < used.length; k += 1) bump(counts, Math.round(Math.abs(weights[used[k] ?? 0] ?? 0) / scale));
  let kept = 0;
  for (let size = INT8; size > 0; size -= 1) {
    kept += counts[size] ?? 0;
    if (kept > most) return size + 1;
  }
  return 1;
}

/** From weights by class to postings by feature. */
function postings(planes: readonly Compact[], features: number): Pick<Model, 'start' | 'owner' | 'weight'> {
  const start = new Uint32Array(features + 1);
  for (const plane of planes) for (let k = 0; k < plane.id.length; k += 1) bump(start, (plane.id[k] ?? 0) + 1);
  cumulate(start);
  const next = start.slice();
  const owner = numbers(start[features] ?? 0, planes.length);
  const weight = new Int8Array(owner.length);
  planes.forEach((plane, number) => {
    plane.id.forEach((id, place) => {
      const at = bump(next, id);
      owner[at] = number;
      weight[at] = plane.weight[place] ?? 0;
    });
  });
  return { start, owner, weight };
}

const NO_PLANE: Compact = { id: new Uint32Array(0), weight: new Int8Array(0), scale: 0, bias: -1 };

/** Learns from the rows `members` (ascending) alone; a class without a member is not learnt. */
export function trainModel(data: Dataset, members: Uint32Array, onClass: (done: number) => void = () => {}): Model {
  const { corpus, classStart, examples } = data;
  const idf = inverseFrequencies(corpus, members);
  const norms = allNorms(corpus, idf, members);
  const rows = vectors(corpus, idf, norms);
  const negatives = pickNegatives(rows, classStart, members);
  const buffer = new Uint32Array(corpus.size);
  const learn = (number: number): Compact => {
    const random = generator(SEED + number);
    const { list, positives } = negatives(number, random);
    if (positives === 0) return NO_PLANE;
    const kept = Math.max(KEPT_WEIGHTS, KEPT_PER_EXAMPLE * positives);
    return compact(trainSvm(rows, list, positives, SVM, random), kept, buffer);
  };
  const planes: Compact[] = [];
  for (let number = 0; number + 1 < classStart.length; number += 1) {
    planes.push(learn(number));
    onClass(number + 1);
  }
  return {
    words: corpus.words,
    idf,
    unseen: unseenIdf(members.length),
    ...postings(planes, corpus.size),
    scale: Float32Array.from(planes, (plane) => plane.scale),
    bias: Float32Array.from(planes, (plane) => plane.bias),
    classStart,
    examples,
    norms,
  };
}
