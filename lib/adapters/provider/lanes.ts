import type { Unavailable } from '../../ports/models.ts';
import type { Given } from './call.ts';

/**
 * Runs `work` over all items, at most `width` at once, results in the items' order. The first that gives nothing keeps
 * those not yet begun from beginning, and is the answer.
 */
export async function inLanes<Item, T>(
  items: readonly Item[],
  width: number,
  work: (item: Item) => Promise<Given<T>>,
): Promise<Given<T[]>> {
  const values: T[] = [];
  let next = 0;
  let lost: Unavailable | undefined;
  const lane = async (): Promise<void> => {
    while (next < items.length && lost === undefined) {
      const place = next;
      next += 1;
      const given = await work(items[place] as Item);
      if (given.kind === 'ok') values[place] = given.value;
      else lost ??= given;
    }
  };
  await Promise.all(Array.from({ length: Math.min(width, items.length) }, lane));
  return lost ?? { kind: 'ok', value: values };
}

/** Runs of items whose sizes sum to at most `most` and that are at most `count` long; an item above `most` stands alone. */
export function runs<Item>(
  items: readonly Item[],
  { count, most, size }: { count: number; most: number; size: (item: Item) => number },
): Item[][] {
  const all: Item[][] = [];
  let total = 0;
  for (const item of items) {
    const its = size(item);
    const run = all.at(-1);
    if (run === undefined || run.length === count || total + its > most) {
      all.push([item]);
      total = its;
    } else {
      run.push(item);
      total += its;
    }
  }
  return all;
}
