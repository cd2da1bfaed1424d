/** A page of a list that is narrowed by what no key tells: reads are bounded, whether they find something or not. */
import { type Item, type QueryOptions, queryPage, type Table } from './table.ts';

/** At most so many items are read for a page. DynamoDB charges for what is read, and a gateway waits 29 s. */
export const MOST_READ = 2_000;
const AT_ONCE = 250;

export type Narrowing<T> = {
  /** What an item is in the list; undefined: not wanted. */
  pick: (item: Item) => T | undefined;
  /** Whether `pick` may leave out items that the keys let through: then more are read at once than are wanted. */
  mayMiss: boolean;
  limit: number;
  /** How many may still be read. */
  most: number;
  /** What the query's keys are made of, by name. */
  keys: readonly string[];
  start: Item | undefined;
};

/** As many as were wanted, or less where enough was read; `last`: the item to go on after, if there may be more. */
export async function queryNarrowed<T>(
  table: Table,
  options: Omit<QueryOptions, 'limit' | 'cursor'>,
  wish: Narrowing<T>,
): Promise<{ items: T[]; read: number; last?: Item }> {
  const { mayMiss, limit, most, keys, start } = wish;
  const page = await queryPage(table, {
    ...options,
    limit: Math.min(mayMiss ? AT_ONCE : limit, most),
    ...(start === undefined ? {} : { cursor: only(start, keys) }),
  });
  const { items, seen } = take(page.items, wish);
  const read = page.items.length;
  const last = page.items[seen - 1] ?? page.cursor;
  const isOver = seen === read && page.cursor === undefined;
  if (isOver || last === undefined) return { items, read };
  if (items.length >= limit || read >= most) return { items, read, last };
  const left = { limit: limit - items.length, most: most - read, start: last };
  const rest = await queryNarrowed(table, options, { ...wish, ...left });
  return { ...rest, items: [...items, ...rest.items], read: read + rest.read };
}

/** What is wanted until there is enough, and at how many items that took a look. */
function take<T>(found: readonly Item[], { pick, limit }: Narrowing<T>): { items: T[]; seen: number } {
  const items: T[] = [];
  for (const [at, item] of found.entries()) {
    const picked = pick(item);
    if (picked !== undefined) items.push(picked);
    if (items.length >= limit) return { items, seen: at + 1 };
  }
  return { items, seen: found.length };
}

const only = (item: Item, names: readonly string[]): Item =>
  Object.fromEntries(names.map((name) => [name, item[name]]));
