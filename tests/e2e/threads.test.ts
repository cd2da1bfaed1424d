import { afterAll, beforeAll, expect, test } from 'vitest';
import { client, poll } from '../../scripts/local/client.ts';
import { type CallbackServer, startCallbackServer } from '../support/callback-server.ts';
import { FAQ_CSV, HOURS } from '../support/faq.ts';
import { conversationId, PATIENCE_MS, type Shop } from '../support/shop.ts';
import { startTestStack, type TestStack } from '../support/stack.ts';

/** The main path with every function in a thread of its own: nothing may rest on two of them sharing memory. */
let stack: TestStack;
let platform: CallbackServer;
let tenant: Shop;

beforeAll(async () => {
  [stack, platform] = await Promise.all([startTestStack({ workerThreads: true }), startCallbackServer()]);
  tenant = await stack.newShop({ callbackUrl: platform.url });
}, 300_000);
afterAll(async () => {
  await stack?.stop();
  await platform?.stop();
});

/** A desk's open connection and what it was told. */
async function openDesk() {
  const ticket = await client(stack.baseUrl).call('POST', '/v1/desk/ticket', tenant.keys.agentToken);
  const { url, ticket: secret } = ticket as { url: string; ticket: string };
  const hints: { conversationId: string; kind: string }[] = [];
  const socket = new WebSocket(`${url}?ticket=${encodeURIComponent(secret)}`);
  socket.addEventListener('message', ({ data }) => hints.push(JSON.parse(String(data))));
  await new Promise<void>((done, fail) => {
    socket.addEventListener('open', () => done());
    socket.addEventListener('error', () => fail(new Error('the desk was not let in')));
  });
  return { hints, socket, reopen: () => new WebSocket(`${url}?ticket=${encodeURIComponent(secret)}`) };
}

test('knowledge is imported, compiled and released', async () => {
  expect(await tenant.imported('csv', FAQ_CSV)).toMatchObject({ status: 'done', rejected: [] });
  expect(await tenant.release()).toMatchObject({ status: 'live' });
});

test('a message becomes an assist, an answer and a callback, and the desk is told', async () => {
  const desk = await openDesk();
  const conversation = conversationId();
  const { answer, messageId } = await tenant.say(conversation, HOURS.question);
  expect(answer.status).toBe(202);
  const assist = await tenant.assistOf(conversation, messageId);
  expect(assist).toMatchObject({
    suggestions: [{ text: HOURS.answer }],
    decision: { kind: 'auto_reply' },
    degraded: [],
  });
  const [attempt] = await platform.received(conversation, 1);
  expect(attempt?.verifies(tenant.keys.callbackSecret)).toBe(true);
  expect(attempt?.call.data.text).toContain(HOURS.answer);
  const told = (kind: string) => desk.hints.some((hint) => hint.conversationId === conversation && hint.kind === kind);
  await poll(async () => (told('assist') ? true : undefined), PATIENCE_MS, 'the hint');
  desk.socket.close();
  expect((await tenant.preview({ replay: assist.replay })).suggestions).toEqual(assist.suggestions);
});

test('a ticket lets one desk in, once', async () => {
  const desk = await openDesk();
  const second = desk.reopen();
  const outcome = await new Promise<string>((done) => {
    second.addEventListener('open', () => done('open'));
    second.addEventListener('error', () => done('refused'));
  });
  expect(outcome).toBe('refused');
  desk.socket.close();
});

test('a person is asked for, takes over and answers', async () => {
  const conversation = conversationId();
  await tenant.ask('let me talk to a human please', conversation);
  await tenant.until(conversation, ({ head }) => head.owner === 'queue', 'the queue');
  await tenant.act(conversation, 'claim');
  await tenant.act(conversation, 'messages', { text: 'Here I am.' });
  const calls = await platform.received(conversation, 3);
  expect(calls.map(({ call }) => [call.type, call.data['kind']])).toEqual([
    ['reply.requested', 'notice'],
    ['handoff.requested', undefined],
    ['reply.requested', 'reply'],
  ]);
  expect((await tenant.detail(conversation)).head.owner).toBe('agent:agent');
});
