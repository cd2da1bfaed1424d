import { increase, type Numbers, rangeOf } from './arrays.ts';
import { groupNorms, groupScale } from './corpus.ts';
import { type Examples, longestExample } from './examples.ts';

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
export function queryNorms(model: Model, { ids, unseenWords, unseenChars }: Query): [number, number] {
  const [word, char] = groupNorms(ids, model.idf, model.words);
  const square = model.unseen ** 2;
  return [Math.sqrt(word ** 2 + unseenWords * square), Math.sqrt(char ** 2 + unseenChars * square)];
}

export function computeMargins(model: Model, text: Query, margins: Float32Array): void {
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
