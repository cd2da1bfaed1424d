/**
 * Knowledge of any size, made by a seed: half of it like English, half like Chinese. The words mean nothing; what is
 * like the real thing is how they are spread (few words common, most rare), how classes share them, and the lengths.
 */
import { generator } from '../../lib/engine/hash.ts';
import type { TaughtClass } from '../engine/system.ts';

type Random = () => number;
type Words = { common: string[]; rare: string[]; joint: string };

const ONSETS = [
  'b',
  'c',
  'd',
  'f',
  'g',
  'h',
  'l',
  'm',
  'n',
  'p',
  'r',
  's',
  't',
  'v',
  'w',
  'st',
  'tr',
  'pl',
  'gr',
  'sh',
];
const VOWELS = ['a', 'e', 'i', 'o', 'u', 'ea', 'ou', 'ai'];
const FIRST_HAN = 0x4e00;
const HAN = 1_500;
const COMMON_WORDS = 80;
const LEAST_RARE_WORDS = 2_000;
const RARE_WORDS_PER_CLASS = 3;
const TOPICS_PER_CLASS = 5;

const below = (random: Random, limit: number): number => Math.floor(random() * limit);
const pick = <T>(random: Random, from: readonly T[], fallback: T): T => from[below(random, from.length)] ?? fallback;

/** Nearer the front more often: the place falls about as Zipf's law has it. */
const pickFrequent = (random: Random, from: readonly string[]): string =>
  from[Math.floor(from.length ** random()) - 1] ?? from[0] ?? '';

const latinWord = (random: Random, syllables: number): string =>
  Array.from({ length: syllables }, () => `${pick(random, ONSETS, 'b')}${pick(random, VOWELS, 'a')}`).join('');

const hanWord = (random: Random, length: number): string =>
  String.fromCharCode(...Array.from({ length }, () => FIRST_HAN + below(random, HAN)));

function words(random: Random, classes: number, word: (random: Random, size: number) => string, joint: string): Words {
  const many = LEAST_RARE_WORDS + RARE_WORDS_PER_CLASS * classes;
  return {
    common: Array.from({ length: COMMON_WORDS }, (_, at) => word(random, 1 + (at % 2))),
    rare: Array.from({ length: many }, (_, at) => word(random, 2 + (at % 2))),
    joint,
  };
}

/** Two or three of the class's own words among three to six that everyone uses, and sometimes one from elsewhere. */
function question(random: Random, { common, rare, joint }: Words, topics: readonly string[]): string {
  const own = Array.from({ length: 2 + below(random, 2) }, () => pick(random, topics, ''));
  const used = Array.from({ length: 3 + below(random, 4) }, () => pickFrequent(random, common));
  const strange = random() < 0.3 ? [pickFrequent(random, rare)] : [];
  return [...own, ...used, ...strange]
    .map((word) => ({ word, order: random() }))
    .sort((a, b) => a.order - b.order)
    .map(({ word }) => word)
    .join(joint);
}

export type Made = { classes: TaughtClass[]; asked: { text: string; label: string }[] };

/** `each` questions for each class, and `asked` more that are not among them. The same numbers make the same text. */
export function makeQuestions(wanted: { classes: number; each: number; asked: number; seed: number }): Made {
  const random = generator(wanted.seed);
  const latin = words(random, wanted.classes, latinWord, ' ');
  const han = words(random, wanted.classes, hanWord, '');
  const plans = Array.from({ length: wanted.classes }, (_, at) => {
    const language = at % 2 === 0 ? latin : han;
    const topics = Array.from({ length: TOPICS_PER_CLASS }, () => pickFrequent(random, language.rare));
    return { key: `made-${at}`, language, topics };
  });
  return {
    classes: plans.map(({ key, language, topics }) => ({
      key,
      questions: Array.from({ length: wanted.each }, () => question(random, language, topics)),
      answer: '',
    })),
    asked: Array.from({ length: wanted.asked }, (_, at) => {
      const plan = plans[(at * 7_919) % plans.length];
      return plan === undefined
        ? { text: '', label: '' }
        : { text: question(random, plan.language, plan.topics), label: plan.key };
    }),
  };
}
