import { Act } from '../../domain/understanding.ts';
import { type ActFeatures, type ActLine, actFeatures, BUCKETS } from './act-features.ts';
import { ACT_SCALES, ACT_WEIGHTS } from './act-model.generated.ts';

/**
 * Multinomial logistic regression over hashed features: acts × buckets weights of one byte each. It is trained by
 * `scripts/build-acts.ts` on `knowledge/acts.*.yaml` and is small enough to travel in the bundle.
 */
export const ACTS: readonly Act[] = Act.options;

/** `weights[act * BUCKETS + bucket] * scales[act]`. */
export type ActModel = { weights: Int8Array; scales: readonly number[] };

let opened: ActModel | undefined;

/** The shipped model, decoded once. */
function shipped(): ActModel {
  opened ??= { weights: new Int8Array(Buffer.from(ACT_WEIGHTS, 'base64')), scales: ACT_SCALES };
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
