import type { Offered } from './decide-alone.ts';
import type { Suggested } from './suggest.ts';

const MAX_SUGGESTIONS = 3;

/**
 * The suggestions of a turn that asks several questions: the best of each in the order of asking, then their seconds.
 * A person is wanted if one of the questions wants one.
 */
export function suggestedForAll(each: readonly Suggested[]): Suggested {
  const longest = Math.max(0, ...each.map(({ offers }) => offers.length));
  const rounds = Array.from({ length: longest }, (_, round) =>
    each.flatMap(({ offers }) => offers.slice(round, round + 1)),
  );
  const offers = distinct(rounds.flat()).slice(0, MAX_SUGGESTIONS);
  const policies = each.map(({ bestPolicy }) => bestPolicy);
  return {
    offers,
    bestPolicy: policies.includes('human') ? 'human' : policies[0],
    cards: [...new Set(each.flatMap(({ cards }) => cards))],
    skipped: each.flatMap(({ skipped }) => skipped),
  };
}

function distinct(offers: readonly Offered[]): Offered[] {
  const first = new Map<string, Offered>();
  for (const offer of offers) if (!first.has(offer.suggestion.text)) first.set(offer.suggestion.text, offer);
  return [...first.values()];
}
