import { bump, cumulate, rangeOf } from './arrays.ts';
import { LIKENED, type Likeness } from './likeness.ts';

/**
 * Other rows that a class is kept away from, beside those that are like it: so many at random, that the far ones are
 * not forgotten. What a class costs does not grow with the number of classes.
 */
const RANDOM = 500;

/** Rows to separate: a class's own first, then those to keep away from. */
export type Members = { list: Uint32Array; positives: number };

/** By class, the rows of other classes that are like it, ascending: class `c` has `start[c] .. start[c + 1]`. */
function invert(likeness: Likeness, owners: Uint32Array, classes: number): { start: Uint32Array; row: Uint32Array } {
  const start = new Uint32Array(classes + 1);
  eachOther(likeness, owners, (owner) => bump(start, owner + 1));
  cumulate(start);
  const next = start.slice();
  const row = new Uint32Array(start[classes] ?? 0);
  eachOther(likeness, owners, (owner, at) => {
    row[bump(next, owner)] = at;
  });
  return { start, row };
}

function eachOther(
  { classes, counts }: Likeness,
  owners: Uint32Array,
  visit: (owner: number, row: number) => void,
): void {
  for (let row = 0; row < owners.length; row += 1) {
    const from = row * LIKENED;
    for (let at = from; at < from + (counts[row] ?? 0); at += 1) {
      const owner = classes[at] ?? 0;
      if (owner !== owners[row]) visit(owner, row);
    }
  }
}

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
 * Chooses what each class is separated from: every row of another class that is like it, and others at random.
 * `owners` are the rows' classes, ascending. A class that is alone is kept away from the empty text, the row after the
 * last.
 */
export function pickNegatives(
  likeness: Likeness,
  owners: Uint32Array,
  classes: number,
): (owner: number, random: () => number) => Members {
  const { start, row } = invert(likeness, owners, classes);
  const taken = new Uint32Array(owners.length);
  const list = new Uint32Array(owners.length + 1);
  return (owner, random) => {
    const first = lowerBound(owners, owner);
    const end = lowerBound(owners, owner + 1);
    let count = 0;
    const take = (at: number) => {
      if (taken[at] === owner + 1) return;
      taken[at] = owner + 1;
      list[count++] = at;
    };
    for (let at = first; at < end; at += 1) take(at);
    const [from, to] = rangeOf(start, owner);
    for (let at = from; at < to; at += 1) take(row[at] ?? 0);
    drawOthers(owners.length, random, take);
    if (count === end - first) list[count++] = owners.length;
    return { list: list.slice(0, count), positives: end - first };
  };
}

/** Rows at random, or all where they are few. */
function drawOthers(rows: number, random: () => number, take: (at: number) => void): void {
  if (rows <= RANDOM) for (let at = 0; at < rows; at += 1) take(at);
  else for (let draw = 0; draw < RANDOM; draw += 1) take(Math.floor(random() * rows));
}
