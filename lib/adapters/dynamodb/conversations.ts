import * as z from 'zod';
import type { Head } from '../../domain/conversation.ts';
import { CuecardError } from '../../domain/error.ts';
import { Feedback } from '../../domain/feedback.ts';
import type { AssistId, ConversationId, TenantId } from '../../domain/ids.ts';
import type { Message } from '../../domain/message.ts';
import { KeptWrapUp } from '../../domain/wrap-up.ts';
import type { ConversationStore, StoredAssist, StoredEvent } from '../../ports/conversations.ts';
import { HEAD_TIME, headItem, listHeads, readHead } from './conversation-head.ts';
import { eventItem, eventKey, isCustomersMessage, messageItem, readEvent, readMessage } from './conversation-items.ts';
import {
  assistKey,
  conversationPk,
  customerConversationKey,
  deliveryKey,
  feedbackKey,
  headKey,
  LSI_BY_TIME,
  messageKey,
  wrapUpKey,
} from './keys.ts';
import { getItem, type Item, putItem, putNew, queryAll, queryPage, type Table, updateItem } from './table.ts';
import { readWaiting } from './waiting.ts';

const DEFAULT_LIMIT = 40;
const SECONDS_A_DAY = 86_400;

export type ConversationOptions = {
  /** How long a conversation is kept after its last change. */
  retentionSeconds: number;
  /** Where an assist's id says that it lies. */
  locate(id: AssistId): { conversation: ConversationId; startSeq: number } | undefined;
};

type Context = ConversationOptions & { table: Table };

const seconds = (ms: number): number => Math.floor(ms / 1000);
const expiry = (context: Context, ms: number): number => seconds(ms) + context.retentionSeconds;

async function load({ table }: Context, tenant: TenantId, conversation: ConversationId, limit = DEFAULT_LIMIT) {
  const { items } = await queryPage(table, {
    index: LSI_BY_TIME,
    key: {
      expression: 'pk = :pk AND #time <= :head',
      names: { '#time': 'time' },
      values: { ':pk': conversationPk(tenant, conversation), ':head': HEAD_TIME },
    },
    limit: limit + 1,
    reverse: true,
    consistent: true,
  });
  const [first, ...rest] = items;
  const hasHead = first?.['time'] === HEAD_TIME;
  const oldestFirst = (hasHead ? rest : items.slice(0, limit)).reverse();
  return {
    head: hasHead ? readHead(first) : undefined,
    messages: oldestFirst.map(readMessage).filter((message): message is Message => message !== undefined),
    events: oldestFirst.map(readEvent).filter((event): event is StoredEvent => event !== undefined),
  };
}

async function putHead(context: Context, tenant: TenantId, head: Head, expected: number | undefined) {
  const condition =
    expected === undefined
      ? { expression: 'attribute_not_exists(pk)' }
      : { expression: '#version = :read', names: { '#version': 'version' }, values: { ':read': expected } };
  return putItem(context.table, headItem(tenant, head, expiry(context, Date.parse(head.updatedAt))), condition);
}

const Delivery = z.object({ message: z.string() });

async function putDelivery(context: Context, tenant: TenantId, delivery: string, message: string, at: number) {
  const key = deliveryKey(tenant, delivery);
  const put = await putNew(context.table, { ...key, message, expiresAt: expiry(context, at) });
  return put === 'ok' ? undefined : Delivery.optional().parse(await getItem(context.table, key))?.message;
}

async function due({ table }: Context, tenant: TenantId, conversation: ConversationId, id: string) {
  const message = readEvent(await getItem(table, messageKey(tenant, conversation, id)));
  return message ?? readEvent(await getItem(table, eventKey(tenant, conversation, id)));
}

/** Takes the work keys away. An event that is no message leaves the time line too: it is nothing to read. */
async function done({ table }: Context, tenant: TenantId, conversation: ConversationId, { id, event }: StoredEvent) {
  const isMessage = isCustomersMessage(event);
  const key = isMessage ? messageKey(tenant, conversation, id) : eventKey(tenant, conversation, id);
  await updateItem(table, key, {
    expression: `REMOVE workShard, dueAt, event${isMessage ? '' : ', #time'}`,
    ...(isMessage ? {} : { names: { '#time': 'time' } }),
    condition: 'attribute_exists(pk)',
  });
}

const AssistItem = z.object({ body: z.string() });
const readAssist = (item: Item): StoredAssist => JSON.parse(AssistItem.parse(item).body);

function whereIs(context: Context, id: AssistId): { conversation: ConversationId; startSeq: number } {
  const place = context.locate(id);
  if (place === undefined) throw new CuecardError('not_found', `no assist ${id}`);
  return place;
}

/** Revisions of a turn only ever go forward, whoever is late. */
async function putAssist(context: Context, tenant: TenantId, stored: StoredAssist): Promise<'ok' | 'stale'> {
  const { conversation, startSeq } = whereIs(context, stored.assist.id);
  const { revision } = stored.assist;
  const put = await putItem(
    context.table,
    {
      ...assistKey(tenant, conversation, startSeq),
      body: JSON.stringify(stored),
      revision,
      expiresAt: expiry(context, Date.parse(stored.assist.createdAt)),
    },
    { expression: 'attribute_not_exists(pk) OR revision < :revision', values: { ':revision': revision } },
  );
  return put === 'ok' ? 'ok' : 'stale';
}

const startingWith = ({ table }: Context, pk: string, prefix: string): Promise<Item[]> =>
  queryAll(table, {
    key: { expression: 'pk = :pk AND begins_with(sk, :prefix)', values: { ':pk': pk, ':prefix': prefix } },
    consistent: true,
  });

/** Conversations in DynamoDB: `lib/DESIGN.md` lists the access patterns. Every item is parsed as it is read. */
export function dynamodbConversations(table: Table, options: ConversationOptions): ConversationStore {
  const context: Context = { ...options, table };
  const pk = conversationPk;
  return {
    load: (tenant, conversation, limit) => load(context, tenant, conversation, limit),
    head: async (tenant, conversation) => readHead(await getItem(table, headKey(tenant, conversation))),
    putHead: (tenant, head, expected) => putHead(context, tenant, head, expected),
    async noteCustomer(tenant, customer, conversation, at) {
      const key = customerConversationKey(tenant, customer, conversation);
      // A day longer than the head, which is noted once a day.
      await putItem(table, { ...key, conversation, expiresAt: expiry(context, Date.parse(at)) + SECONDS_A_DAY });
    },
    putDelivery: (tenant, id, message, at) => putDelivery(context, tenant, id, message, at),
    async receive(tenant, conversation, stored, dueAt) {
      const item = eventItem(tenant, conversation, stored, dueAt, expiry(context, stored.receivedAt));
      return (await putNew(table, item)) === 'ok' ? 'ok' : 'duplicate';
    },
    due: (tenant, conversation, id) => due(context, tenant, conversation, id),
    done: (tenant, conversation, stored) => done(context, tenant, conversation, stored),
    async putMessage(tenant, conversation, message) {
      const item = messageItem(tenant, conversation, message, expiry(context, Date.parse(message.at)));
      return (await putNew(table, item)) === 'ok' ? 'ok' : 'duplicate';
    },
    async recall(tenant, conversation, message) {
      await updateItem(table, messageKey(tenant, conversation, message), {
        expression: 'SET recalled = :true',
        values: { ':true': true },
        condition: 'attribute_exists(pk)',
      });
    },
    putAssist: (tenant, stored) => putAssist(context, tenant, stored),
    async assist(tenant, id) {
      const place = options.locate(id);
      if (place === undefined) return undefined;
      const item = await getItem(table, assistKey(tenant, place.conversation, place.startSeq));
      return item === undefined ? undefined : readAssist(item);
    },
    async assists(tenant, conversation) {
      return (await startingWith(context, pk(tenant, conversation), 'ast#')).map(readAssist);
    },
    async putFeedback(tenant, conversation, feedback) {
      const key = feedbackKey(tenant, conversation, feedback.id);
      const item = { ...key, feedback, expiresAt: expiry(context, Date.parse(feedback.at)) };
      if ((await putNew(table, item)) === 'ok') return 'new';
      await putItem(table, item);
      return 'known';
    },
    async feedback(tenant, conversation) {
      const items = await startingWith(context, pk(tenant, conversation), 'fbk#');
      return items.map((item) => Feedback.parse(item['feedback']));
    },
    async putWrapUp(tenant, conversation, kept) {
      const key = wrapUpKey(tenant, conversation, kept.id);
      await putItem(table, { ...key, wrapUp: kept, expiresAt: expiry(context, Date.parse(kept.at)) });
    },
    async wrapUps(tenant, conversation) {
      const items = await startingWith(context, pk(tenant, conversation), 'wrap#');
      return items.map((item) => KeptWrapUp.parse(item['wrapUp']));
    },
    waiting: (tenant, limit) => readWaiting(table, tenant, limit),
    list: (tenant, owner, limit, cursor) => listHeads(table, tenant, owner, limit, cursor),
  };
}
