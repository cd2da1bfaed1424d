import { bump, cumulate, increase, rangeOf } from './arrays.ts';
import { shuffle } from './hash.ts';
import type { Rows } from './svm.ts';

/** Up to this many rows, all rows of other classes are a class's negatives. */
const ALL_UP_TO = 2_500;
/** Above it, these many: the nearest to the class's centre, and others at random so that the far ones are not forgotten. */
const NEAREST = 1_500;
const RANDOM = 500;
/** Features of the centre that are looked up, the heaviest: rows near the class share one of them. */
const CENTRE_FEATURES = 64;

/** Rows to train a class on: its own first, then those to keep away from. */
export type Members = { list: Uint32Array; positives: number };

/** First place in ascending `sorted` whose value is not below `value`. */
function lowerBound(sorted: Uint32Array, value: number): number {
  let from = 0;
  let to = sorted.length;
  while (from < to) {
    const middle = (from + to) >>> 1;
    if ((sorted[middle] ?? 0) < value) from = middle + 1;
    else to = middle;
  }
  return from;
}

/**
 * Chooses each class's rows among `members` (ascending). A class that is alone is kept away from the empty text, the
 * row after the last.
 */
export function pickNegatives(
  rows: Rows,
  classStart: Uint32Array,
  members: Uint32Array,
): (owner: number, random: () => number) => Members {
  const empty = rows.start.length - 2;
  const near = members.length > ALL_UP_TO ? nearestRows(rows, members) : undefined;
  return (owner, random) => {
    const from = lowerBound(members, classStart[owner] ?? 0);
    const to = lowerBound(members, classStart[owner + 1] ?? 0);
    const own = members.subarray(from, to);
    const others = join([members.subarray(0, from), members.subarray(to)]);
    const chosen = near === undefined || own.length === 0 ? others : near(others, own, random);
    return { list: join([own, chosen.length > 0 ? chosen : Uint32Array.of(empty)]), positives: own.length };
  };
}

function join(parts: readonly Uint32Array[]): Uint32Array {
  const all = new Uint32Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

type Inverted = { start: Uint32Array; row: Uint32Array; value: Float32Array };

function invert(rows: Rows, members: Uint32Array): Inverted {
  const start = new Uint32Array(rows.columns + 1);
  eachValue(rows, members, (_, column) => bump(start, column + 1));
  cumulate(start);
  const next = start.slice();
  const size = start[rows.columns] ?? 0;
  const inverted = { start, row: new Uint32Array(size), value: new Float32Array(size) };
  eachValue(rows, members, (row, column, value) => {
    const place = bump(next, column);
    inverted.row[place] = row;
    inverted.value[place] = value;
  });
  return inverted;
}

function eachValue(
  rows: Rows,
  members: Uint32Array,
  visit: (row: number, column: number, value: number) => void,
): void {
  members.forEach((row) => {
    const [from, to] = rangeOf(rows.start, row);
    for (let at = from; at < to; at += 1) visit(row, rows.column[at] ?? 0, rows.value[at] ?? 0);
  });
}

/** The heaviest features of the sum of some rows, and their weights there. */
function centre(rows: Rows, own: Uint32Array): [number, number][] {
  const sum = new Map<number, number>();
  eachValue(rows, own, (_, column, value) => sum.set(column, (sum.get(column) ?? 0) + value));
  return Array.from(sum)
    .sort((a, b) => b[1] - a[1] || a[0] - b[0])
    .slice(0, CENTRE_FEATURES);
}

/** Every row's product with the centre. */
function nearness({ start, row, value }: Inverted, middle: readonly [number, number][], scores: Float32Array): void {
  scores.fill(0);
  for (const [column, weight] of middle) {
    const [from, to] = rangeOf(start, column);
    for (let at = from; at < to; at += 1) increase(scores, row[at] ?? 0, weight * (value[at] ?? 0));
  }
}

/** The nearest of all other members, and some at random. */
function nearestRows(
  rows: Rows,
  members: Uint32Array,
): (others: Uint32Array, own: Uint32Array, random: () => number) => Uint32Array {
  const inverted = invert(rows, members);
  const scores = new Float32Array(rows.start.length);
  return (others, own, random) => {
    nearness(inverted, centre(rows, own), scores);
    shuffle(others, others.length, random);
    const cut = cutFor(scores, others);
    const picked: number[] = [];
    const room = { near: NEAREST, far: RANDOM };
    for (let at = 0; at < others.length; at += 1) {
      const other = others[at] ?? 0;
      const side = (scores[other] ?? 0) > cut ? 'near' : 'far';
      room[side] -= 1;
      if (room[side] >= 0) picked.push(other);
    }
    return Uint32Array.from(picked);
  };
}

const STEPS = 1_024;

/** A score that at least `NEAREST` rows exceed and not many more, to a thousandth of the highest; 0 where fewer have any. */
function cutFor(scores: Float32Array, rows: Uint32Array): number {
  const highest = rows.reduce((most, row) => Math.max(most, scores[row] ?? 0), 0);
  const counts = new Uint32Array(STEPS + 1);
  const scale = highest > 0 ? STEPS / highest : 0;
  for (let at = 0; at < rows.length; at += 1) bump(counts, Math.ceil((scores[rows[at] ?? 0] ?? 0) * scale));
  let above = 0;
  for (let step = STEPS; step > 0; step -= 1) {
    above += counts[step] ?? 0;
    if (above >= NEAREST) return ((step - 1) * highest) / STEPS;
  }
  return 0;
}
