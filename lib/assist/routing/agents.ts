/** Sees to an agent: whether they are gone, and whether they hold what their item says they hold. */
import type { Head } from '../../domain/conversation.ts';
import type { AgentId, ConversationId } from '../../domain/ids.ts';
import type { AgentRecord, Slot } from '../../domain/routing.ts';
import type { Tenant } from '../../domain/tenant.ts';
import {
  leaseEnded,
  leave,
  left,
  settled,
  slotOf,
  whosePlace,
  withoutSlot,
  withSlot,
} from '../../handoff/routing/agents.ts';
import { agentGone } from '../../handoff/routing/offers.ts';
import { isDue } from '../../handoff/routing/tend.ts';
import { changeHead, hint, hintPresence } from '../flow.ts';
import { goOn } from '../receive.ts';
import { changeAgent } from './change-agent.ts';
import { type TendDeps, tendConversation, unlessGone } from './tend.ts';

/** A router that took a place is about to ask; until then its place is let be. */
const SLOT_GRACE_MS = 10_000;
const PAGE = 100;

/** Whose lease has ended is off, and what they held goes back; of everybody else the places are mended. */
export async function tendAgent(deps: TendDeps, tenant: Tenant, id: AgentId): Promise<void> {
  const changed = await changeAgent(deps, tenant.id, id, (agent) =>
    leaseEnded(agent, deps.now()) ? leave(agent, deps.now()) : agent,
  );
  if (changed === undefined) return;
  const { before, agent } = changed;
  if (agent !== before) await hintPresence(deps, tenant.id, id);
  if (agent.leaving === true) await giveBack(deps, tenant, agent);
  else await mendSlots(deps, tenant, agent, [...agent.slots, ...(await unknownOf(deps, tenant, agent))]);
}

/** Every conversation they own or are asked to take. Who comes back meanwhile keeps the rest. */
async function giveBack(deps: TendDeps, tenant: Tenant, agent: AgentRecord): Promise<void> {
  const id = agent.agentId;
  const held = new Set([...agent.slots.map((slot) => slot.conversation), ...(await ownedBy(deps, tenant, id))]);
  for (const conversation of held) {
    if ((await deps.agents.get(tenant.id, id))?.leaving !== true) return;
    const place = { tenant: tenant.id, conversation };
    const changed = await unlessGone(changeHead(deps, place, (head) => agentGone(head, id, deps.now())));
    if (changed !== undefined) await goOn(deps, place, changed);
  }
  await changeAgent(deps, tenant.id, id, left);
}

/** By the index, which may miss the newest; what it misses has its place on the agent's own item. */
async function ownedBy({ conversations }: TendDeps, tenant: Tenant, id: AgentId): Promise<ConversationId[]> {
  const found: ConversationId[] = [];
  let cursor: string | undefined;
  do {
    const page = await conversations.list(tenant.id, `agent:${id}`, PAGE, cursor);
    found.push(...page.items.map((head) => head.id));
    cursor = page.cursor;
  } while (cursor !== undefined);
  return found;
}

/** Conversations that are theirs without a place, as after a crash between the two writes. */
async function unknownOf(deps: TendDeps, tenant: Tenant, agent: AgentRecord): Promise<Slot[]> {
  const { items } = await deps.conversations.list(tenant.id, `agent:${agent.agentId}`, PAGE);
  const missing = items.filter((head) => slotOf(agent, head.id) === undefined);
  return missing.map((head) => ({ conversation: head.id, at: deps.now(), version: 0 }));
}

/** What a place should be, by the conversation as it is now. */
type Mend = (agent: AgentRecord) => AgentRecord;
const asIs: Mend = (agent) => agent;

/** Looks at places: what is due of their conversations is seen to, what is not theirs any more is freed. */
export async function mendSlots(deps: TendDeps, tenant: Tenant, agent: AgentRecord, slots: readonly Slot[]) {
  const mends = await Promise.all(slots.map((slot) => mendOf(deps, tenant, agent.agentId, slot)));
  if (mends.every((mend) => mend === asIs)) return;
  await changeAgent(deps, tenant.id, agent.agentId, (now) => mends.reduce((mended, mend) => mend(mended), now));
}

async function mendOf(deps: TendDeps, tenant: Tenant, id: AgentId, slot: Slot): Promise<Mend> {
  const { conversation } = slot;
  const read = await deps.conversations.head(tenant.id, conversation);
  const head =
    read !== undefined && isDue(read, deps.now()) ? await tendConversation(deps, tenant, conversation) : read;
  if (head === undefined) return (agent) => withoutSlot(agent, conversation, Number.POSITIVE_INFINITY);
  if (whosePlace(head) === id) return head.owner === 'queue' ? asIs : owned(head, slot);
  const version = await fenced(deps, tenant, head, slot);
  return version === undefined ? asIs : (agent) => withoutSlot(agent, conversation, version);
}

function owned(head: Head, slot: Slot): Mend {
  if (slot.version === 0) {
    return (agent) => (agent.presence === 'off' ? agent : withSlot(agent, { ...slot, version: head.version }));
  }
  return slot.until === undefined ? asIs : (agent) => settled(agent, slot.conversation);
}

/**
 * The version from which on the place may be freed. While the conversation still has the version that the place was taken
 * at, a router may be about to put its offer on it: the version moves on first, so that a router that was taken for dead
 * can no longer do so. Undefined: too early to tell.
 */
async function fenced(deps: TendDeps, tenant: Tenant, head: Head, slot: Slot): Promise<number | undefined> {
  if (head.version > (slot.version ?? 0)) return head.version;
  if (slot.at > deps.now() - SLOT_GRACE_MS) return undefined;
  const place = { tenant: tenant.id, conversation: head.id };
  const changed = await unlessGone(changeHead(deps, place, (now) => ({ ...now }), head));
  if (changed === undefined) return undefined;
  await hint(deps, place, changed, 'queue');
  return whosePlace(changed.head) === undefined ? changed.head.version : undefined;
}
