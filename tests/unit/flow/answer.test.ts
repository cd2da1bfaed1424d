import { describe, expect, test } from 'vitest';
import { answerTurn } from '../../../lib/assist/answer-turn.ts';
import type { InboundEvent } from '../../../lib/domain/event.ts';
import { MessageId } from '../../../lib/domain/ids.ts';
import { agent, CONVERSATION, created, TENANT } from '../../support/conversation.ts';
import { world } from '../../support/flow-world.ts';

const QUIET = 2_500;
const inConversation = { conversationId: CONVERSATION };
const byAgent = (id: string, text: string, replyId?: string): InboundEvent =>
  created(id, text, { by: { type: 'agent', id: 'ann' }, ...(replyId === undefined ? {} : { replyId }) });

describe('a customer message', () => {
  test('becomes an assist, and an automatic reply after the quiet window', async () => {
    const { receive, settle, started, assists, calls, head, messages, now, place } = world();
    const begun = now() + 1;
    expect(await receive(created('m1', 'when?'))).toEqual({ duplicate: false, messageId: 'm1' });
    expect(started).toEqual([{ name: 'assist', payload: { ...place, message: 'm1' } }]);
    await settle();
    expect(await assists()).toMatchObject([{ messageIds: ['m1'], revision: 1, decision: { kind: 'auto_reply' } }]);
    expect(now()).toBe(begun + QUIET);
    expect(calls).toMatchObject([
      { id: `${CONVERSATION}:bot:1`, type: 'reply.requested', data: { replyId: 'bot:1', epoch: 0, customerSeq: 1 } },
    ]);
    expect(calls[0]?.data['text']).toContain('re: when?');
    expect(await messages()).toMatchObject([{ id: 'm1' }, { id: 'bot:1', delivery: 'delivered' }]);
    expect(await head()).toMatchObject({ outbox: [], botSeq: 1, undelivered: 0 });
    expect((await head()).dueAt).toBeUndefined();
  });

  test.each([
    ['suggest', 'maybe', {}, 8],
    ['automatic reply after a quiet window', 'when?', { quietWindowMs: 1_000 }, 11],
    ['automatic reply at once', 'when?', { quietWindowMs: 0 }, 11],
  ])('costs the store no more than the budget: %s', async (_, text, settings, budget) => {
    const shop = world({ settings: { ...settings, callbackUrl: undefined } as never });
    await shop.receive(created('m1', 'hello ok'));
    await shop.settle();
    shop.counts.clear();
    await shop.receive(created('m2', text, { customer: { id: 'cust-1' as never, name: 'Li' } }));
    await shop.settle();
    expect(Object.fromEntries(shop.counts)).not.toEqual({});
    expect(shop.operations()).toBeLessThanOrEqual(budget);
  });

  test('in fragments is one turn: the last revision counts and nothing is answered before', async () => {
    const { deps, receive, assists, calls, head } = world({ settings: { quietWindowMs: 2_000 } });
    await receive(created('m1', 'I want'));
    await receive(created('m2', 'my money back'));
    await answerTurn(deps, TENANT, CONVERSATION, 'm2');
    await answerTurn(deps, TENANT, CONVERSATION, 'm1');
    expect(await assists()).toMatchObject([{ messageIds: ['m1', 'm2'], revision: 2 }]);
    expect(calls).toHaveLength(1);
    expect(calls[0]?.data['text']).toContain('re: I want my money back');
    expect((await head()).botSeq).toBe(1);
  });

  test('that comes while the bot waits overtakes the reply', async () => {
    const shop = world();
    const { deps, receive, settle, calls } = shop;
    let interrupted = false;
    deps.sleep = async (ms) => {
      if (!interrupted) {
        interrupted = true;
        await receive(created('m2', 'ok'));
      }
      shop.pass(ms);
    };
    await receive(created('m1', 'when?'));
    await settle();
    expect(calls).toEqual([]);
    expect(await shop.assists()).toMatchObject([{ revision: 2, messageIds: ['m1', 'm2'], decision: { kind: 'none' } }]);
  });

  test('delivered twice is handled once', async () => {
    const { receive, settle, started, calls, assists } = world();
    await receive(created('m1', 'when?'), 'd1');
    await settle();
    expect(await receive(created('m1', 'when?'), 'd1')).toEqual({ duplicate: true, messageId: 'm1' });
    expect(await receive(created('m1', 'when?'), 'd2')).toEqual({ duplicate: true, messageId: 'm1' });
    expect(await receive(created('m7', 'other'), 'd1')).toEqual({ duplicate: true, messageId: 'm1' });
    expect(started).toEqual([]);
    expect([calls.length, (await assists()).length]).toEqual([1, 1]);
  });

  test('whose start was lost is started by the retry of the platform', async () => {
    const { receive, started } = world();
    await receive(created('m1', 'when?'), 'd1');
    started.length = 0;
    expect(await receive(created('m1', 'when?'), 'd1')).toEqual({ duplicate: true, messageId: 'm1' });
    expect(started).toMatchObject([{ name: 'assist', payload: { message: 'm1' } }]);
  });

  test('whose start was lost is started by the sweep, later each time, and then left alone', async () => {
    const { receive, started, sweep, pass, settle } = world();
    await receive(created('m1', 'when?'));
    started.length = 0;
    expect(await sweep()).toEqual({ started: 0, more: false });
    pass(15_000);
    expect(await sweep()).toEqual({ started: 1, more: false });
    started.length = 0;
    expect((await sweep()).started).toBe(0);
    pass(20_000);
    expect((await sweep()).started).toBe(1);
    await settle();
    pass(1e7);
    expect((await sweep()).started).toBe(0);
  });

  test('is accepted although nothing can be started', async () => {
    const { receive } = world({ deps: { start: () => Promise.reject(new Error('throttled')) } });
    expect(await receive(created('m1', 'when?'))).toEqual({ duplicate: false, messageId: 'm1' });
  });

  test('withdrawn leaves no suggestion', async () => {
    const { receive, settle, assists, messages, calls } = world();
    await receive(created('m1', 'maybe'));
    await settle();
    const recalled: InboundEvent = {
      type: 'message.recalled',
      data: { ...inConversation, messageId: MessageId.parse('m1') },
    };
    await receive(recalled, 'd9');
    await settle();
    expect(await assists()).toMatchObject([
      { revision: 2, messageIds: [], suggestions: [], decision: { kind: 'none' } },
    ]);
    expect(await messages()).toMatchObject([{ id: 'm1', recalled: true }]);
    expect(calls.map(({ type }) => type)).toEqual(['suggestion.created']);
  });

  test('brings news of its customer', async () => {
    const { receive, settle, deps } = world();
    await receive(created('m1', 'ok', { customer: { id: 'cust-9' as never, name: 'Wang', tags: ['vip'] } }));
    await settle();
    expect(await deps.customers.get(TENANT, 'cust-9' as never)).toMatchObject({ name: 'Wang', tags: ['vip'] });
  });
});

describe('what goes wrong', () => {
  test('a snapshot that cannot be read degrades the answer', async () => {
    let tries = 0;
    const { receive, settle, assists } = world({
      deps: {
        openKnowledge: () => {
          tries += 1;
          return Promise.reject(new Error('unreadable'));
        },
      },
    });
    await receive(created('m1', 'unknown'));
    await settle();
    expect(tries).toBe(3);
    expect(await assists()).toMatchObject([{ degraded: ['snapshot'], decision: { kind: 'handoff' } }]);
  });

  test('a turn that cannot be assisted goes to a person after three failures', async () => {
    const { receive, settle, sweep, pass, assists, head } = world({
      deps: { respond: () => Promise.reject(new Error('a bug')) },
    });
    await receive(created('m1', 'when?'));
    await expect(settle()).rejects.toThrow('a bug');
    for (let run = 0; run < 3; run += 1) {
      pass(200_000);
      await sweep();
      await settle().catch(() => undefined);
    }
    expect(await assists()).toMatchObject([{ degraded: ['assist'], decision: { kind: 'handoff' } }]);
    expect((await head()).owner).toBe('queue');
  });

  test('an unknown tenant is an error', async () => {
    const { deps } = world();
    await expect(answerTurn(deps, 'nobody' as never, CONVERSATION, 'm1')).rejects.toThrow('no tenant');
  });

  test('a failing callback is tried again, then parked where people see it', async () => {
    const { receive, settle, sweep, pass, head, messages, calls } = world({
      outcomes: Array.from({ length: 99 }, () => 'failed' as const),
      settings: { quietWindowMs: 0 },
    });
    await receive(created('m1', 'when?'));
    await settle();
    expect(calls).toHaveLength(3);
    for (let run = 0; run < 30; run += 1) {
      pass(61_000);
      await sweep();
      await settle();
    }
    expect(await head()).toMatchObject({ outbox: [], undelivered: 1 });
    expect((await messages()).at(-1)).toMatchObject({ id: 'bot:1', delivery: 'failed' });
    expect(new Set(calls.map(({ id }) => id)).size).toBe(1);
  });

  test('a platform that refuses is not asked again', async () => {
    const { receive, settle, calls, head } = world({ outcomes: ['refused'], settings: { quietWindowMs: 0 } });
    await receive(created('m1', 'when?'));
    await settle();
    expect(calls).toHaveLength(1);
    expect(await head()).toMatchObject({ outbox: [], undelivered: 1 });
  });
});

describe('people', () => {
  test('an agent who writes on the platform owns the conversation before the webhook is answered', async () => {
    const { receive, settle, head, calls, messages } = world();
    await receive(created('m1', 'when?'));
    await receive(byAgent('a1', 'one moment'));
    expect(await head()).toMatchObject({ owner: 'agent:ann', epoch: 1, promise: { text: 'one moment' } });
    await settle();
    expect(calls).toEqual([]);
    expect((await messages()).map(({ id }) => id)).toEqual(['m1', 'a1']);
  });

  test('a message answered before it was assisted still gets its assist', async () => {
    const { receive, settle, assists, head } = world();
    await receive(created('m1', 'when?'));
    await receive(byAgent('a1', 'tomorrow'));
    await settle();
    expect((await assists()).map(({ messageIds }) => messageIds)).toEqual([['m1']]);
    expect((await head()).backlog).toBeUndefined();
  });

  test('our reply echoed by the platform is no agent and no second message', async () => {
    const { receive, settle, head, messages } = world({ settings: { quietWindowMs: 0 } });
    await receive(created('m1', 'when?'));
    await settle();
    await receive(byAgent('p-55', 'It leaves', 'bot:1'));
    expect(await head()).toMatchObject({ owner: 'bot', epoch: 0 });
    expect((await messages()).map(({ id }) => id)).toEqual(['m1', 'bot:1']);
  });

  test('a hand-off tells customer and platform, with the package', async () => {
    const { receive, settle, calls, head } = world();
    await receive(created('m1', 'give me a person'));
    await settle();
    expect(calls.map(({ type }) => type)).toEqual(['reply.requested', 'handoff.requested']);
    expect(calls[0]?.data).toMatchObject({ kind: 'notice' });
    expect(calls[1]?.data).toMatchObject({
      reason: 'asked_for_person',
      package: { transcript: [{ author: 'customer', text: 'give me a person' }, { author: 'bot' }] },
    });
    expect(await head()).toMatchObject({ owner: 'queue', epoch: 1, outbox: [] });
  });

  test('release gives the waiting turn back to the bot, who answers it', async () => {
    const { receive, settle, calls, head } = world();
    await receive({ type: 'conversation.assigned', data: { ...inConversation, agentId: agent('ann') } }, 'd1');
    await receive(created('m1', 'when?'));
    await settle();
    expect(calls.map(({ type }) => type)).toEqual(['suggestion.created']);
    await receive({ type: 'conversation.released', data: inConversation }, 'd2');
    await settle();
    expect(calls.map(({ type }) => type)).toEqual(['suggestion.created', 'reply.requested']);
    expect((await head()).owner).toBe('bot');
  });

  test('in shadow nothing is shown, and what agents write is matched with what would have been suggested', async () => {
    const { receive, settle, calls, deps, head } = world({ settings: { mode: 'shadow' } });
    await receive(created('m1', 'person'));
    await settle();
    expect([calls.length, (await head()).owner]).toEqual([0, 'bot']);
    await receive(byAgent('a1', 'It leaves today!'));
    await receive(created('m2', 'and then'));
    await settle();
    await receive(byAgent('a2', 'It leaves today or at the latest tomorrow'));
    await receive(created('m3', 'and then'));
    await settle();
    await receive(byAgent('a3', 'Have you tried turning it off?'));
    const feedback = await deps.conversations.feedback(TENANT, CONVERSATION);
    expect(feedback.map(({ event, suggestionId, matched }) => [event, suggestionId, matched])).toEqual([
      ['used', 'sug_1', true],
      ['edited', 'sug_1', true],
      ['ignored', undefined, true],
    ]);
  });
});
