/** Ranges of one text side by side; every operation takes time in proportion to the text and its ranges. */
export type Range = { start: number; end: number };

/** What is taken of a text of this length: `free` tells whether a range touches none of it. */
function occupied(length: number): { take(range: Range): void; free(range: Range): boolean } {
  const taken = new Uint8Array(length + 1);
  return {
    take: ({ start, end }) => void taken.fill(1, start, end),
    free: ({ start, end }) => !taken.subarray(start, end).includes(1),
  };
}

/** Of overlapping spans the earlier in the list stays; none stays that touches what is shielded. */
export function disjoint<One extends Range>(length: number, spans: readonly One[], shielded: readonly Range[]): One[] {
  const shield = occupied(length);
  const kept = occupied(length);
  for (const range of shielded) shield.take(range);
  return spans.filter((span) => {
    const isKept = span.end > span.start && shield.free(span) && kept.free(span);
    if (isKept) kept.take(span);
    return isKept;
  });
}

/** Whether a range begins or ends at most `reach` units from one of these. */
export function nearTo(length: number, anchors: readonly Range[], reach: number): (range: Range) => boolean {
  const [begins, ends] = [new Uint8Array(length + 1), new Uint8Array(length + 1)];
  for (const { start, end } of anchors) {
    begins.fill(1, Math.max(0, start - reach), start + reach + 1);
    ends.fill(1, Math.max(0, end - reach), end + reach + 1);
  }
  return ({ start, end }) => begins[end] === 1 || ends[start] === 1;
}

/** Whether a range lies in these from end to end. */
export function inside(length: number, ranges: readonly Range[]): (range: Range) => boolean {
  const { take, free } = occupied(length);
  for (const range of ranges) take(range);
  return ({ start, end }) => !free({ start, end: start + 1 }) && !free({ start: end - 1, end });
}
