/** What agents do at the desk. Each raises `conflict` where ownership forbids it and `not_found` for an unknown conversation. */
import { createHash } from 'node:crypto';
import type { CardToSend } from '../domain/contract/desk-actions.ts';
import type { Head, OutboxItem } from '../domain/conversation.ts';
import type { Message, Part } from '../domain/message.ts';
import type { WrapUp } from '../domain/wrap-up.ts';
import { claim, closeByDesk, releaseByDesk, sendByDesk, type Transfer, transfer } from '../handoff/by-desk.ts';
import { answerKey } from '../handoff/decide.ts';
import { isKnown, type Refusal } from '../handoff/head.ts';
import { spokenMessage } from '../handoff/package.ts';
import { type ActDeps, type Agent, actOn } from './agent-act.ts';
import { recordUse, type Suggested, suggestedBy } from './desk-feedback.ts';
import type { FlowDeps, Place } from './flow.ts';
import { changesSince, freshCards, refuseChanged } from './fresh-facts.ts';
import { countWritten, type OutcomeDeps } from './outcome.ts';
import { mustBeThere } from './routing/desk-offers.ts';
import { noteWarned } from './warned.ts';

export type DeskDeps = ActDeps & OutcomeDeps & Pick<FlowDeps, 'customers' | 'isPromise' | 'newId' | 'readProducts'>;

const act = async (deps: DeskDeps, place: Place, command: (head: Head) => Head | Refusal): Promise<Head> =>
  (await actOn(deps, place, command)).head;

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
  const { before, head } = await actOn(deps, place, (current) =>
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
