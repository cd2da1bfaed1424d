import { rangeOf } from '../arrays.ts';
import type { Catalogue } from './layout.ts';
import type { Slot } from './slots.ts';

/**
 * What tells a fitting title from one that only shares words, each about 0-1. The weights were learnt by a listwise
 * softmax regression (Z. Cao et al., "Learning to rank: from pairwise approach to listwise approach", 2007) over
 * judged product searches: `bench/fit-products.ts`. Only the weights are kept.
 */
export const FEATURES = [
  'bm25',
  'letters',
  'coverage',
  'headNamed',
  'headIsHead',
  'measuresMet',
  'measuresMissed',
  'sideBySide',
  'sameStart',
  'titleLength',
  'allWords',
  'firstSegment',
  'rarestMissed',
  'density',
] as const;

export const WEIGHTS: readonly number[] = [
  4.34, 3.95, 5.01, 0.25, 0.48, 1.93, 0.13, 0.54, 0.64, -1.5, -0.09, 0.33, 0.68, 0.14,
];

/** A match outside the title (category, attributes, description) counts for so much. */
const ELSEWHERE = 0.75;

type Place = { at: number; worth: number; segment: number };
const NOWHERE: Place = { at: -1, worth: 0, segment: -1 };

/** By term: which words of the query it stands for, and what it is worth there. */
export type Wanted = ReadonlyMap<number, readonly { slot: number; worth: number }[]>;

export function wantedBy(slots: readonly Slot[]): Wanted {
  const wanted = new Map<number, { slot: number; worth: number }[]>();
  slots.forEach(({ alternatives }, slot) => {
    for (const { term, worth } of alternatives) wanted.set(term, [...(wanted.get(term) ?? []), { slot, worth }]);
  });
  return wanted;
}

/** Where the title has each of the query's words: its best term, the first time it stands there. */
function placesIn({ title }: Catalogue, product: number, wanted: Wanted, slots: number): Place[] {
  const places: Place[] = Array.from({ length: slots }, () => NOWHERE);
  const [from, to] = rangeOf(title.start, product);
  for (let at = from; at < to; at += 1) {
    for (const { slot, worth } of wanted.get(title.term[at] ?? 0) ?? []) {
      if (worth <= (places[slot] ?? NOWHERE).worth) continue;
      places[slot] = { at: at - from, worth, segment: title.segment[at] ?? 0 };
    }
  }
  return places;
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
const share = (part: number, whole: number): number => (whole > 0 ? part / whole : 0);

/** Neighbours in the query that are neighbours in the title, by weight. */
function sideBySide(slots: readonly Slot[], places: readonly Place[]): number {
  let whole = 0;
  let met = 0;
  for (let at = 1; at < slots.length; at += 1) {
    const weight = (slots[at - 1]?.weight ?? 0) + (slots[at]?.weight ?? 0);
    whole += weight;
    const [first, second] = [places[at - 1]?.at ?? -1, places[at]?.at ?? -1];
    if (first >= 0 && second === first + 1) met += weight;
  }
  return share(met, whole);
}

/** How close together the words stand: their number over the stretch they cover. */
function density(places: readonly Place[]): number {
  const at = places.filter((place) => place.at >= 0).map((place) => place.at);
  return at.length < 2 ? 0 : at.length / (Math.max(...at) - Math.min(...at) + 1);
}

export type Judged = { features: number[]; coverage: number };

/** `words`: a bit for each word that the product has anywhere. */
export function judge(
  catalogue: Catalogue,
  slots: readonly Slot[],
  wanted: Wanted,
  { product, bm25, words, highest }: { product: number; bm25: number; words: number; highest: number },
): Judged {
  const { title } = catalogue;
  const places = placesIn(catalogue, product, wanted, slots.length);
  const elsewhere = (at: number) => ((words & (1 << at)) === 0 ? 0 : ELSEWHERE);
  const worths = places.map(({ worth }, at) => (worth > 0 ? worth : elsewhere(at)));
  const lengths = slots.map(({ measure, text }) => (measure ? 2 : text.length + 1));
  const weights = slots.map(({ weight }) => weight);
  const weighed = (by: readonly number[]) => share(sum(by.map((one, at) => one * (worths[at] ?? 0))), sum(by));
  const measures = slots.flatMap(({ measure }, at) => (measure ? [at] : []));
  const met = measures.filter((at) => (worths[at] ?? 0) > 0).length;
  const head = slots.findIndex((slot) => slot.head);
  const headAt = places[head] ?? NOWHERE;
  const [from, to] = rangeOf(title.start, product);
  const first = title.segment[from] ?? 0;
  const inFirst = places.map(({ segment, worth }, at) => (segment === first ? worth * (weights[at] ?? 0) : 0));
  const missed = slots.filter((_, at) => (worths[at] ?? 0) === 0).map(({ weight }) => weight);
  const coverage = weighed(weights);
  return {
    coverage,
    features: [
      bm25,
      weighed(lengths),
      coverage,
      worths[head] ?? 0,
      headAt.at >= 0 && headAt.at === title.head[product] ? 1 : 0,
      share(met, measures.length),
      share(measures.length - met, slots.length),
      sideBySide(slots, places),
      places[0]?.at === 0 ? 1 : 0,
      Math.log(1 + to - from) / 3,
      worths.every((worth) => worth > 0) ? 1 : 0,
      share(sum(inFirst), sum(weights)),
      share(Math.max(0, ...missed), highest),
      density(places),
    ],
  };
}

export const worthOf = (features: readonly number[], weights: readonly number[] = WEIGHTS): number =>
  sum(features.map((value, at) => value * (weights[at] ?? 0)));
