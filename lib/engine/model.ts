import { increase, type Numbers, rangeOf } from './arrays.ts';
import { groupNorms, groupScale } from './corpus.ts';
import { decodeExample, type Examples, longestExample, sumExample } from './examples.ts';

/** The classifier as it is trained, stored and read: one hyperplane a class, and the examples to compare with. */
export type Model = {
  /** Feature ids below are words, the others characters. */
  words: number;
  /** By feature; 0 for one that this model has not seen. */
  idf: Float32Array;
  unseen: number;
  /** Postings of feature `f`: class `owner[k]` has weight `weight[k]` for k in `start[f] .. start[f + 1]`. */
  start: Uint32Array;
  owner: Numbers;
  weight: Int8Array;
  /** By class: what a weight of 1 stands for, and the constant. */
  scale: Float32Array;
  bias: Float32Array;
  /** Class `c` has the rows `classStart[c] .. classStart[c + 1]` of `examples`. */
  classStart: Uint32Array;
  examples: Examples;
  /** By row: length of its word and of its character part; both 0 for a row that this model must not see. */
  norms: Float32Array;
};

/** A text as the model sees it: known feature ids, ascending, and how many features it does not know. */
export type Query = { ids: readonly number[]; unseenWords: number; unseenChars: number };

/** Classes by margin, best first, and what speaks for the first being right (see `SIGNALS`). */
export type Ranking = { classes: readonly number[]; margins: readonly number[]; signals: readonly number[] };

/**
 * What the calibrator reads, in order: margin of the first class; its lead over the second; cosine of the nearest
 * example of the first; that minus the best cosine among the other four; share of the text's idf that is known;
 * share of its words' idf that the nearest example covers; log of the number of features.
 */
export const SIGNALS = 7;

/** Classes whose examples are compared with the text. */
const COMPARED = 5;
/** Of a class with more examples, this many at even distances are compared. */
const COMPARED_EXAMPLES = 64;

/** Buffers of one open model, so that a message allocates nothing large. Not for two texts at once. */
export type Workspace = { margins: Float32Array; shared: Float32Array; sums: Float64Array; row: Uint32Array };

export function workspace(model: Model): Workspace {
  return {
    margins: new Float32Array(model.bias.length),
    shared: new Float32Array(model.idf.length),
    sums: new Float64Array(2),
    row: new Uint32Array(longestExample(model.examples)),
  };
}

/** Splits feature ids into those the model has seen and the number of others; -1 stands for an unknown one. */
export function query(model: Model, words: ArrayLike<number>, chars: ArrayLike<number>): Query {
  const ids: number[] = [];
  const known = (list: ArrayLike<number>) => {
    let unseen = 0;
    for (let at = 0; at < list.length; at += 1) {
      const id = list[at] ?? -1;
      if (id >= 0 && (model.idf[id] ?? 0) > 0) ids.push(id);
      else unseen += 1;
    }
    return unseen;
  };
  const unseenWords = known(words);
  const unseenChars = known(chars);
  return { ids, unseenWords, unseenChars };
}

/** Group lengths of the text. Features that no question has count at the highest weight: what is foreign in it dilutes the rest. */
function queryNorms(model: Model, { ids, unseenWords, unseenChars }: Query): [number, number] {
  const [word, char] = groupNorms(ids, model.idf, model.words);
  const square = model.unseen ** 2;
  return [Math.sqrt(word ** 2 + unseenWords * square), Math.sqrt(char ** 2 + unseenChars * square)];
}

function computeMargins(model: Model, text: Query, margins: Float32Array): void {
  const [wordNorm, charNorm] = queryNorms(model, text);
  margins.fill(0);
  for (const id of text.ids) {
    const value = (model.idf[id] ?? 0) * groupScale(id < model.words ? wordNorm : charNorm);
    const [from, to] = rangeOf(model.start, id);
    for (let at = from; at < to; at += 1) increase(margins, model.owner[at] ?? 0, value * (model.weight[at] ?? 0));
  }
  model.bias.forEach((bias, owner) => {
    margins[owner] = (margins[owner] ?? 0) * (model.scale[owner] ?? 0) + bias;
  });
}

/** Puts `index` where its score belongs among `top`, behind its equals, and keeps `count`. */
function place(top: number[], index: number, scores: Float32Array, count: number): void {
  const score = scores[index] ?? 0;
  const last = top[count - 1];
  if (last !== undefined && score <= (scores[last] ?? 0)) return;
  let at = top.length;
  while (at > 0 && score > (scores[top[at - 1] ?? 0] ?? 0)) at -= 1;
  top.splice(at, 0, index);
  if (top.length > count) top.pop();
}

/** The `count` allowed indices with the highest scores, best first; the lower index first among equals. */
export function best(scores: Float32Array, count: number, allowed: Uint8Array | undefined): number[] {
  const top: number[] = [];
  for (let index = 0; index < scores.length; index += 1) {
    if (allowed === undefined || allowed[index] === 1) place(top, index, scores, count);
  }
  return top;
}

type Nearest = { cosine: number; row: number };

/** The example of class `owner` nearest to the text whose squared weights are in `space.shared`. */
function nearest(model: Model, owner: number, norms: readonly [number, number], space: Workspace): Nearest {
  const [first, end] = rangeOf(model.classStart, owner);
  const stride = Math.max(1, Math.ceil((end - first) / COMPARED_EXAMPLES));
  const found: Nearest = { cosine: 0, row: -1 };
  for (let row = first; row < end; row += stride) {
    const cosine = cosineWith(model, row, norms, space);
    if (cosine <= found.cosine) continue;
    found.cosine = cosine;
    found.row = row;
  }
  return found;
}

/** The mean of the two groups' cosines; 0 for a row that this model must not see. */
function cosineWith(model: Model, row: number, norms: readonly [number, number], space: Workspace): number {
  const word = norms[0] * (model.norms[2 * row] ?? 0);
  const char = norms[1] * (model.norms[2 * row + 1] ?? 0);
  if (word === 0 && char === 0) return 0;
  sumExample(model.examples, row, model.words, space.shared, space.sums);
  return (part(space.sums[0] ?? 0, word) + part(space.sums[1] ?? 0, char)) / 2;
}

function part(product: number, norms: number): number {
  return norms > 0 ? product / norms : 0;
}

/** The share of the text's words, by idf, that also stand in a row. */
function coveredWords(model: Model, row: number, { ids, unseenWords }: Query, space: Workspace): number {
  if (row < 0) return 0;
  const count = decodeExample(model.examples, row, space.row);
  let covered = 0;
  for (let at = 0; at < count; at += 1) {
    const id = space.row[at] ?? 0;
    if (id < model.words) covered += Math.sqrt(space.shared[id] ?? 0);
  }
  let total = unseenWords * model.unseen;
  for (const id of ids) if (id < model.words) total += model.idf[id] ?? 0;
  return part(covered, total);
}

function knownShare(model: Model, { ids, unseenWords, unseenChars }: Query): number {
  let known = 0;
  for (const id of ids) known += model.idf[id] ?? 0;
  return part(known, known + (unseenWords + unseenChars) * model.unseen);
}

function signals(model: Model, text: Query, classes: readonly number[], space: Workspace): number[] {
  for (const id of text.ids) space.shared[id] = (model.idf[id] ?? 0) ** 2;
  const norms = queryNorms(model, text);
  const [first, ...others] = classes.slice(0, COMPARED).map((owner) => nearest(model, owner, norms, space));
  const covered = coveredWords(model, first?.row ?? -1, text, space);
  for (const id of text.ids) space.shared[id] = 0;
  const top = space.margins[classes[0] ?? 0] ?? 0;
  const second = classes[1] === undefined ? -1 : (space.margins[classes[1]] ?? 0);
  const cosine = first?.cosine ?? 0;
  return [
    top,
    top - second,
    cosine,
    cosine - Math.max(0, ...others.map((other) => other.cosine)),
    knownShare(model, text),
    covered,
    Math.log(Math.max(1, text.ids.length + text.unseenWords + text.unseenChars)),
  ];
}

/** Ranks the allowed classes; empty when none is allowed or the text shares nothing with any question. */
export function rank(
  model: Model,
  text: Query,
  space: Workspace,
  options: { count: number; allowed: Uint8Array | undefined },
): Ranking {
  if (text.ids.length === 0) return { classes: [], margins: [], signals: [] };
  computeMargins(model, text, space.margins);
  const classes = best(space.margins, Math.max(options.count, COMPARED), options.allowed);
  if (classes.length === 0) return { classes: [], margins: [], signals: [] };
  return {
    classes,
    margins: classes.map((owner) => space.margins[owner] ?? 0),
    signals: signals(model, text, classes, space),
  };
}
