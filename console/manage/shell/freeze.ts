import type { ShopSettings } from './setting.ts';

export type Freeze = NonNullable<ShopSettings['freezes']>[number];

/** The stretch without releases that holds at this instant (epoch ms). */
export function frozenNow(freezes: readonly Freeze[] | undefined, now: number): Freeze | undefined {
  return freezes?.find(({ from, until }) => Date.parse(from) <= now && now < Date.parse(until));
}

/** Those that hold now or are still to come, soonest first. */
export function freezesAhead(freezes: readonly Freeze[] | undefined, now: number): Freeze[] {
  const ahead = (freezes ?? []).filter(({ until }) => now < Date.parse(until));
  return ahead.toSorted((a, b) => Date.parse(a.from) - Date.parse(b.from));
}
