/**
 * How well a ranked list puts the right thing first. `places` are zero-based places of the first right result, one a
 * question; −1 where the list does not hold it.
 */

const share = (part: number, whole: number): number => (whole === 0 ? 0 : part / whole);

/** Of the questions, the share whose right result is among the first `depth`. */
export function recallAt(places: readonly number[], depth: number): number {
  return share(places.filter((place) => place >= 0 && place < depth).length, places.length);
}

/** Mean reciprocal rank (E. Voorhees, TREC-8, 1999), of results among the first `depth`. */
export function meanReciprocalRank(places: readonly number[], depth = Number.POSITIVE_INFINITY): number {
  const sum = places.reduce((all, place) => all + (place >= 0 && place < depth ? 1 / (place + 1) : 0), 0);
  return share(sum, places.length);
}

/**
 * Average precision of one list: `relevant[i]` says whether result `i` is right, `total` how many right ones there are.
 * The mean over questions is MAP (C. Manning et al., "Introduction to information retrieval", 8.4).
 */
export function averagePrecision(relevant: readonly boolean[], total: number): number {
  let found = 0;
  const sum = relevant.reduce((all, right, at) => {
    if (!right) return all;
    found += 1;
    return all + found / (at + 1);
  }, 0);
  return share(sum, total);
}

/**
 * Normalised discounted cumulative gain of graded results, `gains` as ranked and `ideal` every gain there is (K. Järvelin,
 * J. Kekäläinen, 2002). 0 where nothing is relevant.
 */
export function ndcg(gains: readonly number[], ideal: readonly number[], depth: number): number {
  const discounted = (list: readonly number[]) =>
    list.slice(0, depth).reduce((sum, gain, at) => sum + gain / Math.log2(at + 2), 0);
  return share(discounted(gains), discounted(ideal.toSorted((a, b) => b - a)));
}
