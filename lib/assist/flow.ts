/** What the flows of a conversation need, and the one way they change its head. */
import type { Assist } from '../domain/assist.ts';
import type { Head } from '../domain/conversation.ts';
import { CuecardError } from '../domain/error.ts';
import type { AgentId, ConversationId, TenantId } from '../domain/ids.ts';
import type { Message } from '../domain/message.ts';
import type { Tenant } from '../domain/tenant.ts';
import { isRefusal, newHead, type Refusal, refusalText, seal } from '../handoff/head.ts';
import { mirrored } from '../handoff/mirror.ts';
import type { AgentStore } from '../ports/agents.ts';
import type { CallPlatform } from '../ports/callback.ts';
import type { Clock, NewId, Sleep } from '../ports/clock.ts';
import type { ConversationStore, StoredEvent } from '../ports/conversations.ts';
import type { CustomerStore } from '../ports/customers.ts';
import type { Concerned, Hint, HintDesks } from '../ports/desks.ts';
import type { EvidenceStore } from '../ports/evidence.ts';
import type { OutcomeStore } from '../ports/outcomes.ts';
import type { Start, WorkStore } from '../ports/starts.ts';
import { changeCounts } from './count-change.ts';
import type { Densified } from './dense.ts';
import type { Catalog, Knowledge, ReadProducts, Situation } from './situation.ts';
import { hourOf, type Tally } from './tally.ts';

/** A tenant's live release and catalogue; `degraded` names what could not be had. */
export type Opened = {
  knowledge: Knowledge | undefined;
  catalog: Catalog | undefined;
  /** Where the catalogue lies, for a replay. */
  catalogKey?: string | undefined;
  degraded?: readonly string[];
};

export type FlowDeps = {
  conversations: ConversationStore;
  work: WorkStore;
  customers: CustomerStore;
  outcomes: OutcomeStore;
  /** Where it is noted what the knowledge lacks; absent, nothing is. */
  evidence?: EvidenceStore;
  /** Where what happened is counted; absent, nothing is. */
  tally?: Tally;
  /** The people at the desks; absent, nobody is routed to. */
  agents?: AgentStore;
  /** May be a few seconds old. */
  readTenant(id: TenantId): Promise<Tenant | undefined>;
  /** Throws when what is live cannot be read. */
  openKnowledge(tenant: Tenant): Promise<Opened>;
  /** What a model or an index makes of the turn's words; nothing without one. */
  densify(situation: Situation): Promise<Densified>;
  respond(situation: Situation, readProducts: ReadProducts): Promise<Assist>;
  readProducts(tenant: TenantId): ReadProducts;
  /** The minutes an agent's line promises an answer within. */
  isPromise(text: string): number | undefined;
  start: Start;
  hintDesks: HintDesks;
  callPlatform: CallPlatform;
  now: Clock;
  sleep: Sleep;
  newId: NewId;
  /** Uniform in [0, 1): spreads retries. */
  random(): number;
};

export type HeadDeps = Pick<FlowDeps, 'conversations' | 'now' | 'sleep' | 'random' | 'tally'>;
export type Place = { tenant: TenantId; conversation: ConversationId };
export type Loaded = { head: Head; messages: Message[]; events: StoredEvent[] };
/** `before`: as it was stored; `head`: as it is stored now. The very same when nothing changed. */
export type Changed = { before: Head; head: Head };

/** A head is put against the version it was read at; so many times somebody may be faster. */
const MAX_CONFLICTS = 12;
const FIRST_PAUSE_MS = 4;
const MAX_PAUSE_MS = 200;

async function pause({ sleep, random }: HeadDeps, attempt: number): Promise<void> {
  await sleep(Math.ceil(Math.min(MAX_PAUSE_MS, FIRST_PAUSE_MS * 2 ** attempt) * (0.5 + random() / 2)));
}

const tooBusy = ({ conversation }: Place): CuecardError =>
  new CuecardError('unavailable', `conversation ${conversation} changes too fast; try again`);

/** A conversation is noted under its customer before the head says whose it is, and again each day it goes on. */
const isNewsOfCustomer = (before: Head, head: Head): boolean =>
  before.customerId !== head.customerId || before.updatedAt.slice(0, 10) !== head.updatedAt.slice(0, 10);

/** `agentId` is the colleague because of whom, for who can say their name. */
const refusal = (outcome: Refusal): CuecardError =>
  new CuecardError('conflict', refusalText(outcome), {
    members: outcome.agent === undefined ? {} : { agentId: outcome.agent },
  });

/** Puts what `command` makes of the head; `undefined` when somebody else was faster. */
export async function attempt(
  deps: HeadDeps,
  { tenant }: Place,
  before: Head,
  command: (head: Head) => Head | Refusal,
): Promise<Changed | undefined> {
  const outcome = command(before);
  if (isRefusal(outcome)) throw refusal(outcome);
  const head = seal(before, outcome, deps.now());
  if (head === before) return { before, head };
  if (head.customerId !== undefined && isNewsOfCustomer(before, head)) {
    await deps.conversations.noteCustomer?.(tenant, head.customerId, head.id, head.updatedAt);
  }
  const put = await deps.conversations.putHead(tenant, head, before.version === 0 ? undefined : before.version);
  if (put !== 'ok') return undefined;
  deps.tally?.add(tenant, hourOf(deps.now()), changeCounts(before, head));
  return { before, head };
}

/**
 * Changes the head by a pure command, read anew whenever somebody else was faster. `known` is the head as this flow
 * wrote it last: it saves the read, and is safe because the put is conditional. Raises `conflict` on a refusal and
 * `not_found` for a conversation that never began.
 */
export async function changeHead(
  deps: HeadDeps,
  place: Place,
  command: (head: Head) => Head | Refusal,
  known?: Head,
): Promise<Changed> {
  let head = known;
  for (let turn = 0; turn < MAX_CONFLICTS; turn += 1) {
    head ??= await deps.conversations.head(place.tenant, place.conversation);
    if (head === undefined) throw new CuecardError('not_found', `no conversation ${place.conversation}`);
    const changed = await attempt(deps, place, head, (now) => mirrored(now, command(now), deps.now()));
    if (changed !== undefined) return changed;
    head = undefined;
    await pause(deps, turn);
  }
  throw tooBusy(place);
}

/** Loads head, messages and what is due, and changes the head by it. A conversation that never began begins. */
export async function loadAndChange(
  deps: HeadDeps,
  place: Place,
  load: () => Promise<Omit<Loaded, 'head'> & { head: Head | undefined }>,
  command: (loaded: Loaded) => Head,
): Promise<Changed & Loaded> {
  for (let turn = 0; turn < MAX_CONFLICTS; turn += 1) {
    const { messages, events, head: stored } = await load();
    const before = stored ?? newHead(place.conversation, deps.now());
    const changed = await attempt(deps, place, before, (head) => command({ head, messages, events }));
    if (changed !== undefined) return { ...changed, messages, events };
    await pause(deps, turn);
  }
  throw tooBusy(place);
}

type HintKind = Exclude<Hint['kind'], 'presence'>;

const agentOf = ({ owner }: Head): AgentId[] =>
  owner.startsWith('agent:') ? [owner.slice('agent:'.length) as AgentId] : [];
const askedOf = ({ offer }: Head): AgentId[] => (offer === undefined ? [] : [offer.agentId]);

/** Whom a change concerns: whose it is and was, and who is and was asked to take it. An agent's own is in no other list. */
function concernedBy({ before, head }: Changed, kind: HintKind): Concerned {
  const agents = new Set([before, head].flatMap((one) => [...agentOf(one), ...askedOf(one)]));
  const isOwn = before.owner === head.owner && agentOf(head).length > 0;
  return { agents: [...agents], isListed: kind !== 'delivery' && kind !== 'promise' && !isOwn };
}

/** Tells the desks, who reread. Best effort: a desk that misses a hint rereads when it reconnects. */
export async function hint(
  { hintDesks }: Pick<FlowDeps, 'hintDesks'>,
  { tenant, conversation }: Place,
  changed: Changed,
  kind: HintKind,
): Promise<void> {
  const { head } = changed;
  try {
    const offered = head.offer === undefined ? {} : { offeredTo: head.offer.agentId };
    const told = { conversationId: conversation, version: head.version, kind, owner: head.owner, ...offered };
    await hintDesks(tenant, told, concernedBy(changed, kind));
  } catch {
    // Nothing is lost with a hint.
  }
}

/** Tells an agent's own desks that they are here or gone by somebody else's doing, or from another tab. */
export async function hintPresence({ hintDesks }: Pick<FlowDeps, 'hintDesks'>, tenant: TenantId, agent: AgentId) {
  try {
    await hintDesks(tenant, { kind: 'presence', agentId: agent }, { agents: [agent], isListed: false });
  } catch {
    // Nothing is lost with a hint.
  }
}

/** Starts a function; when that fails the work stays due, and the sweep starts it. */
export async function tryStart({ start }: Pick<FlowDeps, 'start'>, ...[name, payload]: Parameters<Start>) {
  try {
    await start(name, payload);
  } catch {
    // Found by the sweep.
  }
}
