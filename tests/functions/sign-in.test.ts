/** A person's first day and last, through the functions as the gateway calls them. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Functions, functionsOverTable } from '../support/functions.ts';

let gateway: Functions;
let access: unknown;
let signIn: unknown;
let privacy: unknown;

beforeAll(async () => {
  gateway = await functionsOverTable();
  access = (await import('../../functions/access.ts')).handler;
  signIn = (await import('../../functions/sign-in.ts')).handler;
  privacy = (await import('../../functions/privacy.ts')).handler;
}, 60_000);
afterAll(() => gateway.stop());

test('made by an admin, let in by a link and then a password, seen by name, disabled: each step is in the log', async () => {
  const shop = await gateway.tenant('shop');
  const admin = await gateway.token(shop, 'admin', 'root');
  const call = (handler: unknown, route: string, given: object = {}) => gateway.call(handler, { route, ...given });
  const made = await call(access, 'POST /v1/people', {
    token: admin,
    body: { login: 'lin', name: 'Lin', role: 'supervisor' },
  });
  expect(made.status).toBe(201);
  const { link, person } = made.body as { link: { ticket: string }; person: { id: string } };
  const landed = await call(signIn, 'POST /v1/sign-in', {
    body: { tenant: 'shop', link: link.ticket, password: 'a quiet harbour' },
  });
  expect(landed.status).toBe(200);
  const wish = { tenant: 'shop', login: 'Lin', password: 'a quiet harbour' };
  const entered = await call(signIn, 'POST /v1/sign-in', { body: wish });
  const token = String(entered.body['token']);
  const me = await call(access, 'GET /v1/me', { token });
  expect(me.body).toMatchObject({
    tenant: 'shop',
    agentId: 'lin',
    role: 'supervisor',
    pages: { desk: true, team: true, knowledge: false, admin: false },
  });
  expect(Date.parse(String(me.body['expiresAt']))).toBeGreaterThan(Date.now());
  expect((await call(access, 'GET /v1/people', { token })).status).toBe(403);
  const unproven = await call(signIn, 'PUT /v1/me/password', { token, body: { password: 'another harbour' } });
  expect([unproven.status, unproven.body['errors']]).toMatchObject([400, [{ path: 'body.current' }]]);
  const wrong = await call(signIn, 'POST /v1/sign-in', { body: { ...wish, password: 'another harbour' } });
  const nobody = await call(signIn, 'POST /v1/sign-in', { body: { ...wish, login: 'nobody' } });
  const { requestId: _, ...said } = wrong.body;
  expect([wrong.status, nobody.status]).toEqual([401, 401]);
  expect(nobody.body).toMatchObject(said);
  const patch = { token: admin, params: { id: person.id }, body: { disabled: true } };
  expect((await call(access, 'PATCH /v1/people/{id}', patch)).status).toBe(200);
  // An instance may go on for a second with what it has read.
  await expect.poll(async () => (await call(access, 'GET /v1/me', { token })).status, { timeout: 5_000 }).toBe(401);
  expect((await call(signIn, 'POST /v1/sign-in', { body: wish })).body).toMatchObject(said);
  const log = await call(privacy, 'GET /v1/access-log', { token: admin });
  const actions = (log.body['items'] as { action: string; by: string }[]).map(({ action, by }) => `${by} ${action}`);
  expect(actions.toSorted()).toEqual([
    'lin sign_in.bad',
    'lin sign_in.bad',
    'lin sign_in.good',
    'lin sign_in.link',
    'root person.changed',
    'root person.created',
    'unknown sign_in.bad',
  ]);
  expect(log.text).not.toMatch(/harbour|cc_shop/);
});

test('a log of a time that holds nothing, or leaves the calendar, is refused by its place', async () => {
  const admin = await gateway.token(await gateway.tenant('logs'), 'admin', 'root');
  const logs = [
    [privacy, 'GET /v1/access-log'],
    [(await import('../../functions/knowledge.ts')).handler, 'GET /v1/audit'],
  ] as const;
  for (const [place, from, until] of [
    ['until', '2026-11-23T00:00:00Z', '2026-11-22T00:00:00Z'],
    ['until', '2026-11-22T08:00:00+08:00', '2026-11-22T00:00:00Z'],
    ['until', '2026-11-22T00:00:00Z', '9999-12-31T23:59:59-23:00'],
    ['from', '0000-01-01T00:00:00+23:00', '2026-11-22T00:00:00Z'],
  ] as const) {
    for (const [handler, route] of logs) {
      const { status, body } = await gateway.call(handler, { route, token: admin, query: { from, until } });
      expect([route, status, body['errors']]).toMatchObject([route, 400, [{ path: `query.${place}` }]]);
    }
  }
});
