/** Every route about a conversation, asked by everybody: of the wrong tenant, of another skill, by its owner, by others. */
import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { pageAccess } from '../../lib/adapters/dynamodb/access-log.ts';
import { dynamodbAgents } from '../../lib/adapters/dynamodb/agents.ts';
import { dynamodbConversations } from '../../lib/adapters/dynamodb/conversations.ts';
import { dynamodbCustomers } from '../../lib/adapters/dynamodb/customers.ts';
import { assistId } from '../../lib/assist/ids.ts';
import { locateAssist } from '../../lib/assist/locate.ts';
import { Head } from '../../lib/domain/conversation.ts';
import { AgentId, ConversationId, type TenantId } from '../../lib/domain/ids.ts';
import { Message } from '../../lib/domain/message.ts';
import { newHead } from '../../lib/handoff/head.ts';
import { assist } from '../support/desk-fixtures.ts';
import { type Functions, functionsOverTable } from '../support/functions.ts';

const AT = '2026-11-22T08:00:00.000Z';
const SAID = '我叫张伟，电话13812345678，转人工';
const SECRETS = /13812345678|张伟|zhang@mail\.example|中山路/;
const READ = 'GET /v1/desk/conversations/{id}';

let gateway: Functions;
let shop: TenantId;
let other: TenantId;
const handlers = new Map<string, unknown>();
const tokens: Record<string, string> = {};

/** Routes of the description whose answer is about one conversation. */
const file = parse(await readFile(new URL('../../serverless.yml', import.meta.url), 'utf8'));
const routes: { key: string; handler: string }[] = Object.values(
  file.functions as Record<string, { handler: string; events?: { httpApi?: string }[] }>,
).flatMap(({ handler, events = [] }) =>
  events.flatMap(({ httpApi }) => (httpApi === undefined ? [] : [{ key: httpApi, handler }])),
);
const about = routes.filter(({ key }) => /\/v1\/desk\/(?:conversations|assists)\/\{id\}/.test(key));

async function seed(tenant: TenantId, id: string, more: Partial<Head>) {
  const store = dynamodbConversations(gateway.table, { retentionSeconds: 3_600, locate: locateAssist });
  const conversation = ConversationId.parse(id);
  const head = Head.parse({
    ...newHead(conversation, Date.parse(AT)),
    version: 1,
    epoch: 1,
    customerSeq: 1,
    customerId: 'u1',
    customerName: '张伟',
    lastText: SAID,
    ...more,
  });
  await store.putHead(tenant, head, undefined);
  await store.putMessage(
    tenant,
    conversation,
    Message.parse({
      id: 'm1',
      author: { type: 'customer', id: 'u1', name: '张伟' },
      text: SAID,
      parts: [{ kind: 'text', text: SAID }],
      at: AT,
    }),
  );
  const made = assist(id, { id: assistId(conversation, 'trn_x_1', 1), turnId: 'trn_x_1' });
  const understanding = {
    ...made.understanding,
    entities: [{ type: 'phone' as const, text: '13812345678', start: 7, end: 18, value: '13812345678' }],
  };
  const [first] = made.suggestions;
  const filled = first === undefined ? [] : [{ ...first, text: '张伟您好，将给13812345678回电。' }];
  await store.putAssist(tenant, { assist: { ...made, understanding, suggestions: filled }, inputs: {} });
}

const waitsFor = (skill: string): Partial<Head> => ({
  owner: 'queue',
  handoff: { reason: 'asked_for_person', skill, priority: 5, at: AT },
});

beforeAll(async () => {
  gateway = await functionsOverTable();
  shop = await gateway.tenant('shop', { visibility: 'skills' });
  other = await gateway.tenant('other');
  const agents = dynamodbAgents(gateway.table);
  for (const [id, skills] of [
    ['ann', ['orders']],
    ['bob', ['returns']],
    ['all', []],
  ] as const) {
    const agentId = AgentId.parse(id);
    await agents.put(
      shop,
      { agentId, version: 1, presence: 'off', at: AT, skills: [...skills], slots: [] } as never,
      undefined,
    );
    tokens[id] = await gateway.token(shop, 'agent', id);
  }
  tokens['boss'] = await gateway.token(shop, 'supervisor', 'boss');
  tokens['writer'] = await gateway.token(shop, 'manager', 'writer');
  tokens['admin'] = await gateway.token(shop, 'admin', 'root');
  tokens['stranger'] = await gateway.token(other, 'admin', 'ann');
  await dynamodbCustomers(gateway.table, 3_600).merge(
    shop,
    {
      id: 'u1' as never,
      name: '张伟',
      tags: ['vip'],
      attributes: {
        phone: '13812345678',
        mobile: 13_812_345_678,
        email: 'zhang@mail.example',
        address: '南京市中山路1号',
        level: 3,
      },
    },
    AT,
  );
  for (const { key, handler } of routes.filter(({ key }) => key.includes('/v1/desk') || key.includes('/v1/team'))) {
    handlers.set(key, (await import(/* @vite-ignore */ `../../${handler.replace(/\.handler$/, '.ts')}`)).handler);
  }
}, 60_000);
afterAll(() => gateway.stop());

const call = (key: string, who: string, id: string, body: unknown = {}) => {
  const params = key.includes('/assists/') ? { id: assistId(ConversationId.parse(id), 'trn_x_1', 1) } : { id };
  return gateway.call(handlers.get(key), { route: key, params, body, token: tokens[who] ?? '' });
};

/** Bodies that a route takes, so that no answer is a refusal of the shape. */
const BODIES: Record<string, unknown> = {
  transfer: { skill: 'general' },
  messages: { text: 'hello' },
  check: { text: 'hello' },
  feedback: { suggestionId: 'sug_1', event: 'shown' },
  draft: { suggestionId: 'sug_1' },
};
const bodyOf = (key: string): unknown => BODIES[key.split('/').at(-1) ?? ''] ?? {};

describe('a conversation is not there', () => {
  test('there are routes to try', () => expect(about.length).toBeGreaterThanOrEqual(12));

  test.each(about.map(({ key }) => key))(
    'for an agent of another skill, nor for anybody of another tenant: %s',
    async (key) => {
      const id = `hidden ${key}`.replace(/[^a-z]/gi, '-');
      await seed(shop, id, waitsFor('orders'));
      const denied = key.includes('take-over') ? 403 : 404;
      expect((await call(key, 'bob', id, bodyOf(key))).status).toBe(denied);
      const strange = await call(key, 'stranger', id, bodyOf(key));
      // Of a conversation that never was there are no assists, either.
      if (key.endsWith('/assists')) expect(strange.body).toEqual({ items: [] });
      else expect(strange.status).toBe(404);
      const kept = await call(READ, 'boss', id);
      expect(kept.body['head']).toMatchObject({ owner: 'queue', version: 1 });
    },
  );
});

describe('a conversation is there', () => {
  test.each([
    ['for the skill it waits for', 'ann', waitsFor('orders'), 200],
    ['not for another skill', 'bob', waitsFor('orders'), 404],
    ['for who serves any skill', 'all', waitsFor('orders'), 200],
    [
      'for any skill once it has waited too long',
      'bob',
      { ...waitsFor('orders'), handoff: { ...waitsFor('orders').handoff, overflowAt: 1 } },
      200,
    ],
    ['for who holds it', 'bob', { ...waitsFor('orders'), owner: 'agent:bob' }, 200],
    ['for who had it last', 'bob', { ...waitsFor('orders'), lastAgent: { id: 'bob', at: 1 } }, 200],
    [
      'for who is asked to take it',
      'bob',
      { ...waitsFor('orders'), offer: { agentId: 'bob', at: 1, until: 2e12 } },
      200,
    ],
    ['for supervisors', 'boss', waitsFor('orders'), 200],
    ['for admins', 'admin', waitsFor('orders'), 200],
    ['while it is the bot’s, not for who has a skill', 'ann', { owner: 'bot' }, 404],
  ] as const)('%s', async (title, who, head, status) => {
    const id = `seen-${title}`.replace(/[^a-z]/gi, '-');
    await seed(shop, id, head as Partial<Head>);
    expect((await call(READ, who, id)).status).toBe(status);
  });

  test('in lists of the same: a page is filled from the pages behind it', async () => {
    const crowded = await gateway.tenant('crowded', { visibility: 'skills' });
    const agents = dynamodbAgents(gateway.table);
    const eve = AgentId.parse('eve');
    await agents.put(
      crowded,
      { agentId: eve, version: 1, presence: 'off', at: AT, skills: ['returns'], slots: [] } as never,
      undefined,
    );
    for (let number = 0; number < 30; number += 1) {
      await seed(crowded, `c${number}`, waitsFor(number % 10 === 9 ? 'returns' : 'orders'));
    }
    const token = await gateway.token(crowded, 'agent', 'eve');
    const route = 'GET /v1/desk/conversations';
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const query = { owner: 'queue', limit: '2', ...(cursor === undefined ? {} : { cursor }) };
      const page = await gateway.call(handlers.get(route), { route, query, token });
      seen.push(...(page.body['items'] as Head[]).map(({ id }) => id));
      cursor = page.body['cursor'] as string | undefined;
    } while (cursor !== undefined);
    expect(seen.toSorted()).toEqual(['c19', 'c29', 'c9']);
  });
});

describe('personal data', () => {
  test.each([
    ['who waits', waitsFor('orders'), 'ann'],
    ['the bot’s', { owner: 'bot' }, 'all'],
    ['another agent’s', { owner: 'agent:bob' }, 'all'],
    ['closed', { owner: 'closed' }, 'all'],
    ['another agent’s, for a supervisor', { owner: 'agent:bob' }, 'boss'],
    ['another agent’s, for an admin', { owner: 'agent:bob' }, 'admin'],
  ] as const)('is masked in all that is read of a conversation: %s', async (title, head, who) => {
    const id = `masked-${title}`.replace(/[^a-z]/gi, '-');
    await seed(shop, id, head as Partial<Head>);
    const answers = [await call(READ, who, id), await call(`${READ}/assists`, who, id)];
    const route = 'GET /v1/desk/conversations';
    answers.push(
      await gateway.call(handlers.get(route), {
        route,
        query: { owner: head.owner as string, limit: '100' },
        token: tokens[who] ?? '',
      }),
    );
    const summary = 'POST /v1/desk/conversations/{id}/summary';
    answers.push(await call(summary, who, id));
    for (const { status, text } of answers) {
      expect(status).toBe(200);
      expect(text).not.toMatch(SECRETS);
    }
    // What is left can still be read, and told apart.
    expect(answers[0]?.text).toContain('我叫[name]，电话[phone]，转人工');
    expect(answers[0]?.body).toMatchObject({
      head: { customerName: '张**' },
      customer: { name: '张**', tags: ['vip'], attributes: { level: 3 } },
    });
  });

  test('is shown to who holds the conversation, and from the moment they do', async () => {
    await seed(shop, 'mine', waitsFor('orders'));
    expect((await call(READ, 'ann', 'mine')).text).not.toMatch(SECRETS);
    const claimed = await call('POST /v1/desk/conversations/{id}/claim', 'ann', 'mine');
    expect(claimed.body['head']).toMatchObject({ customerName: '张伟', lastText: SAID });
    const read = await call(READ, 'ann', 'mine');
    expect(read.body).toMatchObject({
      messages: [{ text: SAID }],
      customer: { name: '张伟', attributes: { phone: '13812345678' } },
      assists: [{ suggestions: [{ text: '张伟您好，将给13812345678回电。' }] }],
    });
    const released = await call('POST /v1/desk/conversations/{id}/release', 'ann', 'mine');
    expect(released.status).toBe(200);
    expect(released.text).not.toMatch(SECRETS);
  });
});

test('every function that serves the desk stands behind the gate', async () => {
  const served = routes.filter(({ key }) =>
    /\/v1\/(?:desk\/(?:conversations|assists)|team\/|assist\/preview)/.test(key),
  );
  for (const handler of new Set(served.map((one) => one.handler))) {
    const source = await readFile(new URL(`../../${handler.replace(/\.handler$/, '.ts')}`, import.meta.url), 'utf8');
    expect(source, handler).toContain('deskHttp(');
    expect(source, handler).not.toMatch(/= http\(/);
  }
});

test('a look that was refused is kept: of another skill’s, by a role without a desk, of a customer’s data', async () => {
  await seed(shop, 'refused1', waitsFor('orders'));
  const one = 'GET /v1/desk/conversations/{id}';
  const { handler: privacy } = await import('../../functions/privacy.ts');
  const ask = { route: 'POST /v1/customers/{id}/export', params: { id: 'u1' }, body: {}, token: tokens['bob'] ?? '' };
  expect((await call(one, 'bob', 'refused1')).status).toBe(404);
  expect((await call(one, 'bob', 'never-there')).status).toBe(404);
  expect((await call(one, 'writer', 'refused1')).status).toBe(403);
  expect((await gateway.call(privacy, ask)).status).toBe(403);
  expect((await gateway.call(privacy, ask)).status).toBe(403);
  const now = new Date().toISOString();
  const kept = async (person: string) =>
    (await pageAccess(gateway.table, shop, { person, limit: 100, now })).items.filter(
      ({ outcome, action, conversation }) =>
        outcome === 'refused' && (action === 'customer.export' || conversation === 'refused1'),
    );
  expect((await kept('bob')).map(({ action, role }) => `${role} ${action}`).toSorted()).toEqual([
    'agent conversation.read',
    'agent customer.export',
  ]);
  expect(await kept('writer')).toMatchObject([
    { action: 'conversation.read', conversation: 'refused1', role: 'manager' },
  ]);
  expect(JSON.stringify(await kept('bob'))).not.toContain('u1');
});

test('what a desk says over the WebSocket may be anything, and breaks nothing', async () => {
  const { handler } = await import('../../functions/websocket.ts');
  const hear = (body: unknown) =>
    handler({ requestContext: { routeKey: '$default', connectionId: 'nobody' }, body }, {} as never);
  for (const body of [undefined, null, '', '[', 'null', '{"open":1}', '{"open":"c1"}', Buffer.from([0, 255]), {}]) {
    expect(await hear(body)).toEqual({ statusCode: 200 });
  }
});

test('connecting to the WebSocket carries no body, and without a ticket it is refused, not broken', async () => {
  const { handler } = await import('../../functions/websocket.ts');
  const requestContext = { routeKey: '$connect', connectionId: 'nobody' };
  for (const queryStringParameters of [undefined, null, {}, { ticket: 'cc_nonsense' }]) {
    expect(await handler({ requestContext, queryStringParameters }, {} as never)).toEqual({ statusCode: 401 });
  }
});
