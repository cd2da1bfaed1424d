/**
 * What is due enters the head: by `receive` before it answers, by `answerTurn`, or by whichever the sweep starts after
 * a crash. Order of the writes: the event is durable, the head registers it, its consequences follow, then it is done.
 * Each may be repeated, so a crash between any two leaves work that somebody finishes.
 */
import type { Head } from '../domain/conversation.ts';
import type { CustomerPatch } from '../domain/customer.ts';
import type { InboundEvent } from '../domain/event.ts';
import { AgentId } from '../domain/ids.ts';
import { toMessage } from '../domain/inbound.ts';
import type { InboundMessage } from '../domain/message.ts';
import { isKnown, unassistedTurns } from '../handoff/head.ts';
import { matchReply } from '../handoff/match.ts';
import { isEcho, personId, register } from '../handoff/register.ts';
import type { StoredEvent } from '../ports/conversations.ts';
import { forgetMessage } from './evidence.ts';
import { type Changed, type FlowDeps, type HeadDeps, type Loaded, loadAndChange, type Place } from './flow.ts';
import { assistId } from './ids.ts';
import { countOutcome, countUsed, type OutcomeDeps } from './outcome.ts';

export type ApplyDeps = HeadDeps & OutcomeDeps & Pick<FlowDeps, 'customers' | 'isPromise'>;

export const isCustomers = ({ event }: StoredEvent): boolean =>
  event.type === 'message.created' && event.data.author.type === 'customer';

/** Loads the conversation, registers what is due, and lets `then` change the head in the same write. */
export function applyDue(
  deps: ApplyDeps,
  place: Place,
  eventId: string | undefined,
  then: (head: Head) => Head = (head) => head,
): Promise<Changed & Loaded> {
  return loadAndChange(
    deps,
    place,
    () => loadWith(deps, place, eventId),
    ({ head, events }) => then(register(head, events, { now: deps.now(), isPromise: deps.isPromise })),
  );
}

/** The newest items, and the event this is about if it lies further back: then only an assist can tell whether it counted. */
async function loadWith({ conversations }: ApplyDeps, { tenant, conversation }: Place, eventId: string | undefined) {
  const loaded = await conversations.load(tenant, conversation);
  if (eventId === undefined || loaded.events.some(({ id }) => id === eventId)) return loaded;
  if (loaded.head !== undefined && isKnown(loaded.head, eventId)) return loaded;
  const late = await conversations.due(tenant, conversation, eventId);
  if (late === undefined) return loaded;
  const assists = await conversations.assists(tenant, conversation);
  if (!assists.some(({ assist }) => assist.messageIds.some((id) => id === late.id))) {
    return { ...loaded, events: [late, ...loaded.events] };
  }
  await conversations.done(tenant, conversation, late);
  return loaded;
}

/** What a platform says of the customer in an event. */
export function patchOf(event: InboundEvent): CustomerPatch | undefined {
  return event.type === 'message.created' || event.type === 'conversation.started' || event.type === 'customer.updated'
    ? event.data.customer
    : undefined;
}

/**
 * Finishes what is registered and needs no assist: everything but customers' messages, and those of them that were
 * withdrawn or are already in a stored assist.
 */
export async function finishApplied(deps: ApplyDeps, place: Place, { before, head, events }: Changed & Loaded) {
  const waiting = new Set<string>(unassistedTurns(head).flatMap((turn) => turn.messageIds));
  for (const stored of events) {
    if (!isKnown(head, stored.id) || waiting.has(stored.id)) continue;
    if (isCustomers(stored)) await finishMessage(deps, place, head, stored);
    else await finishEvent(deps, place, before, head, stored);
    await deps.conversations.done(place.tenant, place.conversation, stored);
  }
}

/** A message that was withdrawn before it came has to be marked now. */
async function finishMessage(
  { conversations }: ApplyDeps,
  { tenant, conversation }: Place,
  head: Head,
  stored: StoredEvent,
) {
  const seq = head.recent.find((entry) => entry.id === stored.id)?.seq ?? 0;
  if (seq <= 0) await conversations.recall(tenant, conversation, stored.id);
}

async function finishEvent(
  deps: ApplyDeps,
  place: Place,
  before: Head,
  head: Head,
  { event, receivedAt }: StoredEvent,
) {
  const { tenant, conversation } = place;
  const patch = patchOf(event);
  if (patch !== undefined) await deps.customers.merge(tenant, patch, new Date(receivedAt).toISOString());
  if (event.type === 'message.recalled') await recalled(deps, place, event.data.messageId);
  if (event.type !== 'message.created' || isEcho(head, event.data)) return;
  if (event.data.author.type === 'agent') await matchAgent(deps, place, before, event.data, receivedAt);
  await deps.conversations.putMessage(tenant, conversation, toMessage(event.data, receivedAt));
}

async function recalled(deps: ApplyDeps, { tenant, conversation }: Place, message: string): Promise<void> {
  await deps.conversations.recall(tenant, conversation, message);
  if (deps.evidence === undefined) return;
  await forgetMessage(deps, tenant, await deps.conversations.assists(tenant, conversation), message);
}

/** Records what became of the suggestions for the turn that an agent's message answered. */
async function matchAgent(deps: ApplyDeps, place: Place, before: Head, data: InboundMessage, receivedAt: number) {
  const { turn } = before;
  if (turn === undefined) return;
  const id = assistId(place.conversation, turn.id, turn.revision);
  const stored = await deps.conversations.assist(place.tenant, id);
  if (stored === undefined) return;
  const text = toMessage(data, receivedAt).text;
  const match = matchReply(text, stored.assist.suggestions);
  const agentId = AgentId.parse(personId(data.author.id));
  const put = await deps.conversations.putFeedback(place.tenant, place.conversation, {
    id: `match:${data.messageId}`,
    assistId: stored.assist.id,
    agentId,
    at: new Date(receivedAt).toISOString(),
    sentText: text,
    matched: true,
    ...match,
  });
  if (deps.isPromise(text) !== undefined) return;
  await countUsed(deps, place, stored, match, put);
  await countOutcome(deps, place, stored, { ...match, sentText: text, agentId });
}
