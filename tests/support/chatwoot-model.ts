/** What a Chatwoot account holds, and its webhooks' payloads in the documented shapes (chatwoot.com/hc, webhook events). */

export type Status = 'pending' | 'open' | 'resolved' | 'snoozed';
export type User = { id: number; name: string; email: string; type: 'user' };
export type Bot = { id: number; name: string; type: 'agent_bot' };
export type Contact = { id: number; name: string; identifier: string | null; type: 'contact' };
export type Attached = { file_type: string; data_url: string; transcribed_text?: string };
export type Message = {
  id: number;
  content: string | null;
  message_type: 0 | 1 | 2 | 3;
  content_type: string;
  content_attributes: Record<string, unknown>;
  private: boolean;
  created_at: number;
  sender: User | Bot | Contact | null;
  attachments?: Attached[];
};
export type Conversation = {
  id: number;
  inboxId: number;
  channel: string;
  status: Status;
  assignee: User | null;
  team: number | null;
  labels: string[];
  contact: Contact;
  verified: boolean;
  custom: Record<string, unknown>;
  updatedAt: number;
  messages: Message[];
};

export const ACCOUNT = { id: 1, name: 'Acme Inc' };
export const TYPES = ['incoming', 'outgoing', 'activity', 'template'] as const;

/** `conversation.webhook_data`; the API shows the same with `account_id`, and `hmac_verified` in its `meta`. */
export function conversationData(conversation: Conversation): Record<string, unknown> {
  const { contact, messages } = conversation;
  const last = messages.filter(({ message_type, private: isPrivate }) => message_type !== 2 && !isPrivate).at(-1);
  return {
    additional_attributes: { browser_language: 'en', referer: 'http://localhost:3000/widget_tests' },
    can_reply: true,
    channel: conversation.channel,
    contact_inbox: {
      id: 12,
      contact_id: contact.id,
      inbox_id: conversation.inboxId,
      hmac_verified: conversation.verified,
    },
    id: conversation.id,
    inbox_id: conversation.inboxId,
    messages: last === undefined ? [] : [{ ...apiMessage(conversation, last), account_id: ACCOUNT.id }],
    labels: conversation.labels,
    meta: {
      sender: { ...contact, additional_attributes: {}, custom_attributes: {}, email: null, phone_number: null },
      assignee: conversation.assignee,
      assignee_type: conversation.assignee === null ? null : 'User',
      team: null,
      hmac_verified: conversation.verified,
    },
    status: conversation.status,
    custom_attributes: conversation.custom,
    snoozed_until: null,
    unread_count: 1,
    timestamp: Math.floor(conversation.updatedAt),
    updated_at: conversation.updatedAt,
  };
}

/** In seconds. What becomes of a conversation is told in it as an activity, so that it counts as well. */
export const lastActivity = ({ updatedAt, messages }: Conversation): number =>
  Math.max(Math.floor(updatedAt), ...messages.map(({ created_at }) => created_at));

/** As the API shows and lists a conversation. */
export const apiConversation = (conversation: Conversation): Record<string, unknown> => ({
  ...conversationData(conversation),
  account_id: ACCOUNT.id,
  last_activity_at: lastActivity(conversation),
  timestamp: lastActivity(conversation),
});

/** As the API lists it. */
export const apiMessage = (conversation: Conversation, message: Message): Record<string, unknown> => ({
  ...message,
  inbox_id: conversation.inboxId,
  conversation_id: conversation.id,
  status: 'sent',
  source_id: null,
});

/** `message.webhook_data`. */
export const messageData = (conversation: Conversation, message: Message): Record<string, unknown> => ({
  account: ACCOUNT,
  additional_attributes: {},
  content_attributes: message.content_attributes,
  content_type: message.content_type,
  content: message.content,
  conversation: conversationData(conversation),
  created_at: new Date(message.created_at * 1_000).toISOString(),
  id: message.id,
  inbox: { id: conversation.inboxId, name: 'Acme Support' },
  message_type: TYPES[message.message_type],
  private: message.private,
  sender: message.sender,
  source_id: null,
  ...(message.attachments === undefined ? {} : { attachments: message.attachments }),
});

export const changes = (name: string, from: unknown, to: unknown): Record<string, unknown>[] => [
  { [name]: { previous_value: from, current_value: to } },
];
