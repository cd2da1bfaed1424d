import { normalize } from '../../../engine/normalize.ts';
import { scan, wordList } from './scan.ts';
import { ANGER, ANGER_EN } from './words.anger.ts';

const WORDS = wordList([...ANGER, ...ANGER_EN]);

/** Pressing marks and rhetorical questions. */
const PRESSED = /[!！]{2,}|[?？]{2,}|[!！][?？]|[?？][!！]|😡|🤬|😤|👿|💢/u;
const RHETORICAL =
  /(?:怎么|为什么|为毛|为啥|凭什么|什么时候|多久|几次|有没有|能不能|是不是|难道|还要|到底|why|how (?:long|many times|hard)).{0,20}[?？!！]/;

/** Hints ("怎么", "还", "又"; "世界", "电影") are in every question and every story: more of them say no more. */
const MOST_HINTS = 2;
const MOST_CALM = 3;

/**
 * How much a text sounds of anger: the sum of its words, each counted once, and of how it presses; what pleases, saddens
 * or frightens takes from it. May be negative.
 */
export function anger(source: string, valence: number): number {
  const text = normalize(source).replaceAll(/(?<=[a-z])'(?=[a-z])/g, '');
  const weights = [...new Map(scan(text, WORDS).map(({ word, weight }) => [word, weight])).values()];
  const count = (wanted: number) => weights.filter((weight) => weight === wanted).length;
  const words = weights.reduce((total, weight) => (Math.abs(weight) === 1 ? total : total + weight), 0);
  const hints = Math.min(count(1), MOST_HINTS) - Math.min(count(-1), MOST_CALM);
  const pressed = (PRESSED.test(source) ? 1 : 0) + (RHETORICAL.test(text) ? 1 : 0);
  return words + hints + pressed - Math.min(Math.max(valence, -4), 6) * 0.5;
}
