import { describe, expect, test } from 'vitest';
import type { Head } from '../../../lib/domain/conversation.ts';
import { MAX_RECENT, newHead, seal, unassistedTurns, withLast } from '../../../lib/handoff/head.ts';
import { register } from '../../../lib/handoff/register.ts';
import { freeTurn, leaseTurn, MAX_TURN_MESSAGES, markAssisted } from '../../../lib/handoff/turn.ts';
import type { StoredEvent } from '../../../lib/ports/conversations.ts';
import { byAgent, CONVERSATION, created, openTurn, START, said, stored } from '../../support/conversation.ts';

const context = { now: START, isPromise: (text: string) => (text.includes('moment') ? 3 : undefined) };
const fresh = newHead(CONVERSATION, START);
const receiving = (head: Head, ...events: StoredEvent[]): Head => register(head, events, context);
const recall = (id: string, message: string) =>
  stored(id, {
    type: 'message.recalled',
    data: { conversationId: CONVERSATION, messageId: created(message, 'x').data.messageId },
  });

describe('turns', () => {
  test('consecutive messages are one turn, a revision each', () => {
    const head = receiving(fresh, said('m1'), said('m2', 'again', START + 5));
    expect(openTurn(head)).toMatchObject({ startSeq: 1, revision: 2, messageIds: ['m1', 'm2'], lastAt: START + 5 });
    expect(head).toMatchObject({ customerSeq: 2, customerId: 'cust-1', lastText: 'again', lastAuthor: 'customer' });
  });

  test('the last words of the customer stay known whoever writes after them', () => {
    const head = receiving(fresh, said('m1', 'my cup is broken'), byAgent('a1', 'ann', 'let me look', START + 1));
    expect(head).toMatchObject({ lastText: 'let me look', lastCustomerText: 'my cup is broken' });
    expect(withLast(head, 'bot', 'a colleague takes over').lastCustomerText).toBe('my cup is broken');
  });

  test('behind a call stands what was said before it, until something new is said or another visit begins', () => {
    const asked = receiving(fresh, said('m1', '退款多久到账'), said('m2', '好的', START + 1));
    expect(asked.lastSaid).toEqual({ text: '退款多久到账', seq: 1, called: false });
    const called = receiving(asked, said('m3', '？？', START + 2), said('m4', '人呢', START + 3));
    expect(called).toMatchObject({ lastCustomerText: '人呢', lastSaid: { text: '退款多久到账', called: true } });
    expect(receiving(called, said('m5', '那运费呢', START + 4))).not.toHaveProperty('lastSaid');
    expect(receiving(called, said('m5', '在吗', START + 86_400_000))).not.toHaveProperty('lastSaid');
    expect(receiving(fresh, said('m1', 'hello?'))).not.toHaveProperty('lastSaid');
    expect(receiving(called, recall('e1', 'm1'))).not.toHaveProperty('lastSaid');
    expect(receiving(called, recall('e1', 'm4')).lastSaid?.text).toBe('退款多久到账');
  });

  test('messages are registered in order of receipt whatever the order they were read in', () => {
    const head = receiving(fresh, said('b', 'second', START + 2), said('a', 'first', START + 1));
    expect(openTurn(head).messageIds).toEqual(['a', 'b']);
  });

  test('a message is counted once however often it comes', () => {
    const once = receiving(fresh, said('m1'));
    expect(receiving(once, said('m1'))).toBe(once);
  });

  test('an agent answers: the next message opens another turn, and the unassisted one waits for its assist', () => {
    const head = receiving(fresh, said('m1'), byAgent('a1', 'ann', 'hello', START + 1), said('m2', 'text', START + 2));
    expect(openTurn(head)).toMatchObject({ startSeq: 2, messageIds: ['m2'], revision: 1 });
    expect(unassistedTurns(head).map((turn) => turn.messageIds)).toEqual([['m1'], ['m2']]);
  });

  test('an assisted turn leaves nothing behind when it closes', () => {
    const asked = receiving(fresh, said('m1'));
    const head = receiving(markAssisted(asked, openTurn(asked).id), byAgent('a1', 'ann', 'hello', START + 1));
    expect(head.turn).toBeUndefined();
    expect(head.backlog).toBeUndefined();
  });

  test('however long assisting fails, no message falls out of the waiting turns', () => {
    const events = Array.from({ length: 12 }, (_, at) => [
      said(`m${at}`, 'question', START + 2 * at),
      byAgent(`a${at}`, 'ann', 'answer', START + 2 * at + 1),
    ]).flat();
    const head = events.reduce((current, event) => receiving(current, event), fresh);
    expect(head.backlog?.length).toBe(8);
    expect(head.backlog?.flatMap((turn) => turn.messageIds)).toEqual(events.filter(isCustomers).map(({ id }) => id));
  });

  test('a very long turn is continued by another', () => {
    const events = Array.from({ length: MAX_TURN_MESSAGES + 1 }, (_, at) => said(`m${at}`, 'x', START + at));
    const head = events.reduce((current, event) => receiving(current, event), fresh);
    expect(unassistedTurns(head).map((turn) => turn.messageIds.length)).toEqual([MAX_TURN_MESSAGES, 1]);
  });

  test('what is still due is never forgotten: the rest waits until there is room', () => {
    const events = Array.from({ length: MAX_RECENT + 5 }, (_, at) => said(`m${at}`, 'x', START + at));
    const full = receiving(fresh, ...events);
    expect(full.customerSeq).toBe(MAX_RECENT);
    const rest = receiving(full, ...events.slice(10));
    expect(rest.customerSeq).toBe(MAX_RECENT + 5);
    expect(rest.recent.length).toBeLessThanOrEqual(MAX_RECENT);
  });

  test('a withdrawn message leaves its turn, which is assisted anew', () => {
    const asked = receiving(fresh, said('m1'), said('m2', 'x', START + 1));
    const marked = markAssisted(asked, openTurn(asked).id);
    const head = receiving(marked, recall('e1', 'm1'));
    expect(openTurn(head)).toMatchObject({ messageIds: ['m2'], revision: 3, assisted: 2, again: true });
    expect(seal(marked, head, START).dueAt).toBeGreaterThan(START);
  });

  test('the last words that lists show go with the message that is withdrawn, and no others', () => {
    const wrote = receiving(fresh, said('m1', 'one'), said('m2', 'two'));
    expect(receiving(wrote, recall('e1', 'm1'))).toMatchObject({ lastText: 'two', lastCustomerText: 'two' });
    const gone = receiving(wrote, recall('e1', 'm2'));
    expect([gone.lastText, gone.lastCustomerText, gone.lastAuthor]).toEqual([undefined, undefined, 'customer']);
    const answered = receiving(wrote, byAgent('a1', 'ann', 'yes'));
    expect(receiving(answered, recall('e1', 'm2'))).toMatchObject({ lastText: 'yes', lastAuthor: 'agent' });
    expect(receiving(answered, recall('e1', 'm2'))).not.toHaveProperty('lastCustomerText');
    const taken = receiving(answered, recall('e1', 'a1'));
    expect(taken).not.toHaveProperty('lastText');
    expect(taken).toMatchObject({ lastCustomerText: 'two', owner: 'agent:ann' });
  });

  test('a message withdrawn before it was registered never counts', () => {
    const head = receiving(receiving(fresh, recall('e1', 'm1')), said('m1'));
    expect(head.customerSeq).toBe(0);
    expect(head.turn).toBeUndefined();
  });

  test('the lease keeps others from the same revision, not from a newer one, and ends', () => {
    const asked = receiving(fresh, said('m1'));
    const leased = leaseTurn(asked, openTurn(asked), START + 100);
    expect(freeTurn(leased, START + 99)).toBeUndefined();
    expect(freeTurn(leased, START + 100)).toEqual(openTurn(asked));
    expect(freeTurn(receiving(leased, said('m2', 'x', START + 1)), START + 1)?.revision).toBe(2);
  });

  test('sealing an unchanged head is no version', () => {
    const head = receiving(fresh, said('m1'));
    expect(seal(head, head, START)).toBe(head);
    expect(seal(fresh, head, START + 9)).toMatchObject({ version: 1, updatedAt: new Date(START + 9).toISOString() });
  });
});

const isCustomers = ({ event }: StoredEvent): boolean =>
  event.type === 'message.created' && event.data.author.type === 'customer';
