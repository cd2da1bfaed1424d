/**
 * An agent as routing sees them: whether they are there, what they can hold, what they hold. Pure changes of the one item;
 * each is put on the condition of the version it was read at.
 *
 *   off ──here──▶ online ◀──▶ away        a heartbeat renews the lease; where none comes it ends, and `leaving` begins:
 *    ▲                │         │         due until everything held has been given back
 *    └── given back ──┴─ leave ─┘
 */
import type { Head } from '../../domain/conversation.ts';
import type { AgentId, ConversationId } from '../../domain/ids.ts';
import type { AgentRecord, AgentView, FullRouting, Presence, Slot } from '../../domain/routing.ts';
import { without } from '../head.ts';
import { holderOf } from '../ownership.ts';

/** A heartbeat every 20 s may be late twice. A page that is loaded again is back long before. */
export const LEASE_MS = 60_000;
/** So many offers in a row that ran out, and the agent is taken to be away from the desk. */
const MISSED_IS_AWAY = 3;
/** What an item can hold at most; whoever takes more by hand is not routed to anyway. */
const MAX_SLOTS = 200;

export const newAgent = (agentId: AgentId, now: number): AgentRecord => ({
  agentId,
  version: 0,
  presence: 'off',
  at: new Date(now).toISOString(),
  slots: [],
});

/** The change as it is put. The very record where nothing changed. */
export const sealAgent = (before: AgentRecord, after: AgentRecord): AgentRecord =>
  after === before ? before : { ...after, version: before.version + 1 };

/** At the desk or not far from it. A record of before there were leases says nothing either way: it is not routed to. */
export const isPresent = ({ presence, leaseUntil }: AgentRecord, now: number): boolean =>
  presence !== 'off' && leaseUntil !== undefined && leaseUntil > now;

/** Whether nobody has heard of the agent for so long that they must be gone. */
export const leaseEnded = ({ presence, leaseUntil }: AgentRecord, now: number): boolean =>
  presence !== 'off' && leaseUntil !== undefined && leaseUntil <= now;

export const capacityOf = (agent: AgentRecord, routing: Pick<FullRouting, 'capacity'>): number =>
  agent.capacity ?? routing.capacity;

/** Whether routing may give them one more. */
export const hasRoom = (agent: AgentRecord, routing: Pick<FullRouting, 'capacity'>, now: number): boolean =>
  agent.presence === 'online' &&
  agent.leaving !== true &&
  isPresent(agent, now) &&
  agent.slots.length < Math.min(MAX_SLOTS, capacityOf(agent, routing));

export const viewOfAgent = (agent: AgentRecord, routing: Pick<FullRouting, 'capacity'>, now: number): AgentView => {
  const { slots, version: _, leaseUntil: __, servedAt: ___, missed: ____, leaving: _____, ...seen } = agent;
  const presence = leaseEnded(agent, now) ? 'off' : agent.presence;
  return { ...seen, presence, load: slots.length, capacity: capacityOf(agent, routing) };
};

/**
 * A page says again that its agent is there. Whether they are to be asked stays as it was last said, at another tab or by
 * the offers that they let pass; only who is off is there again.
 */
export const beaten = (agent: AgentRecord, presence: Presence, name: string | undefined, now: number): AgentRecord =>
  told(agent, agent.presence === 'off' || presence === 'off' ? presence : agent.presence, name, now);

/** The agent says whether they are there: the lease begins anew, or everything held is to be given back. */
export function told(agent: AgentRecord, presence: Presence, name: string | undefined, now: number): AgentRecord {
  const named = name === undefined ? agent : { ...agent, name };
  if (presence === 'off') return agent.presence === 'off' ? named : leave(named, now);
  const at = agent.presence === presence ? agent.at : new Date(now).toISOString();
  const back = presence === 'online' && agent.presence !== 'online' ? without(named, 'missed') : named;
  // A page that is loaded again says "away" as well: why they are stays known for as long as they are.
  const why = agent.presence === presence ? back : without(back, 'awayAfter');
  return { ...without(why, 'leaving'), presence, at, leaseUntil: now + LEASE_MS };
}

/** Gone, by the button or because nothing was heard of them. */
export const leave = (agent: AgentRecord, now: number): AgentRecord => ({
  ...without(agent, 'leaseUntil', 'missed', 'awayAfter'),
  presence: 'off',
  at: new Date(now).toISOString(),
  leaving: true,
});

/** Everything they held has been given back. Who came back meanwhile keeps what they hold. */
export const left = (agent: AgentRecord): AgentRecord =>
  agent.leaving === true ? { ...without(agent, 'leaving'), slots: [] } : agent;

export const slotOf = (agent: AgentRecord, conversation: ConversationId): Slot | undefined =>
  agent.slots.find((slot) => slot.conversation === conversation);

/** Takes a place for a conversation, or renews the one it has: a version never goes back. */
export function withSlot(agent: AgentRecord, slot: Slot): AgentRecord {
  const known = slotOf(agent, slot.conversation);
  const version = Math.max(slot.version ?? 0, known?.version ?? 0);
  if (known !== undefined && known.version === version && known.until === slot.until) return agent;
  const others = agent.slots.filter((one) => one !== known);
  return others.length >= MAX_SLOTS ? agent : { ...agent, slots: [...others, { ...slot, version }] };
}

/** The place routing takes before it asks: they were served. */
export const reserved = (agent: AgentRecord, slot: Slot): AgentRecord => ({
  ...withSlot(agent, slot),
  servedAt: slot.at,
});

/** Frees a conversation's place if it was taken before the conversation had this version. */
export function withoutSlot(agent: AgentRecord, conversation: ConversationId, version: number): AgentRecord {
  const known = slotOf(agent, conversation);
  if (known === undefined || (known.version ?? 0) >= version) return agent;
  return { ...agent, slots: agent.slots.filter((slot) => slot !== known) };
}

/** An offer ran out; who lets several pass is not at the desk, whatever their page says. */
export function missedOne(agent: AgentRecord, now: number): AgentRecord {
  const missed = (agent.missed ?? 0) + 1;
  if (missed < MISSED_IS_AWAY || agent.presence !== 'online') return { ...agent, missed };
  return { ...without(agent, 'missed'), presence: 'away', awayAfter: missed, at: new Date(now).toISOString() };
}

/** They took what they were asked to take: the place is theirs for as long as the conversation is. */
export function settled(agent: AgentRecord, conversation: ConversationId): AgentRecord {
  const known = slotOf(agent, conversation);
  if (known?.until === undefined) return agent;
  const slots = agent.slots.map((slot) => (slot === known ? without(slot, 'until') : slot));
  return { ...without(agent, 'missed'), slots };
}

/** Among whose conversations it counts: its owner's, or theirs who are asked to take it. */
export const whosePlace = (head: Pick<Head, 'owner' | 'offer'>): AgentId | undefined =>
  head.owner === 'queue' ? head.offer?.agentId : holderOf(head);
