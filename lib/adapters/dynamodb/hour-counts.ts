import { boundedName, otherName } from '../../domain/hour-names.ts';
import type { TenantId } from '../../domain/ids.ts';
import type { HourCounts } from '../../ports/counts.ts';
import { hourKey, hoursPk } from './keys.ts';
import { getItem, type Item, queryAll, type Table, updateItem } from './table.ts';

const HOUR_MS = 3_600_000;
const SECONDS_A_DAY = 86_400;
/** A year is compared with the year before. */
const KEPT_DAYS = 400;
/** So many names of intents, and of counts by skill, have a place of their own in an hour; others share one. */
const ROOM = { intent: 64, skill: 160 } as const;

type Counts = Readonly<Record<string, number>>;

const boundedOf = (counts: Counts): string[] => Object.keys(counts).filter((name) => boundedName(name) !== undefined);

const timeOf = (hour: string): number => Date.parse(`${hour}:00:00Z`);

/** One `ADD` for all names. `condition`: only if these names are there already. */
function addAll(table: Table, tenant: TenantId, hour: string, counts: Counts, condition: readonly string[]) {
  const names = Object.keys(counts);
  const at = new Map(names.map((name, place) => [name, `n${place}`]));
  const adds = names.map((name) => `#${at.get(name)} :${at.get(name)}`).join(', ');
  return updateItem(table, hourKey(tenant, hour), {
    expression: `ADD ${adds} SET expiresAt = :expires`,
    names: Object.fromEntries([...at].map(([name, short]) => [`#${short}`, name])),
    values: {
      ...Object.fromEntries([...at].map(([name, short]) => [`:${short}`, counts[name]])),
      ':expires': Math.floor((timeOf(hour) + HOUR_MS) / 1_000) + KEPT_DAYS * SECONDS_A_DAY,
    },
    ...(condition.length === 0
      ? {}
      : { condition: condition.map((name) => `attribute_exists(#${at.get(name)})`).join(' AND ') }),
  });
}

const groupOf = (name: string): keyof typeof ROOM | undefined => boundedName(name)?.group;

/** The counts with names under `other` that are not there yet and have no room. */
export function withRoom(counts: Counts, known: ReadonlySet<string>): Record<string, number> {
  const names = new Set(known);
  const hasRoom = (group: keyof typeof ROOM) =>
    [...names].filter((name) => groupOf(name) === group).length < ROOM[group];
  const kept: Record<string, number> = {};
  for (const [name, value] of Object.entries(counts)) {
    const bounded = boundedName(name);
    const fits = bounded === undefined || names.has(name) || hasRoom(bounded.group);
    const place = fits ? name : otherName(bounded);
    if (fits) names.add(name);
    kept[place] = (kept[place] ?? 0) + value;
  }
  return kept;
}

const numbersOf = (item: Item): Record<string, number> =>
  Object.fromEntries(
    Object.entries(item).filter(
      (entry): entry is [string, number] => typeof entry[1] === 'number' && entry[0] !== 'expiresAt',
    ),
  );

/**
 * One item a tenant and hour, changed by `ADD` alone. Mostly every name is in it already, and one write does; a name that
 * is new costs a read, which says whether there is room. The client must not repeat a write by itself: an `ADD` whose
 * answer was lost is one count less, never one more.
 */
export function dynamodbHourCounts(table: Table): HourCounts {
  /** What is known of the newest hour of a tenant, so that rare names do not cost a read each. */
  const seen = new Map<TenantId, { hour: string; names: ReadonlySet<string> }>();
  const namesIn = async (tenant: TenantId, hour: string): Promise<ReadonlySet<string>> => {
    const item = await getItem(table, hourKey(tenant, hour));
    const names = new Set(Object.keys(numbersOf(item ?? {})));
    if (seen.size >= 1_000) seen.clear();
    seen.set(tenant, { hour, names });
    return names;
  };
  return {
    async add(tenant, hour, counts) {
      const known = seen.get(tenant);
      const fitted = known?.hour === hour && isFull(known.names) ? withRoom(counts, known.names) : counts;
      const done = await addAll(table, tenant, hour, fitted, boundedOf(fitted).filter(isNamed));
      if (done.status === 'ok') return;
      await addAll(table, tenant, hour, withRoom(counts, await namesIn(tenant, hour)), []);
    },
    async between(tenant, from, to) {
      const items = await queryAll(table, {
        key: {
          expression: 'pk = :pk AND sk BETWEEN :from AND :to',
          values: { ':pk': hoursPk(tenant), ':from': hourKey(tenant, from).sk, ':to': hourKey(tenant, to).sk },
        },
      });
      return items.map((item) => ({ hour: String(item['sk']).slice('hour#'.length), counts: numbersOf(item) }));
    },
  };
}

/** Under `other` there is always room. */
const isNamed = (name: string): boolean => {
  const bounded = boundedName(name);
  return bounded !== undefined && otherName(bounded) !== name;
};

const isFull = (names: ReadonlySet<string>): boolean =>
  [...names].filter((name) => name.startsWith('i#')).length >= ROOM.intent;
