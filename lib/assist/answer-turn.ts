/**
 * A customer's message becomes an assist, and what the assist decided happens.
 *
 *   load ─▶ register + lease ─▶ customer ─▶ situate ─▶ respond ─▶ store ─▶ decide on the head ─▶ done ─▶ hint ─▶ deliver
 *
 * Every step may be repeated and every crash is survived: a message stays due until an assist that holds it is stored
 * and its decision is on the head. A revision that was superseded meanwhile leaves all that to its successor.
 */
import type { Assist } from '../domain/assist.ts';
import type { Head, Turn } from '../domain/conversation.ts';
import type { Customer } from '../domain/customer.ts';
import { CuecardError } from '../domain/error.ts';
import type { ConversationId, TenantId } from '../domain/ids.ts';
import type { Tenant } from '../domain/tenant.ts';
import { decided, type Verdict } from '../handoff/decide.ts';
import { unassistedTurns } from '../handoff/head.ts';
import { freeTurn, leaseTurn } from '../handoff/turn.ts';
import type { StoredAssist } from '../ports/conversations.ts';
import { type ApplyDeps, applyDue, finishApplied, isCustomers, patchOf } from './apply-due.ts';
import { countTurn, withReading } from './count-turn.ts';
import { type DeliverDeps, deliver, planning, type Step } from './deliver.ts';
import { noteTurn } from './evidence.ts';
import { fallbackAssist, withdrawnAssist } from './fallback.ts';
import { type Changed, changeHead, type FlowDeps, hint, type Loaded, type Opened, type Place } from './flow.ts';
import { handOffTerms } from './hand-off-terms.ts';
import { assistId } from './ids.ts';
import { isFull, type LineDeps, peakTopics } from './line.ts';
import { keepingProducts } from './replay.ts';
import { routeOn } from './routing/after-change.ts';
import { replayInputs, situate } from './situate.ts';
import type { Situation } from './situation.ts';
import { disclosureFor } from './wording.ts';

export type AnswerDeps = ApplyDeps &
  DeliverDeps &
  LineDeps &
  Pick<FlowDeps, 'readTenant' | 'openKnowledge' | 'densify' | 'respond' | 'readProducts'> & {
    /** Keeps some turns for the next release's gate; see `sample-turn.ts`. */
    sampleTurn?(tenant: TenantId, computed: StoredAssist): Promise<void>;
  };

/** An assist that is not stored by then is taken for dead. Shorter than the sweep's patience with a fresh message. */
const LEASE_MS = 12_000;
/** Longer quiet windows are not waited for here. */
const MAX_WAIT_MS = 10_000;
/** Reading a snapshot is tried so often before the turn is answered without it. */
const OPEN_ATTEMPTS = 3;
const OPEN_PAUSE_MS = 120;
/** After so many starts a turn that still fails is handed to a person. */
const MAX_FAILURES = 3;

type Taken = Changed & Loaded & { turn: Turn | undefined };
type Scene = { tenant: Tenant; place: Place; taken: Taken; turn: Turn };

/** Assists every turn of the conversation that waits for it, oldest first; `message` is what this was started for. */
export async function answerTurn(
  deps: AnswerDeps,
  tenantId: TenantId,
  conversation: ConversationId,
  message: string,
): Promise<void> {
  const place = { tenant: tenantId, conversation };
  const tenant = await deps.readTenant(tenantId);
  if (tenant === undefined) throw new CuecardError('not_found', `no tenant ${tenantId}`);
  for (let more = true; more; ) {
    const taken = await takeTurn(deps, place, message, tenant);
    await finishApplied(deps, place, taken);
    await routeOn(deps, place, taken);
    if (taken.turn === undefined) return settleRest(deps, place, taken);
    more = await assistTurn(deps, { tenant, place, taken, turn: taken.turn });
  }
}

/** Registers what is due and takes the oldest turn without an assist, in one write. */
async function takeTurn(deps: AnswerDeps, place: Place, message: string, { settings }: Tenant): Promise<Taken> {
  const leaseMs = LEASE_MS + Math.min(settings.quietWindowMs, MAX_WAIT_MS);
  let turn: Turn | undefined;
  const applied = await applyDue(deps, place, message, (head) => {
    turn = freeTurn(head, deps.now());
    return turn === undefined ? head : leaseTurn(head, turn, deps.now() + leaseMs);
  });
  return { ...applied, turn };
}

/** One turn from its lease to its consequences. True when there is another to assist. */
async function assistTurn(deps: AnswerDeps, scene: Scene): Promise<boolean> {
  const computed = (await storedBefore(deps, scene)) ?? (await compute(deps, scene));
  const assist = await keep(deps, scene, computed);
  const { place, taken, turn } = scene;
  const step = await decideTurn(deps, scene, assist);
  const { before, head } = step;
  const superseded = unassistedTurns(head).some(({ id }) => id === turn.id);
  if (!superseded) countTurn(deps, place.tenant, before, assist, scene.tenant.settings.mode);
  // The call of a claimed reply begins before anything else is waited for.
  const delivering = deliver(deps, place, { first: step, assist });
  delivering.catch(() => undefined);
  if (!superseded) await finishTurn(deps, place, taken, assist);
  await hint(deps, place, step, head.owner === before.owner ? 'assist' : 'queue');
  await delivering;
  // What is kept to learn from comes when customer and desk have theirs.
  const learnt = { assist, inputs: computed.inputs };
  if (!superseded) await Promise.all([noteTurn(deps, place.tenant, learnt), deps.sampleTurn?.(place.tenant, learnt)]);
  return freeTurn(head, deps.now()) !== undefined;
}

/**
 * Puts the decision on the head, with the first claim of the outbox. What waits for the quiet window is decided after
 * it, on a fresh read that registers what came meanwhile, even what no function has started on: nothing is answered
 * that was overtaken. A window too long to wait for is left on the head, for the sweep.
 */
async function decideTurn(deps: AnswerDeps, { tenant, place, taken }: Scene, assist: Assist): Promise<Step> {
  const told = await handOffTerms(deps, tenant, assist, taken.head);
  const verdict = { ...verdictOf(tenant, assist, taken), ...told };
  const { mode } = tenant.settings;
  const command = (head: Head): Head => withReading(head, decided(head, verdict, deps.now()), assist, mode, deps.now());
  const pause = (decided(taken.head, verdict, deps.now()).pending?.dueAt ?? 0) - deps.now();
  if (pause <= 0 || pause > MAX_WAIT_MS) {
    return planning((change) => changeHead(deps, place, change, taken.head), deps.now, command);
  }
  await hint(deps, place, taken, 'assist');
  await deps.sleep(pause);
  return planning((change) => applyDue(deps, place, undefined, change), deps.now, command);
}

/** What an earlier attempt at this very revision left in the store: it is not computed twice. */
async function storedBefore(deps: AnswerDeps, { place, taken, turn }: Scene): Promise<StoredAssist | undefined> {
  const { lease } = taken.before;
  if (lease?.turnId !== turn.id || lease.revision !== turn.revision) return undefined;
  const stored = await deps.conversations.assist(place.tenant, assistId(place.conversation, turn.id, turn.revision));
  return stored?.assist.revision === turn.revision ? stored : undefined;
}

/** Stores the assist; of two computed for one revision the first stored is everybody's. */
async function keep(deps: AnswerDeps, { place: { tenant } }: Scene, computed: StoredAssist): Promise<Assist> {
  if ((await deps.conversations.putAssist(tenant, computed)) === 'ok') return computed.assist;
  const stored = await deps.conversations.assist(tenant, computed.assist.id);
  return stored?.assist ?? computed.assist;
}

async function compute(deps: AnswerDeps, scene: Scene): Promise<StoredAssist> {
  const { tenant, place, taken, turn } = scene;
  const customer = await readCustomer(deps, scene);
  if (turn.messageIds.length === 0) return { assist: withdrawnAssist(taken.head, turn, deps.now()), inputs: {} };
  const opened = await open(deps, tenant);
  const { head, messages } = taken;
  const peak = head.owner === 'bot' ? await peakTopics(deps, tenant) : [];
  const plain = situate({ tenant, opened, customer, head, turn, messages, at: deps.now(), degraded: [], peak });
  const situation = await withMeaning(deps, plain);
  const inputs = replayInputs(situation);
  const products = keepingProducts(deps.readProducts(place.tenant));
  try {
    const assist = await deps.respond(situation, products.read);
    if (await mayBeQueued(deps, situation, assist)) return { assist, inputs: { ...inputs, products: products.kept() } };
    const refused = await deps.respond({ ...situation, full: true }, products.read);
    return { assist: refused, inputs: { ...inputs, full: true, products: products.kept() } };
  } catch (error) {
    if (failuresOf(scene) < MAX_FAILURES) throw error;
    return { assist: fallbackAssist(situation), inputs };
  }
}

/** Whether there is room for who is handed off; asked only then. A hand-off that nobody acts on needs none. */
async function mayBeQueued(deps: AnswerDeps, { tenant, owner }: Situation, { decision }: Assist): Promise<boolean> {
  if (decision.kind !== 'handoff' || owner !== 'bot' || tenant.settings.mode === 'shadow') return true;
  return !(await isFull(deps, tenant));
}

/** The situation with what a model makes of its words; a model that fails in an unforeseen way costs no turn. */
async function withMeaning({ densify }: AnswerDeps, situation: Situation): Promise<Situation> {
  const { dense, degraded } = await densify(situation).catch(() => ({ dense: [], degraded: ['embedding'] }));
  return { ...situation, dense, degraded: [...situation.degraded, ...degraded] };
}

/** How often the sweep has had to start this turn's newest message again. */
function failuresOf({ taken, turn }: Scene): number {
  const ids = new Set<string>(turn.messageIds);
  return Math.max(0, ...taken.events.filter(({ id }) => ids.has(id)).map(({ attempts }) => attempts));
}

/** Merges what the platform said of the customer in the messages that are due, else reads what is known. */
async function readCustomer(deps: AnswerDeps, { place, taken }: Scene): Promise<Customer | undefined> {
  const { tenant } = place;
  let customer: Customer | undefined;
  for (const stored of taken.events.filter(isCustomers)) {
    const patch = patchOf(stored.event);
    if (patch !== undefined) {
      customer = await deps.customers.merge(tenant, patch, new Date(stored.receivedAt).toISOString());
    }
  }
  const { customerId } = taken.head;
  return customer === undefined && customerId !== undefined ? deps.customers.get(tenant, customerId) : customer;
}

/** What is live; without it after a few attempts, and saying so, rather than silence. */
async function open(deps: AnswerDeps, tenant: Tenant): Promise<Opened> {
  for (let attempt = 1; attempt <= OPEN_ATTEMPTS; attempt += 1) {
    try {
      return await deps.openKnowledge(tenant);
    } catch {
      if (attempt < OPEN_ATTEMPTS) await deps.sleep(OPEN_PAUSE_MS * attempt);
    }
  }
  return { knowledge: undefined, catalog: undefined, degraded: ['snapshot'] };
}

function verdictOf(tenant: Tenant, assist: Assist, { head, messages }: Taken): Omit<Verdict, 'notice' | 'terms'> {
  const { language } = assist.understanding;
  const { mode, callbackUrl, quietWindowMs } = tenant.settings;
  const newest = messages.find(({ id }) => id === assist.messageIds.at(-1));
  const tapped = newest?.parts.some(({ kind }) => kind === 'button') === true;
  return {
    assist,
    epoch: head.epoch,
    mode,
    hasCallback: callbackUrl !== undefined,
    quietMs: tapped ? 0 : quietWindowMs,
    disclosure: disclosureFor(tenant, language),
  };
}

/** The messages that the assist holds are done. */
async function finishTurn(
  { conversations }: AnswerDeps,
  { tenant, conversation }: Place,
  { events }: Taken,
  { messageIds }: Assist,
): Promise<void> {
  const held = new Set<string>(messageIds);
  const due = events.filter((stored) => isCustomers(stored) && held.has(stored.id));
  await Promise.all(due.map((stored) => conversations.done(tenant, conversation, stored)));
}

/** Nothing to assist, but an earlier flow may have died with something to say. */
async function settleRest(deps: AnswerDeps, place: Place, { head }: Taken): Promise<void> {
  if (head.dueAt !== undefined && head.dueAt <= deps.now()) await deliver(deps, place);
}
