import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { HandoffPackage } from '../../lib/domain/contract/desk.ts';
import { client } from '../../scripts/local/client.ts';
import { type CallbackServer, startCallbackServer } from '../support/callback-server.ts';
import { FAQ_CSV, HOURS, SHIPPING } from '../support/faq.ts';
import { sharedStack } from '../support/shared-stack.ts';
import { conversationId, pause, type Shop } from '../support/shop.ts';
import type { SharedStack } from '../support/stack.ts';

let stack: SharedStack;
let platform: CallbackServer;
let tenant: Shop;

beforeAll(async () => {
  stack = sharedStack();
  platform = await startCallbackServer();
  tenant = await stack.newShop({ callbackUrl: platform.url });
  await tenant.imported('csv', FAQ_CSV);
  expect((await tenant.release()).status).toBe('live');
}, 300_000);
afterAll(async () => {
  await platform?.stop();
});

const texts = (conversation: string): (string | undefined)[] =>
  platform.of(conversation).map(({ call }) => call.data.text);

describe('a call to the platform', () => {
  test('asks it to send the bot’s reply, signed with the callback secret and no other', async () => {
    const conversation = conversationId();
    const before = Date.now();
    const assist = await tenant.ask(HOURS.question, conversation);
    const [attempt] = await platform.received(conversation, 1);
    expect(attempt?.verifies(tenant.keys.callbackSecret)).toBe(true);
    expect(attempt?.verifies(tenant.keys.webhookSecret)).toBe(false);
    expect(attempt?.call).toMatchObject({
      type: 'reply.requested',
      data: {
        conversationId: conversation,
        replyId: 'bot:1',
        kind: 'reply',
        epoch: 0,
        customerSeq: 1,
        author: { type: 'bot' },
        assistId: assist.id,
        suggestionId: assist.suggestions[0]?.id,
      },
    });
    expect(attempt?.call.data.text).toContain(HOURS.answer);
    expect(Date.parse(attempt?.call.data.expiresAt ?? '')).toBeGreaterThan(before);
    const { messages } = await tenant.until(
      conversation,
      (now) => now.messages.some(({ delivery }) => delivery === 'delivered'),
      'the delivered reply',
    );
    expect(messages.find(({ replyId }) => replyId === 'bot:1')?.text).toBe(attempt?.call.data.text);
  });

  test('is made once for a reply, however often the message comes', async () => {
    const conversation = conversationId();
    const { messageId } = await tenant.say(conversation, HOURS.question);
    const data = {
      conversationId: conversation,
      messageId,
      author: { type: 'customer', id: 'u-1' },
      text: HOURS.question,
    };
    await Promise.all([1, 2, 3].map((n) => tenant.event('message.created', data, `${conversation}-${n}`)));
    await tenant.until(
      conversation,
      (now) => now.messages.some(({ delivery }) => delivery === 'delivered'),
      'the reply',
    );
    await pause(1_000);
    expect(platform.of(conversation)).toHaveLength(1);
  });

  test('tells of a hand-off with its package, after what the customer is told', async () => {
    const conversation = conversationId();
    const assist = await tenant.ask('I want to talk to a human about order 99887766554', conversation);
    const [notice, handoff] = await platform.received(conversation, 2);
    expect(notice?.call).toMatchObject({ type: 'reply.requested', data: { kind: 'notice', replyId: 'bot:1' } });
    expect(handoff?.call.type).toBe('handoff.requested');
    const { data } = handoff?.call ?? {};
    expect(data).toMatchObject({ reason: 'asked_for_person', assistId: assist.id, epoch: 1 });
    const enclosed = HandoffPackage.parse(data?.['package']);
    expect(enclosed).toMatchObject({
      reason: 'asked_for_person',
      skill: data?.['skill'],
      priority: data?.['priority'],
    });
    expect(enclosed.transcript[0]).toMatchObject({ author: 'customer' });
    expect(enclosed.facts).toContainEqual(expect.objectContaining({ name: 'order_number', value: '99887766554' }));
  });

  test('brings suggestions to the agent’s own workbench while a person answers', async () => {
    const conversation = conversationId();
    await tenant.event('conversation.started', { conversationId: conversation });
    await tenant.event('conversation.assigned', { conversationId: conversation, agentId: 'mei' });
    const assist = await tenant.ask(HOURS.question, conversation);
    const [attempt] = await platform.received(conversation, 1);
    expect(attempt?.verifies(tenant.keys.callbackSecret)).toBe(true);
    expect(attempt?.call).toMatchObject({
      type: 'suggestion.created',
      data: { assistId: assist.id, turnId: assist.turnId, revision: 1, messageIds: assist.messageIds },
    });
    expect(attempt?.call.data['suggestions']).toEqual(assist.suggestions);
    expect(attempt?.call.data['decision']).toEqual(assist.decision);
  });

  test('is refused to an address that must not be called', async () => {
    const patch = (callbackUrl: string) =>
      client(stack.baseUrl).call('PATCH', `/v1/tenants/${tenant.id}`, tenant.keys.adminToken, { callbackUrl });
    for (const url of ['ftp://shop.example/x', 'file:///etc/passwd', 'http://user:secret@shop.example/', 'no url']) {
      await expect(patch(url)).rejects.toThrow('400');
    }
  });
});

describe('when the platform fails', () => {
  test('a call is tried again, under the same id', async () => {
    const conversation = conversationId();
    platform.next(conversation, 500, 'drop', 200);
    await tenant.ask(HOURS.question, conversation);
    const attempts = await platform.received(conversation, 3);
    expect(new Set(attempts.map(({ id }) => id)).size).toBe(1);
    expect(attempts.every(({ verifies }) => verifies(tenant.keys.callbackSecret))).toBe(true);
    expect(new Set(texts(conversation)).size).toBe(1);
    await tenant.until(
      conversation,
      ({ messages, head }) => messages.some(({ delivery }) => delivery === 'delivered') && head.undelivered === 0,
      'the delivered reply',
    );
  });

  test('what follows waits its turn: a conversation is delivered in order', async () => {
    const conversation = conversationId();
    await tenant.event('conversation.started', { conversationId: conversation });
    await tenant.act(conversation, 'claim');
    platform.next(conversation, 500, 500);
    const said = ['one', 'two', 'three', 'four'];
    for (const text of said) await tenant.act(conversation, 'messages', { text });
    const attempts = await platform.received(conversation, 6);
    expect(texts(conversation)).toEqual(['one', 'one', 'one', 'two', 'three', 'four']);
    expect(attempts[0]?.call).toMatchObject({
      type: 'reply.requested',
      data: { author: { type: 'agent', id: 'agent' } },
    });
    const { messages } = await tenant.until(
      conversation,
      (now) => now.messages.filter(({ delivery }) => delivery === 'delivered').length === said.length,
      'all delivered',
    );
    expect(messages.map(({ text }) => text)).toEqual(said);
  });

  test('a platform that hangs holds up one conversation, not another', async () => {
    const [stuck, free] = [conversationId(), conversationId()];
    platform.next(stuck, 'hang', 200);
    await tenant.ask(HOURS.question, stuck);
    await platform.received(stuck, 1);
    await tenant.ask(SHIPPING.question, free);
    await tenant.until(
      free,
      ({ messages }) => messages.some(({ delivery }) => delivery === 'delivered'),
      'the other reply',
    );
    const { messages } = await tenant.detail(stuck);
    expect(messages.map(({ delivery }) => delivery)).not.toContain('delivered');
    platform.answerHanging(200);
    await tenant.until(
      stuck,
      (now) => now.messages.some(({ delivery }) => delivery === 'delivered'),
      'the stuck reply',
    );
  });

  test('a reply is dropped when a person took over before it was delivered', async () => {
    const conversation = conversationId();
    platform.next(conversation, 500, 500, 500);
    await tenant.ask(HOURS.question, conversation);
    await platform.received(conversation, 1);
    await tenant.agentWrites(conversation, 'I am taking this one');
    const { head, messages } = await tenant.until(
      conversation,
      (now) => now.messages.some(({ delivery }) => delivery === 'dropped'),
      'the dropped reply',
    );
    expect(head).toMatchObject({ owner: 'agent:lei', epoch: 1, undelivered: 0 });
    expect(messages.find(({ author }) => author.type === 'bot')?.delivery).toBe('dropped');
    const tried = platform.of(conversation).length;
    expect(tried).toBeLessThanOrEqual(3);
    platform.next(conversation);
    // Longer than the pause before the next attempt would have been.
    await pause(3_000);
    expect(platform.of(conversation)).toHaveLength(tried);
  });

  test.each([400, 302, 410])('a refusal (%i) is final, and stays visible', async (status) => {
    const conversation = conversationId();
    platform.next(conversation, status);
    await tenant.ask(HOURS.question, conversation);
    const { messages, head } = await tenant.until(conversation, (now) => now.head.undelivered === 1, 'the record');
    expect(messages.find(({ author }) => author.type === 'bot')?.delivery).toBe('failed');
    expect(head.owner).toBe('bot');
    expect(platform.of(conversation)).toHaveLength(1);
    await tenant.ask(SHIPPING.question, conversation);
    await platform.received(conversation, 2);
  });
});

test('a tenant without a callback address is read at the desk: nothing is called, nothing is lost', async () => {
  const quiet = await stack.newShop();
  await quiet.imported('csv', FAQ_CSV);
  await quiet.release();
  const conversation = conversationId();
  await quiet.ask(HOURS.question, conversation);
  const { messages } = await quiet.until(conversation, (now) => now.messages.length === 2, 'the reply');
  expect(messages[1]).toMatchObject({ author: { type: 'bot' }, replyId: 'bot:1' });
  expect(platform.of(conversation)).toEqual([]);
});
