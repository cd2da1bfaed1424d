/** A team at work, as the API tells of it. */

import type { ReportItem, TeamHours, TeamNow } from '../../lib/domain/contract/supervisor.ts';
import { intentName, skillName } from '../../lib/domain/hour-names.ts';
import type { HourReport } from '../../lib/domain/hour-report.ts';
import { AgentId, ConversationId } from '../../lib/domain/ids.ts';
import { reportOf, shareOf } from '../../lib/measure/hours.ts';

export const NOON = Date.parse('2026-11-22T04:00:00.000Z');
const iso = (at: number) => new Date(at).toISOString();
const ago = (seconds: number) => iso(NOON - seconds * 1_000);
const id = (text: string) => ConversationId.parse(text);

const waiter = (name: string, skill: string, seconds: number, reason = 'nothing_fits'): TeamNow['waiting'][number] => {
  const dueAt = NOON + (60 - seconds) * 1_000;
  const state = dueAt < NOON ? 'late' : dueAt - NOON < 20_000 ? 'soon' : 'in_time';
  return {
    conversationId: id(`c-${name.replace(' ', '-')}`),
    customerName: name,
    skill,
    priority: 5,
    reason,
    since: ago(seconds),
    sla: { kind: 'first_response', state, dueAt: iso(dueAt) },
  };
};

export function teamNow(more: Partial<TeamNow> = {}): TeamNow {
  const waiting = [
    waiter('王芳', 'after_sales', 95, 'asked_for_person'),
    { ...waiter('Tom Baker', 'logistics', 48), offeredTo: 'lin' },
    waiter('李雷', 'logistics', 12, 'below_threshold'),
  ];
  return {
    at: iso(NOON),
    timeZone: 'Asia/Shanghai',
    since: iso(NOON - 12 * 3_600_000),
    withinMinute: shareOf(86, 103),
    queues: [
      { skill: 'after_sales', waiting: 1, oldestSince: ago(95), online: 0, soon: 0, late: 1 },
      { skill: 'logistics', waiting: 2, oldestSince: ago(48), expectedWaitMs: 70_000, online: 2, soon: 1, late: 0 },
      { skill: 'general', waiting: 0, online: 2, soon: 0, late: 0, expectedWaitMs: 25_000 },
    ],
    waiting,
    owners: {
      bot: { count: 100, more: true },
      queue: { count: 3, more: false },
      agents: { count: 4, more: false },
    },
    agents: [
      {
        agentId: AgentId.parse('mei'),
        name: 'Mei',
        presence: 'online',
        at: ago(10),
        skills: ['logistics'],
        load: 3,
        capacity: 5,
        promiseDueAt: ago(40),
        more: false,
        holds: [
          {
            conversationId: id('c-held'),
            customerName: '赵敏',
            owed: true,
            updatedAt: ago(60),
            promiseDueAt: ago(40),
          },
          {
            conversationId: id('c-calm'),
            customerName: 'Ann',
            owed: false,
            updatedAt: ago(300),
            sla: { kind: 'resolution', state: 'in_time', dueAt: iso(NOON + 1_500_000) },
          },
        ],
      },
      {
        agentId: AgentId.parse('lin'),
        name: '林涛',
        presence: 'online',
        at: ago(5),
        load: 6,
        capacity: 5,
        more: false,
        holds: [],
      },
      { agentId: AgentId.parse('kai'), presence: 'away', at: ago(900), load: 0, capacity: 5, more: false, holds: [] },
    ],
    ...more,
  };
}

/** What an hour of a middling shop counts. */
export function someCounts(scale = 1): Record<string, number> {
  const n = (value: number) => Math.round(value * scale);
  return {
    turn: n(40),
    'warned.sent': n(2),
    'act#question': n(18),
    'act#acknowledge': n(9),
    'act#request': n(6),
    'act#chase': n(4),
    'act#greet': n(3),
    [intentName('logistics.when_ship')]: n(9),
    [intentName('order.cancel')]: n(6),
    [intentName('other')]: n(2),
    'do#auto_reply': n(14),
    'do#none': n(10),
    'do#suggest': n(10),
    'do#handoff': n(6),
    visit: n(12),
    'visit.person': n(5),
    handoff: n(6),
    'ho#asked_for_person': n(3),
    'ho#nothing_fits': n(3),
    [skillName('handoff', 'logistics')]: n(4),
    [skillName('handoff', 'after_sales')]: n(2),
    first: n(6),
    'first.1m': n(5),
    'first.5m': n(1),
    'first.ms': n(6) * 41_000,
    'first.due': n(6),
    'first.in': n(5),
    [skillName('first', 'logistics')]: n(4),
    [skillName('first.1m', 'logistics')]: n(3),
    [skillName('first.ms', 'logistics')]: n(4) * 52_000,
    [skillName('first', 'after_sales')]: n(2),
    [skillName('first.1m', 'after_sales')]: n(2),
    [skillName('first.ms', 'after_sales')]: n(2) * 19_000,
    [skillName('breach', 'logistics')]: n(1),
    'breach.first': n(1),
    reply: n(20),
    'reply.1m': n(15),
    'reply.ms': n(20) * 38_000,
    bot: n(14),
    agent: n(22),
    promise: n(4),
    'promise.kept': n(3),
    'promise.late': n(1),
    resolve: n(4),
    'resolve.ms': n(4) * 540_000,
    offer: n(7),
    'offer.yes': n(6),
    'offer.no': n(1),
    close: n(5),
    's.shown': n(16),
    's.used': n(7),
    's.edited': n(3),
    's.ignored': n(4),
    's.dismissed': n(2),
    would: n(12),
    'would#auto_reply': n(4),
    'would#handoff': n(5),
    'would#clarify': n(3),
    'would.same': n(3),
    'would.like': 0,
    'would.else': n(1),
  };
}

const itemOf = (from: number, until: number, report: HourReport): ReportItem => ({
  ...report,
  from: iso(from),
  until: iso(until),
});

/** So many stretches of a day or an hour, the last of them ending at noon. */
export function teamHours(stretches = 12, ms = 3_600_000): TeamHours {
  const items = Array.from({ length: stretches }, (_, at) => {
    const from = NOON - (stretches - at) * ms;
    return itemOf(from, from + ms, reportOf(someCounts(0.2 + ((at * 7) % 10) / 5)));
  });
  return {
    timeZone: 'Asia/Shanghai',
    items,
    total: itemOf(NOON - stretches * ms, NOON, reportOf(someCounts(stretches))),
  };
}
