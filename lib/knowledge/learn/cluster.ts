import type { Likeness } from './likeness.ts';

/**
 * Groups items by average linkage: two groups become one while the mean likeness over all pairs between them reaches
 * `least`. A group can therefore never grow by a chain of near neighbours into one that holds everything, as single
 * linkage lets it. Found by chains of nearest neighbours (F. Murtagh, "A survey of recent advances in hierarchical
 * clustering algorithms", The Computer Journal 26, 1983), in time and room of the square of the items; the result does
 * not depend on their order. `together` are groups to begin with, each item in one at most; `apart` are never merged
 * with each other.
 */
export function cluster(likeness: Likeness, least: number, together: readonly (readonly number[])[] = []): number[][] {
  const groups = startingGroups(likeness.size, together);
  const means = meansBetween(likeness, groups);
  const active = new Set(groups.keys());
  const done: number[][] = [];
  const chain: number[] = [];
  while (active.size > 0) {
    const top = chain.at(-1) ?? first(active);
    if (chain.length === 0) chain.push(top);
    const { other, value } = nearest(means, groups.length, active, top, chain.at(-2));
    if (other === undefined || value < least) {
      // By the reducibility of the mean, what is near to nobody now never will be.
      done.push(groups[top] ?? []);
      active.delete(top);
      chain.pop();
    } else if (other === chain.at(-2)) {
      chain.length -= 2;
      merge(means, groups, active, other, top);
    } else {
      chain.push(other);
    }
  }
  return done.map((group) => group.toSorted((a, b) => a - b)).sort((a, b) => b.length - a.length || (a[0] ?? 0) - (b[0] ?? 0));
}

const first = (active: ReadonlySet<number>): number => active.values().next().value ?? 0;

function startingGroups(size: number, together: readonly (readonly number[])[]): number[][] {
  const held = new Set(together.flat());
  const alone = Array.from({ length: size }, (_, item) => item).filter((item) => !held.has(item));
  return [...together.map((group) => [...group]), ...alone.map((item) => [item])].filter((group) => group.length > 0);
}

/** The mean likeness of every two groups. */
function meansBetween({ size, values }: Likeness, groups: readonly number[][]): Float32Array {
  const count = groups.length;
  if (groups.every((group, at) => group.length === 1 && group[0] === at)) return values.slice();
  const means = new Float32Array(count * count);
  for (let a = 0; a < count; a += 1) {
    for (let b = 0; b < a; b += 1) {
      let sum = 0;
      for (const row of groups[a] ?? []) for (const other of groups[b] ?? []) sum += values[row * size + other] ?? 0;
      const mean = sum / ((groups[a]?.length ?? 1) * (groups[b]?.length ?? 1));
      means[a * count + b] = mean;
      means[b * count + a] = mean;
    }
  }
  return means;
}

/** The nearest active group; of equals the one the chain came from, or it would never end. */
function nearest(means: Float32Array, count: number, active: ReadonlySet<number>, of: number, before: number | undefined) {
  let other = before;
  let value = before === undefined ? Number.NEGATIVE_INFINITY : (means[of * count + before] ?? 0);
  for (const one of active) {
    const mean = means[of * count + one] ?? 0;
    if (one !== of && mean > value) {
      other = one;
      value = mean;
    }
  }
  return { other, value };
}

/** `b` goes into `a`: means of sums, weighed by how many each group has. */
function merge(means: Float32Array, groups: number[][], active: Set<number>, a: number, b: number): void {
  const count = groups.length;
  const [left, right] = [groups[a]?.length ?? 0, groups[b]?.length ?? 0];
  active.delete(b);
  for (const one of active) {
    if (one === a) continue;
    const mean = (left * (means[a * count + one] ?? 0) + right * (means[b * count + one] ?? 0)) / (left + right);
    means[a * count + one] = mean;
    means[one * count + a] = mean;
  }
  groups[a]?.push(...(groups[b] ?? []));
}
