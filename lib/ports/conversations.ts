/** A conversation: its head, messages, received events, assists, feedback and wrap-ups. */

import type { Assist } from '../domain/assist.ts';
import type { Head, Owner } from '../domain/conversation.ts';
import type { InboundEvent } from '../domain/event.ts';
import type { Feedback } from '../domain/feedback.ts';
import type { AssistId, ConversationId, CustomerId, TenantId } from '../domain/ids.ts';
import type { Message } from '../domain/message.ts';
import type { InLine } from '../domain/routing.ts';
import type { KeptWrapUp } from '../domain/wrap-up.ts';
import type { Page } from './page.ts';

/** An event as it was received, durable until handled; its work keys make it due. */
export type StoredEvent = {
  /** The message id for `message.created`; the delivery id for other events. */
  id: string;
  event: InboundEvent;
  receivedAt: number;
  attempts: number;
  /** The platform's delivery that brought it: found again when the conversation is erased. */
  delivery?: string | undefined;
};

export type ConversationStore = {
  /** The head (if any), the newest messages and what is due among the newest items, oldest first, in one consistent read. */
  load(
    tenant: TenantId,
    conversation: ConversationId,
    limit?: number,
  ): Promise<{ head: Head | undefined; messages: Message[]; events: StoredEvent[] }>;
  head(tenant: TenantId, conversation: ConversationId): Promise<Head | undefined>;
  /** Puts the head if its stored version is `expected` (undefined: none stored). The one conditional write of ownership. */
  putHead(tenant: TenantId, head: Head, expected: number | undefined): Promise<'ok' | 'conflict'>;
  /** Notes whose a conversation is, by which everything of a customer is found. Repeatable. */
  noteCustomer?(tenant: TenantId, customer: CustomerId, conversation: ConversationId, at: string): Promise<void>;
  /** Notes which message a platform's delivery brought. Of a known delivery: the message noted first. */
  putDelivery(tenant: TenantId, deliveryId: string, message: string, at: number): Promise<string | undefined>;
  /** Makes a message or event durable and due, once; `duplicate` when its id is known. */
  receive(
    tenant: TenantId,
    conversation: ConversationId,
    event: StoredEvent,
    dueAt: number,
  ): Promise<'ok' | 'duplicate'>;
  /** A received message or event by its id, if it is still due. */
  due(tenant: TenantId, conversation: ConversationId, id: string): Promise<StoredEvent | undefined>;
  /** Takes the event's work keys away. */
  done(tenant: TenantId, conversation: ConversationId, event: StoredEvent): Promise<void>;
  /** Stores a message of ours or of the platform's agents; once. */
  putMessage(tenant: TenantId, conversation: ConversationId, message: Message): Promise<'ok' | 'duplicate'>;
  /** Marks a message as withdrawn, if it is there. */
  recall(tenant: TenantId, conversation: ConversationId, message: string): Promise<void>;
  /** The assist of its turn, if its revision is newer than the stored one. */
  putAssist(tenant: TenantId, assist: StoredAssist): Promise<'ok' | 'stale'>;
  assist(tenant: TenantId, id: AssistId): Promise<StoredAssist | undefined>;
  /** In order of their turns. */
  assists(tenant: TenantId, conversation: ConversationId): Promise<StoredAssist[]>;
  /** What became of a suggestion; the same id again replaces, and is `known`. */
  putFeedback(tenant: TenantId, conversation: ConversationId, feedback: Feedback): Promise<'new' | 'known'>;
  feedback(tenant: TenantId, conversation: ConversationId): Promise<Feedback[]>;
  /** Keeps what an agent noted on closing; the same id again replaces. */
  putWrapUp(tenant: TenantId, conversation: ConversationId, kept: KeptWrapUp): Promise<void>;
  /** Oldest first. */
  wrapUps(tenant: TenantId, conversation: ConversationId): Promise<KeptWrapUp[]>;
  /** Who waits in the queue, most urgent first, at most `limit`: without their heads. */
  waiting(tenant: TenantId, limit: number): Promise<InLine[]>;
  /** Conversations of an owner: the queue most urgent first, others newest first. Raises `invalid` on a foreign cursor. */
  list(tenant: TenantId, owner: Owner, limit: number, cursor?: string): Promise<Page<Head>>;
};

/** An assist with everything `replay` needs to compute it again. */
export type StoredAssist = { assist: Assist; inputs: unknown };
