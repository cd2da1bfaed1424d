import { describe, expect, it } from 'vitest';
import { hourOf } from '../../../lib/assist/tally.ts';
import { dayBegan, teamHours } from '../../../lib/assist/team-hours.ts';
import { type TeamDeps, teamNow } from '../../../lib/assist/team-now.ts';
import { TEAM_READS, TeamNow } from '../../../lib/domain/contract/supervisor.ts';
import type { Head, Owner } from '../../../lib/domain/conversation.ts';
import type { Handoff } from '../../../lib/domain/handoff.ts';
import { skillName } from '../../../lib/domain/hour-names.ts';
import { ConversationId } from '../../../lib/domain/ids.ts';
import type { AgentRecord } from '../../../lib/domain/routing.ts';
import { newHead } from '../../../lib/handoff/head.ts';
import { slaFor } from '../../../lib/handoff/sla.ts';
import { agent, START, TENANT, tenantOf } from '../../support/conversation.ts';
import { memoryHourCounts } from '../../support/memory-hour-counts.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

const waiting = (id: string, skill: string, seconds: number, more: Partial<Handoff> = {}): Head => ({
  ...newHead(ConversationId.parse(id), START),
  owner: 'queue',
  handoff: {
    reason: 'nothing_fits',
    skill,
    priority: 4,
    at: new Date(START - seconds * 1_000).toISOString(),
    sla: slaFor(undefined, skill, START - seconds * 1_000) ?? {},
    ...more,
  },
});

const held = (id: string, by: string, more: Partial<Head> = {}): Head => ({
  ...newHead(ConversationId.parse(id), START),
  owner: `agent:${by}`,
  lastAuthor: 'customer',
  ...more,
});

const atDesk = (id: string, slots: number, more: Partial<AgentRecord> = {}): AgentRecord => ({
  agentId: agent(id),
  version: 1,
  presence: 'online',
  at: new Date(START).toISOString(),
  leaseUntil: START + MINUTE,
  slots: Array.from({ length: slots }, (_, at) => ({ conversation: ConversationId.parse(`${id}-${at}`), at: START })),
  ...more,
});

function team(heads: readonly Head[], agents: readonly AgentRecord[] = [], settings = {}) {
  const hours = memoryHourCounts();
  const reads: string[] = [];
  const deps: TeamDeps = {
    hours,
    agents: { list: async () => [...agents] },
    readTenant: async () => tenantOf({ timeZone: 'Asia/Shanghai', ...settings }),
    now: () => START,
    conversations: {
      async list(_, owner: Owner, limit, cursor) {
        reads.push(owner);
        const own = heads.filter((head) => head.owner === owner);
        const from = Number(cursor ?? 0);
        const items = own.slice(from, from + limit);
        return from + limit < own.length ? { items, cursor: String(from + limit) } : { items };
      },
    },
  };
  return { deps, hours, reads, now: () => teamNow(deps, TENANT) };
}

describe('the team as it is', () => {
  it('names who breaks a promise next first, and counts by skill', async () => {
    const { now } = team(
      [
        waiting('late', 'returns', 90),
        waiting('fresh', 'general', 5),
        waiting('soon', 'general', 45, { opensAt: START - 45_000 }),
        waiting('promised-nothing', 'general', 500, { sla: {} }),
      ],
      [atDesk('ann', 0, { skills: ['general'] })],
    );
    const { waiting: line, queues } = await now();
    expect(line.map(({ conversationId, sla }) => [conversationId, sla?.state])).toEqual([
      ['late', 'late'],
      ['soon', 'soon'],
      ['fresh', 'in_time'],
      ['promised-nothing', undefined],
    ]);
    expect(queues.find(({ skill }) => skill === 'returns')).toMatchObject({ waiting: 1, online: 0, late: 1 });
    expect(queues.find(({ skill }) => skill === 'general')).toMatchObject({ waiting: 3, online: 1, soon: 1, late: 0 });
  });

  it('expects a wait from the pace of late, and says nothing where too little is known', async () => {
    const { now, hours } = team([waiting('a', 'general', 5)], [atDesk('ann', 0)]);
    expect((await now()).queues[0]?.expectedWaitMs).toBeUndefined();
    await hours.add(TENANT, hourOf(START), {
      [skillName('pace', 'general')]: 10,
      [skillName('pace.ms', 'general')]: 300_000,
    });
    expect((await now()).queues[0]?.expectedWaitMs).toBe(60_000);
  });

  it('shows what each agent holds, owes and promised; whose lease has ended is off', async () => {
    const dueAt = new Date(START - MINUTE).toISOString();
    const promise = { at: dueAt, dueAt, text: 'one moment' };
    const { now } = team(
      [held('a', 'ann', { promise }), held('b', 'ann', { lastAuthor: 'agent' })],
      [atDesk('bob', 0, { leaseUntil: START - 1 }), atDesk('ann', 2)],
    );
    const { agents, owners } = await now();
    expect(agents.map(({ agentId, presence, load }) => [agentId, presence, load])).toEqual([
      ['ann', 'online', 2],
      ['bob', 'off', 0],
    ]);
    expect(agents[0]).toMatchObject({
      promiseDueAt: dueAt,
      holds: [{ owed: true, promiseDueAt: dueAt }, { owed: false }],
    });
    expect(owners.agents).toEqual({ count: 2, more: false });
  });

  it('reads no more than it says, and says where there is more', async () => {
    const heads = [
      ...Array.from({ length: 250 }, (_, at) => waiting(`q-${at}`, 'general', 5)),
      ...Array.from({ length: 130 }, (_, at) => ({ ...newHead(ConversationId.parse(`b-${at}`), START) })),
    ];
    const { now, reads } = team(
      heads,
      Array.from({ length: 60 }, (_, at) => atDesk(`a${at}`, 1)),
    );
    const seen = await now();
    expect(seen.waiting).toHaveLength(TEAM_READS.waiting);
    expect(seen.owners.queue).toEqual({ count: TEAM_READS.waiting, more: true });
    expect(seen.owners.bot).toEqual({ count: TEAM_READS.bot, more: true });
    expect([seen.agents.length, seen.owners.agents.more]).toEqual([TEAM_READS.agents, true]);
    expect(reads).toHaveLength(2 + 1 + TEAM_READS.agents);
  });

  it('counts who has waited for more than a minute as not answered within it', async () => {
    const { now, hours } = team([waiting('a', 'general', 61), waiting('b', 'general', 59)]);
    await hours.add(TENANT, hourOf(START), { first: 3, 'first.1m': 3 });
    await hours.add(TENANT, hourOf(START - 24 * HOUR), { first: 100 });
    const { today, ...rest } = await now();
    expect([today['first'], today['first.1m'], today['unanswered']]).toEqual([3, 3, 1]);
    expect(TeamNow.omit({ withinMinute: true }).safeParse(rest).error).toBeUndefined();
  });
});

describe('what happened', () => {
  it('is told by the hours of the tenant’s day, none left out', async () => {
    const { deps, hours } = team([]);
    await hours.add(TENANT, hourOf(START), { turn: 2 });
    const { stretches } = await teamHours(deps, TENANT, { by: 'hour' });
    expect(new Date(stretches[0]?.from ?? 0).toISOString()).toBe('2026-03-01T16:00:00.000Z');
    expect(stretches).toHaveLength(16);
    const whole = await teamHours(deps, TENANT, { by: 'hour', until: new Date(START + HOUR).toISOString() });
    expect(whole.stretches.at(-1)?.counts).toEqual({ turn: 2 });
  });

  it('adds up to the tenant’s days', async () => {
    const { deps, hours } = team([]);
    const midnight = dayBegan(START, 'Asia/Shanghai');
    await hours.add(TENANT, hourOf(midnight - HOUR), { turn: 1 });
    await hours.add(TENANT, hourOf(midnight), { turn: 10 });
    await hours.add(TENANT, hourOf(midnight + 5 * HOUR), { turn: 100 });
    const from = new Date(midnight - 24 * HOUR).toISOString();
    const { stretches } = await teamHours(deps, TENANT, { by: 'day', from });
    expect(stretches.map(({ counts }) => counts['turn'])).toEqual([1, 110]);
  });

  it('is refused over too long a time, or one that ends before it begins', async () => {
    const { deps } = team([]);
    const iso = (ms: number) => new Date(START + ms).toISOString();
    await expect(teamHours(deps, TENANT, { by: 'hour', from: iso(-200 * HOUR) })).rejects.toThrow(/ask by day/);
    await expect(teamHours(deps, TENANT, { by: 'day', from: iso(-40 * 24 * HOUR) })).rejects.toThrow(/31 days/);
    await expect(teamHours(deps, TENANT, { by: 'day', from: iso(HOUR) })).rejects.toThrow(/before it begins/);
  });
});
