import { afterAll, beforeAll, expect, test } from 'vitest';
import { noteAccess, pageAccess } from '../../../lib/adapters/dynamodb/access-log.ts';
import { accessPersonKey, accessPk } from '../../../lib/adapters/dynamodb/keys.ts';
import { batchWrite } from '../../../lib/adapters/dynamodb/table.ts';
import type { AccessEvent } from '../../../lib/domain/access.ts';
import { AgentId, TenantId } from '../../../lib/domain/ids.ts';
import { accessLog } from '../../../lib/tenants/access-log.ts';
import { startTable, type TestTable } from '../../support/dynalite.ts';

const TENANT = TenantId.parse('shop');
const START = Date.parse('2026-11-22T08:10:00.000Z');
const ann = { agentId: AgentId.parse('ann'), role: 'agent' as const };
const bob = { agentId: AgentId.parse('bob'), role: 'admin' as const };

let table: TestTable;
beforeAll(async () => {
  table = await startTable();
}, 30_000);
afterAll(() => table.stop());

function log(clock: { now: number }, more: { fails?: boolean } = {}) {
  const written: AccessEvent[] = [];
  const failures: unknown[] = [];
  const room = accessLog({
    async put(tenant, event) {
      if (more.fails === true) throw new Error('the store is down');
      written.push(event);
      await noteAccess(table.table, tenant, event, Math.floor(clock.now / 1_000) + 86_400);
    },
    failed: (error) => failures.push(error),
    now: () => clock.now,
  });
  return { room, written, failures };
}

test('reading is one event a person, conversation and hour, on however many instances', async () => {
  const clock = { now: START };
  const [one, other] = [log(clock), log(clock)];
  for (let read = 0; read < 20; read += 1) {
    await one.room.read(TENANT, ann, 'c-1');
    await other.room.read(TENANT, ann, 'c-1');
    clock.now += 60_000;
  }
  expect([one.written.length, other.written.length]).toEqual([1, 1]);
  await one.room.read(TENANT, ann, 'c-2');
  await one.room.read(TENANT, bob, 'c-1');
  clock.now = START + 3_600_000;
  await one.room.read(TENANT, ann, 'c-1');
  await one.room.note(TENANT, ann, 'conversation.claim', { conversation: 'c-1' });
  await one.room.note(TENANT, bob, 'person.created', { subject: 'p1', detail: 'agent' });
  const { items } = await pageAccess(table.table, TENANT, { limit: 50, now: '2026-11-22T10:00:00.000Z' });
  expect(
    items.map(({ by, action, conversation }) => `${by} ${action} ${conversation ?? ''}`.trim()).toSorted(),
  ).toEqual([
    'ann conversation.claim c-1',
    'ann conversation.read c-1',
    'ann conversation.read c-1',
    'ann conversation.read c-2',
    'bob conversation.read c-1',
    'bob person.created',
  ]);
});

test('pages go through months, by everybody, by person and by conversation, each event once', async () => {
  const months = TenantId.parse('months');
  const clock = { now: 0 };
  const { room } = log(clock);
  for (let event = 0; event < 40; event += 1) {
    clock.now = START - event * 9 * 86_400_000;
    await room.note(months, event % 2 === 0 ? ann : bob, 'conversation.claim', { conversation: `c-${event % 3}` });
  }
  const all = async (filter: { person?: string; conversation?: string; from?: string; until?: string }) => {
    const seen: AccessEvent[] = [];
    let cursor: string | undefined;
    do {
      const page = await pageAccess(table.table, months, {
        ...filter,
        limit: 3,
        cursor,
        now: '2026-11-22T10:00:00.000Z',
      });
      seen.push(...page.items);
      cursor = page.cursor;
    } while (cursor !== undefined);
    return seen;
  };
  const everything = await all({});
  expect(everything).toHaveLength(40);
  expect(everything.map(({ at }) => at)).toEqual(
    everything
      .map(({ at }) => at)
      .toSorted()
      .reverse(),
  );
  expect(await all({ person: 'ann' })).toHaveLength(20);
  expect((await all({ conversation: 'c-1' })).map(({ conversation }) => conversation)).toEqual(Array(13).fill('c-1'));
  expect(await all({ person: 'ann', conversation: 'c-0' })).toHaveLength(7);
  expect(await all({ from: '2026-10-01T00:00:00.000Z' })).toHaveLength(6);
  expect(await all({ from: '2026-09-01T00:00:00.000Z', until: '2026-10-01T00:00:00.000Z' })).toHaveLength(4);
  const at = everything[5]?.at ?? '';
  expect((await all({ from: at, until: everything[4]?.at ?? '' })).map((event) => event.at)).toEqual([at]);
  await expect(
    pageAccess(table.table, months, { limit: 3, cursor: 'nonsense', now: '2026-11-22T10:00:00.000Z' }),
  ).rejects.toThrow('cursor');
});

test('what no key tells narrows the pages as well, each event once, with bounded reads', async () => {
  const busy = TenantId.parse('busy');
  const rows = 2_200;
  const rare = (n: number): Pick<AccessEvent, 'action' | 'subject' | 'detail'> | undefined =>
    [
      { action: 'person.changed' as const, subject: n < 1_000 ? 'p1' : 'p2' },
      { action: 'token.revoked' as const, subject: 't1', detail: 'p1' },
    ][(n % 500) - 3];
  const at = (n: number) => new Date(START - n * 1_000).toISOString();
  const events: AccessEvent[] = Array.from({ length: rows }, (_, n) => ({
    at: at(n),
    by: n % 2 === 0 ? 'ann' : 'bob',
    ...(rare(n) ?? { action: 'conversation.send', conversation: 'c-1' }),
  }));
  const item = (event: AccessEvent, n: number) => {
    const sk = `c#${event.at}#${n}`;
    const [time, deskKey] = [`${event.at}#${sk}`, accessPersonKey(busy, event.by)];
    return { pk: accessPk(busy, '2026-11'), sk, ...event, time, deskKey, deskSort: time };
  };
  await batchWrite(table.table, { puts: events.map(item) });
  const pages = async (filter: Partial<Parameters<typeof pageAccess>[2]>) => {
    const seen: AccessEvent[] = [];
    let [cursor, read]: [string | undefined, number] = [undefined, 0];
    do {
      const page: Awaited<ReturnType<typeof pageAccess>> = await pageAccess(table.table, busy, {
        limit: 4,
        ...filter,
        cursor,
        now: at(-1),
      });
      expect(page.items.length).toBeLessThanOrEqual(4);
      seen.push(...page.items);
      [cursor, read] = [page.cursor, read + 1];
    } while (cursor !== undefined);
    return { seen: seen.map((event) => event.at), read };
  };
  const when = (suits: (event: AccessEvent) => boolean) => events.filter(suits).map((event) => event.at);
  const person = await pages({ action: 'person' });
  expect(person.seen).toEqual(when(({ action }) => action === 'person.changed'));
  // Two of 2,000 reads at most and the rest.
  expect(person.read).toBeGreaterThan(1);
  expect((await pages({ action: 'person.changed', person: 'bob' })).seen).toEqual(person.seen);
  expect((await pages({ action: 'person.changed', person: 'ann' })).seen).toEqual([]);
  expect((await pages({ about: ['p1'] })).seen).toEqual(
    when(({ subject, detail }) => subject === 'p1' || detail === 'p1'),
  );
  expect((await pages({ about: ['p2'], from: at(2_000), until: at(1_200) })).seen).toEqual(
    when((event) => event.subject === 'p2' && event.at >= at(2_000) && event.at < at(1_200)),
  );
});

test('refused looks are one event a conversation and hour, and whoever hammers does not fill the table', async () => {
  const clock = { now: START };
  const hammered = TenantId.parse('hammered');
  const [one, other] = [log(clock), log(clock)];
  for (let look = 0; look < 5; look += 1) {
    await one.room.refused(hammered, ann, 'conversation.read', { conversation: 'c-1' });
    await other.room.refused(hammered, ann, 'conversation.read', { conversation: 'c-1' });
  }
  await one.room.read(hammered, ann, 'c-1');
  await one.room.refused(hammered, bob, 'customer.export');
  const { items } = await pageAccess(table.table, hammered, { limit: 50, now: '2026-11-22T10:00:00.000Z' });
  expect(items.map(({ by, action, outcome = 'done' }) => `${by} ${action} ${outcome}`).toSorted()).toEqual([
    'ann conversation.read done',
    'ann conversation.read refused',
    'bob customer.export refused',
  ]);
  for (let look = 0; look < 500; look += 1) {
    await one.room.refused(hammered, ann, 'conversation.read', { conversation: `c-${look}` });
  }
  const refused = () => one.written.filter(({ by, outcome }) => by === 'ann' && outcome === 'refused').length;
  expect(refused()).toBe(20);
  await one.room.read(hammered, ann, 'c-2');
  expect(one.written.at(-1)).toMatchObject({ action: 'conversation.read', conversation: 'c-2' });
  clock.now += 3_600_000;
  await one.room.refused(hammered, ann, 'conversation.read', { conversation: 'c-1' });
  expect(refused()).toBe(21);
});

test('a store that is down stops nobody, and is told of; what was not kept is tried again', async () => {
  const clock = { now: START };
  const { room, failures } = log(clock, { fails: true });
  await room.read(TENANT, ann, 'c-9');
  await room.read(TENANT, ann, 'c-9');
  await room.note(TENANT, ann, 'conversation.close', { conversation: 'c-9' });
  expect(failures).toHaveLength(3);
});
