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
  const state: State = { means: meansBetween(likeness, groups), groups, active: new Set(groups.keys()), chain: [] };
  const done: number[][] = [];
  while (state.active.size > 0) done.push(...step(state, least));
  return done.map((group) => group.toSorted((a, b) => a - b)).sort(bySize);
}

const bySize = (a: readonly number[], b: readonly number[]): number => b.length - a.length || (a[0] ?? 0) - (b[0] ?? 0);

type State = { means: Float32Array; groups: number[][]; active: Set<number>; chain: number[] };

/** Makes the chain of nearest neighbours longer, or ends it in a merge; the group that is finished, if one is. */
function step(state: State, least: number): number[][] {
  const { groups, active, chain } = state;
  const top = chain.at(-1) ?? first(active);
  if (chain.length === 0) chain.push(top);
  const { other, value } = nearest(state, top, chain.at(-2));
  if (other === undefined || value < least) {
    // By the reducibility of the mean, what is near to nobody now never will be.
    active.delete(top);
    chain.pop();
    return [groups[top] ?? []];
  }
  if (other === chain.at(-2)) {
    chain.length -= 2;
    merge(state, other, top);
  } else {
    chain.push(other);
  }
  return [];
}

const first = (active: ReadonlySet<number>): number => active.values().next().value ?? 0;

function startingGroups(size: number, together: readonly (readonly number[])[]): number[][] {
  const held = new Set(together.flat());
  const alone = Array.from({ length: size }, (_, item) => item).filter((item) => !held.has(item));
  return [...together.map((group) => [...group]), ...alone.map((item) => [item])].filter((group) => group.length > 0);
}

/** The mean likeness of every two groups. */
function meansBetween(likeness: Likeness, groups: readonly number[][]): Float32Array {
  if (groups.every((group, at) => group.length === 1 && group[0] === at)) return likeness.values.slice();
  const count = groups.length;
  const means = new Float32Array(count * count);
  groups.forEach((one, a) => {
    groups.slice(0, a).forEach((two, b) => {
      const mean = meanOf(likeness, one, two);
      means[a * count + b] = mean;
      means[b * count + a] = mean;
    });
  });
  return means;
}

function meanOf({ size, values }: Likeness, one: readonly number[], two: readonly number[]): number {
  let sum = 0;
  for (const row of one) for (const other of two) sum += values[row * size + other] ?? 0;
  return sum / (one.length * two.length);
}

/** The nearest active group; of equals the one the chain came from, or it would never end. */
function nearest({ means, groups, active }: State, of: number, before: number | undefined) {
  const base = of * groups.length;
  let other = before;
  let value = before === undefined ? Number.NEGATIVE_INFINITY : (means[base + before] ?? 0);
  for (const one of active) {
    const mean = means[base + one] ?? 0;
    if (one !== of && mean > value) {
      other = one;
      value = mean;
    }
  }
  return { other, value };
}

/** `b` goes into `a`: means of sums, weighed by how many each group has. */
function merge({ means, groups, active }: State, a: number, b: number): void {
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
