import * as z from 'zod';
import { CustomerPatch } from './customer.ts';
import { AgentId, ConversationId, MessageId } from './ids.ts';
import { Language } from './language.ts';
import { InboundMessage } from './message.ts';
import { PlatformState } from './platform-state.ts';

const inConversation = { conversationId: ConversationId };

/**
 * What a chat platform tells us, in the Standard Webhooks envelope `{type, timestamp, data}`.
 * Other platforms' shapes are mapped to these by `lib/platforms`.
 */
export const InboundEvent = z.discriminatedUnion('type', [
  z.object({ type: z.literal('message.created'), data: InboundMessage }),
  z.object({ type: z.literal('message.recalled'), data: z.object({ ...inConversation, messageId: MessageId }) }),
  z.object({
    type: z.literal('conversation.started'),
    data: z.object({
      ...inConversation,
      customer: CustomerPatch.optional(),
      language: Language.optional(),
      shop: z.string().max(100).optional(),
      channel: z.string().max(100).optional(),
    }),
  }),
  z.object({ type: z.literal('conversation.assigned'), data: z.object({ ...inConversation, agentId: AgentId }) }),
  z.object({ type: z.literal('conversation.released'), data: z.object(inConversation) }),
  z.object({ type: z.literal('conversation.closed'), data: z.object(inConversation) }),
  /** Of a platform with a desk of its own: whose the conversation is there. */
  z.object({
    type: z.literal('conversation.state'),
    data: z.object({ ...inConversation, state: PlatformState }),
  }),
  z.object({
    type: z.literal('customer.updated'),
    data: z.object({ customer: CustomerPatch, conversationId: ConversationId.optional() }),
  }),
]);
export type InboundEvent = z.infer<typeof InboundEvent>;
