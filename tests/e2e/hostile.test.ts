import { createHmac, randomUUID } from 'node:crypto';
import { request } from 'node:http';
import { Webhook } from 'standardwebhooks';
import { beforeAll, describe, expect, test } from 'vitest';
import { Problem } from '../../lib/domain/contract/common.ts';
import { client } from '../../scripts/local/client.ts';
import { sharedStack } from '../support/shared-stack.ts';
import { conversationId, type Shop } from '../support/shop.ts';
import type { SharedStack } from '../support/stack.ts';

let stack: SharedStack;
let mine: Shop;
let other: Shop;

beforeAll(async () => {
  stack = sharedStack();
  [mine, other] = await Promise.all([stack.newShop(), stack.newShop()]);
}, 300_000);

type Answer = { status: number; headers: Headers; text: string };

async function call(path: string, options: RequestInit = {}): Promise<Answer> {
  const answer = await fetch(`${stack.baseUrl}${path}`, options);
  return { status: answer.status, headers: answer.headers, text: await answer.text() };
}

/** Every refusal has this shape, whatever was wrong. */
function problem(answer: Answer, status: number): Problem {
  expect(`${answer.status} ${answer.headers.get('content-type')}`).toBe(`${status} application/problem+json`);
  const body = Problem.parse(JSON.parse(answer.text));
  expect(body).toMatchObject({ status, type: expect.stringMatching(/^https:\/\//) });
  expect(body.requestId).not.toBe('');
  expect(answer.text).not.toMatch(/node_modules|\.mjs|\n\s+at /);
  return body;
}

const as = (token: string, more: RequestInit = {}): RequestInit => ({
  ...more,
  headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
});

type Signing = { secret?: string; at?: Date; tenant?: string; platform?: string; headers?: Record<string, string> };

/** As the standard has it, over the very bytes, which need not be text. */
const signature = (secret: string, signed: string, body: string | Uint8Array): string =>
  createHmac('sha256', Buffer.from(secret.replace('whsec_', ''), 'base64'))
    .update(signed)
    .update(body)
    .digest('base64');

/** Sends these very bytes, signed. */
function deliver(body: string | Uint8Array<ArrayBuffer>, signing: Signing = {}): Promise<Answer> {
  const { secret = mine.keys.webhookSecret, at = new Date(), tenant = mine.id, platform = 'generic' } = signing;
  const id = randomUUID();
  const seconds = Math.floor(at.getTime() / 1000);
  return call(`/v1/webhooks/${platform}/${tenant}`, {
    method: 'POST',
    body,
    headers: {
      'content-type': 'application/json',
      'webhook-id': id,
      'webhook-timestamp': String(seconds),
      'webhook-signature': `v1,${signature(secret, `${id}.${seconds}.`, body)}`,
      ...signing.headers,
    },
  });
}

const event = (data: object, type = 'message.created'): string => JSON.stringify({ type, data });
const said = (more: object = {}) => ({
  conversationId: conversationId(),
  messageId: `m-${randomUUID()}`,
  author: { type: 'customer', id: 'u-1' },
  text: 'hello',
  ...more,
});

describe('a webhook call', () => {
  test('that is well made is accepted: what follows is refused for its one fault', async () => {
    expect(await deliver(event(said()))).toMatchObject({ status: 202 });
  });

  test.each([
    ['signed with another secret', { secret: `whsec_${Buffer.alloc(24, 7).toString('base64')}` }],
    ['of ten minutes ago', { at: new Date(Date.now() - 600_000) }],
    ['of ten minutes ahead', { at: new Date(Date.now() + 600_000) }],
    ['with an empty signature', { headers: { 'webhook-signature': '' } }],
    ['with a signature of no known version', { headers: { 'webhook-signature': 'v9,AAAA' } }],
    ['with another id than the signed one', { headers: { 'webhook-id': 'another' } }],
    ['with a time that is none', { headers: { 'webhook-timestamp': 'yesterday' } }],
  ] satisfies [string, Signing][])('%s is not authenticated', async (_, signing) => {
    const data = said();
    problem(await deliver(event(data), signing), 401);
    problem(await call(`/v1/desk/conversations/${data.conversationId}`, as(mine.keys.agentToken)), 404);
  });

  test('without a signature says which headers are missing', async () => {
    const answer = await call(`/v1/webhooks/generic/${mine.id}`, { method: 'POST', body: event(said()) });
    expect(problem(answer, 401).detail).toContain('webhook-signature');
  });

  test('signed by the callback secret or by another tenant is not authenticated', async () => {
    problem(await deliver(event(said()), { secret: mine.keys.callbackSecret }), 401);
    problem(await deliver(event(said()), { secret: other.keys.webhookSecret }), 401);
  });

  test('with one of several signatures right is accepted', async () => {
    const body = event(said());
    const at = new Date();
    const right = new Webhook(mine.keys.webhookSecret).sign('rotating', at, body);
    const headers = { 'webhook-id': 'rotating', 'webhook-signature': `v1,AAAA ${right}` };
    expect(await deliver(body, { at, headers })).toMatchObject({ status: 202 });
  });

  test('over 64 KiB is too large, whoever signed it, and just under it is not', async () => {
    const sized = (bytes: number): string => {
      const empty = event(said({ metadata: { pad: '' } }));
      return empty.replace('"pad":""', `"pad":"${'x'.repeat(bytes - Buffer.byteLength(empty))}"`);
    };
    problem(await deliver(sized(64 * 1024 + 1)), 413);
    problem(await deliver('x'.repeat(300_000), { secret: other.keys.webhookSecret }), 413);
    expect(await deliver(sized(64 * 1024))).toMatchObject({ status: 202 });
  });

  test.each([
    ['no JSON', 'not json'],
    ['half of one', '{"type":"message.created","data":{'],
    ['nothing', ''],
  ])('that is %s is invalid', async (_, body) => {
    expect(problem(await deliver(body), 400).detail).toMatch(/JSON/);
  });

  test.each<[string, object, string]>([
    ['no text and no parts', { text: undefined }, 'data.text'],
    ['an author nobody knows', { author: { type: 'robot', id: 'r' } }, 'data.author.type'],
    ['no conversation', { conversationId: undefined }, 'data.conversationId'],
    ['an empty id', { messageId: '' }, 'data.messageId'],
    ['an id with a line break', { conversationId: 'c\r\nset-cookie: a=b' }, 'data.conversationId'],
    ['an id with a lone surrogate', { messageId: 'm-\ud800' }, 'data.messageId'],
    ['an id without end', { conversationId: 'c'.repeat(10_000) }, 'data.conversationId'],
    ['a text that is a number', { text: 7 }, 'data.text'],
    ['a part of no known kind', { parts: [{ kind: 'script' }] }, 'data.parts.0.kind'],
    [
      'an order without a number',
      { customer: { id: 'u', orders: [{ status: 'paid' }] } },
      'data.customer.orders.0.number',
    ],
  ])('with %s is invalid and says where', async (_, fault, path) => {
    const { errors } = problem(await deliver(event(said(fault))), 400);
    expect(errors.map((error) => error.path)).toContain(path);
  });

  test('of a type nobody knows is invalid', async () => {
    expect(problem(await deliver(event(said(), 'message.exploded')), 400).errors.map(({ path }) => path)).toContain(
      'type',
    );
  });

  test('for a tenant nobody knows, or one that cannot be, is refused alike', async () => {
    problem(await deliver(event(said()), { tenant: 'nobody' }), 404);
    problem(await deliver(event(said()), { tenant: '__proto__' }), 400);
    problem(await deliver(event(said()), { tenant: '..%2f..%2fetc' }), 400);
  });

  test('of a platform nobody knows is refused', async () => {
    expect([400, 404]).toContain((await deliver(event(said()), { platform: 'carrier-pigeon' })).status);
  });

  test('that is not UTF-8 is refused, even well signed', async () => {
    const bytes = Uint8Array.from(Buffer.from(event(said({ text: 'caf\u00e9' })), 'latin1'));
    const { status } = await deliver(bytes);
    expect(status).toBeGreaterThanOrEqual(400);
    expect(status).toBeLessThan(500);
  });
});

describe('strange but lawful messages', () => {
  const throughTheDesk = async (text: string, more: object = {}) => {
    const assist = await mine.ask({ text, ...more });
    const { messages } = await mine.detail(assist.conversationId);
    return { assist, kept: messages[0]?.text };
  };

  test.each([
    ['emoji and flags', '👩‍👩‍👧‍👦🇨🇳🏴󠁧󠁢󠁥󠁮󠁧󠁿 1️⃣ where is my order 😡😡😡'],
    ['right-to-left and zero-width', '\u202Eabc\u200B\u2066def 什么时候发货'],
    ['keys of prototypes', '__proto__ constructor.prototype hasOwnProperty'],
    ['markup and commands', `<script>alert(1)</script> '; DROP TABLE x; -- {{shop.secret}} \${7*7} %s%n`],
    ['nothing but blanks and dots', '  …… . '],
    ['control characters', '\u0000\u0001\u001b[2J hi \u0007'],
  ])('%s are kept as they came and get an assist', async (_, text) => {
    const { kept, assist } = await throughTheDesk(text);
    expect(kept?.trim()).toBe(text.trim());
    expect(assist.suggestions).toEqual([]);
  });

  test('a lone surrogate in a text does no harm', async () => {
    const { kept } = await throughTheDesk('where is \ud83d my order');
    expect(kept).toMatch(/^where is . my order$/u);
  });

  test('more than 4,000 characters are kept, and read only so far', async () => {
    const text = `${'很长的话'.repeat(1_100)} 订单号 CC9988776655`;
    const { kept, assist } = await throughTheDesk(text);
    expect(kept).toBe(text);
    expect(assist.understanding.entities.every(({ end }) => end <= 4_000)).toBe(true);
    expect(assist.understanding.entities.map(({ value }) => value)).not.toContain('CC9988776655');
  });

  test('keys that reach for prototypes are data like any other', async () => {
    const body = event(said({ customer: { id: 'u-proto', attributes: { a: 1 } } })).replace(
      '"a":1',
      '"__proto__":{"role":"admin","polluted":true},"constructor":{"prototype":{"polluted":true}}',
    );
    expect(await deliver(body)).toMatchObject({ status: 202 });
    const { assist } = await throughTheDesk('hello', { customer: { id: 'u-proto' } });
    expect(assist.degraded).toEqual([]);
    problem(await call('/v1/knowledge/releases', as(mine.keys.agentToken)), 403);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });

  test.each([20, 2_000, 15_000])('JSON nested %i levels deep is refused, and ends nothing', async (depth) => {
    const nested = `${'['.repeat(depth)}${']'.repeat(depth)}`;
    for (const data of [said({ metadata: { x: 0 } }), said({ customer: { id: 'u-1', attributes: { x: 0 } } })]) {
      problem(await deliver(event(data).replace('"x":0', `"x":${nested}`)), 400);
    }
    expect(await call('/v1/health')).toMatchObject({ status: 200 });
    expect((await mine.ask('still there?')).degraded).toEqual([]);
  });

  test.each(['a/b', '../../tenants', 'c?x=1#y', 'ä'.repeat(200), '100%', '%2e%2e', '会话'.repeat(100), '__proto__'])(
    'a conversation called %s is one like any other',
    async (name) => {
      const conversation = `${name}${randomUUID().slice(0, 4)}`.slice(0, 200);
      const assist = await mine.ask('hello', conversation);
      expect(assist.conversationId).toBe(conversation);
      const [own] = await mine.assists(conversation);
      expect(own?.id).toBe(assist.id);
      const feedback = { suggestionId: 'sug_none', event: 'dismissed' };
      await client(stack.baseUrl)
        .call('POST', `/v1/desk/assists/${assist.id}/feedback`, mine.keys.agentToken, feedback)
        .catch((error: Error) => expect(error.message).toContain('suggestion'));
      expect((await mine.preview({ replay: assist.replay })).understanding).toEqual(assist.understanding);
    },
  );
});

describe('the API', () => {
  test.each([
    ['none', undefined],
    ['not one', 'Bearer nonsense'],
    ['one of no known tenant', `Bearer cc_nobody_0011_${'0'.repeat(64)}`],
    ['a forged operator', `Bearer cc_operator_local_${'0'.repeat(64)}`],
    ['basic', 'Basic YWRtaW46YWRtaW4='],
  ])('with a token that is %s is not authenticated', async (_, authorization) => {
    const headers = authorization === undefined ? {} : { authorization };
    const answer = await call('/v1/desk/conversations', { headers });
    problem(answer, 401);
    expect(answer.headers.get('www-authenticate')).toContain('Bearer');
  });

  test('a token with one digit changed is not authenticated, nor is one under another tenant’s name', async () => {
    const token = mine.keys.agentToken;
    const changed = token.slice(0, -1) + (token.endsWith('0') ? '1' : '0');
    problem(await call('/v1/desk/conversations', as(changed)), 401);
    problem(await call('/v1/desk/conversations', as(token.replace(mine.id, other.id))), 401);
  });

  test.each<[string, string, keyof Shop['keys'], object | undefined]>([
    ['GET', '/v1/knowledge/releases', 'agentToken', undefined],
    ['POST', '/v1/knowledge/releases', 'agentToken', {}],
    ['GET', '/v1/knowledge/export', 'agentToken', undefined],
    ['POST', '/v1/tokens', 'agentToken', { role: 'admin' }],
    ['POST', '/v1/tokens', 'managerToken', { role: 'admin' }],
    ['POST', '/v1/tenants', 'adminToken', { id: 'stolen', name: 'stolen' }],
  ])('%s %s with %s is forbidden', async (method, path, role, body) => {
    const options = as(mine.keys[role], { method, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
    problem(await call(path, options), 403);
  });

  test('a manager sees what an agent sees only where the contract says so', async () => {
    problem(await call('/v1/desk/conversations', as(mine.keys.managerToken)), 403);
    problem(await call('/v1/tokens', as(stack.operatorToken, { method: 'POST', body: '{"role":"agent"}' })), 403);
  });

  test('a tenant neither sees nor changes what is another’s', async () => {
    const conversation = conversationId();
    const assist = await mine.ask('my secret order 12345678901', conversation);
    const foreign = other.keys;
    const reads = [
      `/v1/desk/conversations/${conversation}`,
      `/v1/desk/conversations/${conversation}/assists`,
      '/v1/desk/conversations?owner=bot',
      '/v1/desk/conversations?owner=queue',
    ];
    for (const path of reads) {
      const answer = await call(path, as(foreign.agentToken));
      expect([200, 403, 404]).toContain(answer.status);
      expect(answer.text).not.toContain('12345678901');
      expect(answer.text).not.toContain(assist.id);
      if (!path.includes('?')) expect(answer.text).not.toContain('"id"');
    }
    const act = (path: string, body: object) =>
      call(path, as(foreign.agentToken, { method: 'POST', body: JSON.stringify(body) }));
    problem(await act(`/v1/desk/conversations/${conversation}/claim`, {}), 404);
    problem(await act(`/v1/desk/conversations/${conversation}/messages`, { text: 'hi' }), 404);
    problem(await act(`/v1/desk/assists/${assist.id}/feedback`, { suggestionId: 's', event: 'used' }), 404);
    const replay = { method: 'POST', body: JSON.stringify({ replay: assist.replay }) };
    problem(await call('/v1/assist/preview', as(foreign.managerToken, replay)), 404);
    problem(await call(`/v1/tenants/${mine.id}`, as(foreign.adminToken)), 404);
    problem(
      await call(`/v1/tenants/${mine.id}`, as(foreign.adminToken, { method: 'PATCH', body: '{"name":"x"}' })),
      404,
    );
    expect((await mine.detail(conversation)).head.owner).not.toContain('agent');
  });

  test('has nothing where nothing is, and says so in one shape', async () => {
    problem(await call('/v1/nothing/here'), 404);
    problem(await call('/v1/desk/conversations/none', as(mine.keys.agentToken)), 404);
    problem(await call('/v1/knowledge/releases/rel_none', as(mine.keys.managerToken)), 404);
    problem(await call('/v1/knowledge/imports/..%2f..%2foperator', as(mine.keys.managerToken)), 404);
    problem(await call('/v1/packs/..%2f..%2fetc/install', as(mine.keys.managerToken, { method: 'POST' })), 400);
    problem(await call('/v1/health', { method: 'DELETE' }), 404);
  });

  test.each<[string, string, string, keyof Shop['keys'], string]>([
    ['half a body', '/v1/assist/preview', '{"text":', 'managerToken', ''],
    ['nothing to preview', '/v1/assist/preview', '{}', 'managerToken', 'body.text'],
    ['a cursor nobody gave', '/v1/desk/conversations?cursor=garbage', '', 'agentToken', ''],
    ['an owner that is none', '/v1/desk/conversations?owner=everybody', '', 'agentToken', 'query.owner'],
    ['a limit without end', '/v1/desk/conversations?limit=1e9', '', 'agentToken', 'query.limit'],
    ['a format nobody reads', '/v1/knowledge/imports?format=exe', 'x', 'managerToken', 'query.format'],
    ['a setting that is a typo', '/v1/tenants', '{"id":"typo","name":"t","mdoe":"auto"}', 'adminToken', 'body'],
  ])('refuses %s and says where', async (_, path, body, role, at) => {
    const token = path === '/v1/tenants' ? stack.operatorToken : mine.keys[role];
    const answer = await call(path, as(token, body === '' ? {} : { method: 'POST', body }));
    const { errors } = problem(answer, 400);
    if (at !== '') expect(errors.map((error) => error.path)).toContain(at);
  });

  test('refuses a body without end', async () => {
    const body = JSON.stringify({ text: 'x'.repeat(2 * 1024 * 1024) });
    problem(await call('/v1/assist/preview', as(mine.keys.managerToken, { method: 'POST', body })), 413);
    const file = new Uint8Array(4 * 1024 * 1024 + 1);
    problem(await call('/v1/knowledge/imports', as(mine.keys.managerToken, { method: 'POST', body: file })), 413);
  });

  test('never lets what it was given into a header', async () => {
    const path = '/v1/desk/conversations/x%0d%0aset-cookie:%20a=b';
    const raw = await new Promise<{ status: number; names: string[] }>((done, fail) => {
      request(`${stack.baseUrl}${path}`, { headers: { authorization: `Bearer ${mine.keys.agentToken}` } }, (answer) => {
        answer.resume();
        done({ status: answer.statusCode ?? 0, names: Object.keys(answer.headers) });
      })
        .once('error', fail)
        .end();
    });
    expect(raw.status).toBe(400);
    expect(raw.names).not.toContain('set-cookie');
  });

  test('tells secrets once, at birth, and never again', async () => {
    const api = client(stack.baseUrl);
    await mine.change({ name: 'renamed' });
    const seen = await Promise.all([
      api.call('GET', `/v1/tenants/${mine.id}`, mine.keys.adminToken),
      api.call('PATCH', `/v1/tenants/${mine.id}`, mine.keys.adminToken, { name: 'again' }),
      api.call('GET', '/v1/openapi.json', mine.keys.adminToken),
      api.call('GET', '/v1/desk/conversations?owner=bot', mine.keys.agentToken),
      api.call('GET', '/v1/desk/phrases', mine.keys.agentToken),
    ]);
    const text = JSON.stringify(seen);
    expect(text).toContain('renamed');
    expect(text).not.toMatch(/whsec_|sealed|cc_[a-z0-9-]+_[a-z0-9]+_[a-f0-9]{64}|"hash"/);
    for (const secret of Object.values(mine.keys)) expect(text).not.toContain(secret);
  });

  test('a rotated secret counts at once; the one before for another day', async () => {
    const tenant = await stack.newShop();
    const api = client(stack.baseUrl);
    const answer = await api.call('PATCH', `/v1/tenants/${tenant.id}`, tenant.keys.adminToken, {
      rotate: 'webhookSecret',
    });
    const { secret } = answer as { secret: string };
    expect(secret).toMatch(/^whsec_/);
    expect(secret).not.toBe(tenant.keys.webhookSecret);
    await tenant.change({});
    for (const signing of [secret, tenant.keys.webhookSecret]) {
      expect(await deliver(event(said()), { secret: signing, tenant: tenant.id })).toMatchObject({ status: 202 });
    }
  });
});

describe('the page', () => {
  test('is framed by nobody and runs nothing but its own script', async () => {
    const { status, headers, text } = await call('/console');
    expect(status).toBe(200);
    expect(headers.get('content-type')).toContain('text/html');
    const policy = headers.get('content-security-policy') ?? '';
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self'");
    expect(policy).not.toMatch(/unsafe|\*/);
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(text).not.toMatch(/<script(?![^>]*\bsrc=)/);
    expect(text).not.toMatch(/\b(?:src|href)=.?(?:https?:)?\/\//);
  });

  test('is where the bare address leads', async () => {
    const { status, url } = await fetch(`${stack.baseUrl}/`);
    expect([status, new URL(url).pathname]).toEqual([200, '/console']);
  });

  test('comes with its script and style', async () => {
    expect((await call('/console/app.js')).headers.get('content-type')).toContain('text/javascript');
    expect((await call('/console/style.css')).headers.get('content-type')).toContain('text/css');
    problem(await call('/console/../demo.json'), 404);
  });
});
