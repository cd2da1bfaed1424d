import type { Support } from './svm.ts';

/** By class, the rows of the corpus that bear on its hyperplane and how much (their dual variables). */
export type Seed = { row: Uint32Array; value: Float32Array };

/** What a solved class leaves for the same class on fewer rows; the empty text after the last member has no row. */
export function seedOf({ member, value }: Support, list: Uint32Array, members: Uint32Array): Seed {
  const row = new Uint32Array(member.length);
  const values = new Float32Array(member.length);
  let count = 0;
  for (let k = 0; k < member.length; k += 1) {
    const place = list[member[k] ?? 0] ?? 0;
    if (place >= members.length) continue;
    row[count] = members[place] ?? 0;
    values[count++] = value[k] ?? 0;
  }
  return { row: row.slice(0, count), value: values.slice(0, count) };
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
    for (let at = 0; at < list.length; at += 1) listed[list[at] ?? 0] = at;
    const support = placed({ row, value }, places, listed);
    for (let at = 0; at < list.length; at += 1) listed[list[at] ?? 0] = -1;
    return support;
  };
}

/** The dual variables of the rows that have a place and are listed. Loops: it runs for every class of every fold. */
function placed({ row, value }: Seed, places: Int32Array, listed: Int32Array): Support {
  const member = new Uint32Array(row.length);
  const amount = new Float64Array(row.length);
  let count = 0;
  for (let k = 0; k < row.length; k += 1) {
    const at = listed[places[row[k] ?? 0] ?? -1] ?? -1;
    if (at < 0) continue;
    member[count] = at;
    amount[count++] = value[k] ?? 0;
  }
  return { member: member.slice(0, count), value: amount.slice(0, count) };
}
