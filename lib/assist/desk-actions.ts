/** What agents do at the desk. Each raises `conflict` where ownership forbids it and `not_found` for an unknown conversation. */
import { createHash } from 'node:crypto';
import { everySuggestion, type Suggestion } from '../domain/assist.ts';
import type { HandoffPackage } from '../domain/contract/desk.ts';
import type { Head, OutboxItem } from '../domain/conversation.ts';
import type { Customer } from '../domain/customer.ts';
import { CuecardError } from '../domain/error.ts';
import type { Feedback } from '../domain/feedback.ts';
import { type AgentId, AssistId, type TenantId } from '../domain/ids.ts';
import type { Message } from '../domain/message.ts';
import { answerKey } from '../handoff/decide.ts';
import { newHead, type Refusal } from '../handoff/head.ts';
import { similarity } from '../handoff/match.ts';
import { claim, closeByDesk, releaseByDesk, sendByDesk, type Transfer, transfer } from '../handoff/ownership.ts';
import { handoffPackage, spokenMessage, transcript } from '../handoff/package.ts';
import type { StoredAssist } from '../ports.ts';
import { type Changed, changeHead, type FlowDeps, type HeadDeps, type Place } from './flow.ts';
import { locateAssist } from './locate.ts';
import { countOutcome, countWritten, type OutcomeDeps } from './outcome.ts';
import { goOn } from './receive.ts';

export type DeskDeps = HeadDeps &
  OutcomeDeps &
  Pick<FlowDeps, 'customers' | 'start' | 'hintDesks' | 'isPromise' | 'newId'>;
/** The newest messages that the desk shows. */
const DESK_MESSAGES = 100;

export type Agent = { id: AgentId; name?: string | undefined };

async function change(deps: DeskDeps, place: Place, command: (head: Head) => Head | Refusal): Promise<Changed> {
  const changed = await changeHead(deps, place, command);
  await goOn(deps, place, changed);
  return changed;
}

const act = async (...given: Parameters<typeof change>): Promise<Head> => (await change(...given)).head;

export const claimConversation = (deps: DeskDeps, place: Place, agent: Agent): Promise<Head> =>
  act(deps, place, (head) => claim(head, agent.id));

/** To the queue while a hand-off is unanswered, else to the bot. */
export const releaseConversation = (deps: DeskDeps, place: Place, agent: Agent): Promise<Head> =>
  act(deps, place, (head) => releaseByDesk(head, agent.id));

export const transferConversation = (deps: DeskDeps, place: Place, agent: Agent, to: Transfer): Promise<Head> =>
  act(deps, place, (head) => transfer(head, agent.id, to, deps.now()));

export const closeConversation = (deps: DeskDeps, place: Place, agent: Agent): Promise<Head> =>
  act(deps, place, (head) => closeByDesk(head, agent.id));

export type Reply = {
  text: string;
  suggestionId?: string | undefined;
  assistId?: string | undefined;
  /** Makes a repeated call the same message. */
  clientId?: string | undefined;
};

/** Sends a reply: the conversation is the agent's, and the reply is on its way once this resolves. */
export async function sendReply(
  deps: DeskDeps,
  place: Place,
  agent: Agent,
  reply: Reply,
): Promise<{ message: Message; head: Head }> {
  const id = reply.clientId === undefined ? deps.newId('desk:') : idFor(agent, reply.clientId);
  const author = authorOf(agent);
  const suggested = await suggestedBy(deps, place, reply);
  const now = deps.now();
  const { before, head } = await change(deps, place, (current) =>
    sendByDesk(
      current,
      {
        id,
        author,
        agent: agent.id,
        text: reply.text,
        promised: deps.isPromise(reply.text),
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
    await countWritten(deps, place, before, { text: reply.text, agentId: agent.id });
  }
  return { message: spokenMessage(itemOf(head, id, reply.text, author, now), 'pending'), head };
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
  { text }: Reply,
  { stored, suggestion }: Suggested,
  id: string,
): Promise<void> {
  const done = {
    suggestionId: suggestion.id,
    event: text.trim() === suggestion.text.trim() ? 'used' : 'edited',
  } as const;
  await deps.conversations.putFeedback(place.tenant, place.conversation, {
    id: `sent:${id}`,
    assistId: stored.assist.id,
    ...done,
    agentId: agent.id,
    at: new Date(deps.now()).toISOString(),
    sentText: text,
    matched: false,
    similarity: similarity(text, suggestion.text),
  });
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
  const { suggestionId, event, sentText, rating } = given;
  await deps.conversations.putFeedback(tenant, at.conversation, {
    id: `${event}:${stored.assist.turnId}:${suggestionId ?? ''}:${agent.id}`,
    assistId: stored.assist.id,
    ...(suggestionId === undefined ? {} : { suggestionId }),
    event,
    agentId: agent.id,
    at: new Date(deps.now()).toISOString(),
    matched: false,
    ...(sentText === undefined ? {} : { sentText }),
    ...(rating === undefined ? {} : { rating }),
  });
  // A rating says what somebody thought, not what they did with the suggestion.
  if (event !== 'rated') {
    await countOutcome(deps, { tenant, conversation: at.conversation }, stored, { ...given, event, agentId: agent.id });
  }
}

export type ConversationRead = {
  head: Head;
  messages: Message[];
  assists: StoredAssist['assist'][];
  customer: Customer | undefined;
  package: HandoffPackage | undefined;
};

/** Everything the desk shows of a conversation. */
export async function readConversation(
  deps: Pick<DeskDeps, 'conversations' | 'customers' | 'now'>,
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
  const assists = stored.map(({ assist }) => assist);
  return {
    head,
    messages: transcript(head, messages),
    assists,
    customer,
    package: handoffPackage(head, messages, assists, customer),
  };
}
