import type { ConfusedPair } from '../../domain/comparison.ts';
import { exactKey, normalize } from '../../engine/normalize.ts';
import { type Compared, changeOf, type Verdict } from './compare.ts';
import type { OwnVerdict } from './verdicts.ts';

const PAIRS = 50;
const QUESTIONS_OF_PAIR = 10;

/** A question is the same one in two releases by what it says, whichever entry holds it now. */
const keyOf = ({ text, language }: OwnVerdict): string => `${language ?? ''}\n${exactKey(normalize(text))}`;

const verdictOf = ({ intent, got, place, confidence }: OwnVerdict): Verdict => ({
  got,
  confidence,
  right: got === intent,
  place: got === intent ? 0 : place,
});

/** Every entry's own questions, each judged by a model that had not learnt it, then and now. */
export function compareOwn(before: readonly OwnVerdict[], after: readonly OwnVerdict[]): Compared[] {
  const known = new Map(before.map((one) => [keyOf(one), verdictOf(one)]));
  return after.map((one) => {
    const was = known.get(keyOf(one));
    const is = verdictOf(one);
    const { text, language, intent: expected } = one;
    return { question: { text, language, expected }, before: was, after: is, change: changeOf(was, is) };
  });
}

/** Entries that take each other's questions, most often first, with the questions. */
export function confusedPairs(verdicts: readonly OwnVerdict[]): ConfusedPair[] {
  const pairs = new Map<string, ConfusedPair>();
  for (const { entry, gotEntry, text } of verdicts) {
    if (entry === gotEntry || gotEntry === '') continue;
    const [a, b] = entry < gotEntry ? [entry, gotEntry] : [gotEntry, entry];
    const key = `${a}\n${b}`;
    const pair = pairs.get(key) ?? { a, b, questions: [], count: 0 };
    if (pair.questions.length < QUESTIONS_OF_PAIR) pair.questions.push(text);
    pairs.set(key, { ...pair, count: pair.count + 1 });
  }
  return [...pairs.values()].sort((a, b) => b.count - a.count || compareText(a.a, b.a)).slice(0, PAIRS);
}

const compareText = (a: string, b: string): number => (a < b ? -1 : Number(a > b));
