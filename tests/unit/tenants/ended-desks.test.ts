/** Every way in that can end, over a real table: afterwards no desk that came by it is told of anything. */
import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import * as desk from '../../../lib/adapters/dynamodb/desk.ts';
import { readPerson } from '../../../lib/adapters/dynamodb/people.ts';
import { readToken } from '../../../lib/adapters/dynamodb/tenants.ts';
import { AgentId, TenantId } from '../../../lib/domain/ids.ts';
import type { Caller } from '../../../lib/domain/tenant.ts';
import { closingDesks } from '../../../lib/tenants/close-desks.ts';
import { deskSession } from '../../../lib/tenants/desk-session.ts';
import { newToken, stillOpens } from '../../../lib/tenants/tokens.ts';
import { accessRoom, PASSWORD } from '../../support/access-room.ts';
import { startTable, type TestTable } from '../../support/dynalite.ts';

let table: TestTable;
beforeAll(async () => {
  table = await startTable();
});
afterAll(() => table.stop());

const never = (): Promise<never> => Promise.reject(new Error('not asked'));
let worlds = 0;

/** Ann, signed in at two devices and by a personal token, Bob beside her; each with a desk. */
async function world() {
  worlds += 1;
  const id = TenantId.parse(`shop-${worlds}`);
  const { table: kept } = table;
  const closed: string[] = [];
  const seconds = () => Math.floor(room.clock.now / 1_000);
  const room = accessRoom(kept, id, {}, (store) =>
    closingDesks(store, {
      of: () => desk.connections(kept, id, seconds()),
      async close(connection) {
        closed.push(connection);
        await desk.dropConnection(kept, connection);
      },
      settle: async () => undefined,
    }),
  );
  const doors = {
    token: (...which: [string, string]) => readToken(kept, ...which),
    person: (...who: [string, string]) => readPerson(kept, ...who),
    now: () => room.clock.now,
  };
  const session = deskSession({
    putTicket: (...ticket) => desk.putTicket(kept, ...ticket),
    takeTicket: (...ticket) => desk.takeTicket(kept, ...ticket),
    putConnection: (...connection) => desk.putConnection(kept, ...connection),
    isStillIn: (tenant, token) => stillOpens(doors, tenant, token),
    noteOpen: (...open) => desk.noteOpen(kept, ...open),
    dropConnection: (connection) => desk.dropConnection(kept, connection),
    readPhrases: never,
    writePhrases: never,
    webSocketUrl: 'ws://localhost',
    random: randomBytes,
    now: () => room.clock.now,
  });
  const ticketFor = async (token: string) => (await session.createTicket(id, await room.callerOf(token))).ticket;
  const open = async (connection: string, token: string) =>
    session.connect(`${connection}-${worlds}`, await ticketFor(token));
  const ann = await room.hired('ann');
  const bob = await room.hired('bob');
  const phone = await room.enter('ann');
  const own = newToken(randomBytes, id, { role: 'agent', agentId: AgentId.parse('ann') });
  await room.putToken(id, own.id, own.record);
  const desks = { laptop: ann.signedIn.token, phone: phone.token, program: own.token, bobs: bob.signedIn.token };
  for (const [name, token] of Object.entries(desks)) expect(await open(name, token)).toBe(true);
  const told = async () =>
    (await desk.connections(kept, id, seconds())).map(({ connection }) => connection.split('-')[0]).toSorted();
  const annIs = (): Promise<Caller> => room.callerOf(ann.signedIn.token);
  return { id, room, session, ann, bob, phone, own, closed, told, annIs, ticketFor };
}
type World = Awaited<ReturnType<typeof world>>;

const all = ['bobs', 'laptop', 'phone', 'program'];
const ends: Record<string, { by: (shop: World) => Promise<unknown>; left: string[] }> = {
  'her own new password': {
    by: async ({ room, annIs }) =>
      room.signIn.setPassword(await annIs(), { current: PASSWORD, password: 'another harbour' }),
    left: ['bobs', 'program'],
  },
  'a link with which a password is set': {
    by: async ({ id, room, ann }) =>
      room.signIn.signIn({
        tenant: id,
        link: (await room.people.link(id, room.boss, ann.person.id)).ticket,
        password: 'another harbour',
      }),
    left: ['bobs', 'program'],
  },
  'another role': {
    by: ({ id, room, ann }) => room.people.patch(id, room.boss, ann.person.id, { role: 'supervisor' }),
    left: ['bobs'],
  },
  'being disabled': {
    by: ({ id, room, ann }) => room.people.patch(id, room.boss, ann.person.id, { disabled: true }),
    left: ['bobs'],
  },
  'being removed': { by: ({ id, room, ann }) => room.people.remove(id, room.boss, ann.person.id), left: ['bobs'] },
  'signing out': {
    by: async ({ id, room, annIs }) => room.sessions.signOut(id, await annIs()),
    left: ['bobs', 'phone', 'program'],
  },
  'a sign-in that is ended': {
    by: async ({ id, room, phone }) =>
      room.sessions.revoke(id, room.boss, (await room.callerOf(phone.token)).tokenId ?? ''),
    left: ['bobs', 'laptop', 'program'],
  },
  'a personal token that is revoked': {
    by: ({ id, room, own }) => room.sessions.revokeToken(id, room.boss, own.id),
    left: ['bobs', 'laptop', 'phone'],
  },
  'a new name': {
    by: ({ id, room, ann }) => room.people.patch(id, room.boss, ann.person.id, { name: 'Anna' }),
    left: all,
  },
  'an ordinary sign-in': { by: ({ room }) => room.enter('ann'), left: all },
};

for (const [what, { by, left }] of Object.entries(ends)) {
  test(`${what} leaves just these desks to be told: ${left.join(', ') || 'none'}`, async () => {
    const shop = await world();
    expect(await shop.told()).toEqual(all);
    await by(shop);
    expect(await shop.told()).toEqual(left);
  });
}

test('a ticket that was asked for before lets nobody in after, and leaves no desk behind', async () => {
  const shop = await world();
  const [ofAnn, ofBob] = [await shop.ticketFor(shop.ann.signedIn.token), await shop.ticketFor(shop.bob.signedIn.token)];
  await shop.room.people.patch(shop.id, shop.room.boss, shop.ann.person.id, { disabled: true });
  expect(await shop.session.connect('late', ofAnn)).toBe(false);
  expect(await shop.session.connect('in time', ofBob)).toBe(true);
  expect(await shop.told()).toEqual(['bobs', 'in time']);
});

test('a desk is told of nothing after the hours of its sign-in, however long its connection holds', async () => {
  const shop = await world();
  const pass = (hours: number) => {
    shop.room.clock.now += hours * 3_600_000;
  };
  pass(11);
  expect(await shop.session.connect('night', await shop.ticketFor(shop.bob.signedIn.token))).toBe(true);
  expect(await shop.told()).toEqual(['night']);
  pass(1);
  expect(await shop.told()).toEqual([]);
});
