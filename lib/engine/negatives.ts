import type { Rows } from './svm.ts';

/** Up to this many rows every other class's row is a negative. */
const ALL_UP_TO = 4_000;

/** Rows to train a class on: its own first, then those to keep away from. */
export type Members = { list: Uint32Array; positives: number };

/** Chooses each class's rows among `members`; alone, a class is kept away from the empty text (the row after the last). */
export function pickNegatives(rows: Rows, classStart: Uint32Array, members: Uint32Array): (owner: number) => Members {
  void ALL_UP_TO;
  return (owner) => {
    const from = classStart[owner] ?? 0;
    const to = classStart[owner + 1] ?? 0;
    const own = members.filter((row) => row >= from && row < to);
    const others = members.filter((row) => row < from || row >= to);
    const list = new Uint32Array(own.length + Math.max(1, others.length));
    list.set(own);
    if (others.length > 0) list.set(others, own.length);
    else list[own.length] = rows.start.length - 2;
    return { list, positives: own.length };
  };
}
