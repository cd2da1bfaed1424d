import { createHash } from 'node:crypto';
import * as z from 'zod';
import { AccessEvent } from '../../domain/access.ts';
import { CuecardError } from '../../domain/error.ts';
import { accessKey, accessPersonKey, accessPk, GSI_DESK, LSI_BY_TIME } from './keys.ts';
import { type Item, putNew, type QueryOptions, queryAll, queryPage, type Table, updateItem } from './table.ts';

export type AccessFilter = {
  person?: string | undefined;
  conversation?: string | undefined;
  from?: string | undefined;
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

/** Reads of one hour by one person are one item, anything else is one each. */
function keyOf(tenant: string, event: AccessEvent) {
  const { at, by, action, subject = '' } = event;
  const isRead = action === 'conversation.read';
  const rest = `${isRead ? hourOf(at) : at}#${action}#${digest(JSON.stringify([by, subject]))}`;
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

/** The keys of an item by which a query goes on after it. */
function startAfter(tenant: string, { month, last }: Place, { person, conversation }: AccessFilter): { cursor?: Item } {
  if (last === undefined) return {};
  const key = { pk: accessPk(tenant, month), sk: last.sk };
  if (conversation !== undefined) return { cursor: key };
  if (person === undefined) return { cursor: { ...key, time: last.time } };
  return { cursor: { ...key, deskKey: accessPersonKey(tenant, person), deskSort: last.time } };
}

function placeAfter(item: Item | undefined): Place | undefined {
  if (item === undefined) return undefined;
  const [sk, time] = [String(item['sk']), String(item['time'])];
  return { month: monthOf(time), last: { sk, time } };
}

/** A month's events, newest first: of a conversation by its part of the sort key, of all by time. */
function monthQuery(
  tenant: string,
  month: string,
  { conversation, from = '' }: AccessFilter,
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
      expression: 'pk = :pk AND #time >= :from',
      names: { '#time': 'time' },
      values: { ':pk': pk, ':from': from === '' ? '0' : from },
    },
    reverse: true,
  };
}

const events = (items: readonly Item[]): AccessEvent[] =>
  items.flatMap((item) => {
    const { success, data } = AccessEvent.safeParse(item);
    return success ? [data] : [];
  });

const isWanted =
  ({ person, from }: AccessFilter) =>
  ({ by, at }: AccessEvent): boolean =>
    (person === undefined || by === person) && (from === undefined || at >= from);

type Reading = { table: Table; tenant: string; filter: AccessFilter };

/** Of one month as many as are wanted; `next` says where to go on in it. */
async function ofMonth({ table, tenant, filter }: Reading, start: Place, limit: number) {
  const items: AccessEvent[] = [];
  let next: Place | undefined = start;
  while (next !== undefined && items.length < limit) {
    const read: { items: Item[]; cursor?: Item } = await queryPage(table, {
      ...monthQuery(tenant, start.month, filter),
      limit: limit - items.length,
      ...startAfter(tenant, next, { ...filter, person: undefined }),
    });
    items.push(...events(read.items).filter(isWanted(filter)));
    next = read.cursor === undefined ? undefined : placeAfter(read.items.at(-1));
  }
  return { items, next };
}

const beginningOf = (month: string | undefined): Place | undefined => (month === undefined ? undefined : { month });
const page = (items: AccessEvent[], next: Place | undefined): AccessPage =>
  next === undefined ? { items } : { items, cursor: encode(next) };

/** Month by month, back to where it starts or events are no longer kept. */
async function byMonth(reading: Reading, limit: number, start: Place): Promise<AccessPage> {
  const oldest = monthOf(reading.filter.from ?? '0000-00');
  const months = monthsBack(start.month).filter((month) => month >= oldest);
  const items: AccessEvent[] = [];
  for (const [at, month] of months.entries()) {
    const { items: found, next } = await ofMonth(reading, at === 0 ? start : { month }, limit - items.length);
    items.push(...found);
    if (items.length >= limit) return page(items, next ?? beginningOf(months[at + 1]));
  }
  return page(items, undefined);
}

async function byPerson({ table, tenant, filter }: Reading, person: string, limit: number, start: Place) {
  const found = await queryPage(table, {
    index: GSI_DESK,
    key: {
      expression: 'deskKey = :key AND deskSort >= :from',
      values: { ':key': accessPersonKey(tenant, person), ':from': filter.from ?? '0' },
    },
    reverse: true,
    limit,
    ...startAfter(tenant, start, filter),
  });
  return page(events(found.items), found.cursor === undefined ? undefined : placeAfter(found.items.at(-1)));
}

/** Newest first. Raises `invalid` on a foreign cursor. */
export async function pageAccess(
  table: Table,
  tenant: string,
  { limit, cursor, now, ...filter }: AccessFilter & { limit: number; cursor?: string | undefined; now: string },
): Promise<AccessPage> {
  const start = cursor === undefined ? { month: monthOf(now) } : decode(cursor);
  const { person, conversation } = filter;
  const reading = { table, tenant, filter };
  if (person !== undefined && conversation === undefined) return byPerson(reading, person, limit, start);
  return byMonth(reading, limit, start);
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
