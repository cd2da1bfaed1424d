/**
 * Chatwoot and the product together: webhooks through the very functions, on a store that speaks DynamoDB, with the
 * functions that are started run here.
 */
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, beforeEach, vi } from 'vitest';
import type { Head } from '../../lib/domain/conversation.ts';
import { ConversationId, TenantId } from '../../lib/domain/ids.ts';
import { type ChatwootServer, SECRETS, startChatwoot, TOKENS, type Webhook } from './chatwoot-server.ts';
import { startTable, type TestTable } from './dynalite.ts';

export let store: TestTable;
let lambda: Server;
export let functions: Awaited<ReturnType<typeof load>>;

async function load() {
  const [messages, desk, answering, platforms, manage, receive, catchUp] = await Promise.all([
    import('../../lib/app/messages.ts'),
    import('../../lib/app/desk.ts'),
    import('../../lib/app/answering.ts'),
    import('../../lib/app/platforms.ts'),
    import('../../lib/app/manage.ts'),
    import('../../functions/receive.ts'),
    import('../../lib/app/chatwoot-catch-up.ts'),
  ]);
  return { messages, desk, answering, platforms, manage, receive, catchUp };
}

/** Takes the place of Lambda: what is started runs here. `runs`: what is under way. */
const runs = new Set<Promise<unknown>>();
function run(name: string, payload: never): Promise<unknown> {
  const { messages, answering } = functions;
  if (name === 'test-assist') return answering.answering().then((answer) => answer(payload));
  if (name === 'test-deliver') return messages.delivering().then((deliver) => deliver(payload));
  return Promise.resolve();
}
/** Until nothing that was started is under way. */
export const settled = async (): Promise<void> => {
  do {
    await Promise.all(runs);
    await new Promise((done) => setTimeout(done, 20));
  } while (runs.size > 0);
};

async function start(): Promise<void> {
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
}

async function stop(): Promise<void> {
  await settled();
  lambda.closeAllConnections();
  lambda.close();
  vi.unstubAllEnvs();
  await store.stop();
}

export let chatwoot: ChatwootServer;
export let tenant: TenantId;
type Posting = (webhook: Webhook) => Promise<number>;
let posting: Posting;
/** How the next webhooks are sent on. */
export const post = (how: Posting): void => {
  posting = how;
};
let count = 0;

export async function receive({ headers, body }: Webhook): Promise<number> {
  const path = `/v1/webhooks/chatwoot/${tenant}`;
  const { statusCode } = await functions.receive.handler(
    { routeKey: 'POST /v1/webhooks/chatwoot/{tenant}', rawPath: path, headers, pathParameters: { tenant }, body },
    {} as never,
  );
  return statusCode;
}

/** A machine that does many other things may not store an event in time; what is tested here is not that. */
export async function patiently(webhook: Webhook): Promise<number> {
  let status = await receive(webhook);
  for (let more = 0; more < 10 && status === 429; more += 1) status = await receive(webhook);
  return status;
}

/** Webhooks that are kept back. */
export const keepingIn = (list: Webhook[]) => async (webhook: Webhook) => {
  list.push(webhook);
  return 202;
};

export async function connect(settings: object = {}): Promise<void> {
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

export async function open(
  options: Partial<Parameters<typeof startChatwoot>[0]> = {},
  settings: object = {},
): Promise<void> {
  await chatwoot?.stop();
  const mine = tenant;
  // What a Chatwoot of a test before still sends is for nobody.
  const send = async (webhook: Webhook) => (mine === tenant ? posting(webhook) : 202);
  chatwoot = await startChatwoot({ send, ...options });
  await connect(settings);
}

async function newShop(): Promise<void> {
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
}

/** A store, and for each test a shop with a Chatwoot of its own (`open`). */
export function shopsWithChatwoot(): void {
  beforeAll(start, 60_000);
  afterAll(stop);
  beforeEach(newShop);
  afterEach(async () => {
    await settled();
    await chatwoot.stop();
  });
}

export const conversationOf = (id: number) => ConversationId.parse(`chatwoot:${id}`);
export async function head(id: number): Promise<Head | undefined> {
  const { conversations } = await functions.messages.conversationDeps();
  return conversations.head(tenant, conversationOf(id));
}
export const owner = async (id: number) => (await head(id))?.owner;
export async function heard(id: number): Promise<string[]> {
  const { conversations } = await functions.messages.conversationDeps();
  return (await conversations.load(tenant, conversationOf(id))).messages.map(({ text }) => text);
}

/** Runs the catch-up as the sweep does each minute. */
export async function catchUp(): Promise<void> {
  await (await functions.catchUp.catchingUp())({ tenant });
  await settled();
}
