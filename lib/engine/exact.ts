import { hashString } from './hash.ts';
import { exactKey } from './normalize.ts';

/**
 * Which classes have an authored question that equals a text after normalisation: 64-bit hashes of the questions,
 * ascending, and their class. Two questions that differ share a hash once in 10^19.
 */
export type ExactIndex = { high: Uint32Array; low: Uint32Array; owner: Uint32Array };

const HIGH = 0x811c9dc5;
const LOW = 0x5bd1e995;

type Key = { high: number; low: number };

function keyOf(normalized: string): Key | undefined {
  const key = exactKey(normalized);
  return key === '' ? undefined : { high: hashString(key, HIGH), low: hashString(key, LOW) };
}

function compare(a: Key, b: Key): number {
  return a.high - b.high || a.low - b.low;
}

/** `questions` are normalised; those without a visible character match nothing. */
export function buildExact(questions: readonly { text: string; owner: number }[]): ExactIndex {
  const keys = questions.flatMap(({ text, owner }) => {
    const key = keyOf(text);
    return key === undefined ? [] : [{ ...key, owner }];
  });
  keys.sort((a, b) => compare(a, b) || a.owner - b.owner);
  return {
    high: Uint32Array.from(keys, (key) => key.high),
    low: Uint32Array.from(keys, (key) => key.low),
    owner: Uint32Array.from(keys, (key) => key.owner),
  };
}

/** The classes that have this text as a question, ascending. */
export function exactOwners(index: ExactIndex, normalized: string): number[] {
  const key = keyOf(normalized);
  if (key === undefined) return [];
  const at = (place: number): Key => ({ high: index.high[place] ?? 0, low: index.low[place] ?? 0 });
  let from = 0;
  let to = index.high.length;
  while (from < to) {
    const middle = (from + to) >>> 1;
    if (compare(at(middle), key) < 0) from = middle + 1;
    else to = middle;
  }
  const owners: number[] = [];
  for (; from < index.high.length && compare(at(from), key) === 0; from += 1) owners.push(index.owner[from] ?? 0);
  return owners;
}
