/**
 * Chatwoot and the product together: webhooks through the very functions, on a store that speaks DynamoDB, with the
 * functions that are started run here.
 */
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Head } from '../../../lib/domain/conversation.ts';
import { AgentId, ConversationId, TenantId } from '../../../lib/domain/ids.ts';
import {
  AGENT,
  API_USER,
  type ChatwootServer,
  SECRETS,
  startChatwoot,
  TOKENS,
  type Webhook,
} from '../../support/chatwoot-server.ts';
import { startTable, type TestTable } from '../../support/dynalite.ts';

let store: TestTable;
let lambda: Server;
let functions: Awaited<ReturnType<typeof load>>;

async function load() {
  const [messages, answering, platforms, chatwoot, manage, receive, clients] = await Promise.all([
    import('../../../lib/app/messages.ts'),
    import('../../../lib/app/answering.ts'),
    import('../../../lib/app/platforms.ts'),
    import('../../../lib/app/chatwoot.ts'),
    import('../../../lib/app/manage.ts'),
    import('../../../functions/receive.ts'),
    import('../../../lib/app/clients.ts'),
  ]);
  return { messages, answering, platforms, chatwoot, manage, receive, clients };
}

/** Takes the place of Lambda: what is started runs here. `runs`: what is under way. */
const runs = new Set<Promise<unknown>>();
function run(name: string, payload: never): Promise<unknown> {
  const { messages, answering } = functions;
  if (name === 'test-assist') return answering.answering().then((answer) => answer(payload));
  if (name === 'test-deliver') return messages.delivering().then((deliver) => deliver(payload));
  return Promise.resolve();
}
const settled = async (): Promise<void> => {
  do {
    await Promise.all(runs);
    await new Promise((done) => setTimeout(done, 20));
  } while (runs.size > 0);
};

beforeAll(async () => {
  store = await startTable();
  lambda = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const name = /functions\/([^/]+)\/invocations/.exec(request.url ?? '')?.[1] ?? '';
      const going = run(name, JSON.parse(Buffer.concat(chunks).toString()) as never).catch(() => undefined);
      runs.add(going);
      void going.then(() => runs.delete(going));
      response.writeHead(202).end();
    });
  }).listen(0, '127.0.0.1');
  await once(lambda, 'listening');
  const environment = {
    TABLE_NAME: store.table.name,
    OBJECTS: 'file:/tmp/cuecard-no-objects',
    FUNCTION_PREFIX: 'test-',
    SEAL_KEY: randomBytes(32).toString('base64'),
    DYNAMODB_ENDPOINT: store.endpoint,
    LAMBDA_ENDPOINT: `http://127.0.0.1:${(lambda.address() as AddressInfo).port}`,
    AWS_REGION: 'local',
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    ALLOW_LOCAL_CALLBACKS: 'true',
  };
  for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
  functions = await load();
}, 60_000);
afterAll(async () => {
  await settled();
  lambda.closeAllConnections();
  lambda.close();
  vi.unstubAllEnvs();
  await store.stop();
});

let chatwoot: ChatwootServer;
let tenant: TenantId;
/** How the next webhooks are sent on; none: as they are. */
let posting: (webhook: Webhook) => Promise<number>;
let count = 0;

async function receive({ headers, body }: Webhook): Promise<number> {
  const path = `/v1/webhooks/chatwoot/${tenant}`;
  const { statusCode } = await functions.receive.handler(
    { routeKey: 'POST /v1/webhooks/chatwoot/{tenant}', rawPath: path, headers, pathParameters: { tenant }, body },
    {} as never,
  );
  return statusCode;
}

/** A machine that does many other things may not store an event in time; what is tested here is not that. */
async function patiently(webhook: Webhook): Promise<number> {
  let status = await receive(webhook);
  for (let more = 0; more < 10 && status === 429; more += 1) status = await receive(webhook);
  return status;
}

/** Webhooks that are kept back. */
const keepingIn = (list: Webhook[]) => async (webhook: Webhook) => {
  list.push(webhook);
  return 202;
};

async function connect(settings: object = {}): Promise<void> {
  const { put } = await functions.platforms.platforms();
  await put(tenant, {
    baseUrl: chatwoot.url,
    accountId: 1,
    accessToken: TOKENS.user,
    botToken: TOKENS.bot,
    webhookSecret: SECRETS.account,
    botSecret: SECRETS.bot,
    ...settings,
  });
}

async function open(options: Partial<Parameters<typeof startChatwoot>[0]> = {}, settings: object = {}): Promise<void> {
  await chatwoot?.stop();
  const mine = tenant;
  // What a Chatwoot of a test before still sends is for nobody.
  const send = async (webhook: Webhook) => (mine === tenant ? posting(webhook) : 202);
  chatwoot = await startChatwoot({ send, ...options });
  await connect(settings);
}

beforeEach(async () => {
  count += 1;
  tenant = TenantId.parse(`shop-${count}`);
  posting = patiently;
  const tenants = await functions.manage.tenants();
  await tenants.create({
    id: tenant,
    name: 'Shop',
    languages: ['en', 'zh'],
    packs: [],
    mode: 'hybrid',
    quietWindowMs: 0,
  } as never);
});
afterEach(async () => {
  await settled();
  await chatwoot.stop();
});

const conversationOf = (id: number) => ConversationId.parse(`chatwoot:${id}`);
async function head(id: number): Promise<Head | undefined> {
  const { conversations } = await functions.messages.conversationDeps();
  return conversations.head(tenant, conversationOf(id));
}
const owner = async (id: number) => (await head(id))?.owner;
async function heard(id: number): Promise<string[]> {
  const { conversations } = await functions.messages.conversationDeps();
  return (await conversations.load(tenant, conversationOf(id))).messages.map(({ text }) => text);
}
/** Puts a reply of the bot into the outbox as a decision would, and delivers. */
async function botSays(id: number, text: string): Promise<void> {
  const [{ conversationDeps, delivering }, { changeHead }, { enqueue, withLast }] = await Promise.all([
    Promise.resolve(functions.messages),
    import('../../../lib/assist/flow.ts'),
    import('../../../lib/handoff/head.ts'),
  ]);
  const place = { tenant, conversation: conversationOf(id) };
  const now = Date.now();
  await changeHead(await conversationDeps(), place, (known) => {
    const botSeq = known.botSeq + 1;
    const item = {
      id: `bot:${botSeq}`,
      kind: 'bot_reply' as const,
      text,
      author: { type: 'bot' as const, id: 'bot:cuecard' },
      epoch: known.epoch,
      customerSeq: known.customerSeq,
      createdAt: now,
      expiresAt: now + 600_000,
      attempts: 0,
      nextAt: now,
    };
    return withLast({ ...enqueue(known, item), botSeq }, 'bot', text);
  });
  await (await delivering())(place);
  await settled();
}

describe('a customer who asks for a person', () => {
  test('is handed over in Chatwoot: opened, told, with a note, nothing doubled', async () => {
    await open();
    const id = await chatwoot.begin();
    await chatwoot.say(id, 'I want to talk to a human please');
    await settled();
    expect(chatwoot.of(id).status).toBe('open');
    expect((await head(id))?.outbox).toEqual([]);
    expect(await owner(id)).toBe('queue');
    expect(chatwoot.notes(id)).toHaveLength(1);
    expect(chatwoot.notes(id)[0]).toContain('the customer asked for a person');
    expect(chatwoot.said(id)).toHaveLength(1);
    expect(await heard(id)).toHaveLength(2);
  });

  test('however Chatwoot fails meanwhile', async () => {
    await open();
    chatwoot.fault(/POST .*messages/, 'late', 'late');
    chatwoot.fault(/POST .*toggle_status/, 503);
    const id = await chatwoot.begin();
    await chatwoot.say(id, '转人工');
    await settled();
    for (let turn = 0; turn < 12 && ((await head(id))?.outbox.length ?? 0) > 0; turn += 1) {
      await (await functions.messages.delivering())({ tenant, conversation: conversationOf(id) });
      await settled();
      await new Promise((done) => setTimeout(done, 300));
    }
    expect((await head(id))?.outbox).toEqual([]);
    expect(chatwoot.of(id).status).toBe('open');
    expect([chatwoot.notes(id).length, chatwoot.said(id).length]).toEqual([1, 1]);
  }, 60_000);
});

describe('a person who writes in Chatwoot', () => {
  test('has the conversation, and the bot is silent', async () => {
    await open();
    const id = await chatwoot.begin();
    await chatwoot.write(id, 'Hello, this is Mei');
    expect(await owner(id)).toBe('agent:chatwoot:3');
    expect(await heard(id)).toEqual(['Hello, this is Mei']);
  });

  test('whose webhook is lost is not talked over either', async () => {
    await open();
    const id = await chatwoot.begin();
    posting = async () => 202;
    await chatwoot.assign(id, AGENT);
    await chatwoot.write(id, 'Mei here');
    posting = patiently;
    await botSays(id, 'I am a bot');
    expect(chatwoot.said(id)).toEqual(['Mei here']);
    expect((await head(id))?.outbox).toEqual([]);
    const { conversations } = await functions.messages.conversationDeps();
    const { messages } = await conversations.load(tenant, conversationOf(id));
    expect(messages.find(({ replyId }) => replyId === 'bot:1')).toMatchObject({ delivery: 'dropped' });
  });

  test('may note things privately', async () => {
    await open();
    const id = await chatwoot.begin();
    await chatwoot.write(id, 'looks like fraud', { private: true });
    expect(await owner(id)).toBe('bot');
    expect(await heard(id)).toEqual([]);
  });
});

describe('our own words coming back', () => {
  test.each([true, false])('are known for ours (marks come back: %s)', async (keepsAttributes) => {
    await open({ keepsAttributes });
    const id = await chatwoot.begin();
    await botSays(id, 'Hello from the bot');
    await botSays(id, 'And again');
    await expect.poll(() => chatwoot.said(id)).toHaveLength(2);
    await settled();
    expect(await owner(id)).toBe('bot');
    expect(await heard(id)).toEqual(['Hello from the bot', 'And again']);
  });

  test('an agent’s at our desk is said once and stays theirs', async () => {
    await open();
    const id = await chatwoot.begin();
    const desk = await functions.messages.desk();
    const lin = { role: 'agent' as const, tenant, agentId: AgentId.parse('lin'), name: 'Lin' };
    await desk.send(tenant, lin, conversationOf(id), { text: 'Lin here' });
    await settled();
    expect(chatwoot.said(id)).toEqual(['Lin here']);
    expect(await owner(id)).toBe('agent:lin');
    expect(await heard(id)).toEqual(['Lin here']);
  });
});

test('a conversation that is closed at our desk is resolved in Chatwoot, once', async () => {
  await open();
  const id = await chatwoot.begin();
  await chatwoot.setStatus(id, 'open');
  const desk = await functions.messages.desk();
  const lin = { role: 'agent' as const, tenant, agentId: AgentId.parse('lin'), name: 'Lin' };
  await desk.close(tenant, lin, conversationOf(id), undefined);
  await settled();
  await expect.poll(() => chatwoot.of(id).status).toBe('resolved');
  await settled();
  expect(await owner(id)).toBe('closed');
  expect(chatwoot.asked.filter(({ path }) => path.endsWith('/toggle_status'))).toHaveLength(1);
});

describe('whose a conversation is', () => {
  test('follows Chatwoot: assigned, given up, given back to the bot, resolved, written to again', async () => {
    await open();
    const id = await chatwoot.begin();
    await chatwoot.setStatus(id, 'open');
    expect(await owner(id)).toBe('queue');
    await chatwoot.assign(id, AGENT);
    expect(await owner(id)).toBe('agent:chatwoot:3');
    await chatwoot.assign(id, null);
    expect(await owner(id)).toBe('queue');
    await chatwoot.setStatus(id, 'pending');
    expect(await owner(id)).toBe('bot');
    await chatwoot.setStatus(id, 'resolved');
    expect(await owner(id)).toBe('closed');
    await chatwoot.say(id, 'one more thing');
    await settled();
    expect(await owner(id)).not.toBe('closed');
    await chatwoot.setStatus(id, 'snoozed');
    expect(await owner(id)).not.toBe('closed');
  });

  test('is told by e-mail where the shop says who is who', async () => {
    await open({}, { agents: { [AGENT.email]: 'mei' } });
    const id = await chatwoot.begin();
    await chatwoot.assign(id, AGENT);
    expect(await owner(id)).toBe('agent:mei');
  });

  test('is people’s from the first word in an inbox without a bot', async () => {
    await open({ hasBot: false });
    const id = await chatwoot.begin();
    await chatwoot.say(id, 'hello?');
    await settled();
    expect(await owner(id)).toBe('queue');
    expect(chatwoot.said(id)).toEqual([]);
  });

  test('is what the newest change says, whatever comes late', async () => {
    await open();
    const id = await chatwoot.begin();
    const late: Webhook[] = [];
    posting = keepingIn(late);
    await chatwoot.assign(id, AGENT);
    await chatwoot.assign(id, null);
    await chatwoot.assign(id, { ...AGENT, id: 4 });
    posting = patiently;
    for (const webhook of late.toReversed()) await patiently(webhook);
    expect(await owner(id)).toBe('agent:chatwoot:4');
  });
});

describe('deliveries', () => {
  test('twice, of both webhooks, count once', async () => {
    await open();
    const id = await chatwoot.begin();
    const statuses: number[] = [];
    posting = async (webhook) => {
      statuses.push(await patiently(webhook), await patiently(webhook));
      return statuses.at(-1) ?? 0;
    };
    await chatwoot.say(id, 'thanks');
    await settled();
    expect(statuses).toEqual([202, 200, 200, 200]);
    expect(await heard(id)).toEqual(['thanks']);
    expect((await head(id))?.customerSeq).toBe(1);
  });

  test('of another account, another secret or a broken body are refused', async () => {
    await open({ hasBot: false });
    const sent: Webhook[] = [];
    posting = keepingIn(sent);
    await chatwoot.say(await chatwoot.begin(), 'hi');
    const [, message] = sent;
    if (message === undefined) throw new Error('nothing was sent');
    expect(await receive({ ...message, headers: {} })).toBe(401);
    expect(await receive({ ...message, body: message.body.replace('hi', 'ho') })).toBe(401);
    await connect({ accountId: 2 });
    await new Promise((done) => setTimeout(done, 1_100));
    expect(await receive(message)).toBe(403);
    const { read } = await functions.platforms.platforms();
    const refused = (await read(tenant)).events.filter(({ outcome }) => outcome === 'refused');
    expect(refused.map(({ why }) => why)).toEqual([
      expect.stringContaining('account 1'),
      expect.stringContaining('does not match'),
      expect.stringContaining('missing header'),
    ]);
  });

  test('to a tenant without a Chatwoot lead nowhere', async () => {
    await open();
    await (await functions.platforms.platforms()).remove(tenant);
    await new Promise((done) => setTimeout(done, 1_100));
    expect(await receive({ to: 'account', headers: {}, body: '{}' })).toBe(404);
  });

  test('that a stalled store cannot keep are answered in time, and the agent bot’s comes again', async () => {
    await open();
    const id = await chatwoot.begin();
    const { conversations } = await functions.messages.conversationDeps();
    const stalled = vi.spyOn(conversations, 'putDelivery').mockImplementation(() => new Promise(() => undefined));
    const statuses: number[] = [];
    posting = async (webhook) => {
      const status = await receive(webhook);
      statuses.push(status);
      if (statuses.length === 2) stalled.mockRestore();
      return status;
    };
    await chatwoot.say(id, 'are you there');
    await settled();
    expect(statuses).toEqual([429, 429, 202]);
    expect(await heard(id)).toEqual(['are you there']);
    expect(chatwoot.of(id).status).toBe('pending');
  }, 30_000);
});

describe('webhooks without a signature', () => {
  test('are refused unless an admin lets them be', async () => {
    await open({ signs: false, hasBot: false });
    const id = await chatwoot.begin();
    await chatwoot.say(id, 'hi');
    expect(await heard(id)).toEqual([]);
  });

  test.each(['off', 'when_signed'])('%s: count as Chatwoot’s API tells them, not as they say', async (verify) => {
    await open({ signs: false }, { verify });
    const id = await chatwoot.begin();
    posting = (webhook) => patiently({ ...webhook, body: webhook.body.replaceAll('real words', 'forged words') });
    await chatwoot.say(id, 'real words');
    await settled();
    expect(await heard(id)).toEqual(['real words']);
  });

  test('are worth nothing when what they tell of is not there', async () => {
    await open({ signs: false }, { verify: 'off' });
    const id = await chatwoot.begin();
    const sent: Webhook[] = [];
    posting = keepingIn(sent);
    const message = await chatwoot.say(id, 'hi');
    const [first] = sent;
    if (first === undefined) throw new Error('nothing was sent');
    const forged = { ...first, body: first.body.replaceAll(`"id":${message},`, '"id":999999,') };
    expect(await patiently(forged)).toBe(200);
    expect(await heard(id)).toEqual([]);
    const closing = {
      event: 'conversation_status_changed',
      id,
      status: 'resolved',
      changed_attributes: [{ status: {} }],
    };
    expect(await patiently({ ...first, body: JSON.stringify(closing) })).toBe(202);
    expect(await owner(id)).toBe('bot');
  });
});

describe('connecting', () => {
  test('never shows a secret again, and sends no token to another address', async () => {
    await open();
    const { read, put } = await functions.platforms.platforms();
    const seen = await read(tenant);
    expect(JSON.stringify(seen)).not.toMatch(/user-token|bot-token|account-secret|bot-secret/);
    expect(seen).toMatchObject({
      has: { accessToken: true, botToken: true, webhookSecret: true, botSecret: true },
      webhookPath: `/v1/webhooks/chatwoot/${tenant}`,
    });
    await expect(put(tenant, { baseUrl: 'https://evil.example', accountId: 1 })).rejects.toMatchObject({
      kind: 'invalid',
    });
    const moved = await put(tenant, {
      baseUrl: 'https://other.example/app/accounts/1',
      accountId: 1,
      accessToken: 'x',
    });
    expect(moved).toMatchObject({
      settings: { baseUrl: 'https://other.example' },
      has: { botToken: false, webhookSecret: false },
    });
  });

  test('keeps what is left out and takes away what is null', async () => {
    await open({}, { inboxes: [1], notes: { suggestions: true } });
    const { put } = await functions.platforms.platforms();
    const now = await put(tenant, { baseUrl: chatwoot.url, accountId: 1, botToken: null, verify: 'off' });
    expect(now).toMatchObject({
      settings: { inboxes: [1], verify: 'off', notes: { handoff: true, wrapUp: true, suggestions: true } },
      has: { accessToken: true, botToken: false, webhookSecret: true },
    });
  });

  test('is checked in words', async () => {
    await open({}, { inboxes: [1] });
    const { check } = await functions.platforms.platforms();
    expect(await check(tenant)).toMatchObject({
      ok: true,
      user: { id: API_USER.id, role: 'agent' },
      inboxes: [{ id: 1 }],
      problems: [],
    });
    await connect({ accessToken: 'wrong', inboxes: [2] });
    expect(await check(tenant)).toMatchObject({ ok: false, problems: [{ code: 'refused' }] });
    await connect({ accountId: 7 });
    expect((await check(tenant)).problems.map(({ code }) => code)).toContain('not_found');
    chatwoot.fault(/GET/, 'drop');
    expect((await check(tenant)).problems.map(({ code }) => code)).toEqual(['unreachable']);
    await connect({ webhookSecret: null, botSecret: null, inboxes: [2] });
    expect((await check(tenant)).problems.map(({ code }) => code)).toEqual(['no_secret', 'no_inbox']);
  });

  test('a reply that Chatwoot refuses is failed at once, and the page says why', async () => {
    await open();
    const id = await chatwoot.begin();
    chatwoot.fault(/GET/, 403);
    await botSays(id, 'Hello');
    expect((await head(id))?.undelivered).toBe(1);
    const { read } = await functions.platforms.platforms();
    expect((await read(tenant)).trouble).toMatchObject({ status: 403 });
    await new Promise((done) => setTimeout(done, 1_100));
    await botSays(id, 'Hello again');
    expect(chatwoot.said(id)).toEqual(['Hello again']);
    expect((await read(tenant)).trouble).toBeUndefined();
  });
});
