import { bump, rangeOf } from './arrays.ts';
import type { Features } from './features.ts';
import { buildVocabulary, collectHashes, idOf, type Vocabulary } from './vocabulary.ts';

/** Word ids come first, then character ids: `id < words.hashes.length` tells the group. */
export type FeatureIds = { words: Vocabulary; chars: Vocabulary };

/** Texts as ascending lists of feature ids: row `i` is `ids[start[i] .. start[i + 1])`. */
export type Corpus = { start: Uint32Array; ids: Uint32Array; words: number; size: number };

export function buildFeatureIds(texts: readonly Features[]): FeatureIds {
  return {
    words: buildVocabulary(collectHashes(texts.map((text) => text.words))),
    chars: buildVocabulary(collectHashes(texts.map((text) => text.chars))),
  };
}

export function buildCorpus(texts: readonly Features[], { words, chars }: FeatureIds): Corpus {
  const start = new Uint32Array(texts.length + 1);
  texts.forEach((text, row) => {
    start[row + 1] = (start[row] ?? 0) + text.words.length + text.chars.length;
  });
  const ids = new Uint32Array(start[texts.length] ?? 0);
  const offset = words.hashes.length;
  let at = 0;
  for (const text of texts) {
    text.words.forEach((hash) => {
      ids[at++] = idOf(words, hash);
    });
    text.chars.forEach((hash) => {
      ids[at++] = offset + idOf(chars, hash);
    });
  }
  return { start, ids, words: offset, size: offset + chars.hashes.length };
}

/** The weight of a feature that no text has: the highest there is. */
export function unseenIdf(texts: number): number {
  return Math.log(1 + texts) + 1;
}

/** `ln((1 + N) / (1 + df)) + 1` over the rows `members`; 0 for a feature that none of them has. */
export function inverseFrequencies(corpus: Corpus, members: Uint32Array): Float32Array {
  const frequency = new Uint32Array(corpus.size);
  members.forEach((row) => {
    const [from, to] = rangeOf(corpus.start, row);
    for (let at = from; at < to; at += 1) bump(frequency, corpus.ids[at] ?? 0);
  });
  return Float32Array.from(frequency, (count) => (count === 0 ? 0 : Math.log((1 + members.length) / (1 + count)) + 1));
}

/** The length of each group's part of a row: word features, then character features. */
export function groupNorms(ids: ArrayLike<number>, idf: Float32Array, words: number): [number, number] {
  let word = 0;
  let char = 0;
  for (let at = 0; at < ids.length; at += 1) {
    const id = ids[at] ?? 0;
    const square = (idf[id] ?? 0) ** 2;
    if (id < words) word += square;
    else char += square;
  }
  return [Math.sqrt(word), Math.sqrt(char)];
}

/** What to multiply a group's weights by so that the group is worth half of the vector's squared length. */
export function groupScale(norm: number): number {
  return norm > 0 ? Math.SQRT1_2 / norm : 0;
}
