/** What agents' choices say of the order of suggestions, as small shifts that a release carries. */
import type { Tally } from '../../domain/evidence.ts';
import { type RankingShifts, shiftKey } from '../../domain/ranking.ts';

/**
 * A shift is at most this, up or down, so that two suggestions change places only where their confidences lie no further
 * apart than twice as much: 0.1.
 */
export const MOST_SHIFT = 0.05;
/** Imagined uses and dismissals of each (a Beta(4, 4) prior): a handful of clicks moves next to nothing. */
const PRIOR = 4;
/** Of the log-odds of being used: at odds of e to 1 the shift is the most it can be. */
const PER_LOG_ODDS = 0.05;
/** Pairs kept in a release, those that shift most. */
const MOST_PAIRS = 5_000;

/**
 * For each pair of what was asked and which entry was suggested, `0.05 · ln((used + 4) / (dismissed + 4))`, within ±0.05:
 * the log-odds of the posterior mean of a Beta-Bernoulli model (A. Gelman et al., "Bayesian Data Analysis", 2.4).
 */
export function shiftsOf(tallies: readonly Tally[]): RankingShifts {
  const shifts = tallies
    .map(({ intent, entryId, used, dismissed }) => {
      const odds = PER_LOG_ODDS * Math.log((used + PRIOR) / (dismissed + PRIOR));
      const bounded = Math.max(-MOST_SHIFT, Math.min(MOST_SHIFT, odds));
      return [shiftKey(intent, entryId), Math.round(bounded * 1e4) / 1e4] as const;
    })
    .filter(([, shift]) => shift !== 0)
    .sort((a, b) => Math.abs(b[1]) - Math.abs(a[1]) || (a[0] < b[0] ? -1 : 1));
  return Object.fromEntries(shifts.slice(0, MOST_PAIRS).sort(([a], [b]) => (a < b ? -1 : 1)));
}
