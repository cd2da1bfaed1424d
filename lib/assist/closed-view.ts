import { Assist } from '../domain/assist.ts';
import type { ConversationView, HandoffPackage } from '../domain/contract/desk.ts';
import type { Customer } from '../domain/customer.ts';
import type { Message } from '../domain/message.ts';
import { knownPerson } from '../domain/personal-data/known.ts';
import { redact } from '../domain/personal-data/mask.ts';
import type { KnownPerson } from '../domain/personal-data/types.ts';
import type { EntityType } from '../domain/understanding.ts';
import type { KeptWrapUp, WrapUp } from '../domain/wrap-up.ts';

/** A closed conversation is read to learn from, by anybody at the desk: who the customer was is no part of that. */
const PERSONAL: ReadonlySet<EntityType> = new Set<EntityType>(['phone', 'email', 'address', 'name']);

function closedMessage(message: Message, known: KnownPerson): Message {
  const masked = (text: string | undefined) => (text === undefined ? {} : { text: redact(text, known) });
  const parts = message.parts.map((part) => ({
    ...part,
    ...masked(part.text),
    ...(part.transcript === undefined ? {} : { transcript: redact(part.transcript, known) }),
  }));
  return { ...message, text: redact(message.text, known), parts };
}

/** Whatever an assist says (questions, replies, phrases) may repeat the customer's words. */
function closedAssist(assist: Assist, known: KnownPerson): Assist {
  const entities = assist.understanding.entities.map((entity) => {
    const shown = `[${entity.type}]`;
    return PERSONAL.has(entity.type) ? { ...entity, text: shown, value: shown } : entity;
  });
  const shown = { ...assist, understanding: { ...assist.understanding, entities } };
  const masked: unknown = JSON.parse(JSON.stringify(shown), (key, value: unknown) =>
    key === 'text' && typeof value === 'string' ? redact(value, known) : value,
  );
  return Assist.parse(masked);
}

type View = {
  head: ConversationView;
  messages: readonly Message[];
  assists: readonly Assist[];
  customer: Customer | undefined;
  package: HandoffPackage | undefined;
  wrapUps?: KeptWrapUp[];
};

/** Messages and assists of a closed conversation with personal data masked, without package; others as they are. */
export function closedView<Read extends View>(read: Read): Read {
  if (read.head.owner !== 'closed') return read;
  const known = knownPerson(read.customer);
  return {
    ...read,
    head: closedHead(read.head, known),
    messages: read.messages.map((message) => closedMessage(message, known)),
    assists: read.assists.map((assist) => closedAssist(assist, known)),
    package: undefined,
    ...(read.wrapUps === undefined
      ? {}
      : { wrapUps: read.wrapUps.map((kept) => ({ ...kept, wrapUp: closedWrapUp(kept.wrapUp, known) })) }),
  };
}

function closedWrapUp({ followUp, ...wrapUp }: WrapUp, known: KnownPerson): WrapUp {
  return {
    ...wrapUp,
    note: redact(wrapUp.note, known),
    ...(followUp === undefined ? {} : { followUp: { ...followUp, text: redact(followUp.text, known) } }),
  };
}

/** The lines that lists show of a conversation are masked with its messages. */
export function closedHead(head: ConversationView, known: KnownPerson = {}): ConversationView {
  if (head.owner !== 'closed') return head;
  return {
    ...head,
    ...(head.lastText === undefined ? {} : { lastText: redact(head.lastText, known) }),
    ...(head.lastCustomerText === undefined ? {} : { lastCustomerText: redact(head.lastCustomerText, known) }),
    ...(head.wrapUp === undefined ? {} : { wrapUp: closedWrapUp(head.wrapUp, known) }),
  };
}
