import { rangeOf } from './arrays.ts';
import { type Corpus, groupNorms, groupScale, inverseFrequencies, unseenIdf } from './corpus.ts';
import type { Examples } from './examples.ts';
import { generator } from './hash.ts';
import { classCentres, likenRows, withLikeness } from './likeness.ts';
import type { Model } from './model.ts';
import { pickNegatives } from './negatives.ts';
import { keptWeights, NO_PLANE, type Plane, pack, planeBuffers, postings } from './planes.ts';
import { type Seed, seeder, seedOf } from './seeds.ts';
import { type Rows, type SvmOptions, trainSvm } from './svm.ts';

/** Chosen by cross-validation on public sets; a positive is worth four negatives. */
const SVM: SvmOptions = { cost: 1, positiveCost: 4, epsilon: 0.1, passes: 30 };
const SEED = 17;

export type Dataset = { corpus: Corpus; classStart: Uint32Array; examples: Examples };

/** The corpus's rows `members` as vectors of length 1, and after them an empty one: a text that says nothing. */
function vectors(corpus: Corpus, idf: Float32Array, norms: Float32Array, members: Uint32Array): Rows {
  const start = new Uint32Array(members.length + 2);
  members.forEach((row, at) => {
    const [from, to] = rangeOf(corpus.start, row);
    start[at + 1] = (start[at] ?? 0) + to - from;
  });
  start[members.length + 1] = start[members.length] ?? 0;
  const column = new Uint32Array(start[members.length] ?? 0);
  const value = new Float32Array(column.length);
  const squared = new Float32Array(members.length + 1);
  members.forEach((row, at) => {
    const word = groupScale(norms[2 * row] ?? 0);
    const char = groupScale(norms[2 * row + 1] ?? 0);
    const from = start[at] ?? 0;
    corpus.ids.subarray(...rangeOf(corpus.start, row)).forEach((id, k) => {
      column[from + k] = id;
      value[from + k] = (idf[id] ?? 0) * (id < corpus.words ? word : char);
    });
    squared[at] = (word > 0 ? 0.5 : 0) + (char > 0 ? 0.5 : 0);
  });
  return { start, column, value, squared, columns: corpus.size };
}

function allNorms(corpus: Corpus, idf: Float32Array, members: Uint32Array): Float32Array {
  const norms = new Float32Array(2 * (corpus.start.length - 1));
  members.forEach((row) => {
    norms.set(groupNorms(corpus.ids.subarray(...rangeOf(corpus.start, row)), idf, corpus.words), 2 * row);
  });
  return norms;
}

/** The classes of `members` (ascending). */
function ownersOf(classStart: Uint32Array, members: Uint32Array): Uint32Array {
  let owner = 0;
  return members.map((row) => {
    while ((classStart[owner + 1] ?? Number.POSITIVE_INFINITY) <= row) owner += 1;
    return owner;
  });
}

/** `seeds`: by class, where a model of the same rows and more left off. */
export type TrainOptions = { seeds?: readonly Seed[]; onClass?: (done: number) => void };

/** Learns from the rows `members` (ascending) alone; a class without a member is not learnt. */
export function trainModel(
  data: Dataset,
  members: Uint32Array,
  { seeds, onClass = () => {} }: TrainOptions = {},
): { model: Model; seeds: readonly Seed[] } {
  const { corpus, classStart, examples } = data;
  const classes = classStart.length - 1;
  const idf = inverseFrequencies(corpus, members);
  const norms = allNorms(corpus, idf, members);
  const plain = vectors(corpus, idf, norms, members);
  const owners = ownersOf(classStart, members);
  const centres = classCentres(plain, owners, classes);
  const likeness = likenRows(plain, owners, centres);
  const rows = withLikeness(plain, likeness, classes);
  const negatives = pickNegatives(likeness, owners, classes);
  const buffers = planeBuffers(rows.columns);
  const begin = seeder(corpus.start.length - 1, members);
  const left: Seed[] = [];
  const learn = (number: number): Plane => {
    const random = generator(SEED + number);
    const { list, positives } = negatives(number, random);
    if (positives === 0) return NO_PLANE;
    const seed = seeds?.[number];
    const start = seed === undefined ? undefined : begin(seed, list);
    const plane = trainSvm(rows, list, positives, SVM, random, buffers.weights, start);
    left[number] = seedOf(plane.support, list, members);
    return pack(rows, plane, keptWeights(classes, positives), corpus.size, buffers);
  };
  const planes = Array.from({ length: classes }, (_, number) => {
    const plane = learn(number);
    onClass(number + 1);
    return plane;
  });
  const model: Model = {
    words: corpus.words,
    idf,
    unseen: unseenIdf(members.length),
    ...postings(planes, rows.columns, centres),
    scale: Float32Array.from(planes, (plane) => plane.scale),
    likenessScale: Float32Array.from(planes, (plane) => plane.likenessScale),
    bias: Float32Array.from(planes, (plane) => plane.bias),
    classStart,
    examples,
    norms,
  };
  return { model, seeds: left };
}
