import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { deletePerson, listPeople, putPerson } from '../../../lib/adapters/dynamodb/people.ts';
import { AgentId, TenantId } from '../../../lib/domain/ids.ts';
import type { Caller } from '../../../lib/domain/tenant.ts';
import { newToken } from '../../../lib/tenants/tokens.ts';
import { accessRoom, memoryTries, PASSWORD } from '../../support/access-room.ts';
import { startTable, type TestTable } from '../../support/dynalite.ts';

let test: TestTable;
let tenants = 0;
let tenant: TenantId;
let room: ReturnType<typeof accessRoom>;

beforeAll(async () => {
  test = await startTable();
});
afterAll(() => test.stop());
beforeEach(() => {
  tenants += 1;
  tenant = TenantId.parse(`shop-${tenants}`);
  room = accessRoom(test.table, tenant);
});

const rejected = (kind: string) => expect.objectContaining({ kind });
const same = { kind: 'unauthenticated', message: 'this tenant, login and password do not belong together' };

it('of two who change a person as they read them, the second is told', async () => {
  const { person } = await room.hired('lin');
  const [read] = await listPeople(test.table, tenant);
  if (read === undefined) throw new Error('nobody is stored');
  expect(read.id).toBe(person.id);
  const put = (name: string) =>
    putPerson(test.table, tenant, { ...read, name, version: read.version + 1 }, read.version);
  expect((await Promise.all([put('One'), put('Other')])).toSorted()).toEqual(['conflict', 'ok']);
  expect(await deletePerson(test.table, tenant, read.id, read.version)).toBe('conflict');
  expect(await putPerson(test.table, tenant, read, undefined)).toBe('conflict');
  expect(await listPeople(test.table, tenant)).toMatchObject([{ version: read.version + 1 }]);
});

describe('a one-time link', () => {
  it('lets a person in once and sets their password', async () => {
    const { person, link, signedIn } = await room.hired('lin');
    expect(link.ticket).toMatch(/^cc_shop-\d+_[a-f0-9]{20}_[a-f0-9]{64}$/);
    expect(signedIn.me).toMatchObject({ agentId: 'lin', role: 'agent', pages: { desk: true, admin: false } });
    expect(await room.callerOf(signedIn.token)).toMatchObject({ personId: person.id, role: 'agent', agentId: 'lin' });
    await expect(room.signIn.signIn({ tenant, link: link.ticket })).rejects.toEqual(rejected('unauthenticated'));
    expect((await room.enter('lin')).me.agentId).toBe('lin');
  });

  it('may let a person in once without a password, which leaves none', async () => {
    const { link } = await room.people.create(tenant, room.boss, { login: 'lin', name: 'Lin', role: 'agent' });
    expect((await room.signIn.signIn({ tenant, link: link.ticket })).me.name).toBe('Lin');
    await expect(room.enter('lin', '')).rejects.toMatchObject(same);
    expect((await room.people.list(tenant)).items).toMatchObject([{ login: 'lin', hasPassword: false }]);
  });

  it('opens nothing after a day, after a later one was made, or of another tenant', async () => {
    const { person, link } = await room.people.create(tenant, room.boss, { login: 'lin', name: 'Lin', role: 'agent' });
    const later = await room.people.link(tenant, room.boss, person.id);
    const elsewhere = accessRoom(test.table, TenantId.parse(`${tenant}-b`));
    for (const wish of [
      { tenant, link: link.ticket },
      { tenant, link: 'cc_nonsense' },
    ]) {
      await expect(room.signIn.signIn(wish)).rejects.toEqual(rejected('unauthenticated'));
    }
    await expect(elsewhere.signIn.signIn({ tenant: `${tenant}-b`, link: later.ticket })).rejects.toEqual(
      rejected('unauthenticated'),
    );
    room.clock.now += 24 * 3_600_000;
    await expect(room.signIn.signIn({ tenant, link: later.ticket })).rejects.toEqual(rejected('unauthenticated'));
  });

  it('is not used up by a password that is refused, and by many at once for one of them', async () => {
    const { link } = await room.people.create(tenant, room.boss, { login: 'lin', name: 'Lin', role: 'agent' });
    const bad = room.signIn.signIn({ tenant, link: link.ticket, password: '1234567890' });
    await expect(bad).rejects.toEqual(rejected('invalid'));
    const many = await Promise.allSettled(
      Array.from({ length: 8 }, () => room.signIn.signIn({ tenant, link: link.ticket })),
    );
    expect(many.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  it('is kept as a hash, and so is the password', async () => {
    const { person, link } = await room.people.create(tenant, room.boss, { login: 'lin', name: 'Lin', role: 'agent' });
    const kept = JSON.stringify(await room.store.person(tenant, person.id));
    expect(kept).not.toContain(link.ticket.split('_').at(-1));
  });
});

describe('a sign-in', () => {
  it('says the same, and compares as much, whatever is wrong', async () => {
    await room.hired('lin');
    const { person } = await room.hired('wang');
    await room.people.patch(tenant, room.boss, person.id, { disabled: true });
    room.compared.length = 0;
    await expect(room.enter('lin', 'another harbour')).rejects.toMatchObject(same);
    await expect(room.enter('nobody')).rejects.toMatchObject(same);
    await expect(room.enter('wang')).rejects.toMatchObject(same);
    await expect(room.signIn.signIn({ tenant: 'no-such', login: 'lin', password: PASSWORD })).rejects.toMatchObject(
      same,
    );
    await expect(room.signIn.signIn({ tenant: 'NO SUCH', login: 'lin', password: PASSWORD })).rejects.toMatchObject(
      same,
    );
    expect(room.compared).toHaveLength(5);
  });

  it.each(['a\u00a8b', '\ufdfa'.repeat(50)])('refuses a login that names nobody in one spelling: %j', async (login) => {
    const wish = { login, name: 'Lin', role: 'agent' } as const;
    await expect(room.people.create(tenant, room.boss, wish)).rejects.toMatchObject({
      kind: 'invalid',
      errors: [{ path: 'body.login' }],
    });
    const agentId = AgentId.parse('lin');
    expect((await room.people.create(tenant, room.boss, { ...wish, agentId })).person).toMatchObject({
      login,
      agentId,
    });
  });

  it('knows a login in any case, width and with blanks around it', async () => {
    await room.hired('Lin@shop.example');
    expect((await room.enter(' ＬＩＮ@shop.example ')).me.role).toBe('agent');
  });

  it('ends with its hours by the clock', async () => {
    const { signedIn } = await room.hired('lin');
    expect(Date.parse(signedIn.expiresAt) - room.clock.now).toBe(12 * 3_600_000);
    room.clock.now = Date.parse(signedIn.expiresAt);
    await expect(room.callerOf(signedIn.token)).rejects.toEqual(rejected('unauthenticated'));
  });

  it('makes an old hash new while the password is at hand', async () => {
    const { person } = await room.hired('lin');
    const kept = await room.store.person(tenant, person.id);
    if (kept === undefined) throw new Error('nobody');
    await room.store.putPerson(tenant, { ...kept, password: `$quick$v1$${PASSWORD}`, version: 9 }, kept.version);
    const { token } = await room.enter('lin');
    expect((await room.store.person(tenant, person.id))?.password).toBe(`$quick$v2$${PASSWORD}`);
    expect((await room.callerOf(token)).agentId).toBe('lin');
  });

  it('is noted, good and bad, and a login nobody has is not named', async () => {
    const { person } = await room.hired('lin');
    room.notes.length = 0;
    await room.enter('lin');
    await room.enter('lin', 'another harbour').catch(() => undefined);
    await room.enter('a secret typed in the wrong box').catch(() => undefined);
    expect(room.notes).toEqual([
      { action: 'sign_in.good', by: 'lin', subject: person.id },
      { action: 'sign_in.bad', by: 'lin', subject: person.id },
      { action: 'sign_in.bad', by: 'unknown' },
    ]);
  });
});

describe('attempts', () => {
  const wrong = (login = 'lin', device?: string, address?: string) =>
    room.enter(login, 'another harbour', device, address).then(
      () => 'let in',
      (error: { kind: string; members: { retryAfterSeconds?: number } }) => error,
    );

  it('are ten at once and then one every ten seconds, with the time told', async () => {
    await room.hired('lin');
    for (let attempt = 0; attempt < 10; attempt += 1) expect(await wrong()).toMatchObject({ kind: 'unauthenticated' });
    expect(await wrong()).toMatchObject({ kind: 'rate_limited', members: { retryAfterSeconds: 10 } });
    // The right password waits as well: whoever guesses must not learn it by the answer.
    await expect(room.enter('lin')).rejects.toEqual(rejected('rate_limited'));
    room.clock.now += 10_000;
    expect((await room.enter('lin')).me.agentId).toBe('lin');
  });

  it('are one login’s however it is spelt', async () => {
    await room.hired('lin');
    const spelt = ['lin', 'LIN', ' lin ', 'ｌｉｎ', 'Lin'];
    for (let attempt = 0; attempt < 10; attempt += 1) await wrong(spelt[attempt % spelt.length]);
    for (const login of spelt) expect(await wrong(login)).toMatchObject({ kind: 'rate_limited' });
  });

  it('of one login wait for one another from forty addresses on', async () => {
    await room.hired('lin');
    const from = (at: number) => wrong('lin', undefined, `198.51.100.${at}`);
    for (let at = 0; at < 40; at += 1) expect(await from(at)).toMatchObject({ kind: 'unauthenticated' });
    expect(await from(40)).toMatchObject({ kind: 'rate_limited' });
    expect(await wrong('ben', undefined, '198.51.100.40')).toMatchObject({ kind: 'unauthenticated' });
  });

  it('at one moment are counted one by one', async () => {
    await room.hired('lin');
    const all = await Promise.all(Array.from({ length: 30 }, () => wrong()));
    const tried = all.filter((one) => typeof one === 'object' && one.kind === 'unauthenticated');
    expect(tried.length).toBeGreaterThan(0);
    expect(tried.length).toBeLessThanOrEqual(10);
  });

  it('of strangers do not reach a device that was let in before', async () => {
    const { signedIn } = await room.hired('lin');
    for (let attempt = 0; attempt < 12; attempt += 1) await wrong();
    expect(await wrong()).toMatchObject({ kind: 'rate_limited' });
    expect((await room.enter('lin', PASSWORD, signedIn.device)).me.agentId).toBe('lin');
    // Neither somebody else's device nor a made-up one counts as known.
    await room.hired('wang');
    const { device } = await room.enter('wang');
    expect(await wrong('lin', device)).toMatchObject({ kind: 'rate_limited' });
    expect(await wrong('lin', 'v1.k1.AAAA.AAAA')).toMatchObject({ kind: 'rate_limited' });
  });

  it('from a known device have a pace of their own', async () => {
    const { signedIn } = await room.hired('lin');
    for (let attempt = 0; attempt < 10; attempt += 1) await wrong('lin', signedIn.device);
    expect(await wrong('lin', signedIn.device)).toMatchObject({ kind: 'rate_limited' });
    // Another spelling of the same envelope is no other device, with a pace of its own again.
    const spelt = ['.more', '=', '!', '.', ...Array.from({ length: 10 }, (_, more) => `.${more}`)];
    const answers: unknown[] = [];
    for (const tail of spelt) answers.push(await wrong('lin', `${signedIn.device}${tail}`));
    expect(answers.at(-1)).toMatchObject({ kind: 'rate_limited' });
  });

  it('over many logins share the tenant’s pace', async () => {
    room = accessRoom(test.table, tenant, memoryTries());
    const all: unknown[] = [];
    for (let login = 0; login < 125; login += 1) {
      all.push(await wrong(`nobody-${login}`, undefined, `198.51.100.${login % 3}`));
    }
    expect(all.slice(0, 120)).toEqual(Array.from({ length: 120 }, () => rejected('unauthenticated')));
    expect(all.at(-1)).toMatchObject({ kind: 'rate_limited' });
  });

  it('from one address share its pace, whatever tenants and logins they name, and are not hashed beyond it', async () => {
    room = accessRoom(test.table, tenant, memoryTries());
    await room.hired('lin');
    room.compared.length = 0;
    const at = '198.51.100.7';
    for (let number = 0; number < 70; number += 1) {
      const wish = { tenant: `shop-of-${number}`, login: 'lin', password: 'another harbour' };
      const kind = number < 60 ? 'unauthenticated' : 'rate_limited';
      await expect(room.signIn.signIn(wish, at)).rejects.toEqual(rejected(kind));
    }
    expect(room.compared.length).toBe(60);
    await expect(room.enter('lin', PASSWORD, undefined, at)).rejects.toEqual(rejected('rate_limited'));
    expect((await room.enter('lin', PASSWORD, undefined, '203.0.113.9')).me.agentId).toBe('lin');
  });

  it('for tenants that are not there are bounded together, and keep nobody out of one that is', async () => {
    room = accessRoom(test.table, tenant, memoryTries());
    await room.hired('lin');
    room.compared.length = 0;
    for (let number = 0; number < 150; number += 1) {
      const wish = { tenant: `none-${number}`, login: 'lin', password: 'another harbour' };
      await room.signIn.signIn(wish, `198.51.100.${number % 50}`).catch(() => undefined);
    }
    expect(room.compared.length).toBe(120);
    expect((await room.enter('lin')).me.agentId).toBe('lin');
  });

  it('from one address keep nobody out who comes from another', async () => {
    await room.hired('lin');
    for (let attempt = 0; attempt < 10; attempt += 1) await wrong();
    expect(await wrong()).toMatchObject({ kind: 'rate_limited' });
    expect((await room.enter('lin', PASSWORD, undefined, '203.0.113.9')).me.agentId).toBe('lin');
  });
});

describe('what takes power away', () => {
  const personal = async (agentId: Caller['agentId']) => {
    const fresh = newToken(randomBytes, tenant, { role: 'agent', agentId });
    await room.putToken(tenant, fresh.id, fresh.record);
    return fresh;
  };

  it.each([
    ['being disabled', (id: string) => room.people.patch(tenant, room.boss, id, { disabled: true })],
    ['another role', (id: string) => room.people.patch(tenant, room.boss, id, { role: 'manager' })],
    ['being removed', (id: string) => room.people.remove(tenant, room.boss, id)],
  ])('%s ends every sign-in and personal token at once', async (_, change) => {
    const { person, signedIn } = await room.hired('lin');
    const second = await room.enter('lin');
    const other = await room.hired('wang');
    const token = await personal(person.agentId);
    await change(person.id);
    for (const ended of [signedIn.token, second.token, token.token]) {
      await expect(room.callerOf(ended)).rejects.toEqual(rejected('unauthenticated'));
    }
    expect((await room.callerOf(other.signedIn.token)).agentId).toBe('wang');
  });

  it('a login that is made again is not let in by what was left of the first', async () => {
    const { person, signedIn } = await room.hired('lin');
    await room.people.remove(tenant, room.boss, person.id);
    room.clock.now += 1_000;
    await room.hired('lin');
    await expect(room.callerOf(signedIn.token)).rejects.toEqual(rejected('unauthenticated'));
  });

  it('a new password ends the others and gives the one who asked a fresh sign-in', async () => {
    const { signedIn } = await room.hired('lin');
    const other = await room.enter('lin');
    const caller = await room.callerOf(signedIn.token);
    const wish = { current: PASSWORD, password: 'another harbour' };
    await expect(room.signIn.setPassword(caller, { ...wish, current: 'wrong one' })).rejects.toEqual(
      rejected('invalid'),
    );
    const fresh = await room.signIn.setPassword(caller, wish);
    for (const ended of [signedIn.token, other.token]) {
      await expect(room.callerOf(ended)).rejects.toEqual(rejected('unauthenticated'));
    }
    expect((await room.callerOf(fresh.token)).agentId).toBe('lin');
    await expect(room.enter('lin')).rejects.toMatchObject(same);
    expect((await room.enter('lin', 'another harbour')).me.agentId).toBe('lin');
  });

  it('a sign-in is ended by its id, by its person or an admin and nobody else', async () => {
    const { signedIn } = await room.hired('lin');
    const wang = await room.hired('wang');
    const [lin, other] = [await room.callerOf(signedIn.token), await room.callerOf(wang.signedIn.token)];
    expect((await room.sessions.list(tenant, lin)).items).toMatchObject([{ agentId: 'lin', current: true }]);
    expect((await room.sessions.list(tenant, room.boss)).items).toHaveLength(2);
    const id = lin.tokenId ?? '';
    await expect(room.sessions.revoke(tenant, other, id)).rejects.toEqual(rejected('not_found'));
    await room.sessions.revoke(tenant, lin, id);
    await expect(room.callerOf(signedIn.token)).rejects.toEqual(rejected('unauthenticated'));
    await room.sessions.signOut(tenant, other);
    await expect(room.callerOf(wang.signedIn.token)).rejects.toEqual(rejected('unauthenticated'));
  });

  it('a personal token is listed without its secret and revoked by its id', async () => {
    const { person } = await room.hired('lin');
    const token = await personal(person.agentId);
    const listed = await room.sessions.tokens(tenant);
    expect(listed.items).toEqual([{ id: token.id, role: 'agent', agentId: 'lin' }]);
    await room.sessions.revokeToken(tenant, room.boss, token.id);
    await expect(room.callerOf(token.token)).rejects.toEqual(rejected('unauthenticated'));
  });
});

describe('the last admin', () => {
  it('stays one, whatever is tried', async () => {
    const { person } = await room.hired('ada', 'admin');
    for (const wish of [{ role: 'agent' as const }, { disabled: true }]) {
      await expect(room.people.patch(tenant, room.boss, person.id, wish)).rejects.toEqual(rejected('conflict'));
    }
    await expect(room.people.remove(tenant, room.boss, person.id)).rejects.toEqual(rejected('conflict'));
    expect((await room.people.list(tenant)).items).toMatchObject([{ login: 'ada', role: 'admin' }]);
  });

  it('is left when two demote each other at once', async () => {
    const [ada, eve] = [await room.hired('ada', 'admin'), await room.hired('eve', 'admin')];
    const both = await Promise.allSettled([
      room.people.patch(tenant, room.boss, ada.person.id, { role: 'agent' }),
      room.people.patch(tenant, room.boss, eve.person.id, { role: 'agent' }),
    ]);
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    const { items } = await room.people.list(tenant);
    expect(items.filter(({ role }) => role === 'admin')).toHaveLength(1);
  });

  it('is not who was never let in', async () => {
    const ada = await room.hired('ada', 'admin');
    await room.people.create(tenant, room.boss, { login: 'eve', name: 'Eve', role: 'admin' });
    await expect(room.people.remove(tenant, room.boss, ada.person.id)).rejects.toEqual(rejected('conflict'));
  });

  it('keeps the token that made everything until somebody can sign in', async () => {
    const fresh = newToken(randomBytes, tenant, { role: 'admin', agentId: room.boss.agentId });
    await room.putToken(tenant, fresh.id, fresh.record);
    await expect(room.sessions.revokeToken(tenant, room.boss, fresh.id)).rejects.toEqual(rejected('conflict'));
    await room.hired('ada', 'admin');
    await room.sessions.revokeToken(tenant, room.boss, fresh.id);
    expect((await room.sessions.tokens(tenant)).items).toEqual([]);
  });
});

it('a login and an agent id are one person’s', async () => {
  await room.hired('lin');
  const again = { name: 'Lin', role: 'agent' as const };
  await expect(room.people.create(tenant, room.boss, { ...again, login: 'LIN' })).rejects.toEqual(rejected('conflict'));
  const disguised = { ...again, login: 'other', agentId: (await room.people.list(tenant)).items[0]?.agentId };
  await expect(room.people.create(tenant, room.boss, disguised)).rejects.toEqual(rejected('conflict'));
});
