import type { Support } from './svm.ts';

/** By class, the rows of the corpus that bear on its hyperplane and how much (their dual variables). */
export type Seed = { row: Uint32Array; value: Float32Array };

/** What a solved class leaves for the same class on fewer rows; the empty text after the last member has no row. */
export function seedOf({ member, value }: Support, list: Uint32Array, members: Uint32Array): Seed {
  const kept = member.filter((at) => (list[at] ?? 0) < members.length);
  const values = value.filter((_, k) => (list[member[k] ?? 0] ?? 0) < members.length);
  return { row: kept.map((at) => members[list[at] ?? 0] ?? 0), value: Float32Array.from(values) };
}

/**
 * Where a class's solution starts that is to be learnt from `members` alone: the dual variables of those of its rows
 * that are among them. What is held out has none, so nothing of it is in the hyperplane.
 */
export function seeder(rows: number, members: Uint32Array): (seed: Seed, list: Uint32Array) => Support {
  const places = new Int32Array(rows).fill(-1);
  members.forEach((row, place) => {
    places[row] = place;
  });
  const listed = new Int32Array(members.length + 1).fill(-1);
  return ({ row, value }, list) => {
    list.forEach((place, at) => {
      listed[place] = at;
    });
    const at = Int32Array.from(row, (one) => listed[places[one] ?? -1] ?? -1);
    const support = {
      member: Uint32Array.from(at.filter((one) => one >= 0)),
      value: Float64Array.from(value.filter((_, k) => (at[k] ?? -1) >= 0)),
    };
    list.forEach((place) => {
      listed[place] = -1;
    });
    return support;
  };
}
