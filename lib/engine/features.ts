import { finish, hashPair, hashString, step } from './hash.ts';
import type { Token } from './tokenize.ts';

/**
 * What a text says of itself, as two groups of distinct 32-bit hashes in ascending order. The groups are weighed
 * apart (see `weights.ts`), so that a long word's many character n-grams do not drown its one word.
 */
export type Features = { words: Uint32Array; chars: Uint32Array };

/** Seeds that keep one kind of feature's hashes apart from another's. */
export const WORD = 0x2545f491;
export const BIGRAM = 0x6c62272e;
export const SKIP = 0x3c6ef372;
export const HAN = 0x1b873593;
export const CHAR = 0x27d4eb2f;
export const HAN_BIGRAM = 0x165667b1;

export const OPEN = 0x3c; // <
export const CLOSE = 0x3e; // >
export const LONGEST_GRAM = 4;
export const LONGEST_SKIP = 3;

/** Words: unigrams, bigrams and pairs one or two words apart. Han: single characters. */
function wordGroup(tokens: readonly Token[]): number[] {
  const hashes: number[] = [];
  const words: number[] = [];
  for (const token of tokens) {
    if (token.han) for (const character of token.text) hashes.push(hashString(character, HAN));
    else words.push(hashString(token.text, WORD));
  }
  words.forEach((word, at) => {
    hashes.push(word);
    for (let gap = 1; gap <= LONGEST_SKIP; gap += 1) {
      const next = words[at + gap];
      if (next !== undefined) hashes.push(hashPair(word, next, gap === 1 ? BIGRAM : SKIP));
    }
  });
  return hashes;
}

/** The n-grams of 2 to `longest` units of a text between boundary marks. */
function grams(text: string, longest: number, seed: number, into: number[]): void {
  const unit = (at: number) => (at < 0 ? OPEN : at >= text.length ? CLOSE : text.charCodeAt(at));
  for (let start = -1; start < text.length; start += 1) {
    let hash = step(seed, unit(start));
    for (let at = start + 1; at < start + longest && at <= text.length; at += 1) {
      hash = step(hash, unit(at));
      into.push(finish(hash));
    }
  }
}

function distinct(hashes: number[]): Uint32Array {
  const sorted = Uint32Array.from(hashes).sort();
  let count = 0;
  for (let at = 0; at < sorted.length; at += 1) {
    const hash = sorted[at] ?? 0;
    if (count > 0 && sorted[count - 1] === hash) continue;
    sorted[count++] = hash;
  }
  return sorted.slice(0, count);
}

export function features(tokens: readonly Token[]): Features {
  const chars: number[] = [];
  for (const token of tokens) {
    if (token.han) grams(token.text, 2, HAN_BIGRAM, chars);
    else grams(token.text, LONGEST_GRAM, CHAR, chars);
  }
  return { words: distinct(wordGroup(tokens)), chars: distinct(chars) };
}

/** The feature that a word alone is. */
export function wordHash(word: string): number {
  return hashString(word, WORD);
}

/** The n-grams of one word, as they are within a text. */
export function wordGrams(word: string): number[] {
  const chars: number[] = [];
  grams(word, LONGEST_GRAM, CHAR, chars);
  return chars;
}

/** What the ranking index looks up, in order and with repetitions: words, Han characters and Han bigrams. */
export function terms(tokens: readonly Token[]): number[] {
  const hashes: number[] = [];
  for (const { text, han } of tokens) {
    if (!han) {
      hashes.push(hashString(text, WORD));
      continue;
    }
    for (let at = 0; at < text.length; at += 1) {
      hashes.push(hashString(text.charAt(at), HAN));
      if (at > 0) hashes.push(finish(step(step(HAN_BIGRAM, text.charCodeAt(at - 1)), text.charCodeAt(at))));
    }
  }
  return hashes;
}
