import { increase, type Numbers, rangeOf } from './arrays.ts';
import { groupNorms, groupScale } from './corpus.ts';
import { type Examples, longestExample } from './examples.ts';
import { type Selection, selection, selectLike } from './likeness.ts';

/** The classifier as it is trained, stored and read: one hyperplane a class, and the examples to compare with. */
export type Model = {
  /** Feature ids below are words, the others characters. */
  words: number;
  /** By feature; 0 for one that this model has not seen. */
  idf: Float32Array;
  unseen: number;
  /**
   * Postings of feature `f`: class `owner[k]` has weight `weight[k]` for k in `start[f] .. start[f + 1]`, and its
   * centre `centre[k]`. After the features come the likenesses to each class, which have weights as well.
   */
  start: Uint32Array;
  owner: Numbers;
  weight: Int8Array;
  centre: Uint8Array;
  /** By class: what 1 stands for in a feature's weight, in a likeness's weight and in the centre; and the constant. */
  scale: Float32Array;
  likenessScale: Float32Array;
  centreScale: Float32Array;
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
export type Workspace = {
  margins: Float32Array;
  cosines: Float32Array;
  like: Selection;
  shared: Float32Array;
  sums: Float64Array;
  row: Uint32Array;
};

export function workspace(model: Model): Workspace {
  return {
    margins: new Float32Array(model.bias.length),
    cosines: new Float32Array(model.bias.length),
    like: selection(),
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

/** Every class's margin of the text, into `space.margins`: by its features, then by which classes it is like. */
export function computeMargins(model: Model, text: Query, space: Workspace): void {
  const [wordNorm, charNorm] = queryNorms(model, text);
  const word = groupScale(wordNorm);
  const char = groupScale(charNorm);
  space.margins.fill(0);
  space.cosines.fill(0);
  for (const id of text.ids) addPostings(model, id, weightOf(model, id, word, char), space);
  scale(model, space);
  const { like } = space;
  selectLike(space.cosines, like);
  for (let at = 0; at < like.count; at += 1) addLikeness(model, like.classes[at] ?? 0, like.values[at] ?? 0, space);
}

function weightOf(model: Model, id: number, word: number, char: number): number {
  return (model.idf[id] ?? 0) * (id < model.words ? word : char);
}

function addPostings({ start, owner, weight, centre }: Model, id: number, value: number, space: Workspace): void {
  const { margins, cosines } = space;
  const [from, to] = rangeOf(start, id);
  for (let at = from; at < to; at += 1) {
    const own = owner[at] ?? 0;
    increase(margins, own, value * (weight[at] ?? 0));
    increase(cosines, own, value * (centre[at] ?? 0));
  }
}

function scale(model: Model, { margins, cosines }: Workspace): void {
  for (let owner = 0; owner < margins.length; owner += 1) {
    margins[owner] = (margins[owner] ?? 0) * (model.scale[owner] ?? 0) + (model.bias[owner] ?? 0);
    cosines[owner] = (cosines[owner] ?? 0) * (model.centreScale[owner] ?? 0);
  }
}

function addLikeness(model: Model, liked: number, value: number, { margins }: Workspace): void {
  const [from, to] = rangeOf(model.start, model.idf.length + liked);
  for (let at = from; at < to; at += 1) {
    const own = model.owner[at] ?? 0;
    increase(margins, own, value * (model.weight[at] ?? 0) * (model.likenessScale[own] ?? 0));
  }
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
