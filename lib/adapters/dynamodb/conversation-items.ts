/** Messages and events of a conversation as items: on the time line, and due while they carry work keys. */
import * as z from 'zod';
import { InboundEvent } from '../../domain/event.ts';
import type { ConversationId, TenantId } from '../../domain/ids.ts';
import { toMessage } from '../../domain/inbound.ts';
import { Message } from '../../domain/message.ts';
import type { StoredEvent } from '../../ports/conversations.ts';
import { conversationPk, type Key, messageKey, workShard } from './keys.ts';
import type { Item } from './table.ts';

/** Everything received but customers' messages: it leaves the time line once it is handled. */
export const eventKey = (tenant: string, conversation: string, id: string): Key => ({
  pk: conversationPk(tenant, conversation),
  sk: `evt#${id}`,
});

type CustomersMessage = Extract<InboundEvent, { type: 'message.created' }>;

export const isCustomersMessage = (event: InboundEvent): event is CustomersMessage =>
  event.type === 'message.created' && event.data.author.type === 'customer';

const timeOf = (at: string, id: string): string => `m#${at}#${id}`;

/** A message's item; `event` beside it while it is due carries what the message itself does not keep. */
export function messageItem(tenant: TenantId, conversation: ConversationId, message: Message, expiresAt: number) {
  return {
    ...messageKey(tenant, conversation, message.id),
    time: timeOf(message.at, message.id),
    message: JSON.stringify(message),
    expiresAt,
  };
}

export function eventItem(
  tenant: TenantId,
  conversation: ConversationId,
  { id, event, receivedAt, delivery }: StoredEvent,
  dueAt: number,
  expiresAt: number,
) {
  const at = new Date(receivedAt).toISOString();
  const item = isCustomersMessage(event)
    ? messageItem(tenant, conversation, toMessage(event.data, receivedAt), expiresAt)
    : { ...eventKey(tenant, conversation, id), time: timeOf(at, id), expiresAt };
  return {
    ...item,
    event: JSON.stringify(event),
    receivedAt,
    ...(delivery === undefined ? {} : { delivery }),
    attempts: 0,
    workShard: workShard(item.pk),
    dueAt,
    work: 'assist',
    workId: id,
    tenant,
    conversation,
  };
}

const MessageItem = z.object({ message: z.string(), recalled: z.boolean().optional() });

/** The message of an item, if it is one. */
export function readMessage(item: Item): Message | undefined {
  if (item['message'] === undefined) return undefined;
  const { message, recalled } = MessageItem.parse(item);
  const parsed = Message.parse(JSON.parse(message));
  return recalled === undefined ? parsed : { ...parsed, recalled };
}

const EventItem = z.object({ event: z.string(), receivedAt: z.number(), attempts: z.number(), workId: z.string() });

/** The event of an item, if it is still due. */
export function readEvent(item: Item | undefined): StoredEvent | undefined {
  if (item?.['dueAt'] === undefined || item['event'] === undefined) return undefined;
  const { event, receivedAt, attempts, workId } = EventItem.parse(item);
  return { id: workId, event: InboundEvent.parse(JSON.parse(event)), receivedAt, attempts };
}
