/** Lists of phrases over the real store, which takes no item that is too large. */
import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  connections,
  dropConnection,
  noteOpen,
  putConnection,
  putTicket,
  readPhrases,
  takeTicket,
  writePhrases,
} from '../../../lib/adapters/dynamodb/desk.ts';
import type { DeskPhrase } from '../../../lib/domain/contract/desk-session.ts';
import { AgentId, TenantId } from '../../../lib/domain/ids.ts';
import type { Caller } from '../../../lib/domain/tenant.ts';
import { deskSession } from '../../../lib/tenants/desk-session.ts';
import { startTable, type TestTable } from '../../support/dynalite.ts';

const tenant = TenantId.parse('shop');
const ann: Caller = { role: 'agent', tenant, agentId: AgentId.parse('ann') };
const never = (): Promise<never> => Promise.reject(new Error('not asked'));
/** So many phrases of 2,000 characters, 6,000 bytes each. */
const long = (count: number, from = 0): DeskPhrase[] =>
  Array.from({ length: count }, (_, at) => ({ id: `p${from + at}`, text: '好'.repeat(2_000) }));

let table: TestTable;
beforeAll(async () => {
  table = await startTable();
});
afterAll(() => table.stop());

test('a desk says which conversation it shows; what is no such word changes nothing, and a gone connection stays gone', async () => {
  const session = deskSession({
    putTicket: (...ticket) => putTicket(table.table, ...ticket),
    takeTicket: (...ticket) => takeTicket(table.table, ...ticket),
    putConnection: (...connection) => putConnection(table.table, ...connection),
    isStillIn: async () => true,
    noteOpen: (...open) => noteOpen(table.table, ...open),
    dropConnection: (connection) => dropConnection(table.table, connection),
    readPhrases: never,
    writePhrases: never,
    webSocketUrl: 'ws://localhost',
    random: randomBytes,
    now: () => 0,
  });
  const { ticket } = await session.createTicket(tenant, { ...ann, tokenId: 't1' });
  expect(await session.connect('one', 'no ticket')).toBe(false);
  expect(await session.connect('one', ticket)).toBe(true);
  expect(await session.connect('two', ticket)).toBe(false);
  const open = () => connections(table.table, tenant, 0);
  await session.hear('one', '{"open":"c1"}');
  const one = { connection: 'one', agentId: ann.agentId, role: 'agent', tokenId: 't1' };
  for (const said of ['', 'null', '[]', '{', '{"open":7}', `{"open":"${'x'.repeat(5_000)}"}`, '{"close":"c1"}'])
    await session.hear('one', said);
  await session.hear('two', '{"open":"c1"}');
  expect(await open()).toEqual([{ ...one, opens: 'c1' }]);
  await session.hear('one', '{"open":null}');
  expect(await open()).toEqual([one]);
  await session.disconnect('one');
  await session.hear('one', '{"open":"c1"}');
  expect(await open()).toEqual([]);
});

test('a list that the store would not take is refused in words, at once and by one file after another', async () => {
  const session = deskSession({
    putTicket: never,
    takeTicket: never,
    putConnection: never,
    isStillIn: never,
    noteOpen: never,
    dropConnection: never,
    readPhrases: (...which) => readPhrases(table.table, ...which),
    writePhrases: (...list) => writePhrases(table.table, ...list),
    webSocketUrl: 'ws://localhost',
    random: randomBytes,
    now: () => 0,
  });
  const tooLarge = { kind: 'too_large', message: expect.stringMatching(/^these phrases are \d+ KB together/) };
  await expect(session.writePhrases(tenant, ann, { own: long(80) })).rejects.toMatchObject(tooLarge);
  const add = (from: number, dryRun = false) =>
    session.importPhrases(tenant, ann, { list: 'own', dryRun }, (list) => ({
      list: [...list, ...long(50, from)],
      report: { added: 50, changed: 0, unchanged: 0, removed: 0, rejected: [] },
    }));
  await add(0);
  await expect(add(50)).rejects.toMatchObject(tooLarge);
  await expect(add(50, true)).rejects.toMatchObject(tooLarge);
  expect((await session.readPhrases(tenant, ann)).own).toHaveLength(50);
});

test("an agent changes no list of the team's: not with their own, nor from a file, nor to see what would become of it", async () => {
  const written: string[] = [];
  const session = deskSession({
    putTicket: never,
    takeTicket: never,
    putConnection: never,
    isStillIn: never,
    noteOpen: never,
    dropConnection: never,
    readPhrases: async () => [],
    writePhrases: async (_, owner) => void written.push(owner),
    webSocketUrl: 'ws://localhost',
    random: randomBytes,
    now: () => 0,
  });
  const [own, team] = [long(1), long(1)];
  const report = { added: 1, changed: 0, unchanged: 0, removed: 0, rejected: [] };
  const load = (caller: Caller, dryRun: boolean) =>
    session.importPhrases(tenant, caller, { list: 'team', dryRun }, () => ({ list: team, report }));
  const forbidden = { kind: 'forbidden' };
  await expect(session.writePhrases(tenant, ann, { own, team })).rejects.toMatchObject(forbidden);
  await expect(load(ann, false)).rejects.toMatchObject(forbidden);
  await expect(load(ann, true)).rejects.toMatchObject(forbidden);
  expect(written).toEqual([]);
  await session.writePhrases(tenant, { ...ann, role: 'supervisor' }, { own, team });
  await load({ ...ann, role: 'manager' }, false);
  expect(written).toEqual(['agent:ann', 'team', 'team']);
});

test('a ticket lets in one of those who bring it at once, and nobody when its time is over', async () => {
  const grant = { tenant, agentId: ann.agentId, role: ann.role, expiresAt: 30 };
  await putTicket(table.table, 'raced', grant);
  const taken = await Promise.all(Array.from({ length: 6 }, () => takeTicket(table.table, 'raced', 29)));
  expect(taken.filter((one) => one !== undefined)).toHaveLength(1);
  await putTicket(table.table, 'late', grant);
  expect(await takeTicket(table.table, 'late', 30)).toBeUndefined();
});
