import type { SampledTurn } from '../../domain/sampled-turn.ts';
import { NOTHING, type Reply } from './ask.ts';
import type { Change, Compared, Verdict } from './compare.ts';

/** What is right is not known of what customers asked; whether anything was shown, and what, is. */
const verdictOf = ({ ranked, confidence, shown }: Reply): Verdict => ({
  got: shown ? (ranked[0]?.intent ?? NOTHING) : NOTHING,
  confidence,
});

function changeOf(before: Reply, after: Reply): Change | undefined {
  if (before.shown !== after.shown) return before.shown ? 'lost' : 'gained';
  return before.shown && before.ranked[0]?.intent !== after.ranked[0]?.intent ? 'changed' : undefined;
}

/** Recent customers' turns: answered before and not now, the other way round, or with something else. */
export function compareRecent(
  turns: readonly SampledTurn[],
  before: readonly Reply[],
  after: readonly Reply[],
): Compared[] {
  return turns.flatMap(({ text, language }, at) => {
    const [was, is] = [before[at], after[at]];
    if (is === undefined) return [];
    return [
      {
        question: { text, language },
        before: was === undefined ? undefined : verdictOf(was),
        after: verdictOf(is),
        change: was === undefined ? undefined : changeOf(was, is),
      },
    ];
  });
}
