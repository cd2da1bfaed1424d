/**
 * What is read of Chatwoot's payloads (chatwoot.com/hc: webhooks; `webhook_data` of its models), leniently: versions differ
 * in what they leave out. Its API gives messages and conversations in the same shapes, with numbers for `message_type`.
 */
import * as z from 'zod';

const Id = z.coerce.number().int().positive();
const Text = z.string().nullish();
const Open = z.record(z.string(), z.unknown()).nullish().catch(undefined);

export const Sender = z.looseObject({
  id: Id.nullish().catch(undefined),
  name: Text,
  email: Text,
  identifier: Text,
  /** `contact`, `user`, `agent_bot`, `captain_assistant`. Of some versions' contacts it is missing. */
  type: Text,
  custom_attributes: Open,
});
export type Sender = z.infer<typeof Sender>;

export const Attachment = z.looseObject({
  file_type: Text,
  data_url: Text,
  transcribed_text: Text,
  fallback_title: Text,
});
export type Attachment = z.infer<typeof Attachment>;

const MESSAGE_TYPES = ['incoming', 'outgoing', 'activity', 'template'] as const;
const MessageType = z.union([
  z.enum(MESSAGE_TYPES),
  z.coerce
    .number()
    .int()
    .transform((type) => MESSAGE_TYPES[type] ?? 'activity'),
]);

export const ChatwootConversation = z.looseObject({
  /** The display id: what the dashboard and the API's addresses show. */
  id: Id,
  inbox_id: Id.nullish(),
  status: z.enum(['open', 'resolved', 'pending', 'snoozed']).nullish().catch(undefined),
  channel: Text,
  account_id: Id.nullish().catch(undefined),
  contact_inbox: z.looseObject({ hmac_verified: z.boolean().nullish() }).nullish(),
  meta: z
    .looseObject({
      sender: Sender.nullish(),
      assignee: Sender.nullish(),
      assignee_type: Text,
      channel: Text,
      hmac_verified: z.boolean().nullish(),
    })
    .nullish(),
  additional_attributes: Open,
  custom_attributes: Open,
  labels: z.array(z.string()).nullish().catch(undefined),
  /** Seconds; some versions give only whole ones as `timestamp`. */
  updated_at: z.number().nullish().catch(undefined),
  timestamp: z.number().nullish().catch(undefined),
  /** Seconds: of the newest message, private ones and activities too. */
  last_activity_at: z.number().nullish().catch(undefined),
  messages: z
    .array(z.looseObject({ account_id: Id.nullish().catch(undefined) }))
    .nullish()
    .catch(undefined),
});
export type ChatwootConversation = z.infer<typeof ChatwootConversation>;

const message = {
  id: Id,
  content: Text,
  message_type: MessageType,
  private: z.boolean().nullish(),
  content_type: Text,
  content_attributes: Open,
  sender: Sender.nullish(),
  attachments: z.array(Attachment).nullish().catch(undefined),
  /** The API gives seconds; webhooks, which need none, a text. */
  created_at: z.number().nullish().catch(undefined),
};
export const ChatwootMessage = z.looseObject(message);
export type ChatwootMessage = z.infer<typeof ChatwootMessage>;

const account = { account: z.looseObject({ id: Id }).nullish() };

export const MessageEvent = z.looseObject({
  ...message,
  ...account,
  event: z.enum(['message_created', 'message_updated']),
  conversation: ChatwootConversation,
});
export type MessageEvent = z.infer<typeof MessageEvent>;

const changed_attributes = z.array(z.record(z.string(), z.unknown())).nullish().catch(undefined);

export const ConversationEvent = ChatwootConversation.extend({
  ...account,
  event: z.enum([
    'conversation_created',
    'conversation_status_changed',
    'conversation_updated',
    'conversation_resolved',
    'conversation_opened',
  ]),
  changed_attributes,
});
export type ConversationEvent = z.infer<typeof ConversationEvent>;

export const WidgetEvent = z.looseObject({
  ...account,
  event: z.literal('webwidget_triggered'),
  contact: Sender.nullish(),
  current_conversation: ChatwootConversation.nullish(),
});

export type WidgetEvent = z.infer<typeof WidgetEvent>;

/** The events that are read; of any other only its name and account. */
export const ReadEvent = z.discriminatedUnion('event', [MessageEvent, ConversationEvent, WidgetEvent]);
export type ReadEvent = z.infer<typeof ReadEvent>;
export const AnyEvent = z.looseObject({ event: z.string().min(1).max(100), ...account });
export const isRead = (event: string): boolean =>
  [...MessageEvent.shape.event.options, ...ConversationEvent.shape.event.options, 'webwidget_triggered'].includes(
    event,
  );
