/** A row that is in sight, and how far down it stands (CSS pixels). */
export type Placed<T> = { row: T; top: number; at: number };

/** Rows kept ready above and below what is in sight, in pixels. */
const SPARE = 400;

/** Where each row begins, and how high they are together. Heights are known, never measured. */
export function offsetsOf(heights: readonly number[]): { tops: number[]; total: number } {
  let total = 0;
  const tops = heights.map((height) => {
    const top = total;
    total += height;
    return top;
  });
  return { tops, total };
}

/** The rows between `top` and `top + height`, and a few around them: two hundred cost what twenty do. */
export function inSight<T>(
  rows: readonly T[],
  heights: readonly number[],
  view: { top: number; height: number },
): Placed<T>[] {
  const { tops } = offsetsOf(heights);
  const [from, until] = [view.top - SPARE, view.top + view.height + SPARE];
  return rows
    .map((row, at) => ({ row, at, top: tops[at] ?? 0 }))
    .filter(({ at, top }) => top + (heights[at] ?? 0) > from && top < until);
}
