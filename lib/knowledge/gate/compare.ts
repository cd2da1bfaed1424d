import type { ChangedQuestion, Comparison } from '../../domain/comparison.ts';
import type { Language } from '../../domain/language.ts';
import { meanReciprocalRank, recallAt } from '../../measure/ranking.ts';

/** A question, and what is right of it where that is known: an intent, an entry's id or `none`. */
export type Question = { text: string; language?: Language | undefined; expected?: string | undefined };

/**
 * What one release says to a question. `right` and `place` (zero-based, of what is expected; -1 where it does not come)
 * are there where it is known what is right.
 */
export type Verdict = { got: string; confidence: number; right?: boolean; place?: number };

export type Change = ChangedQuestion['change'];

/** A question with what two releases say to it; `before` is absent where the earlier one was not asked. */
export type Compared = {
  question: Question;
  before?: Verdict | undefined;
  after: Verdict;
  change?: Change | undefined;
};

/** Of each kind of change, the first so many are shown. */
const EXAMPLES = 100;
const ORDER: readonly Change[] = ['lost', 'gained', 'changed'];

/** Was right and is not, or the other way round; the other differences where both are wrong. */
export function changeOf(before: Verdict | undefined, after: Verdict): Change | undefined {
  if (before === undefined) return undefined;
  if (before.right === true && after.right !== true) return 'lost';
  if (before.right !== true && after.right === true) return 'gained';
  return before.right !== true && before.got !== after.got ? 'changed' : undefined;
}

const exampleOf = ({ question, before, after }: Compared, change: Change): ChangedQuestion => ({
  text: question.text,
  ...(question.language === undefined ? {} : { language: question.language }),
  change,
  ...(question.expected === undefined ? {} : { expected: question.expected }),
  ...(before === undefined ? {} : { before: before.got, confidenceBefore: before.confidence }),
  after: after.got,
  confidenceAfter: after.confidence,
});

const countOf = (all: readonly Compared[], change: Change): number => all.filter((one) => one.change === change).length;

/** Recall and reciprocal rank of the later release, and how many either has right, where that is known. */
function figures(all: readonly Compared[]): Partial<Comparison> {
  const places = all.flatMap(({ after }) => (after.place === undefined ? [] : [after.place]));
  if (places.length === 0) return {};
  const judged = all.filter(({ before }) => before !== undefined);
  return {
    right: all.filter(({ after }) => after.right === true).length,
    ...(judged.length === 0 ? {} : { rightBefore: judged.filter(({ before }) => before?.right === true).length }),
    recall3: recallAt(places, 3),
    mrr: meanReciprocalRank(places),
  };
}

/** What all of these questions come to. Counts are of all; examples are the lost first, then gained, then changed. */
export function comparisonOf(all: readonly Compared[]): Comparison {
  const examples = ORDER.flatMap((change) =>
    all
      .filter((one) => one.change === change)
      .slice(0, EXAMPLES)
      .map((one) => exampleOf(one, change)),
  );
  return {
    asked: all.length,
    ...figures(all),
    gained: countOf(all, 'gained'),
    lost: countOf(all, 'lost'),
    changed: countOf(all, 'changed'),
    examples,
  };
}
