import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Head } from '../../../lib/domain/conversation.ts';
import type { Handoff } from '../../../lib/domain/handoff.ts';
import { type AgentRecord, type FullRouting, routingOf } from '../../../lib/domain/routing.ts';
import { claim, releaseByDesk, transfer } from '../../../lib/handoff/by-desk.ts';
import { isRefusal, newHead, seal } from '../../../lib/handoff/head.ts';
import {
  beaten,
  hasRoom,
  LEASE_MS,
  leaseEnded,
  left,
  missedOne,
  newAgent,
  reserved,
  settled,
  told,
  viewOfAgent,
  withoutSlot,
  withSlot,
} from '../../../lib/handoff/routing/agents.ts';
import { choose, isWaiting, suits, type Waiting } from '../../../lib/handoff/routing/choose.ts';
import { accept, agentGone, decline, expired, offered, takeOver } from '../../../lib/handoff/routing/offers.ts';
import { isDue, tend } from '../../../lib/handoff/routing/tend.ts';
import { nextTimer } from '../../../lib/handoff/timers.ts';
import { agent, CONVERSATION, START } from '../../support/conversation.ts';

const iso = (time: number): string => new Date(time).toISOString();
const routing: FullRouting = routingOf(undefined);
const talk = { place: undefined, waitMs: undefined, tellEveryMs: 0, agesMs: undefined, words: () => '' };

const HANDOFF: Handoff = { reason: 'asked_for_person', skill: 'general', priority: 5, at: iso(START), tendedAt: START };
function queued(handoff: Partial<Handoff> = {}, more: Partial<Head> = {}): Waiting {
  const head: Head = {
    ...newHead(CONVERSATION, START),
    version: 4,
    owner: 'queue',
    epoch: 2,
    handoff: { ...HANDOFF, ...handoff },
    ...more,
  };
  if (!isWaiting(head, Number.POSITIVE_INFINITY)) throw new Error('it does not wait');
  return head;
}
const online = (id: string, more: Partial<AgentRecord> = {}): AgentRecord => ({
  ...newAgent(agent(id), START),
  version: 1,
  presence: 'online',
  leaseUntil: START + LEASE_MS,
  ...more,
});
const slot = (id: string, version = 1) => ({ conversation: `c-${id}` as Head['id'], at: START, version });
const whom = (agents: AgentRecord[], head: Waiting, now = START): string | undefined =>
  choose(agents, head, routing, now)?.agentId;

/** How many of 300 conversations each of some equal agents got; the oldest ends whenever nobody has room. */
function servedInTurn(size: number, capacity: number): number[] {
  let team = Array.from({ length: size }, (_, n) => online(`a-${n}`, { capacity, leaseUntil: START + 1e9 }));
  const served = new Map<string, number>(team.map(({ agentId }) => [agentId, 0]));
  const held: { conversation: Head['id']; of: string }[] = [];
  for (let n = 0; n < 300; n += 1) {
    const done = held.length === size * capacity ? held.shift() : undefined;
    if (done !== undefined)
      team = team.map((one) => (one.agentId === done.of ? withoutSlot(one, done.conversation, 9) : one));
    const next = choose(team, queued(), routing, START + n);
    if (next === undefined) throw new Error('there is room');
    expect(next.slots.length).toBeLessThan(capacity);
    const place = { ...slot(`${n}`), at: START + n };
    team = team.map((one) => (one === next ? reserved(one, place) : one));
    held.push({ conversation: place.conversation, of: next.agentId });
    served.set(next.agentId, (served.get(next.agentId) ?? 0) + 1);
  }
  return [...served.values()];
}

describe('who is asked', () => {
  const full = [slot('1'), slot('2'), slot('3'), slot('4'), slot('5')];
  test.each<[string, AgentRecord]>([
    ['away', online('ann', { presence: 'away' })],
    ['off', online('ann', { presence: 'off' })],
    ['silent for a minute', online('ann', { leaseUntil: START })],
    ['known from before there were leases', { ...newAgent(agent('ann'), START), presence: 'online' }],
    ['leaving', online('ann', { leaving: true })],
    ['full', online('ann', { slots: full })],
    ['of no capacity', online('ann', { capacity: 0 })],
    ['of another skill', online('ann', { skills: ['returns'] })],
    ['of another language', online('ann', { languages: ['zh'] })],
  ])('nobody who is %s', (_, who) => {
    expect(whom([who], queued({ skill: 'invoices' }, { language: 'en' }))).toBeUndefined();
  });

  test('no list is all of them, and what needs no skill is everybody’s', () => {
    expect(
      whom([online('ann', { skills: [], languages: [] })], queued({ skill: 'invoices' }, { language: 'en' })),
    ).toBe('ann');
    expect(whom([online('ann', { skills: ['returns'] })], queued())).toBe('ann');
  });

  test('after the overflow anybody, but first who has the skill', () => {
    const late = queued({ skill: 'returns', overflowAt: START + 120_000 });
    const other = online('ann', { skills: ['invoices'] });
    expect(whom([other], late, START + 119_999)).toBeUndefined();
    const still = { ...other, leaseUntil: START + 1e6 };
    expect(whom([still], late, START + 120_000)).toBe('ann');
    const skilled = online('zoe', { skills: ['returns'], slots: [slot('1')], leaseUntil: START + 1e6 });
    expect(whom([still, skilled], late, START + 120_000)).toBe('zoe');
  });

  test('the last agent before who holds less, for as long as it is remembered', () => {
    const team = [online('ann'), online('bob', { slots: [slot('1')] })];
    const known = (at: number) => queued({}, { lastAgent: { id: agent('bob'), at } });
    expect(whom(team, known(START - 1_000))).toBe('bob');
    expect(whom(team, known(START - routing.stickyMs - 1))).toBe('ann');
  });

  test('who holds least of what they can, then who has waited longest for work', () => {
    const half = online('ann', { capacity: 2, slots: [slot('1')], servedAt: 1 });
    const third = online('bob', { capacity: 3, slots: [slot('2')], servedAt: 9 });
    expect(whom([half, third], queued())).toBe('bob');
    expect(whom([online('ann', { servedAt: 9 }), online('bob', { servedAt: 8 })], queued())).toBe('bob');
    expect(whom([online('ann', { servedAt: 9 }), online('cid')], queued())).toBe('cid');
  });

  test('who let it pass only where nobody else is free, and after a rest', () => {
    const team = [online('ann'), online('bob', { slots: [slot('1')] })];
    expect(whom(team, queued({ passed: [agent('ann')], againAt: START + 30_000 }))).toBe('bob');
    const both = queued({ passed: [agent('ann'), agent('bob')], againAt: START + 30_000 });
    expect(whom(team, both)).toBeUndefined();
    expect(whom(team, both, START + 30_000)).toBe('ann');
  });

  test('not who passed it on, until it overflows', () => {
    const passedOn = queued({ from: agent('ann'), overflowAt: START + 1_000 });
    expect(suits(online('ann'), passedOn, START)).toBe(false);
    expect(suits(online('ann'), passedOn, START + 1_000)).toBe(true);
    expect(suits(online('ann'), queued({ from: agent('ann'), reason: 'agent_gone' }), START)).toBe(true);
  });

  test('not on a place that another router took for the conversation as it is now', () => {
    const at = (version: number) => online('ann', { slots: [{ conversation: CONVERSATION, at: START, version }] });
    expect(whom([at(4)], queued())).toBeUndefined();
    expect(whom([at(3)], queued())).toBe('ann');
  });

  test('nobody before the shop opens', () => {
    expect(isWaiting(queued({ opensAt: START + 1 }), START)).toBe(false);
  });

  test('equal agents are served alike in the long run, and never beyond what they can hold', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 8 }), fc.integer({ min: 1, max: 5 }), (size, capacity) => {
        const counts = servedInTurn(size, capacity);
        expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(1);
      }),
      { numRuns: 20 },
    );
  });

  test('whoever is chosen has room and suits, and the order of the list says nothing', () => {
    const person = fc.record({
      presence: fc.constantFrom('online' as const, 'away', 'off'),
      leaseUntil: fc.constantFrom(START, START + LEASE_MS),
      capacity: fc.integer({ min: 0, max: 2 }),
      slots: fc.constantFrom([], [slot('1')], [slot('1'), slot('2')]),
      skills: fc.constantFrom([], ['returns'], ['invoices']),
      servedAt: fc.integer({ min: 0, max: 3 }),
    });
    fc.assert(
      fc.property(fc.array(person, { maxLength: 8 }), fc.constantFrom('general', 'returns'), (people, skill) => {
        const team = people.map((one, n) =>
          online(`a-${n}`, { ...one, slots: [...one.slots], skills: [...one.skills] }),
        );
        const head = queued({ skill });
        const chosen = choose(team, head, routing, START);
        expect(choose([...team].reverse(), head, routing, START)).toBe(chosen);
        const able = team.filter((one) => hasRoom(one, routing, START) && suits(one, head, START));
        if (chosen === undefined) expect(able).toEqual([]);
        else expect(able).toContain(chosen);
      }),
    );
  });
});

describe('an agent’s item', () => {
  test('a lease begins anew with every word, and ends in leaving', () => {
    const here = told(newAgent(agent('ann'), START), 'online', 'Ann', START);
    expect(here).toMatchObject({ presence: 'online', name: 'Ann', leaseUntil: START + LEASE_MS });
    expect(leaseEnded(here, START + LEASE_MS - 1)).toBe(false);
    expect(leaseEnded(here, START + LEASE_MS)).toBe(true);
    const later = told(here, 'online', undefined, START + 20_000);
    expect(later).toMatchObject({ at: here.at, leaseUntil: START + 20_000 + LEASE_MS });
    const off = told(later, 'off', undefined, START + 30_000);
    expect(off).toMatchObject({ presence: 'off', leaving: true });
    expect(off.leaseUntil).toBeUndefined();
  });

  test('a heartbeat keeps who was set away by offers let pass away, and brings back who is off', () => {
    const here = told(newAgent(agent('ann'), START), 'online', 'Ann', START);
    const away = told(here, 'away', undefined, START + 1_000);
    expect(beaten(away, 'online', undefined, START + 20_000)).toMatchObject({
      presence: 'away',
      at: away.at,
      leaseUntil: START + 20_000 + LEASE_MS,
    });
    const off = told(away, 'off', undefined, START + 30_000);
    expect(beaten(off, 'online', undefined, START + 40_000)).toMatchObject({ presence: 'online' });
    expect(beaten(here, 'off', undefined, START + 40_000)).toMatchObject({ presence: 'off' });
  });

  test('who comes back before all was given back keeps the rest', () => {
    const off = told(online('ann', { slots: [slot('1')] }), 'off', undefined, START);
    expect(left(off)).toMatchObject({ slots: [] });
    const back = told(off, 'online', undefined, START + 1);
    expect(left(back)).toBe(back);
    expect(back.slots).toHaveLength(1);
  });

  test('off said again changes nothing but the name', () => {
    const off = newAgent(agent('ann'), START);
    expect(told(off, 'off', undefined, START)).toBe(off);
  });

  test('a place is freed only by who saw a later version of its conversation', () => {
    const one = withSlot(online('ann'), slot('1', 7));
    expect(withoutSlot(one, slot('1').conversation, 7)).toBe(one);
    expect(withoutSlot(one, slot('1').conversation, 8).slots).toEqual([]);
    expect(withSlot(one, slot('1', 3)).slots).toEqual([slot('1', 7)]);
  });

  test('three offers that ran out in a row are somebody who is away; one that was taken begins the count anew', () => {
    const twice = missedOne(missedOne(online('ann'), START), START);
    const away = missedOne(twice, START);
    expect(viewOfAgent(away, routing, START)).toMatchObject({ presence: 'away', awayAfter: 3 });
    expect(told(away, 'away', undefined, START)).toMatchObject({ awayAfter: 3 });
    expect(told(away, 'online', undefined, START)).not.toHaveProperty('awayAfter');
    expect(told(online('ann'), 'away', undefined, START)).not.toHaveProperty('awayAfter');
    const taken = settled({ ...twice, slots: [{ ...slot('1'), until: START }] }, slot('1').conversation);
    expect(taken.slots).toEqual([slot('1')]);
    expect(missedOne(taken, START)).toMatchObject({ presence: 'online', missed: 1 });
  });

  test('is shown without what only routing needs', () => {
    const seen = viewOfAgent(online('ann', { slots: [slot('1')], missed: 1 }), routing, START);
    expect(seen).toEqual({ agentId: 'ann', presence: 'online', at: iso(START), load: 1, capacity: 5 });
    expect(viewOfAgent(online('ann'), routing, START + LEASE_MS).presence).toBe('off');
  });
});

describe('an offer', () => {
  const ann = agent('ann');
  const asked = offered(queued(), ann, START + 30_000, START);

  test('keeps others from claiming, and says to whom it was made and for how long', () => {
    expect(claim(asked, agent('bob'), START + 9_000)).toEqual({
      agent: 'ann',
      refused: `is being asked to take it, for another 21 s (until ${iso(START + 30_000)})`,
    });
    expect(claim(asked, agent('bob'), START + 30_000)).toMatchObject({ owner: 'agent:bob' });
    expect(claim(asked, ann, START)).toMatchObject({ owner: 'agent:ann' });
    const bob = agent('bob');
    expect(isRefusal(transfer(asked, bob, { to: { agent: bob } }, START + 9_000))).toBe(true);
    expect(transfer(asked, bob, { to: { agent: bob } }, START + 30_000)).toMatchObject({ owner: 'agent:bob' });
  });

  test('is accepted once, late too, and gone with the change of owner', () => {
    const mine = accept(asked, ann) as Head;
    expect([mine.owner, mine.epoch, mine.offer]).toEqual(['agent:ann', 3, undefined]);
    expect(accept(mine, ann)).toBe(mine);
    expect(accept(asked, agent('bob'))).toEqual({ refused: 'the offer has run out and moved on' });
    expect(isRefusal(accept(mine, agent('bob')))).toBe(true);
  });

  test.each<[string, Head, number]>([
    ['declined', decline(asked, ann, START + 5_000), START + 35_000],
    ['run out', expired(asked, START + 30_000), START + 60_000],
  ])('%s it moves on within its epoch, and its agent rests', (_, head, againAt) => {
    expect(head).toMatchObject({ owner: 'queue', epoch: 2, handoff: { passed: ['ann'], againAt } });
    expect(head.offer).toBeUndefined();
  });

  test('is not run out before its time, and declined by nobody else', () => {
    expect(expired(asked, START + 29_999)).toBe(asked);
    expect(decline(asked, agent('bob'), START)).toBe(asked);
  });

  test('is gone when the conversation is passed to another queue', () => {
    const moved = transfer(asked, ann, { to: { skill: 'returns' } }, START) as Head;
    expect([moved.offer, moved.handoff?.skill, moved.handoff?.from]).toEqual([undefined, 'returns', 'ann']);
  });
});

describe('who is gone', () => {
  const ann = agent('ann');
  const held = (more: Partial<Head> = {}): Head => ({ ...queued(), owner: 'agent:ann', epoch: 3, ...more });

  test('an unanswered hand-off goes back as it was, before others of its priority', () => {
    const head = agentGone(
      held({ handoff: { ...HANDOFF, skill: 'returns', overflowAt: START + 9 } }),
      ann,
      START + 500,
    );
    expect(head).toMatchObject({
      owner: 'queue',
      epoch: 4,
      handoff: {
        reason: 'agent_gone',
        skill: 'returns',
        priority: 5,
        at: iso(START),
        overflowAt: START + 9,
        front: true,
      },
    });
    expect(isDue(head, START + 500)).toBe(true);
  });

  test.each<[string, Partial<Head>]>([
    [
      'waits for an answer',
      { turn: { id: 't', startSeq: 1, messageIds: ['m' as never], revision: 1, assisted: 1, lastAt: START } },
    ],
    ['was promised one', { promise: { at: iso(START), dueAt: iso(START + 60_000), text: 'one moment' } }],
  ])('a customer who %s goes back with clocks of their own', (_, more) => {
    const answered = { ...HANDOFF, answeredAt: iso(START), sla: { breachedAt: START } };
    const head = agentGone(held({ handoff: answered, ...more }), ann, START + 500);
    expect(head).toMatchObject({ owner: 'queue', handoff: { at: iso(START + 500), front: true, from: 'ann' } });
    expect([head.handoff?.answeredAt, head.handoff?.sla, head.promise]).toEqual([undefined, undefined, undefined]);
  });

  test('where the last word was theirs it is as if they had released it', () => {
    const head = agentGone(held({ handoff: { ...HANDOFF, answeredAt: iso(START) } }), ann, START);
    expect([head.owner, head.handoff]).toEqual(['bot', undefined]);
  });

  test('an offer to them is taken back, and nothing of anybody else', () => {
    const asked = offered(queued(), ann, START + 30_000, START);
    expect(agentGone(asked, ann, START).offer).toBeUndefined();
    expect(agentGone(asked, agent('bob'), START)).toBe(asked);
    const other = held({ owner: 'agent:bob' });
    expect(agentGone(other, ann, START)).toBe(other);
  });
});

test('a supervisor takes it from anybody, and the note says so', () => {
  const by = { id: agent('sue'), name: 'Sue' };
  const from = takeOver({ ...queued({ note: 'an old one' }), owner: 'agent:ann' }, by, START);
  expect(from).toMatchObject({
    owner: 'agent:sue',
    epoch: 3,
    handoff: { reason: 'taken_over', note: 'Sue took over from ann\nan old one', from: 'ann' },
  });
  // Why it is with her is that she took it; why it waited, while it waited.
  expect(takeOver(newHead(CONVERSATION, START), by, START)).toMatchObject({
    handoff: { reason: 'taken_over', note: 'Sue took over' },
  });
  const waiting = queued({ from: agent('ann'), note: 'an old one' });
  expect(takeOver(waiting, by, START)).toMatchObject({ owner: 'agent:sue', handoff: waiting.handoff });
  const answered = takeOver({ ...queued({ answeredAt: iso(START) }), owner: 'agent:ann' }, by, START + 60_000);
  expect(answered).toMatchObject({ handoff: { at: iso(START + 60_000) } });
  // She has not written yet: released, it goes back to the queue.
  expect(releaseByDesk(answered as Head, by.id)).toMatchObject({ owner: 'queue' });
  expect(isRefusal(takeOver({ ...queued(), owner: 'closed' }, by, START))).toBe(true);
});

test('who gives a conversation back unanswered is not the first to be asked again', () => {
  const back = releaseByDesk({ ...queued(), owner: 'agent:ann' }, agent('ann')) as Head;
  expect(back).toMatchObject({ owner: 'queue', handoff: { passed: ['ann'] } });
});

describe('what comes due by itself', () => {
  const sealed = (head: Head, now: number): Head => seal({ ...head, version: head.version - 1 }, head, now);

  test('a hand-off that routing has not seen is due after the grace of who should have started it', () => {
    const { tendedAt: _, ...unseen } = HANDOFF;
    expect(sealed({ ...queued(), handoff: unseen }, START)).toMatchObject({ dueAt: START + 10_000, dueFor: 'route' });
  });

  test('each time once: what was seen to is past, whatever came of it', () => {
    const head = queued({ overflowAt: START + 5_000, againAt: START + 9_000, tellAt: START + 2_000 });
    expect(nextTimer(head)).toBe(START + 2_000);
    const seen = tend(head, routing, talk, START + 6_000);
    expect(nextTimer(seen)).toBe(START + 9_000);
    expect(tend(seen, routing, talk, START + 6_001)).toBe(seen);
    expect(nextTimer(tend(seen, routing, talk, START + 9_000))).toBeUndefined();
  });

  test('who was passed on waits under the same terms as who was handed over', () => {
    const { tendedAt: _, ...unseen } = HANDOFF;
    const seen = tend({ ...queued(), handoff: unseen }, routing, talk, START + 1);
    expect(seen.handoff).toMatchObject({
      tendedAt: START + 1,
      overflowAt: START + 120_000,
      sla: { warnAt: START + 40_000, firstResponseBy: START + 60_000 },
    });
  });

  test('a promise that ran out is told once', () => {
    const promise = { at: iso(START), dueAt: iso(START + 180_000), text: 'one moment' };
    const head: Head = { ...queued(), owner: 'agent:ann', promise };
    expect(sealed(head, START)).toMatchObject({ dueAt: START + 180_000, dueFor: 'route' });
    expect(tend(head, routing, talk, START + 179_999)).toBe(head);
    const told = tend(head, routing, talk, START + 180_000);
    expect(told.promise?.remindedAt).toBe(iso(START + 180_000));
    expect(nextTimer(told)).toBeUndefined();
    // Nor again when something else of the conversation comes due.
    const sla = { resolveBy: START + 200_000 };
    const late = tend({ ...told, handoff: { ...HANDOFF, sla } }, routing, talk, START + 200_001);
    expect(late).toMatchObject({ handoff: { tendedAt: START + 200_001 }, promise: told.promise });
  });

  test('what a flow left undone comes first when it is due first', () => {
    const item = {
      id: 'x',
      kind: 'notice',
      text: '',
      author: { type: 'bot', id: 'b' },
      epoch: 2,
      customerSeq: 1,
    } as const;
    const waiting = { ...item, createdAt: START, expiresAt: START + 1e6, attempts: 0, nextAt: START };
    const head: Head = { ...queued({ overflowAt: START + 60_000 }), outbox: [waiting] };
    expect(sealed(head, START)).toMatchObject({ dueAt: START + 10_000, dueFor: 'deliver' });
    const sooner: Head = { ...head, handoff: { ...HANDOFF, overflowAt: START + 5_000 } };
    expect(sealed(sooner, START)).toMatchObject({ dueAt: START + 5_000, dueFor: 'route' });
  });
});
