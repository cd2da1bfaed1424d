import { describe, expect, test } from 'vitest';
import type { Head } from '../../../lib/domain/conversation.ts';
import { ConversationId } from '../../../lib/domain/ids.ts';
import { newHead } from '../../../lib/handoff/head.ts';
import { expectedWait, onlineFor, paceOf, placeIn } from '../../../lib/handoff/line.ts';
import { peakOf } from '../../../lib/handoff/peak.ts';
import { type QueueTalk, queueTalk } from '../../../lib/handoff/queue-talk.ts';
import { timesFrom } from '../../../lib/handoff/terms.ts';
import { CONVERSATION, START } from '../../support/conversation.ts';

const handoff = {
  reason: 'asked_for_person' as const,
  skill: 'general',
  priority: 6,
  at: new Date(START).toISOString(),
};
const waiting = (more: Partial<NonNullable<Head['handoff']>> = {}): Head => ({
  ...newHead(CONVERSATION, START),
  owner: 'queue',
  epoch: 1,
  handoff: { ...handoff, ...more },
});
const talk = (more: Partial<QueueTalk> = {}): QueueTalk => ({
  place: 2,
  waitMs: undefined,
  tellEveryMs: 60_000,
  agesMs: undefined,
  words: (place, waitMs, language) => `${language} ${place} ${waitMs ?? '?'}`,
  ...more,
});

describe('what who waits is told', () => {
  test('nothing before it is time, the very head', () => {
    const head = waiting({ tellAt: START + 1, toldPlace: 3 });
    expect(queueTalk(head, talk(), START)).toBe(head);
  });
  test('a changed place, in their language, and not before long again', () => {
    const told = queueTalk(waiting({ tellAt: START, toldPlace: 3, language: 'en' }), talk({ waitMs: 9 }), START);
    expect(told.outbox).toMatchObject([{ kind: 'notice', text: 'en 2 9', epoch: 1 }]);
    expect(told.handoff).toMatchObject({ toldPlace: 2, tellAt: START + 60_000 });
  });
  test.each<[string, Partial<NonNullable<Head['handoff']>>, Partial<QueueTalk>]>([
    ['the same place', { toldPlace: 2 }, {}],
    ['a place that is not known', { toldPlace: 3 }, { place: undefined }],
    ['while the shop is closed', { toldPlace: 3, opensAt: START + 1 }, {}],
    ['where the shop has no words for it', { toldPlace: 3 }, { words: () => '' }],
  ])('nothing: %s', (_, more, given) => {
    const told = queueTalk(waiting({ tellAt: START, ...more }), talk(given), START);
    expect(told.outbox).toEqual([]);
    expect(told.handoff?.tellAt).toBe(START + 60_000);
  });
  test('nothing ever again where telling was switched off meanwhile', () => {
    const told = queueTalk(waiting({ tellAt: START, toldPlace: 3 }), talk({ tellEveryMs: 0 }), START);
    expect([told.outbox, told.handoff?.tellAt]).toEqual([[], undefined]);
  });
  test('nothing to who is not waiting', () => {
    const head: Head = { ...waiting({ tellAt: START, toldPlace: 3 }), owner: 'agent:ann' };
    expect(queueTalk(head, talk(), START)).toBe(head);
  });
});

describe('waiting makes more urgent', () => {
  const aged = (priority: number, late: number) =>
    queueTalk(waiting({ priority, raiseAt: START }), talk({ agesMs: 1_000 }), START + late).handoff;
  test.each([
    [4, 0, 5, START + 1_000],
    [4, 1_500, 6, START + 2_000],
    [4, 60_000, 7, undefined],
    [7, 0, 7, undefined],
    [9, 0, 9, undefined],
  ])('from %i, %i ms late, to %i', (priority, late, expected, next) => {
    expect([aged(priority, late)?.priority, aged(priority, late)?.raiseAt]).toEqual([expected, next]);
  });
});

describe('the line', () => {
  const one = (id: string, priority: number, at: number, more: object = {}) => ({
    conversation: ConversationId.parse(id),
    skill: 'general',
    priority,
    at,
    ...more,
  });
  test('a place counts who is more urgent, or as urgent and before, of the same skill', () => {
    const line = [one('a', 9, 5), one('b', 6, 1), one('c', 6, 9), one('d', 5, 0), one('e', 9, 0, { skill: 'finance' })];
    expect(placeIn(line, one('me', 6, 5))).toBe(3);
    expect(placeIn([...line, one('f', 6, 9, { front: true })], one('me', 6, 5))).toBe(4);
    expect(placeIn([one('me', 6, 5)], one('me', 6, 5))).toBe(1);
  });
  test('agents online: of the skill, of every skill, with a lease that holds', () => {
    const agents = [
      { presence: 'online' as const, leaseUntil: 2 },
      { presence: 'online' as const, leaseUntil: 2, skills: ['finance'] },
      { presence: 'away' as const, leaseUntil: 2 },
      { presence: 'online' as const, leaseUntil: 1 },
    ];
    expect([onlineFor(agents, 1, 'returns'), onlineFor(agents, 1, 'finance'), onlineFor(agents, 1)]).toEqual([1, 2, 2]);
    expect(onlineFor(agents, 1, 'general')).toBe(2);
  });
  test('a wait follows from measured waits, and is not made up', () => {
    expect(paceOf({ ...handoff, line: { place: 4, online: 2 } }, 120_000)).toBe(60_000);
    expect(paceOf(handoff, 120_000)).toBeUndefined();
    const pace = { general: { answers: 4, ms: 240_000 }, returns: { answers: 2, ms: 9 } };
    expect(expectedWait(pace, 'general', 3, 2)).toBe(90_000);
    expect(expectedWait(pace, 'general', 3, 0)).toBeUndefined();
    expect(expectedWait(pace, 'returns', 1, 1)).toBeUndefined();
  });
  test('no clock of a hand-off runs while the shop is closed; as it opens a place is told', () => {
    const terms = { overflowMs: 10, tellEveryMs: 20, agesMs: 30 };
    expect(timesFrom(100, 'general', terms)).toEqual({ overflowAt: 110, tellAt: 120, raiseAt: 130 });
    expect(timesFrom(100, 'general', { ...terms, opensAt: 500 })).toEqual({
      opensAt: 500,
      overflowAt: 510,
      tellAt: 500,
      raiseAt: 530,
    });
  });
});

describe('a peak', () => {
  const schedule = [{ from: '2026-11-11T00:00:00+08:00', until: '2026-11-12T00:00:00+08:00', topics: ['delivery.*'] }];
  const peak = { waitingPerAgent: 3, topics: ['returns.*'], schedule };
  const [during, after] = [Date.parse('2026-11-11T12:00:00+08:00'), Date.parse('2026-11-12T00:00:00+08:00')];
  test.each([
    ['no settings', undefined, { waiting: 99, online: 0 }, during, []],
    ['the schedule alone', peak, { waiting: 6, online: 2 }, during, ['delivery.*']],
    ['the queue alone', peak, { waiting: 7, online: 2 }, after, ['returns.*']],
    ['both', peak, { waiting: 7, online: 2 }, during, ['delivery.*', 'returns.*']],
    ['nobody online counts as one', peak, { waiting: 3, online: 0 }, after, []],
    ['nobody online, four wait', peak, { waiting: 4, online: 0 }, after, ['returns.*']],
    ['a queue that could not be read', peak, undefined, after, []],
  ])('%s', (_, given, load, now, topics) => {
    expect(peakOf(given, load, now)).toEqual(topics);
  });
});
