import type { Entry } from '../../domain/entry.ts';

/** Intents that belong together share their category or their first name. */
export function isKin(one: Entry, other: Entry): boolean {
  const family = ({ intent }: Entry) => intent.split(/[._-]/, 1)[0];
  return (one.category !== undefined && one.category === other.category) || family(one) === family(other);
}
