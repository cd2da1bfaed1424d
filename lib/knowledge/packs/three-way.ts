import { canonical } from '../plan.ts';

/** Whose words win where both sides changed them. */
export type Side = 'mine' | 'theirs';

/** One value that both sides changed, each to something else. `path` as in `answers.0.text`. */
export type Clash = { path: string; old?: unknown; theirs?: unknown; mine?: unknown };

/** What a merge came to: `value` holds the chosen side's words (else mine) where `clashes` are. */
export type Merged<T> = { value: T; clashes: Clash[] };

export const same = (one: unknown, other: unknown): boolean => canonical(one) === canonical(other);

/** `undefined` fields are left out: a side without the value says so by their absence. */
export const clash = (path: string, values: Omit<Clash, 'path'>): Clash => ({
  path,
  ...Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)),
});

/**
 * Three-way merge of one value (as diff3 of lines: Khanna, Kunal & Pierce 2007): what only one side changed is taken from
 * it, what both changed alike is taken once, the rest is a clash.
 */
export function mergeValue<T>(path: string, old: T, theirs: T, mine: T, side: Side = 'mine'): Merged<T> {
  if (same(mine, theirs) || same(theirs, old)) return { value: mine, clashes: [] };
  if (same(mine, old)) return { value: theirs, clashes: [] };
  return { value: side === 'theirs' ? theirs : mine, clashes: [clash(path, { old, theirs, mine })] };
}

/**
 * Three-way merge of a set of texts: what either side took out is out, what either added is in, in the pack's order with
 * the shop's own behind. `keyOf` tells texts that are one question, so that both sides adding it adds it once.
 */
export function mergeTexts(
  old: readonly string[],
  theirs: readonly string[],
  mine: readonly string[],
  keyOf: (text: string) => string,
): string[] {
  if (same(mine, old) || same(mine, theirs)) return [...theirs];
  if (same(theirs, old)) return [...mine];
  const before = new Set(old);
  const kept = new Set(mine);
  const added = mine.filter((text) => !before.has(text));
  const addedKeys = new Set(added.map(keyOf));
  const fromPack = theirs.filter((text) => (before.has(text) ? kept.has(text) : !addedKeys.has(keyOf(text))));
  return [...fromPack, ...added];
}
