import * as z from 'zod';
import { CustomerPatch } from './customer.ts';
import { ConversationId, MessageId } from './ids.ts';
import { Language } from './language.ts';
import { OpenRecord } from './open-record.ts';
import { PlatformState } from './platform-state.ts';

export const PartKind = z.enum([
  'text',
  'image',
  'voice',
  'video',
  'file',
  'order_card',
  'product_card',
  'link',
  'button',
  'sticker',
  'system',
]);
export type PartKind = z.infer<typeof PartKind>;

/** One piece of a message. `transcript` is what a voice or image says in words; `value` is a tapped button's. */
export const Part = z.object({
  kind: PartKind,
  text: z.string().max(20_000).optional(),
  url: z.string().max(2_000).optional(),
  orderNumber: z.string().max(100).optional(),
  productId: z.string().max(200).optional(),
  value: z.string().max(1_000).optional(),
  transcript: z.string().max(20_000).optional(),
});
export type Part = z.infer<typeof Part>;

export const AuthorType = z.enum(['customer', 'agent', 'bot']);
export type AuthorType = z.infer<typeof AuthorType>;

export const Author = z.object({
  type: AuthorType,
  id: z.string().min(1).max(200),
  name: z.string().max(200).optional(),
});
export type Author = z.infer<typeof Author>;

/** A message as a platform sends it. `text` is shorthand for one text part. */
export const InboundMessage = z
  .object({
    conversationId: ConversationId,
    messageId: MessageId,
    author: Author,
    text: z.string().max(20_000).optional(),
    parts: z.array(Part).max(20).optional(),
    language: Language.optional(),
    shop: z.string().max(100).optional(),
    channel: z.string().max(100).optional(),
    replyId: z.string().max(200).optional(),
    customer: CustomerPatch.optional(),
    /** Whose the conversation is on a platform with a desk of its own, as the message came. */
    state: PlatformState.optional(),
    metadata: OpenRecord.optional(),
  })
  .refine((message) => message.text !== undefined || (message.parts?.length ?? 0) > 0, {
    message: 'text or parts is required',
    path: ['text'],
  });
export type InboundMessage = z.infer<typeof InboundMessage>;

/** A message as it is kept and as the desk reads it. `at` is when Cuecard received it (ISO 8601). */
export const Message = z.object({
  id: MessageId,
  author: Author,
  text: z.string(),
  parts: z.array(Part),
  at: z.iso.datetime(),
  language: Language.optional(),
  shop: z.string().optional(),
  channel: z.string().optional(),
  replyId: z.string().optional(),
  recalled: z.boolean().optional(),
  /** Said of the conversation itself (a person comes, your place is 3): it answers nothing. */
  notice: z.boolean().optional(),
  delivery: z.enum(['pending', 'delivered', 'failed', 'dropped']).optional(),
});
export type Message = z.infer<typeof Message>;
