import type { Page } from '../ports/page.ts';

/** A search reads at most this many items a call; its cursor goes on from there. */
const MAX_SEARCHED = 12_000;

export const pageSize = (limit: number | undefined, fallback: number, most: number): number =>
  Math.min(Math.max(limit ?? fallback, 1), most);

/** The next `wanted` items that match, read page by page; no cursor when there are no more. */
export async function searchPages<T extends { id: string }>(
  read: (cursor: string | undefined) => Promise<Page<T>>,
  matches: (item: T) => boolean,
  wanted: number,
  cursor: string | undefined,
): Promise<Page<T>> {
  const found: T[] = [];
  let next = cursor;
  for (let searched = 0; searched < MAX_SEARCHED; ) {
    const page = await read(next);
    searched += page.items.length;
    found.push(...page.items.filter(matches));
    const items = found.slice(0, wanted);
    const last = items.at(-1);
    if (last !== undefined && found.length > wanted) return { items, cursor: last.id };
    if (page.cursor === undefined) return { items };
    if (last !== undefined && found.length === wanted) return { items, cursor: page.cursor };
    next = page.cursor;
  }
  return next === undefined ? { items: found } : { items: found, cursor: next };
}
