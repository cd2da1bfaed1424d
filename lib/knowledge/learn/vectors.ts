/** Short texts as weighted features, so that how alike two are is a product. */
import { features } from '../../engine/features.ts';
import { normalize } from '../../engine/normalize.ts';
import { tokenize } from '../../engine/tokenize.ts';

/** Ascending feature ids with their weights; of length 1, or empty for a text without a letter. */
export type Vector = { ids: Uint32Array; values: Float32Array };

/** Numbers tell two orders apart, never two questions. */
const DIGITS = /\d+/g;

type Groups = { words: Uint32Array; chars: Uint32Array };

const groupsOf = (text: string): Groups => features(tokenize(normalize(text).replace(DIGITS, ' ')));

/** In how many of these a feature occurs. */
function frequencies(groups: readonly Groups[]): Map<number, number> {
  const counts = new Map<number, number>();
  for (const { words, chars } of groups) {
    for (const hash of words) counts.set(hash, (counts.get(hash) ?? 0) + 1);
    for (const hash of chars) counts.set(hash, (counts.get(hash) ?? 0) + 1);
  }
  return counts;
}

/**
 * One vector a text: single words and characters are one group of features, n-grams the other, each worth half, weighed by
 * `ln((1 + N) / (1 + df)) + 1` over these texts.
 */
export function vectorsOf(texts: readonly string[]): Vector[] {
  const groups = texts.map(groupsOf);
  const counts = frequencies(groups);
  const weigh = (hash: number): number => Math.log((1 + texts.length) / (1 + (counts.get(hash) ?? 0))) + 1;
  return groups.map(({ words, chars }) => join(weighted(words, weigh), weighted(chars, weigh)));
}

function weighted(hashes: Uint32Array, weigh: (hash: number) => number): Vector {
  const values = Float32Array.from(hashes, weigh);
  const norm = Math.sqrt(values.reduce((sum, value) => sum + value * value, 0));
  return { ids: hashes, values: norm === 0 ? values : values.map((value) => value / norm) };
}

/** Both groups in one vector of length 1, ids ascending. */
function join(a: Vector, b: Vector): Vector {
  const scale = a.ids.length > 0 && b.ids.length > 0 ? Math.SQRT1_2 : 1;
  const both = [...a.ids].map((id, at) => [id, (a.values[at] ?? 0) * scale] as const);
  for (const [at, id] of b.ids.entries()) both.push([id, (b.values[at] ?? 0) * scale]);
  both.sort((x, y) => x[0] - y[0]);
  return { ids: Uint32Array.from(both, ([id]) => id), values: Float32Array.from(both, ([, value]) => value) };
}
