import { describe, expect, test } from 'vitest';
import type { Head, Owner } from '../../../lib/domain/conversation.ts';
import type { InboundEvent } from '../../../lib/domain/event.ts';
import { claim, closeByDesk, releaseByDesk, sendByDesk, transfer } from '../../../lib/handoff/by-desk.ts';
import { isRefusal, newHead } from '../../../lib/handoff/head.ts';
import { register } from '../../../lib/handoff/register.ts';
import type { StoredEvent } from '../../../lib/ports/conversations.ts';
import { agent, byAgent, CONVERSATION, created, START, said, stored } from '../../support/conversation.ts';

const context = { now: START, isPromise: (text: string) => (text.includes('moment') ? 3 : undefined) };
const fresh = newHead(CONVERSATION, START);
const receiving = (head: Head, ...events: StoredEvent[]): Head => register(head, events, context);
const inConversation = { conversationId: CONVERSATION };
const event = (type: 'conversation.released' | 'conversation.closed'): StoredEvent =>
  stored(`evt:${type}`, { type, data: inConversation } as InboundEvent);
const assignedTo = (who: string): StoredEvent =>
  stored('evt:assigned', { type: 'conversation.assigned', data: { ...inConversation, agentId: agent(who) } });

const HANDOFF: NonNullable<Head['handoff']> = {
  reason: 'asked_for_person',
  skill: 'general',
  priority: 6,
  at: new Date(START).toISOString(),
};
const owned = (owner: Owner, more: Partial<Head> = {}): Head => ({ ...fresh, owner, epoch: 3, ...more });
const pending: NonNullable<Head['pending']> = {
  kind: 'reply',
  turnId: 't',
  revision: 1,
  epoch: 3,
  customerSeq: 1,
  dueAt: START,
  reason: 'confident',
  assistId: 'ast_1',
};

describe('what arrives from the platform', () => {
  test.each<[string, Head, StoredEvent, Owner, number]>([
    ['an agent writes to the bot', owned('bot'), byAgent('a', 'ann', 'hi'), 'agent:ann', 4],
    ['an agent writes in the queue', owned('queue'), byAgent('a', 'ann', 'hi'), 'agent:ann', 4],
    ['the owner writes again', owned('agent:ann'), byAgent('a', 'ann', 'hi'), 'agent:ann', 3],
    ['another agent writes', owned('agent:ann'), byAgent('a', 'bob', 'hi'), 'agent:bob', 4],
    ['assignment', owned('queue'), assignedTo('ann'), 'agent:ann', 4],
    ['assignment to the owner', owned('agent:ann'), assignedTo('ann'), 'agent:ann', 3],
    ['release', owned('agent:ann'), event('conversation.released'), 'bot', 4],
    [
      'release, hand-off unanswered',
      owned('agent:ann', { handoff: HANDOFF }),
      event('conversation.released'),
      'queue',
      4,
    ],
    ['release of what nobody holds', owned('queue'), event('conversation.released'), 'queue', 3],
    ['close', owned('agent:ann'), event('conversation.closed'), 'closed', 4],
    ['close twice', owned('closed'), event('conversation.closed'), 'closed', 3],
    ['a customer reopens', owned('closed'), said('m1'), 'bot', 4],
    ['a customer writes to an agent', owned('agent:ann'), said('m1'), 'agent:ann', 3],
    ['a customer writes in the queue', owned('queue'), said('m1'), 'queue', 3],
  ])('%s', (_, before, received, owner, epoch) => {
    expect(receiving(before, received)).toMatchObject({ owner, epoch });
  });

  test.each([
    ['an agent', byAgent('a', 'ann', 'hi')],
    ['an assignment', assignedTo('ann')],
    ['a customer', said('m9')],
    ['a close', event('conversation.closed')],
  ])('what the bot was about to say is dropped by %s', (_, received) => {
    expect(receiving(owned('bot', { pending }), received).pending).toBeUndefined();
  });

  test("an agent's answer resolves the hand-off, so that a release gives it to the bot", () => {
    const answered = receiving(owned('queue', { handoff: HANDOFF }), byAgent('a', 'ann', 'hi'));
    expect(answered.handoff?.answeredAt).toBe(new Date(START).toISOString());
    expect(receiving(answered, event('conversation.released'))).toMatchObject({ owner: 'bot' });
    expect(receiving(answered, event('conversation.released')).handoff).toBeUndefined();
  });

  test('a release with the customer still waiting has the turn assisted anew', () => {
    const waiting = receiving(owned('agent:ann'), said('m1'));
    expect(receiving(waiting, event('conversation.released')).turn).toMatchObject({ revision: 2, again: true });
  });

  test('a promise runs until the agent writes again', () => {
    const promised = receiving(owned('queue'), byAgent('a', 'ann', 'one moment'));
    expect(promised.promise).toMatchObject({ at: new Date(START).toISOString(), text: 'one moment' });
    expect(receiving(promised, said('m1')).promise).toBeDefined();
    expect(receiving(promised, byAgent('b', 'ann', 'here it is', START + 1)).promise).toBeUndefined();
  });

  test.each([
    ['by reply id', byAgent('x', 'ann', 'hi', START, 'bot:2')],
    ['by its own id', byAgent('bot:1', 'ann', 'hi')],
    ['by author', stored('x', created('x', 'hi', { by: { type: 'bot', id: 'bot:cuecard' } }))],
  ])('our own reply echoed is no agent: %s', (_, echo) => {
    const head = receiving(owned('bot', { botSeq: 2 }), said('m1'), echo);
    expect(head).toMatchObject({ owner: 'bot', epoch: 3 });
    expect(head.turn?.messageIds).toEqual(['m1']);
  });

  test('a reply id that was never given is no echo', () => {
    expect(receiving(owned('bot', { botSeq: 2 }), byAgent('x', 'ann', 'hi', START, 'bot:3')).owner).toBe('agent:ann');
  });

  test("another bot's message answers the bot's turn and leaves a person's alone", () => {
    const line = stored('x', created('x', 'we are closed', { by: { type: 'bot', id: 'other' } }), START + 1);
    expect(receiving(owned('bot'), said('m1'), line).turn).toBeUndefined();
    expect(receiving(owned('agent:ann'), said('m1'), line)).toMatchObject({
      owner: 'agent:ann',
      turn: { revision: 1 },
    });
  });
});

describe('what an agent does at the desk', () => {
  const outcome = (result: ReturnType<typeof claim>) =>
    isRefusal(result) ? 'refused' : `${result.owner} ${result.epoch}`;
  const ann = agent('ann');

  test.each<[Owner, string, string, string]>([
    ['bot', 'agent:ann 4', 'refused', 'closed 4'],
    ['queue', 'agent:ann 4', 'refused', 'closed 4'],
    ['agent:ann', 'agent:ann 3', 'bot 4', 'closed 4'],
    ['agent:bob', 'refused', 'refused', 'refused'],
    ['closed', 'refused', 'refused', 'closed 3'],
  ])('owner %s: claim, release, close', (owner, claimed, released, closed) => {
    expect(outcome(claim(owned(owner), ann, START))).toBe(claimed);
    expect(outcome(releaseByDesk(owned(owner), ann))).toBe(released);
    const closing = { author: { type: 'agent' as const, id: ann }, agent: ann, wrapUp: undefined };
    expect(outcome(closeByDesk(owned(owner), closing, START))).toBe(closed);
  });

  test.each<[Owner, string, string]>([
    ['agent:ann', 'agent:bob 4', 'queue 4'],
    ['queue', 'agent:bob 4', 'queue 3'],
    ['agent:cid', 'refused', 'refused'],
    ['closed', 'refused', 'refused'],
  ])('owner %s: transfer to an agent, to a skill', (owner, toAgent, toSkill) => {
    expect(outcome(transfer(owned(owner), ann, { to: { agent: agent('bob') } }, START))).toBe(toAgent);
    expect(outcome(transfer(owned(owner), ann, { to: { skill: 'returns' } }, START))).toBe(toSkill);
  });

  test('a transfer to a skill stands in its queue with the note', () => {
    const head = transfer(owned('agent:ann'), ann, { to: { skill: 'returns' }, note: 'wants a refund' }, START);
    expect(head).toMatchObject({
      handoff: { skill: 'returns', note: 'wants a refund', reason: 'transferred', from: 'ann' },
    });
  });

  test('a hand-off that is passed on says by whom and why it is here now, and keeps how long the customer waits', () => {
    const at = new Date(START - 60_000).toISOString();
    const waiting: Head = {
      ...owned('agent:ann'),
      handoff: { reason: 'asked_for_person', skill: 'orders', priority: 7, at },
    };
    const head = transfer(waiting, ann, { to: { agent: agent('bob') }, note: 'a regular' }, START);
    expect(head).toMatchObject({
      owner: 'agent:bob',
      handoff: {
        reason: 'transferred',
        from: 'ann',
        note: 'a regular',
        skill: 'orders',
        priority: 7,
        since: START - 60_000,
      },
    });
  });

  const message = {
    id: 'desk:1',
    author: { type: 'agent' as const, id: 'ann' },
    agent: ann,
    text: 'sent',
    promised: undefined,
  };

  test('a reply takes the conversation, answers the turn and waits for the platform', () => {
    const head = sendByDesk(receiving(owned('bot', { pending }), said('m1')), message, START);
    expect(head).toMatchObject({
      owner: 'agent:ann',
      epoch: 4,
      outbox: [{ id: 'desk:1', kind: 'agent_reply', epoch: 4 }],
    });
    expect('turn' in head).toBe(false);
  });

  test('the same reply sent again, or echoed, changes nothing', () => {
    const head = sendByDesk(owned('queue'), message, START) as Head;
    expect(sendByDesk({ ...head, outbox: [] }, message, START)).toEqual({ ...head, outbox: [] });
    // While it is on its way, and once the platform has it.
    for (const known of [head, { ...head, outbox: [] }]) {
      expect(receiving(known, byAgent('p-7', 'bob', 'sent', START, 'desk:1'))).toMatchObject({
        owner: 'agent:ann',
        epoch: 4,
      });
    }
  });

  test('a reply is refused when too many wait', () => {
    const big = { ...message, text: 'x'.repeat(30_000) };
    const first = sendByDesk(owned('queue'), { ...big, id: 'desk:a' }, START) as Head;
    expect(sendByDesk(first, { ...big, id: 'desk:b', text: 'x'.repeat(30_001) }, START)).toHaveProperty('refused');
  });
});
