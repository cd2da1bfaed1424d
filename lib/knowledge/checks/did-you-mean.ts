type Rows = { before: readonly number[]; last: readonly number[] };

/** The next row of distances between the beginnings of two words. */
function nextRow({ before, last }: Rows, a: string, b: string, row: number): number[] {
  const next = [row];
  for (let at = 1; at <= b.length; at += 1) {
    const change = (last[at - 1] ?? 0) + (a[row - 1] === b[at - 1] ? 0 : 1);
    const swapped = row > 1 && at > 1 && a[row - 1] === b[at - 2] && a[row - 2] === b[at - 1];
    const swap = swapped ? (before[at - 2] ?? 0) + 1 : change;
    next.push(Math.min(change, swap, (last[at] ?? 0) + 1, (next[at - 1] ?? 0) + 1));
  }
  return next;
}

/** Damerau-Levenshtein distance with neighbours exchanged at most once (optimal string alignment). */
function distance(a: string, b: string): number {
  let rows: Rows = { before: [], last: Array.from({ length: b.length + 1 }, (_, at) => at) };
  for (let row = 1; row <= a.length; row += 1) rows = { before: rows.last, last: nextRow(rows, a, b, row) };
  return rows.last[b.length] ?? 0;
}

const LONGEST = 60;

/** The known name that a slip of the finger makes of this one; undefined where none is near. */
export function nearestName(name: string, known: Iterable<string>): string | undefined {
  const written = name.toLowerCase().slice(0, LONGEST);
  const most = Math.max(1, Math.floor(written.length / 4));
  let best: { name: string; away: number } | undefined;
  for (const candidate of known) {
    if (Math.abs(candidate.length - written.length) > most) continue;
    const away = distance(written, candidate.toLowerCase());
    if (away <= most && away < (best?.away ?? Number.POSITIVE_INFINITY)) best = { name: candidate, away };
  }
  return best?.name;
}

/** As the beginning of a fix. */
export const didYouMean = (name: string, known: Iterable<string>): string | undefined => {
  const nearest = nearestName(name, known);
  return nearest === undefined ? undefined : `did you mean ${nearest}?`;
};
