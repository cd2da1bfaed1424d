/** Received events enter the head here, once each and in order of receipt, whoever finds them due first. */
import type { Head } from '../domain/conversation.ts';
import { AgentId, CustomerId } from '../domain/ids.ts';
import { toMessage } from '../domain/inbound.ts';
import type { InboundMessage } from '../domain/message.ts';
import type { StoredEvent } from '../ports/conversations.ts';
import { SILENCE_MS } from './episode.ts';
import { dropPending, isKnown, recognise, remember, withLast, withOwner, without } from './head.ts';
import { agentWrote, assigned, closed, foreignBotWrote, released } from './ownership.ts';
import { platformState } from './platform-state.ts';
import { closeTurn, extendTurn, withdraw } from './turn.ts';

export type Registering = { now: number; isPromise: (text: string) => number | undefined };

export const byReceipt = (a: StoredEvent, b: StoredEvent): number =>
  a.receivedAt - b.receivedAt || (a.id < b.id ? -1 : 1);

/** Applies every event that is not yet known. Some may be left for later when too many are due at once. */
export function register(head: Head, due: readonly StoredEvent[], context: Registering): Head {
  const ids = new Set(due.map((event) => event.id));
  let current = head;
  for (const stored of [...due].sort(byReceipt)) {
    if (isKnown(current, stored.id)) continue;
    const applied = apply(current, stored, context);
    const seq = applied.customerSeq > current.customerSeq ? applied.customerSeq : 0;
    const noted = remember(applied, stored.id, seq, ids);
    if (noted === undefined) return current;
    current = noted;
  }
  return current;
}

function apply(head: Head, { event, receivedAt }: StoredEvent, context: Registering): Head {
  switch (event.type) {
    case 'message.created':
      return messageCreated(head, event.data, receivedAt, context);
    case 'message.recalled':
      return recalled(head, event.data.messageId);
    case 'conversation.started':
      return withFacts(head, { ...event.data, customerId: event.data.customer?.id, name: event.data.customer?.name });
    case 'conversation.assigned':
      return assigned(head, event.data.agentId);
    case 'conversation.released':
      return released(head);
    case 'conversation.closed':
      return closed(head);
    case 'conversation.state':
      return platformState(head, event.data.state, context.now);
    case 'customer.updated':
      return withFacts(head, { customerId: event.data.customer.id, name: event.data.customer.name });
  }
}

function messageCreated(head: Head, data: InboundMessage, receivedAt: number, context: Registering): Head {
  if (data.author.type === 'customer') return customerWrote(held(head, data, context.now), data, receivedAt);
  if (isEcho(head, data)) return head;
  const { text } = toMessage(data, receivedAt);
  if (data.author.type === 'bot') return foreignBotWrote(head, text);
  return agentWrote(
    head,
    { agent: AgentId.parse(personId(data.author.id)), text, promised: context.isPromise(text) },
    context.now,
  );
}

/** Whether a message is one of ours that the platform echoes: by reply id, by its own id, or by its author. */
export function isEcho(head: Head, data: InboundMessage): boolean {
  if (data.author.type === 'customer') return false;
  if (data.author.id.startsWith('bot:')) return true;
  const ids = [data.replyId, data.messageId].filter((id): id is string => id !== undefined);
  return ids.some((id) => isOurs(head, id)) || (data.replyId !== undefined && isKnown(head, data.replyId));
}

function isOurs(head: Head, id: string): boolean {
  const seq = /^bot:([1-9]\d{0,8})$/.exec(id)?.[1];
  return (seq !== undefined && Number(seq) <= head.botSeq) || head.outbox.some((item) => item.id === id);
}

/** A person's id as it stands in keys and owners. */
export const personId = (id: string): string => id.replace(/[^\p{L}\p{N}._:@+=/-]/gu, '_');

/** Whose message it is. */
export const customerOf = (data: InboundMessage): CustomerId =>
  data.customer?.id ?? CustomerId.parse(personId(data.author.id));

/** The platform's word on whose the conversation is comes before what was said in it. */
const held = (head: Head, { state }: InboundMessage, now: number): Head =>
  state === undefined ? head : platformState(head, state, now);

/** Opens or extends the turn; whatever the bot was about to say is overtaken. A closed conversation begins anew. */
function customerWrote(head: Head, data: InboundMessage, receivedAt: number): Head {
  const open = head.owner === 'closed' ? without(withOwner(closeTurn(head), 'bot'), 'handoff') : head;
  const visit = isNewVisit(head, receivedAt) ? without(open, 'lastCustomerText', 'lastSaid') : open;
  const counted = extendTurn(dropPending(visit), data.messageId, receivedAt);
  const known = withFacts(counted, {
    ...data,
    customerId: customerOf(data),
    name: data.customer?.name ?? data.author.name,
  });
  return withLast(known, 'customer', toMessage(data, receivedAt).text);
}

/** "在吗" of another day asks for nothing of the day before. */
const isNewVisit = ({ owner, updatedAt }: Head, at: number): boolean =>
  owner === 'closed' || at - Date.parse(updatedAt) > SILENCE_MS;

/** A message withdrawn before it was registered never will be: its id is noted as one that counts for nothing. */
function recalled(head: Head, message: string): Head {
  const withdrawn = unsaid(withdraw(head, message), message);
  return withdrawn !== head || isKnown(head, message) ? withdrawn : recognise(head, message);
}

/** The words that lists show go with the message they were the last of: the head knows which by its number, or its place. */
function unsaid(head: Head, message: string): Head {
  const { recent, customerSeq, lastAuthor, lastSaid } = head;
  const known = recent.find(({ id }) => id === message);
  if (known === undefined) return head;
  if (known.seq > 0 && known.seq === lastSaid?.seq) return without(head, 'lastSaid');
  if (known.seq > 0) {
    const others = lastAuthor === 'customer' ? without(head, 'lastText') : head;
    return known.seq === customerSeq ? without(others, 'lastCustomerText') : head;
  }
  return recent.at(-1) === known && lastAuthor !== 'customer' ? without(head, 'lastText', 'lastAuthor') : head;
}

type Facts = {
  customerId: string | undefined;
  name: string | undefined;
  language?: Head['language'];
  shop?: Head['shop'];
  channel?: Head['channel'];
};

function withFacts(head: Head, { customerId, name, language, shop, channel }: Facts): Head {
  return {
    ...head,
    ...(customerId === undefined ? {} : { customerId: CustomerId.parse(customerId) }),
    ...(name === undefined ? {} : { customerName: name }),
    ...(language === undefined ? {} : { language }),
    ...(shop === undefined ? {} : { shop }),
    ...(channel === undefined ? {} : { channel }),
  };
}
