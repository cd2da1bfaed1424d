import { describe, expect, test } from 'vitest';
import type { Decision } from '../../../lib/domain/assist.ts';
import type { Head, OutboxItem } from '../../../lib/domain/conversation.ts';
import { claim } from '../../../lib/handoff/by-desk.ts';
import { commitPending } from '../../../lib/handoff/commit.ts';
import { answerKey, decided, type Verdict } from '../../../lib/handoff/decide.ts';
import { newHead } from '../../../lib/handoff/head.ts';
import { BACKOFF_MS, CLAIM_MS, planDelivery, settle } from '../../../lib/handoff/outbox.ts';
import { register } from '../../../lib/handoff/register.ts';
import { agent, assistOf, CONVERSATION, openTurn, START, said } from '../../support/conversation.ts';

const context = { now: START, isPromise: () => undefined };
const asked = register(newHead(CONVERSATION, START), [said('m1')], context);
const QUIET = 2_500;

const verdict = (decision: Partial<Decision>, more: Partial<Verdict> = {}, head = asked): Verdict => ({
  assist: assistOf(openTurn(head), decision),
  epoch: head.epoch,
  mode: 'hybrid',
  hasCallback: true,
  quietMs: QUIET,
  disclosure: 'I am a bot.',
  notice: 'A colleague is coming.',
  ...more,
});

const REPLY: Partial<Decision> = {
  kind: 'auto_reply',
  reason: 'confident',
  reply: { text: 'It leaves today.', suggestionId: 'sug_1' },
};
const kinds = (head: Head): string[] => head.outbox.map((item) => item.kind);

describe('an automatic reply', () => {
  const waiting = decided(asked, verdict(REPLY), START);

  test('waits for the quiet window and is committed once', () => {
    expect(waiting).toMatchObject({ pending: { dueAt: START + QUIET, kind: 'reply' }, outbox: [] });
    expect(commitPending(waiting, START + QUIET - 1)).toBe(waiting);
    const committed = commitPending(waiting, START + QUIET);
    expect(committed.outbox).toMatchObject([{ id: 'bot:1', kind: 'bot_reply', text: 'I am a bot.\nIt leaves today.' }]);
    expect(committed).toMatchObject({ botSeq: 1, disclosed: true, sent: ['It leaves today.', 'delivery.time#0'] });
    expect([committed.pending, committed.turn]).toEqual([undefined, undefined]);
    expect(commitPending(committed, START + QUIET)).toBe(committed);
  });

  test('says once that it is a bot', () => {
    const first = commitPending(waiting, START + QUIET);
    const again = register(first, [said('m2', 'and when?', START + 9_000)], context);
    const second = decided(again, verdict(REPLY, { quietMs: 0 }, again), START + 9_000);
    expect(second.outbox.at(-1)).toMatchObject({ id: 'bot:2', text: 'It leaves today.' });
  });

  test('is at once without a quiet window', () => {
    expect(kinds(decided(asked, verdict(REPLY, { quietMs: 0 }), START))).toEqual(['bot_reply']);
  });

  test.each<[string, Partial<Head>]>([
    ['another owner', { owner: 'agent:ann' }],
    ['another epoch', { epoch: waiting.epoch + 1 }],
    ['another word of the customer', { customerSeq: waiting.customerSeq + 1 }],
    ['another turn', { turn: { ...openTurn(waiting), id: 'trn_x_9' } }],
    ['another revision of its turn', { turn: { ...openTurn(waiting), revision: 9 } }],
  ])('is dropped for %s, by itself', (_, now) => {
    const dropped = commitPending({ ...waiting, ...now }, START + QUIET);
    expect([dropped.pending, kinds(dropped)]).toEqual([undefined, []]);
  });

  test('is overtaken by a newer message', () => {
    const newer = register(waiting, [said('m2', 'no wait', START + 100)], context);
    expect(kinds(commitPending(newer, START + QUIET))).toEqual([]);
  });

  test('is overtaken by an agent', () => {
    const taken = claim(waiting, agent('ann'), START) as Head;
    expect(kinds(commitPending(taken, START + QUIET))).toEqual([]);
  });

  test('of a superseded revision changes nothing', () => {
    const newer = register(asked, [said('m2', 'no wait', START + 100)], context);
    expect(decided(newer, verdict(REPLY), START)).toBe(newer);
  });

  test('decided under another epoch is noted and not sent', () => {
    const head = { ...asked, epoch: asked.epoch + 1 };
    const noted = decided(head, verdict(REPLY, { epoch: asked.epoch, quietMs: 0 }), START);
    expect(noted).toMatchObject({ turn: { assisted: 1 }, outbox: [] });
  });

  test('carries attachments as parts and a clarification its choices', () => {
    const choices = [
      { label: 'Refund', value: 'refund' },
      { label: 'Exchange', value: 'exchange' },
    ];
    const reply = { text: 'Which one?', attachments: ['https://cdn.example/size.png', 'https://cdn.example/a.pdf'] };
    const head = decided(
      asked,
      verdict({ kind: 'clarify', reason: 'competing', reply, choices }, { quietMs: 0 }),
      START,
    );
    expect(head.outbox[0]?.choices).toEqual(choices);
    expect(head.outbox[0]?.parts?.map((part) => part.kind)).toEqual(['text', 'image', 'file']);
  });
});

describe('a hand-off', () => {
  test('asked for is at once: queue, notice, request to the platform', () => {
    const head = decided(asked, verdict({ kind: 'handoff', reason: 'asked_for_person', skill: 'returns' }), START);
    expect(head).toMatchObject({ owner: 'queue', epoch: 1, handoff: { skill: 'returns', priority: 6 } });
    expect(head.outbox).toMatchObject([
      { kind: 'notice', id: 'bot:1', text: 'A colleague is coming.', epoch: 1 },
      { kind: 'handoff', id: 'handoff:1' },
    ]);
    expect(head.turn).toBeUndefined();
  });

  test('because nothing fits waits for the quiet window', () => {
    const head = decided(asked, verdict({ kind: 'handoff', reason: 'nothing_fits' }), START);
    expect(head).toMatchObject({ owner: 'bot', pending: { kind: 'handoff', dueAt: START + QUIET } });
    expect(commitPending(head, START + QUIET)).toMatchObject({ owner: 'queue', handoff: { reason: 'nothing_fits' } });
  });

  test('tells the customer nothing when the tenant says so', () => {
    const head = decided(asked, verdict({ kind: 'handoff', reason: 'safety' }, { notice: '' }), START);
    expect(kinds(head)).toEqual(['handoff']);
  });

  test('an urgent message moves a waiting customer up the queue', () => {
    const queued = decided(asked, verdict({ kind: 'handoff', reason: 'asked_for_person' }), START);
    const angry = register(queued, [said('m2', 'now!', START + 10)], context);
    const urgent = verdict({ kind: 'none', reason: 'owner_queue', escalate: true, priority: 9 }, {}, angry);
    expect(decided(angry, urgent, START).handoff?.priority).toBe(9);
  });
});

describe('a suggestion', () => {
  test('is offered to a platform that has a callback, the newest of a turn only', () => {
    const first = decided(asked, verdict({}), START);
    expect(first.outbox).toMatchObject([{ kind: 'suggestion', turnId: openTurn(asked).id, revision: 1 }]);
    const newer = register(first, [said('m2', 'more', START + 1)], context);
    expect(decided(newer, verdict({}, {}, newer), START).outbox).toMatchObject([{ kind: 'suggestion', revision: 2 }]);
  });

  test.each<[string, Partial<Verdict>]>([
    ['without a callback', { hasCallback: false }],
    ['in shadow', { mode: 'shadow' }],
  ])('is not offered %s', (_, more) => {
    expect(decided(asked, verdict({}, more), START).outbox).toEqual([]);
  });

  test('shadow never hands off nor answers', () => {
    const head = decided(asked, verdict({ kind: 'handoff', reason: 'safety' }, { mode: 'shadow' }), START);
    expect(head).toMatchObject({ owner: 'bot', outbox: [], turn: { assisted: 1 } });
  });
});

describe('the outbox', () => {
  const [reply] = decided(asked, verdict(REPLY, { quietMs: 0 }), START).outbox as [OutboxItem];
  const holding = (head: Partial<Head>, ...outbox: OutboxItem[]): Head => ({ ...asked, ...head, outbox });

  test('is empty: nothing to do', () => {
    expect(planDelivery(asked, START).kind).toBe('idle');
  });

  test('a claim keeps everybody else waiting until it is taken for dead', () => {
    const plan = planDelivery(holding({}, reply), START);
    if (plan.kind !== 'attempt') throw new Error(plan.kind);
    expect(planDelivery(plan.head, START + CLAIM_MS - 1)).toEqual({ kind: 'wait', until: START + CLAIM_MS });
    expect(planDelivery(plan.head, START + CLAIM_MS).kind).toBe('attempt');
  });

  test.each<[string, Partial<Head>, Partial<OutboxItem>]>([
    ['a bot reply, agent took over', { owner: 'agent:ann', epoch: 1 }, {}],
    ['a bot reply, taken and given back', { owner: 'bot', epoch: 2 }, {}],
    ['a notice, agent took over', { owner: 'agent:ann', epoch: 1 }, { kind: 'notice' }],
    ['a hand-off somebody answered', { owner: 'agent:ann', epoch: 1 }, { kind: 'handoff' }],
    ['a suggestion, newer message', {}, { kind: 'suggestion', turnId: openTurn(asked).id, revision: 0 }],
  ])('what is overtaken is dropped, not sent: %s', (_, head, item) => {
    expect(planDelivery(holding(head, { ...reply, ...item }), START)).toMatchObject({ kind: 'void', fate: 'dropped' });
  });

  test("an agent's reply is delivered whoever holds the conversation by then", () => {
    const item: OutboxItem = { ...reply, kind: 'agent_reply' };
    expect(planDelivery(holding({ owner: 'closed', epoch: 9 }, item), START).kind).toBe('attempt');
  });

  test('the second waits for the first', () => {
    const later = { ...reply, nextAt: START + 700 };
    expect(planDelivery(holding({}, later, { ...reply, id: 'bot:2' }), START)).toEqual({
      kind: 'wait',
      until: START + 700,
    });
  });

  test('failures are tried again with growing pauses and then parked, visibly', () => {
    let head = holding({}, { ...reply, expiresAt: START + 1e9 });
    let now = START;
    const pauses: number[] = [];
    for (let plan = planDelivery(head, now); plan.kind !== 'void'; plan = planDelivery(head, now)) {
      if (plan.kind === 'attempt') {
        head = settle(plan.head, { id: reply.id, attempt: plan.item.attempts, fate: 'retry' }, now, 0);
      } else if (plan.kind === 'wait') {
        pauses.push(plan.until - now);
        now = plan.until;
      }
    }
    expect(pauses).toEqual([...BACKOFF_MS]);
    const parked = settle(head, { id: reply.id, attempt: 7, fate: 'failed' }, now, 0);
    expect(parked).toMatchObject({ outbox: [], undelivered: 1 });
  });

  test('an expired reply is not sent', () => {
    expect(planDelivery(holding({}, reply), reply.expiresAt)).toMatchObject({ kind: 'void', fate: 'failed' });
  });

  test('a failure reported by an attempt that was taken for dead does not touch the newer one', () => {
    const head = holding({}, { ...reply, attempts: 2, claimedUntil: START + 5 });
    expect(settle(head, { id: reply.id, attempt: 1, fate: 'retry' }, START, 0)).toBe(head);
    expect(settle(head, { id: reply.id, attempt: 1, fate: 'delivered' }, START, 0).outbox).toEqual([]);
  });
});

test('what was asked back is no answer: its entry may still be answered when the fact arrives', () => {
  expect(answerKey({ id: 'return.how' })).not.toBe(answerKey({ id: 'return.how', answer: 0 }));
});
