/** What questions mean, as far as words and the known entries tell, and which of them mean the same. */
import type { EntryId } from '../../domain/ids.ts';
import { cluster } from './cluster.ts';
import { type Likeness, likenessOf } from './likeness.ts';
import { type Vector, vectorsOf } from './vectors.ts';

export type Meaning = {
  /** The question, less courtesies, with what the conversation added. */
  meant: string;
  /** Its words that name a topic. */
  about: string;
  /** The calibrated probability of each entry that may answer it; nothing without knowledge. */
  entries: readonly { id: EntryId | string; probability: number }[];
};

/**
 * Two questions mean the same from this mean likeness on. With `SAME_WORDS` chosen by F1 over pairs on the training parts
 * of two public sets of intents and on `tests/data/gap-topics.*.yaml`, and read on real conversations: lower, groups begin
 * to hold two topics; higher, a topic falls into several.
 */
export const LEAST = 0.25;
/** Questions of one meaning share so few words that their cosine is far below the probability that they mean the same. */
const SAME_WORDS = 1.4;
/**
 * Two questions each half sure to be of one entry are no reason to put them together without a word in common: of the
 * knowledge's probabilities the square counts, 0.9 as 0.81 and 0.5 as 0.25.
 */
const SHARPNESS = 2;
/** Questions compared with each other at once: their likenesses take four bytes a pair. */
const AT_ONCE = 3_000;
/** What stands for a group when it is compared with the questions of the next round. */
const REPRESENTATIVES = 4;

/** Questions in a space where their likeness can be told. */
export type Space = {
  size: number;
  meant: readonly Vector[];
  about: readonly Vector[];
  entries: readonly ReadonlyMap<string, number>[];
  /** How far known entries claim it, 0-1. */
  known: Float32Array;
};

export function spaceOf(meanings: readonly Meaning[]): Space {
  const claims = meanings.map(({ entries }) =>
    entries.map(({ id, probability }) => [id, probability ** SHARPNESS] as const),
  );
  return {
    size: meanings.length,
    meant: vectorsOf(meanings.map(({ meant }) => meant)),
    about: vectorsOf(meanings.map(({ about }) => about)),
    entries: claims.map((of) => new Map(of)),
    known: Float32Array.from(claims, (of) =>
      Math.min(
        1,
        of.reduce((sum, [, claim]) => sum + claim, 0),
      ),
    ),
  };
}

/**
 * `P(same entry) + P(one of them at least has no entry) · likeness of words`: where the knowledge tells what both mean it
 * decides, and two questions for different entries are never alike because both say "when"; where it does not, words do.
 * Likeness of words is the mean of the cosines over the whole question and over the words that name its topic.
 */
export function likenessIn(space: Space, items: readonly number[]): Likeness {
  const pick = (vectors: readonly Vector[]) => items.map((item) => vectors[item] ?? NOTHING);
  const { size, values } = likenessOf(pick(space.meant));
  const about = likenessOf(pick(space.about)).values;
  for (let row = 0; row < size; row += 1) {
    const one = items[row] ?? 0;
    for (let other = 0; other < size; other += 1) {
      const at = row * size + other;
      const two = items[other] ?? 0;
      const unknown = 1 - (space.known[one] ?? 0) * (space.known[two] ?? 0);
      const words = ((values[at] ?? 0) + (about[at] ?? 0)) / 2;
      values[at] = sameEntry(space, one, two) + unknown * Math.min(1, SAME_WORDS * words);
    }
  }
  return { size, values };
}

const NOTHING: Vector = { ids: new Uint32Array(0), values: new Float32Array(0) };

function sameEntry({ entries }: Space, one: number, two: number): number {
  const other = entries[two];
  let sum = 0;
  for (const [id, probability] of entries[one] ?? []) sum += probability * (other?.get(id) ?? 0);
  return sum;
}

/** Groups of one meaning among `items`, the largest first; each item in one. */
export function groupsIn(space: Space, items: readonly number[], least: number = LEAST): number[][] {
  let groups: number[][] = [];
  for (let from = 0; from < items.length; ) {
    const standing = groups.map((group) => representatives(space, group));
    const room = Math.max(AT_ONCE / 4, AT_ONCE - standing.flat().length);
    const batch = items.slice(from, from + room);
    groups = join(space, groups, standing, batch, least);
    from += batch.length;
  }
  return groups.sort((a, b) => b.length - a.length || (a[0] ?? 0) - (b[0] ?? 0));
}

/** One round: the groups so far, each by some of its members, and the next questions. */
function join(
  space: Space,
  groups: readonly number[][],
  standing: readonly number[][],
  batch: readonly number[],
  least: number,
): number[][] {
  const compared = [...standing.flat(), ...batch];
  const owner = standing.flatMap((group, at) => group.map(() => at));
  let next = 0;
  const together = standing.map((group) => group.map(() => next++));
  return cluster(likenessIn(space, compared), least, together).map((found) => {
    const olds = new Set(found.flatMap((at) => owner[at] ?? []));
    const fresh = found.filter((at) => at >= owner.length).map((at) => compared[at] ?? 0);
    return [...[...olds].flatMap((old) => groups[old] ?? []), ...fresh];
  });
}

const representatives = (space: Space, group: readonly number[]): number[] =>
  group.length <= REPRESENTATIVES ? [...group] : byCentrality(space, group).slice(0, REPRESENTATIVES);

/** So many members tell where the middle of a group is. */
const LOOKED_AT = 200;

/** Members of a group, the one most like all others first. */
export function byCentrality(space: Space, group: readonly number[]): number[] {
  const members = group.slice(0, LOOKED_AT);
  const { size, values } = likenessIn(space, members);
  const mean = members.map((_, row) => {
    let sum = 0;
    for (let other = 0; other < size; other += 1) if (other !== row) sum += values[row * size + other] ?? 0;
    return sum;
  });
  const order = members.map((_, at) => at).sort((a, b) => (mean[b] ?? 0) - (mean[a] ?? 0) || a - b);
  return order.map((at) => members[at] ?? 0);
}
