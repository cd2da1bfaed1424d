/**
 * What agents did with answered turns: `fitted`, a suggestion was sent, as it was or edited; `unfitted`, all were dismissed
 * or passed over, or nothing was suggested to a question.
 */
export type AnswerCounts = { fitted: number; unfitted: number };

export type ShareEstimate = {
  outOfScopeShare: number;
  /** Of the estimate, 0-0.5: twice this on either side holds the share in 19 of 20 cases. */
  standardError: number;
  /** The turns it rests on. */
  answers: number;
};

/** Turns that the share assumed at first weighs as much as. */
const PRIOR_TURNS = 50;

/**
 * The share of questions that no entry answers, as far as agents' choices tell: the mean of a Beta posterior whose prior
 * is `assumed` (A. Gelman et al., "Bayesian data analysis", 2.4). A right entry ranked too low counts as none, and turns
 * that were answered without an agent are not among them, so it is rather too high than too low.
 */
export function estimateOutOfScopeShare({ fitted, unfitted }: AnswerCounts, assumed = 0.3): ShareEstimate {
  const answers = fitted + unfitted;
  const turns = answers + PRIOR_TURNS;
  const outOfScopeShare = (unfitted + PRIOR_TURNS * assumed) / turns;
  const standardError = Math.sqrt((outOfScopeShare * (1 - outOfScopeShare)) / (turns + 1));
  return { outOfScopeShare, standardError, answers };
}
