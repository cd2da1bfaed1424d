/** Builders of conversations for tests. */
import type { Assist, Decision } from '../../lib/domain/assist.ts';
import type { Head, Turn } from '../../lib/domain/conversation.ts';
import type { InboundEvent } from '../../lib/domain/event.ts';
import { AgentId, AssistId, ConversationId, CustomerId, MessageId, ReleaseId, TenantId } from '../../lib/domain/ids.ts';
import type { InboundMessage } from '../../lib/domain/message.ts';
import { DEFAULT_SETTINGS, type Tenant } from '../../lib/domain/tenant.ts';
import type { StoredEvent } from '../../lib/ports/conversations.ts';

export const TENANT = TenantId.parse('acme');
export const CONVERSATION = ConversationId.parse('c-1');
export const START = Date.parse('2026-03-02T08:00:00.000Z');
export const agent = (id: string): AgentId => AgentId.parse(id);

export function tenantOf(settings: Partial<Tenant['settings']> = {}): Tenant {
  return {
    id: TENANT,
    name: 'Acme',
    languages: ['en', 'zh'],
    packs: [],
    settings: { ...DEFAULT_SETTINGS, mode: 'hybrid', ...settings },
    createdAt: new Date(START).toISOString(),
    version: 1,
  };
}

export function created(
  messageId: string,
  text: string,
  extra: Partial<InboundMessage> & { by?: InboundMessage['author']; conversation?: ConversationId } = {},
): Extract<InboundEvent, { type: 'message.created' }> {
  const { by = { type: 'customer', id: 'cust-1' }, conversation = CONVERSATION, ...rest } = extra;
  return {
    type: 'message.created',
    data: { conversationId: conversation, messageId: MessageId.parse(messageId), author: by, text, ...rest },
  };
}

export const stored = (id: string, event: InboundEvent, receivedAt = START): StoredEvent => ({
  id,
  event,
  receivedAt,
  attempts: 0,
});

/** A customer's message as it lies in the store. */
export const said = (id: string, text = `text of ${id}`, receivedAt = START): StoredEvent =>
  stored(id, created(id, text), receivedAt);

export const byAgent = (id: string, who: string, text: string, receivedAt = START, replyId?: string): StoredEvent =>
  stored(
    id,
    created(id, text, { by: { type: 'agent', id: who }, ...(replyId === undefined ? {} : { replyId }) }),
    receivedAt,
  );

export const customerId = CustomerId.parse('cust-1');

/** An assist of a turn, with the decision that the test is about. */
export function assistOf(
  turn: Pick<Turn, 'id' | 'startSeq' | 'messageIds' | 'revision'>,
  decision: Partial<Decision> = {},
  more: Partial<Assist> = {},
): Assist {
  const release = ReleaseId.parse('rel_1');
  return {
    id: AssistId.parse(`ast_${turn.startSeq}`),
    conversationId: CONVERSATION,
    turnId: turn.id,
    messageIds: [...turn.messageIds],
    revision: turn.revision,
    customerSeq: turn.startSeq + turn.messageIds.length - 1,
    createdAt: new Date(START).toISOString(),
    release,
    replay: 'rpl_1',
    degraded: [],
    understanding: {
      language: 'en',
      act: 'question',
      intent: { name: 'delivery.time', confidence: 0.97 },
      alternatives: [],
      questions: [],
      entities: [],
      sentiment: { label: 'neutral', score: 0, angry: false },
      flags: [],
    },
    suggestions: [
      {
        id: 'sug_1',
        text: 'It leaves today.',
        confidence: 0.97,
        source: { kind: 'entry', id: 'delivery.time', answer: 0, title: 'When do you ship?', release },
      },
    ],
    cards: [],
    decision: {
      kind: 'suggest',
      reason: 'mode_assist',
      escalate: false,
      thresholds: { autoReply: 0.9, suggest: 0.4 },
      ...decision,
    },
    timings: {},
    ...more,
  };
}

/** The head's open turn; a test that has none is wrong. */
export function openTurn(head: Head): Turn {
  if (head.turn === undefined) throw new Error('no open turn');
  return head.turn;
}
