import { Act } from '../../domain/understanding.ts';
import { type ActFeatures, type ActLine, actFeatures, BUCKETS } from './act-features.ts';
import { ACT_SCALES, ACT_WEIGHTS } from './act-model.generated.ts';

/**
 * Multinomial logistic regression over hashed features: acts × buckets weights of six bits each. It is trained by
 * `scripts/build-acts.ts` on `knowledge/acts.*.yaml` and is small enough to travel in the bundle: a letter is a weight.
 */
export const ACTS: readonly Act[] = Act.options;

/** `weights[act * BUCKETS + bucket] * scales[act]`. */
export type ActModel = { weights: Int8Array; scales: readonly number[] };

/** Weights are whole numbers from -31 to 31. */
export const MOST_WEIGHT = 31;
const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
const ZERO = MOST_WEIGHT + 1;

export const writeWeights = (weights: Int8Array): string =>
  Array.from(weights, (weight) => LETTERS.charAt(weight + ZERO)).join('');

function readWeights(text: string): Int8Array {
  const values = new Int8Array(128);
  for (let at = 0; at < LETTERS.length; at += 1) values[LETTERS.charCodeAt(at)] = at - ZERO;
  const weights = new Int8Array(text.length);
  for (let at = 0; at < text.length; at += 1) weights[at] = values[text.charCodeAt(at)] ?? 0;
  return weights;
}

let opened: ActModel | undefined;

/** The shipped model, decoded once. */
function shipped(): ActModel {
  opened ??= { weights: readWeights(ACT_WEIGHTS), scales: ACT_SCALES };
  return opened;
}

export type RankedAct = { act: Act; probability: number };

/** Acts and their probabilities, which sum to 1, best first. */
export function rankActs(line: ActLine, model = shipped()): RankedAct[] {
  const features = actFeatures(line);
  const odds = ACTS.map((_, at) => Math.exp(scoreOf(features, model, at)));
  const total = odds.reduce((sum, one) => sum + one, 0);
  return ACTS.map((act, at) => ({ act, probability: (odds[at] ?? 0) / total })).sort(
    (a, b) => b.probability - a.probability,
  );
}

/** Bucket 0 of each act holds its bias beside whatever hashes there. */
function scoreOf(features: ActFeatures, model: ActModel, at: number): number {
  let sum = model.weights[at * BUCKETS] ?? 0;
  for (const [bucket, value] of features) sum += (model.weights[at * BUCKETS + bucket] ?? 0) * value;
  return sum * (model.scales[at] ?? 0);
}
