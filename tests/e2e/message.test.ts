import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as z from 'zod';
import { Assist } from '../../lib/domain/assist.ts';
import { Accepted } from '../../lib/domain/contract/events.ts';
import { Customer } from '../../lib/domain/customer.ts';
import { client } from '../../scripts/local/client.ts';
import type { Demo } from '../../scripts/local/seed.ts';
import { shellBlock } from '../support/readme.ts';
import { sharedStack } from '../support/shared-stack.ts';
import { conversationId, Keys, pause, type Shop, shop } from '../support/shop.ts';
import type { SharedStack } from '../support/stack.ts';

const CLI = fileURLToPath(new URL('../../cli/cuecard.mjs', import.meta.url));

const QUIET_MS = 400;
/** Long enough for other things to happen in it. */
const LONG_MS = 5_000;
/** Longer than the quiet window of a turn that begins now: what the bot would say, it has said. */
const afterQuiet = () => pause(4 * QUIET_MS);

let stack: SharedStack;
let demo: Demo;
let store: Shop;
let lin: z.infer<typeof Sample>;

const Sample = Customer.omit({ updatedAt: true });
const SHIPPED = 'CC2026111900417';

beforeAll(async () => {
  stack = sharedStack();
  demo = await stack.demo();
  store = shop(stack.baseUrl, demo.tenant, demo);
  await store.change({ quietWindowMs: QUIET_MS });
  const file = new URL('../../knowledge/sample-customers.json', import.meta.url);
  const samples = z.array(Sample).parse(JSON.parse(await readFile(file, 'utf8')));
  const found = samples.find(({ orders }) => orders?.some(({ number }) => number === SHIPPED));
  if (found === undefined) throw new Error(`no sample customer has ordered ${SHIPPED}`);
  lin = found;
}, 600_000);

const ofBot = (messages: readonly { author: { type: string }; text: string }[]): string[] =>
  messages.filter(({ author }) => author.type === 'bot').map(({ text }) => text);
const disclosure = '智能助手';

describe('a question', () => {
  test('is accepted, and becomes an assist that says what is wanted and cites its source', async () => {
    const conversation = conversationId();
    const { answer, messageId } = await store.say(conversation, '什么时候发货？');
    expect(answer.status).toBe(202);
    expect(await answer.json()).toEqual({ accepted: true, messageId });

    const assist = await store.assistOf(conversation, messageId);
    expect(assist).toMatchObject({
      conversationId: conversation,
      messageIds: [messageId],
      revision: 1,
      customerSeq: 1,
      release: await store.live(),
      degraded: [],
      understanding: { language: 'zh', act: 'question', intent: { name: 'delivery.when_ship' } },
      decision: { kind: 'auto_reply' },
    });
    const [best] = assist.suggestions;
    expect(best).toMatchObject({ source: { kind: 'entry', id: 'delivery.when_ship.zh', release: assist.release } });
    expect(best?.confidence).toBeGreaterThanOrEqual(assist.decision.thresholds.suggest);
    expect(best?.text).not.toMatch(/\{\{|\}\}/);
    expect(assist.decision.reply?.text).toBe(best?.text);
  });

  test('in English gets English', async () => {
    const assist = await store.ask('how long does a refund take to arrive?');
    expect(assist.understanding).toMatchObject({ language: 'en', act: 'question' });
    expect(assist.suggestions[0]?.source.id).toMatch(/\.en$/);
    expect(assist.suggestions.map(({ text }) => text).join()).not.toMatch(/\p{Script=Han}/u);
  });

  test("by the README's own shell block", async () => {
    const block = (await shellBlock('Send a message')).replace('.cuecard/demo.json', '"$DEMO_FILE"');
    expect(block).toContain('"$DEMO_FILE"');
    const run = async (): Promise<{ accepted: Accepted; items: Assist[] }> => {
      const { stdout } = await promisify(execFile)('bash', ['-ec', block], {
        env: { ...process.env, DEMO_FILE: join(stack.dataDirectory, 'demo.json') },
      });
      const [, first = '', second = ''] = /^(\{.*?\})\s*(\{"items".*\})\s*$/s.exec(stdout) ?? [];
      return {
        accepted: Accepted.parse(JSON.parse(first)),
        ...z.object({ items: z.array(Assist) }).parse(JSON.parse(second)),
      };
    };
    // It sleeps a second; a machine with much else to do may need another run.
    let seen = await run();
    for (let again = 0; seen.items.length === 0 && again < 10; again += 1) seen = await run();
    expect(seen.accepted).toMatchObject({ accepted: true });
    expect(seen.items).toHaveLength(1);
    expect(seen.items[0]).toMatchObject({
      messageIds: [seen.accepted.messageId],
      understanding: { intent: { name: 'delivery.when_ship' } },
    });
    expect(seen.items[0]?.suggestions[0]?.source.id).toBe('delivery.when_ship.zh');
  });

  test("to a tenant of one's own, by the README's other block, is answered from its own file", async () => {
    const place = await mkdtemp(join(tmpdir(), 'cuecard-readme-'));
    const block = (await shellBlock('Your own knowledge'))
      .replace('".cuecard/demo.json"', 'process.env.DEMO_FILE')
      .replaceAll('npx cuecard', `"${process.execPath}" "${CLI}"`);
    expect(block).toContain('process.env.DEMO_FILE');
    expect(block).toContain('cuecard.mjs" release');
    const env = { ...process.env, BASE: stack.baseUrl, DEMO_FILE: join(stack.dataDirectory, 'demo.json') };
    await promisify(execFile)('bash', ['-ec', block], { env, cwd: place });
    const own = shop(
      stack.baseUrl,
      'my-shop',
      Keys.parse(JSON.parse(await readFile(join(place, 'my-shop.json'), 'utf8'))),
    );
    await rm(place, { recursive: true });
    expect(await own.live()).toMatch(/^rel_/);
    const { suggestions, understanding } = await own.preview({ text: 'when do you open' });
    expect(understanding.intent.name).toBe('hours');
    expect(suggestions[0]).toMatchObject({ text: 'We are open every day.', source: { id: 'hours' } });
  });

  test('delivered twice, or sent again under another delivery, is one message', async () => {
    const conversation = conversationId();
    const { messageId } = await store.say(conversation, '可以开发票吗');
    await store.assistOf(conversation, messageId);
    const data = {
      conversationId: conversation,
      messageId,
      author: { type: 'customer', id: 'u-1' },
      text: '可以开发票吗',
    };
    for (const delivery of ['delivery-a', 'delivery-a', 'delivery-b']) {
      const again = await store.event('message.created', data, `${conversation}-${delivery}`);
      expect(again.status).toBe(200);
      expect(await again.json()).toEqual({ accepted: true, duplicate: true, messageId });
    }
    const { messages, assists } = await store.detail(conversation);
    expect(messages.filter(({ author }) => author.type === 'customer')).toHaveLength(1);
    expect(assists).toHaveLength(1);
    expect(assists[0]?.revision).toBe(1);
  });
});

describe('what is no question', () => {
  test('an order card alone gives the order and what is likely asked, and no answer', async () => {
    const assist = await store.ask({
      customer: lin,
      author: { type: 'customer', id: lin.id },
      parts: [{ kind: 'order_card', orderNumber: SHIPPED }],
    });
    expect(assist.understanding.act).toBe('reference');
    expect(assist.order).toMatchObject({ number: SHIPPED, known: true });
    expect(assist.order?.likely.length).toBeGreaterThan(0);
    expect(assist.suggestions.filter(({ source }) => source.kind === 'entry')).toEqual([]);
    expect(['auto_reply', 'clarify', 'handoff']).not.toContain(assist.decision.kind);
  });

  test.each(['好的谢谢', '嗯嗯', 'ok thanks'])('%s: nothing is suggested', async (text) => {
    const assist = await store.ask(text);
    expect(['acknowledge', 'close']).toContain(assist.understanding.act);
    expect(assist.suggestions).toEqual([]);
    expect(assist.decision).toMatchObject({ kind: 'none' });
  });

  test('a greeting is greeted in the shop’s own words, which say once that a bot speaks', async () => {
    const conversation = conversationId();
    const assist = await store.ask('在吗', conversation);
    expect(assist).toMatchObject({
      understanding: { act: 'greet' },
      decision: { kind: 'auto_reply', reason: 'phase_phrase' },
    });
    const { messages } = await store.until(conversation, ({ messages: all }) => ofBot(all).length > 0, 'the greeting');
    expect(ofBot(messages)[0]).toContain(disclosure);
  });

  test.each([
    ['an image', { parts: [{ kind: 'image', url: 'https://shop.example/broken.jpg' }] }],
    ['a voice message', { parts: [{ kind: 'voice', url: 'https://shop.example/1.amr' }] }],
  ])('%s that nobody has seen is never answered by a machine', async (_, content) => {
    const conversation = conversationId();
    const assist = await store.ask(content, conversation);
    expect(['auto_reply', 'clarify']).not.toContain(assist.decision.kind);
    const { head } = await store.until(conversation, ({ head: now }) => now.owner === 'queue', 'the queue');
    expect(head.handoff?.reason).toBe('needs_person');
  });

  test('a voice message with a transcript is read like text', async () => {
    const assist = await store.ask({ parts: [{ kind: 'voice', transcript: '什么时候发货？' }] });
    expect(assist.understanding.intent.name).toBe('delivery.when_ship');
    expect(assist.decision.kind).toBe('auto_reply');
  });
});

describe('the bot', () => {
  test('answers after the quiet window, and says once a conversation that it is one', async () => {
    const conversation = conversationId();
    await store.ask('什么时候发货？', conversation);
    const first = await store.until(
      conversation,
      ({ messages }) => messages.some(({ delivery }) => delivery === 'delivered'),
      'the answer',
    );
    expect(first.head).toMatchObject({ owner: 'bot', disclosed: true });
    expect(first.messages.at(-1)).toMatchObject({ replyId: 'bot:1', author: { type: 'bot' } });
    const second = await store.ask('你们发什么快递', conversation);
    expect(second.decision.kind).toBe('auto_reply');
    const { messages } = await store.until(
      conversation,
      (now) => ofBot(now.messages).length === 2,
      'the second answer',
    );
    expect(ofBot(messages).map((text) => text.includes(disclosure))).toEqual([true, false]);
    expect(ofBot(messages)[1]).toBe(second.decision.reply?.text);
    expect(second.turnId).not.toBe(first.assists[0]?.turnId);
  });

  test('hands over at once to who asks for a person, with the reason and what was said', async () => {
    const conversation = conversationId();
    const text = `别让机器人回了，我要转人工查订单${SHIPPED}`;
    const assist = await store.ask({ text, customer: lin }, conversation);
    expect(assist.decision).toMatchObject({ kind: 'handoff', reason: 'asked_for_person' });
    const found = await store.until(conversation, ({ head }) => head.owner === 'queue', 'the queue');
    expect(found.head.handoff).toMatchObject({ reason: 'asked_for_person', assistId: assist.id });
    expect(found.package).toMatchObject({ reason: 'asked_for_person', priority: found.head.handoff?.priority });
    expect(found.package?.transcript.map(({ text }) => text)).toContain(text);
    const facts = found.package?.facts ?? [];
    expect(facts).toContainEqual({ name: 'order_number', value: SHIPPED, messageId: assist.messageIds[0] });
    expect(facts).toContainEqual({ name: 'order_status', value: `${SHIPPED}: shipped` });
    const queue = await client(stack.baseUrl).call('GET', '/v1/desk/conversations?owner=queue', demo.agentToken);
    expect((queue as { items: { id: string }[] }).items.map(({ id }) => id)).toContain(conversation);
    const told = await store.until(conversation, ({ messages }) => ofBot(messages).length > 0, 'the notice');
    expect(ofBot(told.messages)).toEqual([expect.stringMatching(/^正在为您转接人工客服，请稍候～/)]);
  });

  test('asks which it is when it is not sure, and a tapped button is answered without waiting', async () => {
    await store.change({ quietWindowMs: 30_000 });
    const conversation = conversationId();
    const entry = 'delivery.when_ship.zh';
    const tapped = await store.ask(
      { parts: [{ kind: 'button', text: '下单后什么时候发货？', value: '下单后什么时候发货？' }] },
      conversation,
    );
    expect(tapped.suggestions[0]?.source.id).toBe(entry);
    expect(tapped.decision.kind).toBe('auto_reply');
    // Far less than the quiet window: `until` gives up before it would have passed twice.
    const { messages } = await store.until(conversation, (now) => ofBot(now.messages).length === 1, 'the answer');
    const [asked, answered] = messages.map(({ at }) => Date.parse(at));
    expect((answered ?? Number.POSITIVE_INFINITY) - (asked ?? 0)).toBeLessThan(30_000);
    await store.change({ quietWindowMs: QUIET_MS });
  });
});

describe.concurrent('in the quiet window', () => {
  beforeAll(() => store.change({ quietWindowMs: LONG_MS }));
  afterAll(() => store.change({ quietWindowMs: QUIET_MS }));

  test('the bot says nothing when an agent wrote meanwhile', async ({ expect }) => {
    const conversation = conversationId();
    const assist = await store.ask('什么时候发货？', conversation);
    expect(assist.decision.kind).toBe('auto_reply');
    const { answer } = await store.agentWrites(conversation, '您好，今天就会发出');
    expect(answer.status).toBe(202);
    const { head } = await store.detail(conversation);
    expect(head.owner).toBe('agent:lei');
    await pause(LONG_MS);
    const { messages } = await store.detail(conversation);
    expect(ofBot(messages)).toEqual([]);
    expect(messages.map(({ author }) => author.type)).toEqual(['customer', 'agent']);
  });

  test('a turn in fragments is one assist with a revision for each, over all of them', async ({ expect }) => {
    const conversation = conversationId();
    const first = await store.say(conversation, '我想问一下');
    await store.assistOf(conversation, first.messageId);
    const second = await store.say(conversation, '一般什么时候发货');
    const assist = await store.assistOf(conversation, second.messageId);
    expect(assist).toMatchObject({ revision: 2, messageIds: [first.messageId, second.messageId], customerSeq: 2 });
    expect(assist.understanding.intent.name).toBe('delivery.when_ship');
    expect(await store.assists(conversation)).toHaveLength(1);
    const { messages } = await store.until(conversation, (now) => ofBot(now.messages).length > 0, 'the answer');
    expect(messages.map(({ author }) => author.type)).toEqual(['customer', 'customer', 'bot']);
  });

  test('a turn is shortened by a message that is withdrawn', async ({ expect }) => {
    const conversation = conversationId();
    const kept = await store.say(conversation, '一般什么时候发货');
    const withdrawn = await store.say(conversation, '我要投诉你们');
    await store.assistOf(conversation, withdrawn.messageId);
    const recalled = await store.event('message.recalled', {
      conversationId: conversation,
      messageId: withdrawn.messageId,
    });
    expect(recalled.status).toBe(202);
    const { messages, assists } = await store.until(
      conversation,
      (now) => now.assists.every(({ messageIds }) => !messageIds.some((id) => id === withdrawn.messageId)),
      'an assist without the withdrawn message',
    );
    expect(assists[0]?.messageIds).toEqual([kept.messageId]);
    expect(messages.find(({ id }) => id === withdrawn.messageId)?.recalled).toBe(true);
  });
});

describe('who speaks', () => {
  test('an agent who writes on the platform takes the conversation; our own reply echoed back takes nothing', async () => {
    const conversation = conversationId();
    await store.ask('什么时候发货？', conversation);
    const spoken = await store.until(conversation, ({ messages }) => ofBot(messages).length === 1, 'the answer');
    const reply = spoken.messages.at(-1);
    const echo = await store.message({ type: 'agent', id: 'platform-robot' }, conversation, {
      text: reply?.text ?? '',
      replyId: reply?.replyId,
    });
    expect(echo.answer.status).toBe(202);
    const after = await store.detail(conversation);
    expect(after.head).toMatchObject({ owner: 'bot', epoch: spoken.head.epoch });
    expect(after.messages.filter(({ author }) => author.type !== 'customer')).toHaveLength(1);

    await store.agentWrites(conversation, '您好，我来为您服务');
    const taken = await store.detail(conversation);
    expect(taken.head.owner).toBe('agent:lei');
    expect(taken.head.epoch).toBeGreaterThan(spoken.head.epoch);
    const beside = await store.ask('可以开发票吗', conversation);
    expect(beside.decision).toMatchObject({ kind: 'suggest', reason: 'owner_agent' });
    await afterQuiet();
    expect(ofBot((await store.detail(conversation)).messages)).toHaveLength(1);
  });

  test('the platform assigns, gives back and closes; a new message opens again', async () => {
    const conversation = conversationId();
    const owner = async () => (await store.detail(conversation)).head;
    const event = async (type: string, more: object = {}): Promise<void> => {
      expect((await store.event(type, { conversationId: conversation, ...more })).status).toBe(202);
    };
    await event('conversation.started', { customer: lin, language: 'zh' });
    await event('conversation.assigned', { agentId: 'mei' });
    const assigned = await owner();
    expect(assigned.owner).toBe('agent:mei');
    await event('conversation.released');
    expect(await owner()).toMatchObject({ owner: 'bot', epoch: assigned.epoch + 1 });
    await event('conversation.closed');
    const closed = await owner();
    expect(closed.owner).toBe('closed');
    const reopened = await store.ask('什么时候发货？', conversation);
    expect(reopened.decision.kind).toBe('auto_reply');
    expect((await owner()).owner).toBe('bot');
    expect((await owner()).epoch).toBeGreaterThan(closed.epoch);
  });

  test('the desk claims, replies, transfers, gives back and closes', async () => {
    const conversation = conversationId();
    await store.ask('我要找人工客服', conversation);
    await store.until(conversation, ({ head }) => head.owner === 'queue', 'the queue');
    await store.act(conversation, 'claim');
    expect((await store.detail(conversation)).head.owner).toBe('agent:agent');
    const reply = { text: '您好，稍等，我帮您查一下', clientId: 'client-1' };
    await store.act(conversation, 'messages', reply);
    await store.act(conversation, 'messages', reply);
    const { head, messages } = await store.until(
      conversation,
      (now) => now.messages.some(({ author }) => author.type === 'agent'),
      'the reply',
    );
    expect(messages.filter(({ author }) => author.type === 'agent')).toHaveLength(1);
    expect(head.promise?.text).toBe(reply.text);
    expect(Date.parse(head.promise?.dueAt ?? '')).toBeGreaterThan(Date.parse(head.promise?.at ?? ''));
    await store.act(conversation, 'transfer', { agentId: 'mei', note: 'knows the order' });
    expect((await store.detail(conversation)).head.owner).toBe('agent:mei');
    for (const action of ['claim', 'release', 'close']) {
      await expect(store.act(conversation, action)).rejects.toThrow('409');
    }
    await store.event('conversation.released', { conversationId: conversation });
    await store.act(conversation, 'claim');
    await store.act(conversation, 'close');
    expect((await store.detail(conversation)).head.owner).toBe('closed');
  });
});

describe('what is known of the customer', () => {
  test('goes into the answer: the state of the order, its carrier and tracking number', async () => {
    const conversation = conversationId();
    const { shipment } = lin.orders?.find(({ number }) => number === SHIPPED) ?? {};
    const assist = await store.ask(
      { customer: lin, author: { type: 'customer', id: lin.id }, text: `订单${SHIPPED}什么时候发货` },
      conversation,
    );
    expect(assist.suggestions[0]?.condition).toContain('order.status = shipped');
    expect(assist.suggestions[0]?.text).toContain(shipment?.trackingNumber);
    expect(assist.suggestions[0]?.text).toContain(shipment?.carrier);
    expect(assist.order).toMatchObject({ number: SHIPPED, known: true });
    const seen = await store.detail(conversation);
    expect(seen.customer).toMatchObject({ id: lin.id, name: `${lin.name?.slice(0, 1)}**`, tags: lin.tags });
    const claim = `/v1/desk/conversations/${encodeURIComponent(conversation)}/claim`;
    await client(stack.baseUrl).call('POST', claim, demo.agentToken, {});
    expect((await store.detail(conversation)).customer).toMatchObject({ name: lin.name });
  });

  test('is what the platform said last', async () => {
    const id = `u-${conversationId()}`;
    const author = { type: 'customer', id };
    const order = { number: 'TT2026000001', status: 'pending_payment' };
    const tell = async (status: string): Promise<void> => {
      const told = await store.event('customer.updated', { customer: { id, orders: [{ ...order, status }] } });
      expect(told.status).toBe(202);
    };
    const ask = () => store.ask({ author, text: `订单${order.number}什么时候发货` });
    await tell('pending_payment');
    expect((await ask()).suggestions[0]?.condition).toContain('pending_payment');
    await tell('cancelled');
    expect((await ask()).suggestions[0]?.condition).toContain('cancelled');
  });
});
