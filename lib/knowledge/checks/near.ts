import { normalize } from '../../engine/normalize.ts';
import { tokenize } from '../../engine/tokenize.ts';

/** A question and whose it is: two of one owner are never compared. */
export type Asked = { text: string; owner: number };
/** Places in the list that was given, the later one first, and how alike they are, 0-1. */
export type NearPair = { later: number; earlier: number; likeness: number };

/** From here on two questions are told to the person who wrote them. */
export const NEAR = 0.8;
/** So many earlier questions at most are compared with one: what is asked in thousands of ways cannot make this slow. */
const MOST_COMPARED = 300;

const FILLER_HAN = /请问一?下?|你好|您好|麻烦|想问一?下?|我想问|亲[，,～~ ]?|[吗呢啊呀哦吧了的么]/g;
const FILLERS = new Set(
  'a an the please hi hello hey do does did can could would will shall i we you my your our me us is are am was be it its of to for in on at and there any'.split(
    ' ',
  ),
);
const DENIES = /不|没|無|无|非|别|未|n't|\b(?:not|no|never|cannot|without|dont|cant)\b/;

/** What must be equal before anything is compared: the numbers of a question, and whether it denies. */
const keyOf = (plain: string): string => `${(plain.match(/\d+/g) ?? []).join(' ')}|${DENIES.test(plain) ? 'not' : ''}`;

/** The words of a question; of a run of Chinese characters, its pairs of neighbours. */
function featuresOf(plain: string): string[] {
  const features = new Set<string>();
  for (const { text, han } of tokenize(plain.replace(FILLER_HAN, ' '))) {
    if (!han) {
      if (!FILLERS.has(text)) features.add(text);
      continue;
    }
    const characters = [...text];
    if (characters.length === 1) features.add(text);
    for (let at = 1; at < characters.length; at += 1) features.add(`${characters[at - 1]}${characters[at]}`);
  }
  return [...features];
}

type Question = { owner: number; key: string; features: readonly string[]; weight: number };

function documentFrequencies(all: readonly (readonly string[])[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const features of all) for (const feature of features) counts.set(feature, (counts.get(feature) ?? 0) + 1);
  return counts;
}

type Weigh = (feature: string) => number;

/** Rare words carry a question; words that stand everywhere hardly count. */
function weigher(counts: ReadonlyMap<string, number>, size: number): Weigh {
  return (feature) => 0.1 + Math.log(1 + size / (counts.get(feature) ?? 1));
}

const weightOf = (features: readonly string[], weigh: Weigh): number =>
  features.reduce((sum, feature) => sum + weigh(feature), 0);

/**
 * The first features of a question, rarest first, that any question alike enough shares one of: if none of them is
 * shared, what is left weighs less than the likeness asked for.
 */
function prefixOf({ features, weight }: Question, weigh: Weigh, least: number): readonly string[] {
  let left = weight;
  const end = features.findIndex((feature) => {
    if (left < least * weight) return true;
    left -= weigh(feature);
    return false;
  });
  return end === -1 ? features : features.slice(0, end);
}

/** Weighted Jaccard: what both have, by what either has. */
function likenessOf(a: Question, b: Question, weigh: Weigh): number {
  const own = new Set(b.features);
  const shared = weightOf(
    a.features.filter((feature) => own.has(feature)),
    weigh,
  );
  return shared / Math.max(1e-9, a.weight + b.weight - shared);
}

function readQuestions(asked: readonly Asked[]): { questions: Question[]; weigh: Weigh } {
  const plain = asked.map(({ text }) => normalize(text));
  const features = plain.map(featuresOf);
  const weigh = weigher(documentFrequencies(features), asked.length);
  const questions = asked.map(({ owner }, at) => {
    const own = (features[at] ?? []).toSorted((a, b) => weigh(b) - weigh(a) || (a < b ? -1 : 1));
    return { owner, key: keyOf(plain[at] ?? ''), features: own, weight: weightOf(own, weigh) };
  });
  return { questions, weigh };
}

/**
 * Questions of different owners that say nearly the same, each with its nearest earlier one; of those before
 * `compareFrom` none is reported. A similarity join by prefix filtering (Bayardo, Ma & Srikant, WWW 2007; Xiao et al.,
 * WWW 2008) over weighted word sets: near-linear, since a question is only compared with those that share a rare word.
 */
export function nearPairs(asked: readonly Asked[], compareFrom = 0, least = NEAR): NearPair[] {
  const { questions, weigh } = readQuestions(asked);
  const index = new Map<string, number[]>();
  const found: NearPair[] = [];
  questions.forEach((question, later) => {
    const keys = prefixOf(question, weigh, least).map((feature) => `${question.key}\n${feature}`);
    const nearest = later < compareFrom ? undefined : nearestOf(question, candidates(index, keys), questions, weigh);
    if (nearest !== undefined && nearest.likeness >= least) found.push({ later, ...nearest });
    for (const key of keys) add(index, key, later);
  });
  return found;
}

function add(index: Map<string, number[]>, key: string, place: number): void {
  const places = index.get(key);
  if (places === undefined) index.set(key, [place]);
  else places.push(place);
}

function candidates(index: ReadonlyMap<string, readonly number[]>, keys: readonly string[]): ReadonlySet<number> {
  const found = new Set<number>();
  for (const key of keys) {
    const places = index.get(key) ?? [];
    for (const at of places.slice(-MOST_COMPARED)) if (found.size < MOST_COMPARED) found.add(at);
  }
  return found;
}

function nearestOf(
  question: Question,
  earlier: ReadonlySet<number>,
  questions: readonly Question[],
  weigh: Weigh,
): Omit<NearPair, 'later'> | undefined {
  let best: Omit<NearPair, 'later'> | undefined;
  for (const at of earlier) {
    const other = questions[at];
    if (other === undefined || other.owner === question.owner) continue;
    const likeness = likenessOf(question, other, weigh);
    if (likeness > (best?.likeness ?? 0)) best = { earlier: at, likeness };
  }
  return best;
}
