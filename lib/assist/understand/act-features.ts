import { finish, hashString } from '../../engine/hash.ts';
import { normalize } from '../../engine/normalize.ts';
import { tokenize } from '../../engine/tokenize.ts';
import { asksForPerson } from './asks-person.ts';
import { peel } from './courtesy.ts';
import { asksAction, asksFavour, asksQuestion, chases, complains, statesProblem } from './cues.ts';
import { statesFault } from './faults.ts';
import type { PreviousMove } from './previous.ts';

/** A turn as the act model sees it. */
export type ActLine = {
  /** The customer's own words. */
  line: string;
  previous: PreviousMove;
  /** What the agent or bot said last, in its words. */
  before: string | undefined;
};

const BUCKET_BITS = 13;
export const BUCKETS = 1 << BUCKET_BITS;
/** Longer lines show what they do in their first words. */
const READ = 300;

/** Bucket → value, sparse. */
export type ActFeatures = ReadonlyMap<number, number>;

/** A line's wording, the cues in it, and the move it answers. */
export function actFeatures({ line, previous, before }: ActLine): ActFeatures {
  const features = new Map<number, number>();
  const read = line.slice(0, READ);
  const words = wording(read);
  addGroup(features, words, 1);
  addGroup(
    features,
    words.map((word) => `${stance(previous)} ${word}`),
    0.7,
  );
  addGroup(features, cues(read, previous, before), 1);
  return features;
}

/** What a bare statement is taken for depends on whether it answers, opens a matter or remarks. */
function stance(previous: PreviousMove): string {
  if (previous === 'asked_fact' || previous === 'asked_yes_no') return 'answering';
  return previous === 'none' || previous === 'offered_help' || previous === 'greeted' ? 'opening' : 'remarking';
}

/** Each group has the same norm, so that a long text does not drown the cues. */
function addGroup(features: Map<number, number>, tokens: readonly string[], norm: number): void {
  const distinct = new Set(tokens);
  const value = norm / Math.sqrt(Math.max(1, distinct.size));
  for (const token of distinct) {
    const hash = hashString(token, 0x9747b28c);
    const bucket = hash >>> (32 - BUCKET_BITS);
    const sign = (finish(hash) & 1) === 1 ? -1 : 1;
    features.set(bucket, (features.get(bucket) ?? 0) + sign * value);
  }
}

function wording(line: string): string[] {
  const tokens = tokenize(normalize(line));
  return tokens.flatMap((token, at) => {
    if (token.han) return grams(`^${token.text}$`);
    const word = /\d{4}/.test(token.text) ? '<number>' : token.text;
    return [word, `${tokens[at - 1]?.text ?? '^'} ${word}`, `${word} ${tokens[at + 1] === undefined ? '$' : ''}`];
  });
}

function grams(run: string): string[] {
  const chars = [...run];
  return chars.flatMap((char, at) => [
    char,
    chars.slice(at, at + 2).join(''),
    ...(at + 3 <= chars.length ? [chars.slice(at, at + 3).join('')] : []),
  ]);
}

const LENGTHS: readonly (readonly [number, string])[] = [
  [2, 'tiny'],
  [6, 'short'],
  [14, 'medium'],
  [Number.POSITIVE_INFINITY, 'long'],
];

function cues(line: string, previous: PreviousMove, before: string | undefined): string[] {
  const units = (line.match(/\p{Script=Han}|[A-Za-z]+|\d+/gu) ?? []).length;
  const length = LENGTHS.find(([most]) => units <= most)?.[1] ?? 'long';
  const shown = cuesIn(line, before ?? '');
  return [
    `length ${length}`,
    `after ${previous}`,
    `after ${previous} ${length}`,
    ...(shown.length === 0 ? ['none'] : shown).flatMap((cue) => [`cue ${cue}`, `cue ${cue} after ${previous}`]),
    ...shown.flatMap((cue, at) => shown.slice(at + 1).map((other) => `cue ${cue} and ${other}`)),
  ];
}

function cuesIn(line: string, before: string): string[] {
  const { found, rest } = peel(line);
  const cue = (name: string, shown: boolean): string[] => (shown ? [name] : []);
  return [
    ...cue('question', asksQuestion(rest)),
    ...cue('favour', asksFavour(rest)),
    ...cue('action', asksAction(rest)),
    ...cue('complaint', complains(rest)),
    ...cue('fault', statesFault(rest)),
    ...cue('problem', statesProblem(rest)),
    ...cue('chase', chases(line)),
    ...cue('person', asksForPerson(line)),
    ...cue('bare', !/[\p{L}\p{N}]/u.test(rest)),
    ...cue('number', /\d{4}/.test(rest)),
    ...cue('echo', echoes(rest, before)),
    ...[...found].map((courtesy) => `courtesy ${courtesy}`),
  ];
}

/** Pairs of characters that every other line has. */
const COMMON = /[您你我的了是吗吧呢这那个一下麻烦可以帮忙]/;

/** Whether a line takes up a word of the line before it. */
export function echoes(rest: string, before: string): boolean {
  const tail = before.slice(-100).toLowerCase();
  const pairs = [...rest.slice(0, 100).matchAll(/(?=(\p{Script=Han}{2}))/gu)].map((match) => match[1] ?? '');
  const words = rest.toLowerCase().match(/[a-z]{4,}/g) ?? [];
  return [...pairs.filter((pair) => !COMMON.test(pair)), ...words].some((word) => tail.includes(word));
}
