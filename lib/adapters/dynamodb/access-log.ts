import { createHash } from 'node:crypto';
import * as z from 'zod';
import { AccessEvent } from '../../domain/access.ts';
import { CuecardError } from '../../domain/error.ts';
import { accessKey, accessPersonKey, accessPk, GSI_DESK, LSI_BY_TIME } from './keys.ts';
import { MOST_READ, queryNarrowed } from './narrowed.ts';
import { type Item, putNew, type QueryOptions, queryAll, type Table, updateItem } from './table.ts';

/** `from` is in it, `until` is not; `action` is one, or the part before the dot; `about`: ids that an event may be about. */
export type AccessFilter = {
  person?: string | undefined;
  conversation?: string | undefined;
  action?: string | undefined;
  about?: readonly string[] | undefined;
  from?: string | undefined;
  until?: string | undefined;
};
export type AccessPage = { items: AccessEvent[]; cursor?: string };

const digest = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 32);
const NO_CONVERSATION = '-';
/** What stands in place of a conversation that was erased. */
const ERASED = 'erased';

const monthOf = (at: string): string => at.slice(0, 7);
const hourOf = (at: string): string => at.slice(0, 13);
const placeOf = ({ conversation }: AccessEvent): string =>
  conversation === undefined ? NO_CONVERSATION : digest(conversation);

/** Reads of one hour by one person are one item, and so are refusals; anything else is one each. */
function keyOf(tenant: string, event: AccessEvent) {
  const { at, by, action, outcome, subject = '' } = event;
  const isHourly = action === 'conversation.read' || outcome === 'refused';
  const what = outcome === undefined ? action : `${action}#${outcome}`;
  const rest = `${isHourly ? hourOf(at) : at}#${what}#${digest(JSON.stringify([by, subject]))}`;
  return accessKey(tenant, monthOf(at), placeOf(event), rest);
}

/** Keeps an event; one that is kept already is not written again. `expiresAt` in epoch seconds. */
export async function noteAccess(table: Table, tenant: string, event: AccessEvent, expiresAt: number): Promise<void> {
  const key = keyOf(tenant, event);
  const place = `${event.at}#${key.sk}`;
  await putNew(table, {
    ...key,
    ...event,
    time: place,
    deskKey: accessPersonKey(tenant, event.by),
    deskSort: place,
    expiresAt,
  });
}

const MONTHS = 13;
/** `YYYY-MM` of a month and of those before it, as far as events are kept. */
function monthsBack(from: string): string[] {
  const [year = 0, month = 1] = from.split('-').map(Number);
  return Array.from({ length: MONTHS }, (_, back) =>
    new Date(Date.UTC(year, month - 1 - back, 1)).toISOString().slice(0, 7),
  );
}

/** Where a page goes on: its month, and of the last item what its keys are made of. */
const Place = z.object({
  month: z.string().regex(/^\d{4}-\d\d$/),
  last: z.object({ sk: z.string(), time: z.string() }).optional(),
});
type Place = z.infer<typeof Place>;
const encode = (place: Place): string => Buffer.from(JSON.stringify(place)).toString('base64url');

function decode(cursor: string): Place {
  try {
    return Place.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')));
  } catch (cause) {
    throw new CuecardError('invalid', 'the cursor is not one of ours', { cause });
  }
}

/** The item to go on after, as far as a query's keys are made of it. */
function lastOf(tenant: string, { month, last }: Place, { person }: AccessFilter): Item | undefined {
  if (last === undefined) return undefined;
  const { sk, time } = last;
  const key = { pk: accessPk(tenant, month), sk, time };
  return person === undefined ? key : { ...key, deskKey: accessPersonKey(tenant, person), deskSort: time };
}

function placeAfter(item: Item): Place {
  const [sk, time] = [String(item['sk']), String(item['time'])];
  return { month: monthOf(time), last: { sk, time } };
}

/** Sorts after every instant. */
const NEVER = '~';

/** A month's events, newest first: of a conversation by its part of the sort key, of all by time. */
function monthQuery(
  tenant: string,
  month: string,
  { conversation, from = '0', until = NEVER }: AccessFilter,
): Omit<QueryOptions, 'limit'> {
  const pk = accessPk(tenant, month);
  if (conversation !== undefined) {
    return {
      key: {
        expression: 'pk = :pk AND begins_with(sk, :of)',
        values: { ':pk': pk, ':of': `${digest(conversation)}#` },
      },
      reverse: true,
    };
  }
  return {
    index: LSI_BY_TIME,
    key: {
      expression: 'pk = :pk AND #time BETWEEN :from AND :until',
      names: { '#time': 'time' },
      values: { ':pk': pk, ':from': from, ':until': until },
    },
    reverse: true,
  };
}

/** A person's events of all months, newest first. */
const personQuery = (tenant: string, person: string, { from = '0', until = NEVER }: AccessFilter) => ({
  index: GSI_DESK,
  key: {
    expression: 'deskKey = :key AND deskSort BETWEEN :from AND :until',
    values: { ':key': accessPersonKey(tenant, person), ':from': from, ':until': until },
  },
  reverse: true,
});

const isAction = (action: string, wanted: string): boolean => action === wanted || action.startsWith(`${wanted}.`);
/** A token that was revoked is its subject; whose it was stands beside it. */
const isAbout = ({ action, subject, detail }: AccessEvent, ids: readonly string[]): boolean =>
  [subject, action === 'token.revoked' ? detail : undefined].some((id) => id !== undefined && ids.includes(id));

/** The events that are wanted of those the keys let through. */
function wanted({
  person,
  action,
  about,
  from = '0',
  until = NEVER,
}: AccessFilter): (item: Item) => AccessEvent | undefined {
  return (item) => {
    const { data: event } = AccessEvent.safeParse(item);
    if (event === undefined) return undefined;
    const isIn = event.at >= from && event.at < until && (person === undefined || event.by === person);
    const isOf =
      (action === undefined || isAction(event.action, action)) && (about === undefined || isAbout(event, about));
    return isIn && isOf ? event : undefined;
  };
}

type Reading = { table: Table; tenant: string; filter: AccessFilter };
type Found = { items: AccessEvent[]; read: number; next?: Place };

/** Of one query so many; `next` says where to go on in it. */
async function found(
  { table, tenant, filter }: Reading,
  { query, keys }: { query: Omit<QueryOptions, 'limit'>; keys: readonly string[] },
  { start, limit, most }: { start: Place; limit: number; most: number },
): Promise<Found> {
  const { conversation, action, about } = filter;
  const { items, read, last } = await queryNarrowed(table, query, {
    pick: wanted(filter),
    mayMiss: [conversation, action, about].some((one) => one !== undefined),
    limit,
    most,
    keys: ['pk', 'sk', ...keys],
    start: lastOf(tenant, start, filter),
  });
  return last === undefined ? { items, read } : { items, read, next: placeAfter(last) };
}

const page = (items: AccessEvent[], next: Place | undefined): AccessPage =>
  next === undefined ? { items } : { items, cursor: encode(next) };

/** Month by month, back to where it starts, events are no longer kept, or enough was read for one page. */
async function byMonth(reading: Reading, limit: number, start: Place): Promise<AccessPage> {
  const { tenant, filter } = reading;
  const oldest = monthOf(filter.from ?? '0000-00');
  const keys = filter.conversation === undefined ? ['time'] : [];
  const items: AccessEvent[] = [];
  let left = MOST_READ;
  for (const month of monthsBack(start.month).filter((one) => one >= oldest)) {
    const at = month === start.month ? start : { month };
    if (items.length >= limit || left <= 0) return page(items, at);
    const room = { start: at, limit: limit - items.length, most: left };
    const part = await found(reading, { query: monthQuery(tenant, month, filter), keys }, room);
    items.push(...part.items);
    left -= part.read;
    if (part.next !== undefined) return page(items, part.next);
  }
  return page(items, undefined);
}

/**
 * Newest first. A page that is narrowed by what no key tells may hold less than `limit`, or nothing, and still a cursor:
 * so far back it looked. Raises `invalid` on a foreign cursor.
 */
export async function pageAccess(
  table: Table,
  tenant: string,
  { limit, cursor, now, ...filter }: AccessFilter & { limit: number; cursor?: string | undefined; now: string },
): Promise<AccessPage> {
  const { person, conversation, until } = filter;
  const newest = until !== undefined && until < now ? until : now;
  const start = cursor === undefined ? { month: monthOf(newest) } : decode(cursor);
  const reading = { table, tenant, filter };
  if (person === undefined || conversation !== undefined) return byMonth(reading, limit, start);
  const query = personQuery(tenant, person, filter);
  const { items, next } = await found(
    reading,
    { query, keys: ['deskKey', 'deskSort'] },
    { start, limit, most: MOST_READ },
  );
  return page(items, next);
}

/** That somebody saw something stays; which conversation it was goes. */
export async function forgetConversation(
  table: Table,
  tenant: string,
  conversation: string,
  now: string,
): Promise<void> {
  for (const month of monthsBack(monthOf(now))) {
    const items = await queryAll(table, monthQuery(tenant, month, { conversation }));
    for (const item of items) {
      await updateItem(
        table,
        { pk: String(item['pk']), sk: String(item['sk']) },
        {
          expression: 'SET conversation = :erased',
          values: { ':erased': ERASED },
          condition: 'attribute_exists(pk)',
        },
      );
    }
  }
}
