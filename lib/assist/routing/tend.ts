/** Sees to what is due of one conversation, and tells of it. */

import type { Head } from '../../domain/conversation.ts';
import { CuecardError } from '../../domain/error.ts';
import type { ConversationId } from '../../domain/ids.ts';
import { routingOf } from '../../domain/routing.ts';
import type { Tenant } from '../../domain/tenant.ts';
import type { QueueTalk } from '../../handoff/queue-talk.ts';
import { missedOne, whosePlace, withoutSlot } from '../../handoff/routing/agents.ts';
import { isDue, tend } from '../../handoff/routing/tend.ts';
import {
  type Changed,
  changeHead,
  type FlowDeps,
  type HeadDeps,
  hint,
  hintPresence,
  type Place,
  tryStart,
} from '../flow.ts';
import { type AgentDeps, changeAgent } from './change-agent.ts';

export type TendDeps = HeadDeps &
  AgentDeps &
  Pick<FlowDeps, 'start' | 'hintDesks'> & {
    /** What a customer who waits would be told now; without it nobody is told anything again. */
    talkOf?(tenant: Tenant, head: Head): Promise<QueueTalk>;
  };

/** The head as it is now; undefined where there is no such conversation. */
export async function tendConversation(
  deps: TendDeps,
  tenant: Tenant,
  conversation: ConversationId,
): Promise<Head | undefined> {
  const place = { tenant: tenant.id, conversation };
  const head = await deps.conversations.head(tenant.id, conversation);
  if (head === undefined || !isDue(head, deps.now())) return head;
  const talk = (await deps.talkOf?.(tenant, head)) ?? silent(tenant);
  const routing = routingOf(tenant.settings.routing);
  const changed = await unlessGone(changeHead(deps, place, (now) => tend(now, routing, talk, deps.now()), head));
  if (changed === undefined) return undefined;
  await tell(deps, place, changed);
  return changed.head;
}

const silent = ({ settings }: Tenant): QueueTalk => {
  const { tellEveryMs, priorities } = routingOf(settings.routing);
  return { place: undefined, waitMs: undefined, tellEveryMs, agesMs: priorities.waitMs, words: () => '' };
};

/** A conversation that its retention took meanwhile needs nothing. */
export async function unlessGone<T>(work: Promise<T>): Promise<T | undefined> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof CuecardError && error.kind === 'not_found') return undefined;
    throw error;
  }
}

async function tell(deps: TendDeps, place: Place, { before, head }: Changed): Promise<void> {
  if (head === before) return;
  const ranOut = before.offer !== undefined && head.offer === undefined;
  if (ranOut) await freeMissed(deps, place, before, head);
  const reminded = before.promise?.remindedAt !== head.promise?.remindedAt;
  await hint(deps, place, { before, head }, reminded ? 'promise' : ranOut ? 'offer' : 'queue');
  if (head.outbox.length > before.outbox.length) await tryStart(deps, 'deliver', place);
}

async function freeMissed(deps: TendDeps, { tenant, conversation }: Place, before: Head, head: Head): Promise<void> {
  const asked = whosePlace(before);
  if (asked === undefined) return;
  const changed = await changeAgent(deps, tenant, asked, (agent) => {
    const freed = withoutSlot(agent, conversation, head.version);
    return freed === agent ? agent : missedOne(freed, deps.now());
  });
  if (changed !== undefined && changed.before.presence !== changed.agent.presence) {
    await hintPresence(deps, tenant, asked);
  }
}
