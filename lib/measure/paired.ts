/**
 * The chance that so many or more of the questions that two systems answer differently are losses, if neither is better:
 * the one-sided exact sign test on discordant pairs (Q. McNemar, 1947, in its binomial form). 1 when there are none.
 */
export function chanceOfLosses(lost: number, gained: number): number {
  const pairs = lost + gained;
  if (lost === 0) return 1;
  // From all lost downwards: C(n, k) / 2^n, in logarithms so that thousands of pairs do not overflow.
  let logTerm = -pairs * Math.LN2;
  let sum = 0;
  for (let k = pairs; k >= lost; k -= 1) {
    sum += Math.exp(logTerm);
    logTerm += Math.log(k) - Math.log(pairs - k + 1);
  }
  return Math.min(1, sum);
}
