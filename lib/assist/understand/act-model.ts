import { Act } from '../../domain/understanding.ts';
import { finish, hashString } from '../../engine/hash.ts';
import { normalize } from '../../engine/normalize.ts';
import { tokenize } from '../../engine/tokenize.ts';
import { ACT_SCALES, ACT_WEIGHTS } from './act-model.generated.ts';
import { peel } from './courtesy.ts';
import { asksAction, asksForPerson, asksQuestion, chases, complains } from './cues.ts';
import type { PreviousMove } from './previous.ts';

/**
 * A linear model over hashed features: acts × buckets weights of one byte each. It is trained by
 * `scripts/build-acts.ts` on `knowledge/acts.*.yaml` and is small enough to travel in the bundle.
 */
export const ACTS: readonly Act[] = Act.options;
const BUCKET_BITS = 12;
export const BUCKETS = 1 << BUCKET_BITS;
/** Longer lines show what they do in their first words. */
const READ = 300;

/** Bucket → value, sparse. */
export type ActFeatures = ReadonlyMap<number, number>;

/** What a line looks like to the model: its wording, the cues in it, and the move it answers. */
export function actFeatures(line: string, previous: PreviousMove): ActFeatures {
  const features = new Map<number, number>();
  addGroup(features, wording(line.slice(0, READ)), 1);
  addGroup(features, cues(line.slice(0, READ), previous), 1);
  return features;
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

function cues(line: string, previous: PreviousMove): string[] {
  const { found, rest } = peel(line);
  const units = (line.match(/\p{Script=Han}|[A-Za-z]+|\d+/gu) ?? []).length;
  const length = LENGTHS.find(([most]) => units <= most)?.[1] ?? 'long';
  const bare = !/[\p{L}\p{N}]/u.test(rest);
  const shown = [
    asksQuestion(rest) && 'question',
    asksAction(rest) && 'action',
    complains(rest) && 'complaint',
    chases(line) && 'chase',
    asksForPerson(line) && 'person',
    bare && 'bare',
    ...[...found].map((courtesy) => `courtesy ${courtesy}`),
  ].filter((cue): cue is string => cue !== false);
  return [
    `length ${length}`,
    `after ${previous}`,
    `after ${previous} ${length}`,
    ...shown.flatMap((cue) => [`cue ${cue}`, `cue ${cue} after ${previous}`]),
    ...(shown.length === 0 ? ['cue none', `cue none after ${previous}`] : []),
  ];
}

/** `weights[act * BUCKETS + bucket] * scales[act]`. */
export type ActModel = { weights: Int8Array; scales: readonly number[] };

let opened: ActModel | undefined;

/** The shipped model, decoded once. */
function shipped(): ActModel {
  opened ??= { weights: new Int8Array(Buffer.from(ACT_WEIGHTS, 'base64')), scales: ACT_SCALES };
  return opened;
}

export type RankedAct = { act: Act; margin: number };

/** Acts and their margins, best first. A margin above 0 means "more likely than not". */
export function rankActs(line: string, previous: PreviousMove, model = shipped()): RankedAct[] {
  const features = actFeatures(line, previous);
  const ranked = ACTS.map((act, at) => ({ act, margin: marginOf(features, model, at) }));
  return ranked.sort((a, b) => b.margin - a.margin);
}

/** Bucket 0 of each act holds its bias beside whatever hashes there. */
function marginOf(features: ActFeatures, model: ActModel, at: number): number {
  let sum = model.weights[at * BUCKETS] ?? 0;
  for (const [bucket, value] of features) sum += (model.weights[at * BUCKETS + bucket] ?? 0) * value;
  return sum * (model.scales[at] ?? 0);
}
