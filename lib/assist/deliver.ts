/**
 * Finishes what is on the head: commits what is pending and due, then sends the outbox, one item after the other.
 *
 *   put the claim on the head ──ok──▶ call the platform ──▶ store our message ──▶ put the outcome (and the next claim)
 *        └─ conflict: read again, plan again
 *
 * The claim is one conditional put, so it is at once the proof that the head was as the plan assumes (owner, epoch,
 * turn), and what keeps a second deliverer from the same item: an attempt never begins from a head that was only read.
 */
import type { Assist } from '../domain/assist.ts';
import type { Head, OutboxItem } from '../domain/conversation.ts';
import { AssistId } from '../domain/ids.ts';
import { commitPending } from '../handoff/commit.ts';
import { type Fate, isLastAttempt, type Plan, planDelivery, type Settled, settle } from '../handoff/outbox.ts';
import { keptWrapUp, spokenMessage } from '../handoff/package.ts';
import { type Enclosed, payloadOf } from '../handoff/payload.ts';
import { type Changed, changeHead, type FlowDeps, type HeadDeps, hint, type Place } from './flow.ts';
import { packageOf } from './package-of.ts';
import { type AfterChangeDeps, routeOn } from './routing/after-change.ts';

export type DeliverDeps = HeadDeps &
  AfterChangeDeps &
  Pick<FlowDeps, 'customers' | 'callPlatform' | 'hintDesks' | 'readProducts'>;

/** Longer pauses are left to the sweep. */
const MAX_SLEEP_MS = 2_600;
/** A delivery that goes on for longer is left to the sweep. */
const MAX_MS = 20_000;

/** A head as this flow wrote it, and what that write planned: the first claim may ride on the write before. */
export type Step = Changed & { plan: Plan };
/** `assist`: what the outbox may refer to, if it is at hand. */
export type DeliverOptions = { first?: Step; assist?: Assist };

export async function deliver(deps: DeliverDeps, place: Place, { first, assist }: DeliverOptions = {}): Promise<void> {
  const until = deps.now() + MAX_MS;
  let step = first ?? (await takeStep(deps, place));
  // What is committed here may have put the conversation into the queue: somebody is found while the platform is called.
  const routing = routeOn(deps, place, step);
  let touched = step.head !== step.before;
  for (;;) {
    const { plan, head } = step;
    let settled: Settled | undefined;
    if (plan.kind === 'attempt' || plan.kind === 'void') {
      settled = await carryOut(deps, place, head, plan, assist);
    } else if (plan.kind === 'idle' || isLong(plan.until, deps.now(), until)) {
      break;
    } else {
      await deps.sleep(plan.until - deps.now());
    }
    step = await takeStep(deps, place, settled, head);
    touched ||= step.head !== step.before;
  }
  if (touched) await hint(deps, place, step, 'delivery');
  await routing;
}

const isLong = (wait: number, now: number, until: number): boolean => wait - now > MAX_SLEEP_MS || wait > until;

/** Runs a command that may plan: the plan belongs to the head that was put, not to one that lost. */
export async function planning(
  change: (command: (head: Head) => Head) => Promise<Changed>,
  now: () => number,
  command: (head: Head) => Head,
): Promise<Step> {
  let plan: Plan = { kind: 'idle' };
  const changed = await change((head) => {
    const after = commitPending(command(head), now());
    plan = planDelivery(after, now());
    return plan.kind === 'attempt' ? plan.head : after;
  });
  return { ...changed, plan };
}

/** One write: the outcome of the last attempt, what is pending and due, and the claim of the next item. */
function takeStep(deps: HeadDeps, place: Place, settled?: Settled, known?: Head): Promise<Step> {
  return planning(
    (command) => changeHead(deps, place, command, known),
    deps.now,
    (head) => (settled === undefined ? head : settle(head, settled, deps.now(), deps.random())),
  );
}

type ToDo = Extract<Plan, { kind: 'attempt' | 'void' }>;

async function carryOut(deps: DeliverDeps, place: Place, head: Head, plan: ToDo, assist?: Assist): Promise<Settled> {
  const { item } = plan;
  const fate = plan.kind === 'void' ? plan.fate : await send(deps, place, head, item, assist);
  if (fate !== 'retry') await record(deps, place, item, fate);
  return { id: item.id, attempt: item.attempts, fate };
}

/** Our own messages are stored with what became of them. */
async function record(
  { conversations }: DeliverDeps,
  place: Place,
  item: OutboxItem,
  fate: Exclude<Fate, 'retry'>,
): Promise<void> {
  if (item.wrapUp !== undefined)
    await conversations.putWrapUp(place.tenant, place.conversation, keptWrapUp(item, fate));
  if (!isReply(item)) return;
  await conversations.putMessage(place.tenant, place.conversation, spokenMessage(item, fate));
}

/** Nothing lies between the claim and the call of a reply: what is enclosed is read for other items only. */
async function send(deps: DeliverDeps, place: Place, head: Head, item: OutboxItem, assist?: Assist): Promise<Fate> {
  try {
    const enclosed = refersToAssists(item) ? await enclose(deps, place, head, item, assist) : {};
    const now = deps.now();
    // Reading took so long that somebody else may be at it.
    if (now >= (item.claimedUntil ?? now)) return 'retry';
    const body = payloadOf(head, item, enclosed, now);
    const call = {
      id: `${place.conversation}:${item.id}`,
      body,
      timestamp: now,
      conversation: place.conversation,
      attempt: item.attempts,
    };
    return FATE[await deps.callPlatform(place.tenant, call)] ?? again(item);
  } catch {
    return again(item);
  }
}

/** What an answer of the platform makes of an item at once. */
const FATE: Readonly<Partial<Record<Awaited<ReturnType<FlowDeps['callPlatform']>>, Fate>>> = {
  delivered: 'delivered',
  no_callback: 'delivered',
  overtaken: 'dropped',
  refused: 'failed',
};

const again = (item: OutboxItem): Fate => (isLastAttempt(item) ? 'failed' : 'retry');

const refersToAssists = ({ kind }: OutboxItem): boolean => kind === 'suggestion' || kind === 'handoff';
const isReply = ({ kind }: OutboxItem): boolean => kind === 'bot_reply' || kind === 'agent_reply' || kind === 'notice';

async function enclose(
  deps: DeliverDeps,
  { tenant, conversation }: Place,
  head: Head,
  item: OutboxItem,
  known?: Assist,
): Promise<Enclosed> {
  const { conversations, customers } = deps;
  if (item.kind === 'suggestion') {
    const id = AssistId.safeParse(item.assistId);
    if (known !== undefined && known.id === id.data) return { assist: known };
    return { assist: id.success ? (await conversations.assist(tenant, id.data))?.assist : undefined };
  }
  const [{ messages }, stored, customer] = await Promise.all([
    conversations.load(tenant, conversation),
    conversations.assists(tenant, conversation),
    head.customerId === undefined ? undefined : customers.get(tenant, head.customerId),
  ]);
  const assists = stored.map(({ assist }) => assist);
  return { package: await packageOf(deps, tenant, head, { messages, assists, customer }) };
}
