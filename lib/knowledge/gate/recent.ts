import type { SampledTurn } from '../../domain/sampled-turn.ts';
import { NOTHING, type Reply } from './ask.ts';
import type { Change, Compared, Verdict } from './compare.ts';

/** What is right is not known of what customers asked; whether anything was shown, and what, is. */
const verdictOf = ({ ranked, confidence, shown }: Reply): Verdict => ({
  got: shown ? (ranked[0]?.intent ?? NOTHING) : NOTHING,
  confidence,
});

/** What was answered by something that is there no more is lost, whatever else resembles it now. */
function changeOf(before: Reply, after: Reply, holds: (intent: string) => boolean): Change | undefined {
  if (before.shown !== after.shown) return before.shown ? 'lost' : 'gained';
  const [was, is] = [before.ranked[0]?.intent ?? NOTHING, after.ranked[0]?.intent];
  if (!before.shown || was === is) return undefined;
  return holds(was) ? 'changed' : 'lost';
}

/**
 * Recent customers' turns: answered before and not now, the other way round, or with something else. `holds` says whether
 * the later release has an intent.
 */
export function compareRecent(
  turns: readonly SampledTurn[],
  before: readonly Reply[],
  after: readonly Reply[],
  holds: (intent: string) => boolean,
): Compared[] {
  return turns.flatMap(({ text, language }, at) => {
    const [was, is] = [before[at], after[at]];
    if (is === undefined) return [];
    return [
      {
        question: { text, language },
        before: was === undefined ? undefined : verdictOf(was),
        after: verdictOf(is),
        change: was === undefined ? undefined : changeOf(was, is, holds),
      },
    ];
  });
}
