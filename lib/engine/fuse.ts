/** One way of scoring every class. `least` is the lowest score there can be; the lowest that is there unless given. */
export type Scored = { scores: Float32Array; weight: number; least?: number };

/** Lowest and highest of the allowed scores. */
function range(scores: Float32Array, allowed: Uint8Array | undefined): [number, number] {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (let at = 0; at < scores.length; at += 1) {
    if (allowed !== undefined && allowed[at] !== 1) continue;
    const score = scores[at] ?? 0;
    if (score < low) low = score;
    if (score > high) high = score;
  }
  return [low, high];
}

/**
 * Scores of several kinds as one: each is brought to 0-1 over the allowed classes and weighed (S. Bruch, S. Gai,
 * A. Ingber, "An analysis of fusion functions for hybrid retrieval", 2023, which finds this ahead of ranks alone). A way
 * that scores all alike says nothing.
 */
export function convex(ways: readonly Scored[], allowed: Uint8Array | undefined): Float32Array {
  const total = new Float32Array(ways[0]?.scores.length ?? 0);
  for (const { scores, weight, least } of ways) {
    const [low, high] = range(scores, allowed);
    const from = least ?? low;
    if (high <= from) continue;
    const step = weight / (high - from);
    for (let at = 0; at < total.length; at += 1) total[at] = (total[at] ?? 0) + step * ((scores[at] ?? 0) - from);
  }
  return total;
}
