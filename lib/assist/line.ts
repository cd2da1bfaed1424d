/** The line before the desks as it is read: at hand-offs and at what is told while waiting, at most once a second. */
import type { Head } from '../domain/conversation.ts';
import type { HandoffTerms } from '../domain/handoff.ts';
import type { ConversationId, TenantId } from '../domain/ids.ts';
import type { Language } from '../domain/language.ts';
import { routingOf } from '../domain/routing.ts';
import type { Tenant } from '../domain/tenant.ts';
import { expectedWait, type LineState, onlineFor, placeIn } from '../handoff/line.ts';
import { dependsOnLoad, peakOf } from '../handoff/peak.ts';
import type { QueueTalk } from '../handoff/queue-talk.ts';
import type { AgentStore } from '../ports/agents.ts';
import type { Clock } from '../ports/clock.ts';
import type { ConversationStore } from '../ports/conversations.ts';
import type { HourCounts } from '../ports/counts.ts';
import { paceFrom } from './pace.ts';
import { hourOf } from './tally.ts';
import { positionFor } from './wording.ts';

/** Who waits, who is there and how fast it has gone of late. */
export type ReadLine = (tenant: TenantId, limit: number) => Promise<LineState>;
export type LineDeps = { readLine?: ReadLine; now: Clock };

const HOUR_MS = 3_600_000;
/** Answers of this and the two hours before say how fast the line moves. */
const PACE_HOURS = 2;

type Stores = {
  conversations: Pick<ConversationStore, 'waiting'>;
  agents: Pick<AgentStore, 'list'>;
  hours: Pick<HourCounts, 'between'>;
  now: Clock;
};

/** Reads the line anew each time. `limit`: of those who wait, most urgent first. */
export function lineReader({ conversations, agents, hours, now }: Stores): ReadLine {
  return async (tenant, limit) => {
    const at = now();
    const [waiting, team, counts] = await Promise.all([
      conversations.waiting(tenant, limit),
      agents.list(tenant),
      hours.between(tenant, hourOf(at - PACE_HOURS * HOUR_MS), hourOf(at)),
    ]);
    return { waiting, agents: team, pace: paceFrom(counts) };
  };
}

/** The line; undefined where it cannot be read: nobody is turned away, and nothing told of it, by guess. */
async function lineOf({ readLine }: LineDeps, { id, settings }: Tenant): Promise<LineState | undefined> {
  if (readLine === undefined) return undefined;
  try {
    return await readLine(id, routingOf(settings.routing).maxWaiting);
  } catch {
    return undefined;
  }
}

/** Whether nobody else can be queued. */
export async function isFull(deps: LineDeps, tenant: Tenant): Promise<boolean> {
  const line = await lineOf(deps, tenant);
  return line !== undefined && line.waiting.length >= routingOf(tenant.settings.routing).maxWaiting;
}

/** The topics of the peak that is on; the queue is read only where they depend on it. */
export async function peakTopics(deps: LineDeps, tenant: Tenant): Promise<string[]> {
  const { peak } = routingOf(tenant.settings.routing);
  const now = deps.now();
  const line = dependsOnLoad(peak) ? await lineOf(deps, tenant) : undefined;
  const load = line && { waiting: line.waiting.length, online: onlineFor(line.agents, now) };
  return peakOf(peak, load, now);
}

type Own = { conversation: ConversationId; skill: string; priority: number; at: number };
/** `isDeserted`: there is a team, and none of it is at a desk for this. */
type Standing = { line: NonNullable<HandoffTerms['line']>; waitMs: number | undefined; isDeserted: boolean };

/** Where somebody stands, or would stand, and how long that takes. */
export async function standingOf(deps: LineDeps, tenant: Tenant, own: Own): Promise<Standing | undefined> {
  const line = await lineOf(deps, tenant);
  if (line === undefined) return undefined;
  const place = placeIn(line.waiting, own);
  const online = onlineFor(line.agents, deps.now(), own.skill);
  const isDeserted = line.agents.length > 0 && online === 0;
  return { line: { place, online }, waitMs: expectedWait(line.pace, own.skill, place, online), isDeserted };
}

/** What a customer who waits would be told now: for routing, which sees to what is due of a conversation. */
export async function talkOf(deps: LineDeps, tenant: Tenant, head: Head): Promise<QueueTalk> {
  const { tellEveryMs, priorities } = routingOf(tenant.settings.routing);
  const { handoff } = head;
  const isDue = handoff?.tellAt !== undefined && handoff.tellAt <= deps.now() && head.owner === 'queue';
  const own = handoff && { ...handoff, conversation: head.id, at: Date.parse(handoff.at) };
  const standing = isDue && own !== undefined ? await standingOf(deps, tenant, own) : undefined;
  return {
    place: standing?.line.place,
    waitMs: standing?.waitMs,
    tellEveryMs,
    agesMs: priorities.waitMs,
    words: (place: number, waitMs: number | undefined, language: Language) =>
      positionFor(tenant, language, { place, waitMs, isDeserted: standing?.isDeserted === true }),
  };
}
