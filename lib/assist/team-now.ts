/** What a team lead sees of this moment: the line, the agents, what is promised. Reads are bounded. */
import {
  type Held,
  type SkillQueue,
  type SlaDue,
  TEAM_READS,
  type TeamAgent,
  type TeamNow,
  type Waiter,
} from '../domain/contract/supervisor.ts';
import type { Head, Owner } from '../domain/conversation.ts';
import type { Handoff } from '../domain/handoff.ts';
import type { TenantId } from '../domain/ids.ts';
import { type AgentRecord, type FullRouting, GENERAL_SKILL, routingOf } from '../domain/routing.ts';
import { expectedWait, onlineFor, type Pace, waitsSince } from '../handoff/line.ts';
import { isPresent, viewOfAgent } from '../handoff/routing/agents.ts';
import { slaState } from '../handoff/sla.ts';
import type { AgentStore } from '../ports/agents.ts';
import type { FlowDeps } from './flow.ts';
import { paceFrom } from './pace.ts';
import { addCounts, type Counts, hourOf } from './tally.ts';
import { dayBegan, type HoursDeps, tenantOf } from './team-hours.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
/** Answers of so long ago still say how fast the line moves. */
const PACE_HOURS = 2;
const PAGE = 100;
const AT_ONCE = 10;

export type TeamDeps = HoursDeps & {
  conversations: Pick<FlowDeps['conversations'], 'list'>;
  agents: Pick<AgentStore, 'list'>;
};

const iso = (at: number): string => new Date(at).toISOString();

/** Heads of an owner up to `most`, and whether there are more. */
async function listed({ conversations }: TeamDeps, tenant: TenantId, owner: Owner, most: number) {
  const heads: Head[] = [];
  let cursor: string | undefined;
  do {
    const page = await conversations.list(tenant, owner, Math.min(PAGE, most - heads.length), cursor);
    heads.push(...page.items);
    cursor = page.cursor;
  } while (cursor !== undefined && heads.length < most);
  return { heads, more: cursor !== undefined };
}

function slaDue(handoff: Handoff | undefined, now: number): { sla?: SlaDue } {
  const state = slaState(handoff, now);
  return state === undefined ? {} : { sla: { ...state, dueAt: iso(state.dueAt) } };
}

const nameOf = ({ customerName }: Head) => (customerName === undefined ? {} : { customerName });

function waiterOf(head: Head, handoff: Handoff, now: number): Waiter {
  return {
    conversationId: head.id,
    ...nameOf(head),
    skill: handoff.skill,
    priority: handoff.priority,
    reason: handoff.reason,
    since: iso(waitsSince(handoff)),
    ...slaDue(handoff, now),
    ...(head.offer === undefined || head.offer.until <= now ? {} : { offeredTo: head.offer.agentId }),
  };
}

/** Who is due first, then who is promised nothing, by how long they wait. */
const byDue = (a: Waiter, b: Waiter): number => {
  const [first, second] = [a.sla?.dueAt ?? `~${a.since}`, b.sla?.dueAt ?? `~${b.since}`];
  return first < second ? -1 : Number(first > second);
};

type Team = { agents: readonly AgentRecord[]; routing: FullRouting; pace: Pace; now: number };

function queuesOf(waiting: readonly Waiter[], { agents, routing, pace, now }: Team): SkillQueue[] {
  const known = [...waiting.map(({ skill }) => skill), ...routing.skills.map(({ skill }) => skill), GENERAL_SKILL];
  return [...new Set(known)].map((skill) => {
    const own = waiting.filter((waiter) => waiter.skill === skill);
    const [oldestSince] = own.map(({ since }) => since).sort();
    const online = onlineFor(agents, now, skill);
    const expected = expectedWait(pace, skill, own.length + 1, online);
    const inState = (state: SlaDue['state']) => own.filter(({ sla }) => sla?.state === state).length;
    return {
      skill,
      waiting: own.length,
      online,
      soon: inState('soon'),
      late: inState('late'),
      ...(oldestSince === undefined ? {} : { oldestSince }),
      ...(expected === undefined ? {} : { expectedWaitMs: Math.round(expected) }),
    };
  });
}

function heldOf(head: Head, now: number): Held {
  return {
    conversationId: head.id,
    ...nameOf(head),
    owed: head.lastAuthor === 'customer',
    updatedAt: head.updatedAt,
    ...slaDue(head.handoff, now),
    ...(head.promise === undefined ? {} : { promiseDueAt: head.promise.dueAt }),
  };
}

/** Agents who are there come first, the fullest of them before others. */
const byPresence =
  (now: number) =>
  (a: AgentRecord, b: AgentRecord): number =>
    Number(isPresent(b, now)) - Number(isPresent(a, now)) ||
    b.slots.length - a.slots.length ||
    (a.agentId < b.agentId ? -1 : 1);

async function agentsOf(deps: TeamDeps, tenant: TenantId, { agents, routing, now }: Team): Promise<TeamAgent[]> {
  const shown = [...agents].sort(byPresence(now)).slice(0, TEAM_READS.agents);
  const views: TeamAgent[] = [];
  for (let from = 0; from < shown.length; from += AT_ONCE) {
    const some = shown.slice(from, from + AT_ONCE).map(async (agent): Promise<TeamAgent> => {
      const empty = agent.slots.length === 0 && !isPresent(agent, now);
      const { heads, more } = empty
        ? { heads: [], more: false }
        : await listed(deps, tenant, `agent:${agent.agentId}`, TEAM_READS.held);
      const [promiseDueAt] = heads.flatMap(({ promise }) => promise?.dueAt ?? []).sort();
      return {
        ...viewOfAgent(agent, routing, now),
        holds: heads.map((head) => heldOf(head, now)),
        more,
        ...(promiseDueAt === undefined ? {} : { promiseDueAt }),
      };
    });
    views.push(...(await Promise.all(some)));
  }
  return views;
}

/** The team at this moment. Raises `not_found` without a tenant. */
export async function teamNow(
  deps: TeamDeps,
  id: TenantId,
): Promise<Omit<TeamNow, 'withinMinute'> & { today: Counts }> {
  const tenant = await tenantOf(deps, id);
  const now = deps.now();
  const { timeZone, routing: given } = tenant.settings;
  const since = dayBegan(now, timeZone);
  const [queue, bot, agents, today] = await Promise.all([
    listed(deps, id, 'queue', TEAM_READS.waiting),
    listed(deps, id, 'bot', TEAM_READS.bot),
    deps.agents.list(id),
    deps.hours.between(id, hourOf(Math.min(since, now - PACE_HOURS * HOUR_MS)), hourOf(now)),
  ]);
  const recent = today.filter(({ hour }) => hour >= hourOf(now - PACE_HOURS * HOUR_MS));
  const team = { agents, routing: routingOf(given), pace: paceFrom(recent), now };
  const waiting = queue.heads.flatMap((head) =>
    head.handoff === undefined ? [] : [waiterOf(head, head.handoff, now)],
  );
  const overdue = waiting.filter((waiter) => now - Date.parse(waiter.since) > MINUTE_MS).length;
  const views = await agentsOf(deps, id, team);
  const counted = today.filter(({ hour }) => hour >= hourOf(since)).map(({ counts }) => counts);
  return {
    at: iso(now),
    timeZone,
    since: iso(since),
    queues: queuesOf(waiting, team),
    waiting: waiting.sort(byDue),
    owners: {
      bot: { count: bot.heads.length, more: bot.more },
      queue: { count: queue.heads.length, more: queue.more },
      agents: {
        count: views.reduce((sum, { holds }) => sum + holds.length, 0),
        more: views.some(({ more }) => more) || agents.length > views.length,
      },
    },
    agents: views,
    today: addCounts(...counted, { unanswered: overdue }),
  };
}
