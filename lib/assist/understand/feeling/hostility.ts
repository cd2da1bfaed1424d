import { normalize } from '../../../engine/normalize.ts';
import { scan, wordList } from './scan.ts';
import { HOSTILITY } from './words.hostility.ts';

const WORDS = wordList(HOSTILITY);

/** How hostile a text is, by the sum of its words, each counted once; friendly words take from it. May be negative. */
export function hostility(source: string): number {
  const text = normalize(source);
  const words = new Map(scan(text, WORDS).map(({ word, weight }) => [word, weight]));
  return [...words.values()].reduce((sum, weight) => sum + weight, 0);
}
