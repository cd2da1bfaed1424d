/** What agents do at the desk. Each raises `conflict` where ownership forbids it and `not_found` for an unknown conversation. */
import { createHash } from 'node:crypto';
import { everySuggestion, type Suggestion } from '../domain/assist.ts';
import type { HandoffPackage } from '../domain/contract/desk.ts';
import type { CardToSend } from '../domain/contract/desk-actions.ts';
import type { Head, OutboxItem } from '../domain/conversation.ts';
import type { Customer } from '../domain/customer.ts';
import { CuecardError } from '../domain/error.ts';
import type { Feedback } from '../domain/feedback.ts';
import { type AgentId, AssistId, type TenantId } from '../domain/ids.ts';
import type { Message, Part } from '../domain/message.ts';
import type { KeptWrapUp, WrapUp } from '../domain/wrap-up.ts';
import { answerKey } from '../handoff/decide.ts';
import { isKnown, newHead, type Refusal } from '../handoff/head.ts';
import { similarity } from '../handoff/match.ts';
import { claim, closeByDesk, releaseByDesk, sendByDesk, type Transfer, transfer } from '../handoff/ownership.ts';
import { keptWrapUp, spokenMessage, transcript } from '../handoff/package.ts';
import { standing } from '../handoff/standing.ts';
import type { StoredAssist } from '../ports/conversations.ts';
import { byName } from './colleague.ts';
import { type Changed, changeHead, type FlowDeps, type HeadDeps, type Place } from './flow.ts';
import { changesSince, freshCards, refuseChanged } from './fresh-facts.ts';
import { locateAssist } from './locate.ts';
import { countOutcome, countUsed, countWritten, type OutcomeDeps } from './outcome.ts';
import { packageOf } from './package-of.ts';
import { goOn } from './receive.ts';
import { mustBeThere } from './routing/desk-offers.ts';
import { noteWarned } from './warned.ts';

export type DeskDeps = HeadDeps &
  OutcomeDeps &
  Pick<FlowDeps, 'agents' | 'customers' | 'start' | 'hintDesks' | 'isPromise' | 'newId' | 'readProducts'>;
/** The newest messages that the desk shows. */
export const DESK_MESSAGES = 100;

export type Agent = { id: AgentId; name?: string | undefined };

async function change(deps: DeskDeps, place: Place, command: (head: Head) => Head | Refusal): Promise<Changed> {
  const changed = await byName(deps, place.tenant, changeHead(deps, place, command));
  await goOn(deps, place, changed);
  return changed;
}

const act = async (...given: Parameters<typeof change>): Promise<Head> => (await change(...given)).head;

export const claimConversation = (deps: DeskDeps, place: Place, agent: Agent): Promise<Head> =>
  act(deps, place, (head) => claim(head, agent.id, deps.now()));

/** To the queue while a hand-off is unanswered, else to the bot. */
export const releaseConversation = (deps: DeskDeps, place: Place, agent: Agent): Promise<Head> =>
  act(deps, place, (head) => releaseByDesk(head, agent.id));

/** Raises `conflict` for an agent who is not there. */
export async function transferConversation(deps: DeskDeps, place: Place, agent: Agent, to: Transfer): Promise<Head> {
  if ('agent' in to.to && to.to.agent !== agent.id) await mustBeThere(deps, place.tenant, to.to.agent);
  return act(deps, place, (head) => transfer(head, agent.id, to, deps.now()));
}

export const closeConversation = (deps: DeskDeps, place: Place, agent: Agent, wrapUp?: WrapUp): Promise<Head> =>
  act(deps, place, (head) => closeByDesk(head, { author: authorOf(agent), agent: agent.id, wrapUp }, deps.now()));

export type Reply = {
  text: string;
  suggestionId?: string | undefined;
  assistId?: string | undefined;
  /** Makes a repeated call the same message. */
  clientId?: string | undefined;
  cards?: readonly CardToSend[] | undefined;
  /** The agent knows that facts have changed since. */
  confirmed?: boolean | undefined;
  /** The guard's kinds of warning that the agent read and sent it in spite of. */
  warned?: readonly string[] | undefined;
};

/**
 * Sends a reply: the conversation is the agent's, and the reply is on its way once this resolves. Raises `conflict` with
 * `changes` while facts it shows have changed and the agent has not seen that: then nothing is sent, under this
 * `clientId` neither.
 */
export async function sendReply(
  deps: DeskDeps,
  place: Place,
  agent: Agent,
  reply: Reply,
): Promise<{ message: Message; head: Head }> {
  const id = reply.clientId === undefined ? deps.newId('desk:') : idFor(agent, reply.clientId);
  const author = authorOf(agent);
  const suggested = await suggestedBy(deps, place, reply);
  const cards = await cardsOf(deps, place, reply, suggested, id);
  const text = reply.text === '' ? cards.map((card) => card.text ?? '').join('\n') : reply.text;
  const now = deps.now();
  const { before, head } = await change(deps, place, (current) =>
    sendByDesk(
      current,
      {
        id,
        author,
        agent: agent.id,
        text,
        promised: deps.isPromise(text),
        ...(cards.length === 0 ? {} : { cards }),
        ...(reply.assistId === undefined ? {} : { assistId: reply.assistId }),
        ...(suggested === undefined
          ? {}
          : { suggestionId: suggested.suggestion.id, answerKey: answerKey(suggested.suggestion.source) }),
      },
      now,
    ),
  );
  if (suggested !== undefined) {
    await recordUse(deps, place, agent, reply, suggested, id);
  } else if (head !== before) {
    await countWritten(deps, place, before, { text, agentId: agent.id });
  }
  if (head !== before) {
    const { warned } = reply;
    await noteWarned(deps, place, before, { id, text, agentId: agent.id, warned, isNoted: suggested !== undefined });
  }
  return { message: spokenMessage(itemOf(head, id, text, author, now), 'pending'), head };
}

/** The cards as they go. What was sent before under this id is sent: nothing is compared again. */
async function cardsOf(
  deps: DeskDeps,
  { tenant, conversation }: Place,
  { text, cards = [], confirmed = false }: Reply,
  suggested: Suggested | undefined,
  id: string,
): Promise<Part[]> {
  if (cards.length === 0 && (suggested === undefined || confirmed)) return [];
  const read = deps.readProducts(tenant);
  const head = await deps.conversations.head(tenant, conversation);
  if (head !== undefined && isKnown(head, id)) return [];
  const customer = async () =>
    head?.customerId === undefined ? undefined : deps.customers.get(tenant, head.customerId);
  const { parts, changes } = await freshCards(read, cards);
  const since = suggested === undefined ? [] : await changesSince(suggested, text, read, customer);
  const all = [...changes, ...since];
  if (all.length > 0 && !confirmed) refuseChanged(all);
  if (text === '' && parts.length === 0) refuseChanged(all);
  return parts;
}

/** Two agents' clients may count alike. */
const idFor = (agent: Agent, clientId: string): string =>
  `desk:${createHash('sha256').update(`${agent.id}\n${clientId}`).digest('base64url').slice(0, 22)}`;

const authorOf = ({ id, name }: Agent): Message['author'] => ({
  type: 'agent',
  id,
  ...(name === undefined ? {} : { name }),
});

/** The item as it was queued; the same reply sent again may have left the outbox. */
function itemOf(head: Head, id: string, text: string, author: Message['author'], now: number): OutboxItem {
  const waiting = head.outbox.find((item) => item.id === id);
  const { epoch, customerSeq } = head;
  const sent = { id, kind: 'agent_reply', text, author, epoch, customerSeq, createdAt: now, expiresAt: now } as const;
  return waiting ?? { ...sent, attempts: 0, nextAt: now };
}

type Suggested = { stored: StoredAssist; suggestion: Suggestion };

async function suggestedBy(
  { conversations }: DeskDeps,
  { tenant, conversation }: Place,
  { assistId, suggestionId }: Reply,
): Promise<Suggested | undefined> {
  const id = AssistId.safeParse(assistId);
  if (suggestionId === undefined || !id.success || locateAssist(id.data)?.conversation !== conversation)
    return undefined;
  const stored = await conversations.assist(tenant, id.data);
  if (stored === undefined) return undefined;
  const suggestion = everySuggestion(stored.assist).find((one) => one.id === suggestionId);
  return suggestion === undefined ? undefined : { stored, suggestion };
}

/** A suggestion that was sent is feedback by itself: as it was, or edited. */
async function recordUse(
  deps: DeskDeps,
  place: Place,
  agent: Agent,
  { text, warned = [] }: Reply,
  { stored, suggestion }: Suggested,
  id: string,
): Promise<void> {
  const done = {
    suggestionId: suggestion.id,
    event: text.trim() === suggestion.text.trim() ? 'used' : 'edited',
  } as const;
  const put = await deps.conversations.putFeedback(place.tenant, place.conversation, {
    id: `sent:${id}`,
    assistId: stored.assist.id,
    ...done,
    agentId: agent.id,
    at: new Date(deps.now()).toISOString(),
    sentText: text,
    matched: false,
    similarity: similarity(text, suggestion.text),
    ...(warned.length === 0 ? {} : { warned: [...warned] }),
  });
  await countUsed(deps, place, stored, done, put);
  await countOutcome(deps, place, stored, { ...done, sentText: text, agentId: agent.id });
}

export type GivenFeedback = {
  /** Left out: the assist as a whole is rated. */
  suggestionId?: string | undefined;
  event: Extract<Feedback['event'], 'shown' | 'copied' | 'used' | 'edited' | 'dismissed' | 'rated'>;
  sentText?: string | undefined;
  rating?: number | undefined;
};

/** Notes what an agent's workbench reports of a suggestion. The same report again is the same record. */
export async function giveFeedback(
  deps: OutcomeDeps & Pick<DeskDeps, 'conversations'>,
  tenant: TenantId,
  agent: Agent,
  id: string,
  given: GivenFeedback,
): Promise<void> {
  const assistId = AssistId.safeParse(id);
  const at = assistId.success ? locateAssist(assistId.data) : undefined;
  const stored =
    assistId.success && at !== undefined ? await deps.conversations.assist(tenant, assistId.data) : undefined;
  if (at === undefined || stored === undefined) throw new CuecardError('not_found', `no assist ${id}`);
  const noted = feedbackOf(given, stored, agent, deps.now());
  const put = await deps.conversations.putFeedback(tenant, at.conversation, noted);
  // A rating says what somebody thought, not what they did with the suggestion.
  const { event } = given;
  if (event === 'dismissed') await countUsed(deps, { tenant, conversation: at.conversation }, stored, given, put);
  if (event === 'rated') return;
  await countOutcome(deps, { tenant, conversation: at.conversation }, stored, { ...given, event, agentId: agent.id });
}

function feedbackOf(
  { suggestionId, event, sentText, rating }: GivenFeedback,
  { assist }: StoredAssist,
  agent: Agent,
  now: number,
): Feedback {
  return {
    id: `${event}:${assist.turnId}:${suggestionId ?? ''}:${agent.id}`,
    assistId: assist.id,
    ...(suggestionId === undefined ? {} : { suggestionId }),
    event,
    agentId: agent.id,
    at: new Date(now).toISOString(),
    matched: false,
    ...(sentText === undefined ? {} : { sentText }),
    ...(rating === undefined ? {} : { rating }),
  };
}

export type ConversationRead = {
  head: Head;
  messages: Message[];
  assists: StoredAssist['assist'][];
  customer: Customer | undefined;
  package: HandoffPackage | undefined;
  wrapUps?: KeptWrapUp[];
};

/** Everything the desk shows of a conversation. */
export async function readConversation(
  deps: Pick<DeskDeps, 'conversations' | 'customers' | 'now' | 'readProducts'>,
  { tenant, conversation }: Place,
): Promise<ConversationRead> {
  const [{ head: known, messages }, stored] = await Promise.all([
    deps.conversations.load(tenant, conversation, DESK_MESSAGES),
    deps.conversations.assists(tenant, conversation),
  ]);
  if (known === undefined && messages.length === 0) {
    throw new CuecardError('not_found', `no conversation ${conversation}`);
  }
  // A first message is there from the moment it was accepted, a head once somebody has worked on it.
  const head = known ?? newHead(conversation, deps.now());
  const customer = head.customerId === undefined ? undefined : await deps.customers.get(tenant, head.customerId);
  const assists = standing(
    stored.map(({ assist }) => assist),
    messages,
  );
  const wrapUps = await wrapUpsOf(deps, { tenant, conversation }, head);
  return {
    ...(wrapUps.length === 0 ? {} : { wrapUps }),
    head,
    messages: transcript(head, messages),
    assists,
    customer,
    package: await packageOf(deps, tenant, head, { messages, assists, customer }),
  };
}

/** What was noted on closing, and is kept or still on its way. */
async function wrapUpsOf(
  { conversations }: Pick<DeskDeps, 'conversations'>,
  { tenant, conversation }: Place,
  head: Head,
): Promise<KeptWrapUp[]> {
  if (head.wrapUp === undefined) return [];
  const kept = await conversations.wrapUps(tenant, conversation);
  const known = new Set(kept.map(({ id }) => id));
  const leaving = head.outbox.filter(({ kind, id }) => kind === 'wrap_up' && !known.has(id));
  return [...kept, ...leaving.map((item) => keptWrapUp(item, 'pending'))];
}
