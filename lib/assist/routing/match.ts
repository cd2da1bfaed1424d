/**
 * Offers what waits to who has room, most urgent first.
 *
 *   read the head ──▶ put the place on the agent ──ok──▶ put the offer on the head ──ok──▶ tell the desk
 *        ▲                └─ conflict: read the agent        └─ conflict: free the place ──┐
 *        └─────────────────────────────────────────────────────────────────────────────────┘
 *
 * Why this is safe, whoever else does the same at once: the place is taken on the condition that the agent is as read, so
 * nobody is given more than they can hold; the offer is put on the condition that the conversation is as read before the
 * place was taken, so two agents are never asked at once. What dies between the two puts leaves a place without an offer:
 * it is freed when its time is up, and only after the conversation's version has moved on (see `agents.ts`).
 */
import type { Head } from '../../domain/conversation.ts';
import type { ConversationId } from '../../domain/ids.ts';
import { type AgentRecord, type FullRouting, routingOf } from '../../domain/routing.ts';
import type { Tenant } from '../../domain/tenant.ts';
import { hasRoom, isPresent, leaseEnded, reserved, sealAgent, withoutSlot } from '../../handoff/routing/agents.ts';
import { choose, isWaiting, type Waiting } from '../../handoff/routing/choose.ts';
import { given, offered } from '../../handoff/routing/offers.ts';
import { opened, openedUpTo } from '../../handoff/routing/opened.ts';
import { attempt, changeHead, hint } from '../flow.ts';
import { mendSlots, tendAgent } from './agents.ts';
import { changeAgent } from './change-agent.ts';
import { type TendDeps, unlessGone } from './tend.ts';

const PAGE = 50;
/** A run that goes on for longer leaves the rest to the next. */
const MAX_MS = 20_000;
/** So many times others may be faster with one conversation before it is left to them. */
const MAX_TRIES = 8;
/** Given at once: so soon it is looked at whether the conversation really is theirs. */
const GIVEN_CHECK_MS = 10_000;

/** The agents as this run knows them. */
type Team = { agents: AgentRecord[]; routing: FullRouting; tenant: Tenant; until: number };

/** `first`: a conversation that the index may not show yet. */
export async function matchQueue(deps: TendDeps, tenant: Tenant, first?: ConversationId): Promise<void> {
  const routing = routingOf(tenant.settings.routing);
  const agents = await presentAgents(deps, tenant);
  if (routing.mode === 'pull') return;
  const team: Team = { agents, routing, tenant, until: deps.now() + MAX_MS };
  const { busy, isSeen } = await matchPages(deps, team, first);
  let again = first === undefined || isSeen ? busy : [...busy, first];
  for (let turn = 0; turn < MAX_TRIES && again.length > 0; turn += 1) again = await offerAll(deps, team, again);
}

/** Everybody, after those who are gone have given back what they held, and late offers have moved on. */
async function presentAgents(deps: TendDeps, tenant: Tenant): Promise<AgentRecord[]> {
  const all = await deps.agents.list(tenant.id);
  const now = deps.now();
  const gone = all.filter((agent) => leaseEnded(agent, now) || agent.leaving === true);
  const late = all.filter(
    (agent) => isPresent(agent, now) && agent.slots.some((slot) => (slot.until ?? now + 1) <= now),
  );
  for (const { agentId } of gone) await tendAgent(deps, tenant, agentId);
  for (const agent of late) {
    const slots = agent.slots.filter((slot) => (slot.until ?? now + 1) <= now);
    await mendSlots(deps, tenant, agent, slots);
  }
  return gone.length + late.length === 0 ? all : deps.agents.list(tenant.id);
}

const anyRoom = (deps: TendDeps, { agents, routing, until }: Team): boolean =>
  deps.now() < until && agents.some((agent) => hasRoom(agent, routing, deps.now()));

type Pages = { busy: ConversationId[]; isSeen: boolean };

/**
 * Page by page, most urgent first, for as long as anybody has room; for one that has just come only the most urgent page:
 * whoever waits longer was looked at when there was room, and is again when there is more. `busy`: where another router was
 * at work; it is left to it, and looked at again afterwards, so that routers side by side share the queue instead of
 * fighting for its first.
 */
async function matchPages(deps: TendDeps, team: Team, first: ConversationId | undefined): Promise<Pages> {
  const busy: ConversationId[] = [];
  let isSeen = false;
  let cursor: string | undefined;
  while (anyRoom(deps, team)) {
    const page = await deps.conversations.list(team.tenant.id, 'queue', PAGE, cursor);
    isSeen ||= page.items.some(({ id }) => id === first);
    // What the index shows may be stale, and is read again before anybody is asked.
    const items = await openEarly(deps, team, page.items);
    const worth = items.filter((head) => isFor(deps, team, head)).map(({ id }) => id);
    busy.push(...(await offerAll(deps, team, worth)));
    if (page.cursor === undefined || first !== undefined) break;
    cursor = page.cursor;
  }
  return { busy, isSeen };
}

/** Who queued while the shop was closed waits for an opening that changed hours may have brought here already. */
async function openEarly(deps: TendDeps, { tenant, until }: Team, heads: readonly Head[]): Promise<Head[]> {
  const isEarly = ({ handoff }: Head, now: number): boolean =>
    (handoff?.opensAt ?? 0) > now && (handoff?.opensAt ?? 0) <= openedUpTo(tenant.settings, now);
  const known: Head[] = [];
  for (const head of heads) {
    const now = deps.now();
    if (now >= until || !isEarly(head, now)) {
      known.push(head);
      continue;
    }
    const place = { tenant: tenant.id, conversation: head.id };
    const changed = await unlessGone(changeHead(deps, place, (one) => opened(one, now)));
    if (changed === undefined) continue;
    known.push(changed.head);
    if (changed.head !== changed.before) await hint(deps, place, changed, 'queue');
  }
  return known;
}

const isFor = (deps: TendDeps, { agents, routing }: Team, head: Head): head is Waiting =>
  isWaiting(head, deps.now()) && choose(agents, head, routing, deps.now()) !== undefined;

/** One after the other; those at which somebody else was faster. */
async function offerAll(deps: TendDeps, team: Team, ids: readonly ConversationId[]): Promise<ConversationId[]> {
  const busy: ConversationId[] = [];
  for (const id of ids) {
    if (!anyRoom(deps, team)) return busy;
    const head = await deps.conversations.head(team.tenant.id, id);
    if (head !== undefined && isFor(deps, team, head) && !(await tryOffer(deps, team, head))) busy.push(id);
  }
  return busy;
}

/** Asks one agent whether they take it, or gives it to them. False when somebody else was faster. */
async function tryOffer(deps: TendDeps, team: Team, head: Waiting): Promise<boolean> {
  const { tenant, routing } = team;
  const now = deps.now();
  const before = choose(team.agents, head, routing, now);
  if (before === undefined) return true;
  const isGiven = routing.mode === 'assign';
  const until = now + (isGiven ? GIVEN_CHECK_MS : routing.offerMs);
  const slot = { conversation: head.id, at: now, version: head.version, until };
  const agent = sealAgent(before, reserved(before, slot));
  if ((await deps.agents.put(tenant.id, agent, before.version)) === 'conflict') {
    await learn(deps, team, before);
    return false;
  }
  keep(team, agent);
  const place = { tenant: tenant.id, conversation: head.id };
  const changed = await attempt(deps, place, head, (known) =>
    isGiven ? given(known, agent.agentId) : offered(known, agent.agentId, until, now),
  );
  if (changed === undefined) {
    const freed = await changeAgent(deps, tenant.id, agent.agentId, (one) =>
      withoutSlot(one, head.id, head.version + 1),
    );
    if (freed !== undefined) keep(team, freed.agent);
    return false;
  }
  await hint(deps, place, changed, isGiven ? 'owner' : 'offer');
  return true;
}

function keep(team: Team, agent: AgentRecord): void {
  team.agents = team.agents.map((one) => (one.agentId === agent.agentId ? agent : one));
}

/** The agent as they are now: somebody else has given them something, or they have said something. */
async function learn({ agents }: TendDeps, team: Team, { agentId }: AgentRecord): Promise<void> {
  const agent = await agents.get(team.tenant.id, agentId);
  if (agent === undefined) team.agents = team.agents.filter((one) => one.agentId !== agentId);
  else keep(team, agent);
}
