/** All that is kept of a customer. */

import type { Head } from '../domain/conversation.ts';
import type { Feedback } from '../domain/feedback.ts';
import type { ConversationId, CustomerId, TenantId } from '../domain/ids.ts';
import type { Message } from '../domain/message.ts';
import type { KeptWrapUp } from '../domain/wrap-up.ts';
import type { StoredAssist } from './conversations.ts';

/** All that is kept of one conversation. */
export type ConversationData = {
  head: Head | undefined;
  messages: Message[];
  assists: StoredAssist[];
  feedback: Feedback[];
  wrapUps: KeptWrapUp[];
};

/** Masked texts of turns, as they are kept to learn from. */
export type TurnTexts = ReadonlySet<string>;

/** Where everything of a customer is found and taken away. Each of its changes may be repeated. */
export type PrivacyStore = {
  /** By what was noted as conversations learnt whose they are. */
  conversationsOf(tenant: TenantId, customer: CustomerId): Promise<ConversationId[]>;
  read(tenant: TenantId, conversation: ConversationId): Promise<ConversationData>;
  /** As much of it as the store gives at once, from behind `after`, which is there again while there is more. */
  page(
    tenant: TenantId,
    conversation: ConversationId,
    after: string | undefined,
  ): Promise<{ data: ConversationData; after?: string }>;
  /** `id` names a turn's evidence, `at` is its assist's instant. */
  evidenceTexts(tenant: TenantId, turns: readonly { id: string; at: string }[]): Promise<TurnTexts>;
  dropSamples(tenant: TenantId, turns: readonly { text: string; at: number }[]): Promise<number>;
  /** Takes away what came until `cutoff` (epoch ms), and says whether anything came after. */
  eraseConversation(
    tenant: TenantId,
    conversation: ConversationId,
    what: { customer: CustomerId; cutoff: number },
  ): Promise<{ items: number; hasNews: boolean }>;
  eraseCustomer(tenant: TenantId, customer: CustomerId): Promise<void>;
  /** Takes away that the conversation was the customer's: the last thing to go. */
  forgetPlace(tenant: TenantId, customer: CustomerId, conversation: ConversationId): Promise<void>;
};
