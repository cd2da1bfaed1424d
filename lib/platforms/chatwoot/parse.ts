/**
 * A webhook of Chatwoot as our events. Messages of customers and of people count; our own, private notes, activities,
 * templates and what automations and campaigns write do not: an automatic greeting does not answer a customer.
 *
 * Conversations are `chatwoot:<display id>`, messages have their own number, an answer to a choice is
 * `<number>:answer`, people are `chatwoot:<user id>` or who the shop says they are.
 */
import type { CustomerPatch } from '../../domain/customer.ts';
import { CuecardError } from '../../domain/error.ts';
import { InboundEvent } from '../../domain/event.ts';
import type { Part } from '../../domain/message.ts';
import type { PlatformState } from '../../domain/platform-state.ts';
import { customerPatch } from './customer.ts';
import { answerParts, partsOf, transcriptParts } from './parts.ts';
import { conversationOf, PREFIX, REPLY_ID, type Reading } from './reading.ts';
import {
  AnyEvent,
  type ChatwootConversation,
  type ConversationEvent,
  isRead,
  type MessageEvent,
  ReadEvent,
  type Sender,
} from './shapes.ts';
import { agentIdOf, changesOf, stateOf } from './state.ts';

/** What a body says it is. `event` undefined: of a kind that is not read. */
export type Opened = { name: string; account: number | undefined; event: ReadEvent | undefined };

/** Raises `invalid` naming every wrong place. */
export function open(raw: Uint8Array): Opened {
  const body = json(raw);
  const any = AnyEvent.safeParse(body);
  if (!any.success) throw invalid(any.error.issues);
  const name = any.data.event;
  if (!isRead(name)) return { name, account: any.data.account?.id, event: undefined };
  const read = ReadEvent.safeParse(body);
  if (!read.success) throw invalid(read.error.issues);
  return { name, account: any.data.account?.id ?? accountOf(read.data), event: read.data };
}

/** Events of a conversation name no account in some versions; the message inside them does. */
function accountOf(event: ReadEvent): number | undefined {
  const conversation = conversationIn(event);
  return conversation?.account_id ?? conversation?.messages?.[0]?.account_id ?? undefined;
}

export function conversationIn(event: ReadEvent): ChatwootConversation | undefined {
  if (event.event === 'webwidget_triggered') return event.current_conversation ?? undefined;
  return 'conversation' in event ? (event.conversation as ChatwootConversation) : (event as ConversationEvent);
}

function json(raw: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(raw));
  } catch (cause) {
    throw new CuecardError('invalid', 'the body is not JSON in UTF-8', { cause });
  }
}

const invalid = (issues: readonly { path: PropertyKey[]; message: string }[]): CuecardError =>
  new CuecardError('invalid', 'the event does not have the right shape', {
    errors: issues.map(({ path, message }) => ({ path: path.map(String).join('.'), message })),
  });

/** Our events of an event that was verified or read back; `receivedAt` stands in for a time it does not give. */
export function parse(event: ReadEvent, reading: Reading, receivedAt: number): InboundEvent[] {
  const conversation = conversationIn(event);
  if (conversation === undefined || !isWanted(conversation, reading)) return [];
  switch (event.event) {
    case 'message_created':
      return message(event as MessageEvent, reading, receivedAt);
    case 'message_updated':
      return updated(event as MessageEvent, reading);
    case 'conversation_created':
    case 'webwidget_triggered':
      return [started(conversation), ...stated(conversation, reading, receivedAt, [])];
    default:
      return stated(conversation, reading, receivedAt, changesOf(event as ConversationEvent));
  }
}

export const isWanted = ({ inbox_id }: ChatwootConversation, { settings: { inboxes } }: Reading): boolean =>
  inboxes.length === 0 || (typeof inbox_id === 'number' && inboxes.includes(inbox_id));

function message(event: MessageEvent, reading: Reading, receivedAt: number): InboundEvent[] {
  if (event.private === true) return [];
  if (event.message_type === 'incoming') {
    const state = stateOf(event.conversation, reading, receivedAt, []);
    return [customers(event, String(event.id), partsOf(event), state)];
  }
  if (event.message_type !== 'outgoing' || isOurs(event, reading) || isAutomatic(event)) return [];
  return [
    created({
      conversationId: conversationOf(event.conversation.id),
      messageId: String(event.id),
      author: writer(event.sender ?? {}, reading),
      ...withText(partsOf(event)),
    }),
  ];
}

/** Something the customer said, with whose the conversation was as they said it. */
function customers(event: MessageEvent, messageId: string, parts: Part[], state?: PlatformState): InboundEvent {
  const { conversation } = event;
  const known = conversation.meta?.sender ?? {};
  const customer = customerPatch(event.message_type === 'incoming' ? (event.sender ?? known) : known, conversation);
  return created({
    conversationId: conversationOf(conversation.id),
    messageId,
    author: { type: 'customer', id: customer.id, ...(customer.name === undefined ? {} : { name: customer.name }) },
    ...withText(parts),
    customer,
    ...channelOf(conversation),
    ...(state === undefined ? {} : { state }),
  });
}

/** A single piece of text is the message's text. */
function withText(parts: Part[]): { text?: string; parts?: Part[] } {
  const [only] = parts;
  return parts.length === 1 && only?.kind === 'text' && only.text !== undefined ? { text: only.text } : { parts };
}

function updated(event: MessageEvent, reading: Reading): InboundEvent[] {
  const conversationId = conversationOf(event.conversation.id);
  if (event.private === true) return [];
  if (event.content_attributes?.['deleted'] === true) {
    const data = { conversationId, messageId: String(event.id) };
    return isOurs(event, reading) ? [] : [InboundEvent.parse({ type: 'message.recalled', data })];
  }
  if (event.message_type !== 'incoming') {
    const answer = answerParts(event) ?? [];
    return answer.length === 0 ? [] : [customers(event, `${event.id}:answer`, answer)];
  }
  const heard = transcriptParts(event);
  return heard.length === 0 ? [] : [customers(event, `${event.id}:transcript`, heard)];
}

function started(conversation: ChatwootConversation): InboundEvent {
  const contact = conversation.meta?.sender;
  const customer: CustomerPatch | undefined = contact?.id == null ? undefined : customerPatch(contact, conversation);
  return InboundEvent.parse({
    type: 'conversation.started',
    data: {
      conversationId: conversationOf(conversation.id),
      ...(customer === undefined ? {} : { customer }),
      ...channelOf(conversation),
      ...languageOf(conversation),
    },
  });
}

function stated(
  conversation: ChatwootConversation,
  reading: Reading,
  receivedAt: number,
  changed: readonly ('status' | 'assignee')[],
): InboundEvent[] {
  const state = stateOf(conversation, reading, receivedAt, changed);
  if (state === undefined) return [];
  const conversationId = conversationOf(conversation.id);
  return [InboundEvent.parse({ type: 'conversation.state', data: { conversationId, state } })];
}

/**
 * Whether a message is one of ours that comes back: by our mark, or where that is dropped by who sent it. Until the first
 * answer has told which bot ours is, a bot's message is ours.
 */
export function isOurs(
  { content_attributes, sender }: Pick<MessageEvent, 'content_attributes' | 'sender'>,
  { keepsAttributes, userId, botId, hasBot }: Reading,
): boolean {
  if (typeof content_attributes?.[REPLY_ID] === 'string') return true;
  if (keepsAttributes === true || sender?.id == null) return false;
  if (sender.type !== 'agent_bot') return sender.id === userId;
  return botId === undefined ? hasBot === true : sender.id === botId;
}

const isAutomatic = ({ content_attributes, sender }: MessageEvent): boolean =>
  sender?.id == null || content_attributes?.['automation_rule_id'] != null;

/** Who wrote to the customer: a person, or another bot of theirs. */
const writer = (sender: Sender, reading: Reading) =>
  sender.type == null || sender.type === 'user'
    ? { type: 'agent', id: agentIdOf(sender, reading), ...nameOf(sender) }
    : { type: 'bot', id: `${PREFIX}${sender.type}-${sender.id}`, ...nameOf(sender) };

const nameOf = ({ name }: Sender) => (name == null || name === '' ? {} : { name: name.slice(0, 200) });

/** `Channel::WebWidget` is `web_widget`. */
function channelOf({ channel, meta }: ChatwootConversation): { channel?: string } {
  const name = channel ?? meta?.channel;
  if (name == null || name === '') return {};
  const plain = name.replace(/^Channel::/, '').replace(/([a-z])([A-Z])/g, '$1_$2');
  return { channel: plain.toLowerCase().slice(0, 100) };
}

function languageOf({ additional_attributes }: ChatwootConversation): { language?: 'zh' | 'en' } {
  const said = additional_attributes?.['browser_language'];
  const [code] = typeof said === 'string' ? said.toLowerCase().split(/[-_]/) : [];
  return code === 'zh' || code === 'en' ? { language: code } : {};
}

const created = (data: object): InboundEvent => InboundEvent.parse({ type: 'message.created', data });
