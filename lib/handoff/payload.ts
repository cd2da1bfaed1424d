/** What goes to the platform, as it is signed: `{type, timestamp, data}`. */
import type { Assist } from '../domain/assist.ts';
import type { HandoffPackage } from '../domain/contract/desk.ts';
import type { Head, OutboxItem } from '../domain/conversation.ts';

/** What an item refers to and is read when it is sent. */
export type Enclosed = { assist?: Assist | undefined; package?: HandoffPackage | undefined };

const TYPE = {
  bot_reply: 'reply.requested',
  agent_reply: 'reply.requested',
  notice: 'reply.requested',
  handoff: 'handoff.requested',
  suggestion: 'suggestion.created',
  wrap_up: 'conversation.wrapped_up',
  holder: 'conversation.held',
} as const satisfies Record<OutboxItem['kind'], string>;

/** The body of a call. `replyId` and `epoch` let the platform refuse what it has had, and what ownership has overtaken. */
export function payloadOf(head: Head, item: OutboxItem, enclosed: Enclosed, now: number): string {
  return JSON.stringify({
    type: TYPE[item.kind],
    timestamp: new Date(now).toISOString(),
    data: {
      conversationId: head.id,
      replyId: item.id,
      epoch: item.epoch,
      customerSeq: item.customerSeq,
      expiresAt: new Date(item.expiresAt).toISOString(),
      author: item.author,
      ...contentOf(head, item, enclosed),
    },
  });
}

function contentOf(head: Head, item: OutboxItem, { assist, package: handoff }: Enclosed): object {
  const { assistId } = item;
  switch (item.kind) {
    case 'handoff':
      return { assistId, ...head.handoff, package: handoff };
    case 'suggestion':
      return {
        assistId,
        turnId: item.turnId,
        revision: item.revision,
        messageIds: assist?.messageIds,
        understanding: assist?.understanding,
        suggestions: assist?.suggestions,
        next: assist?.next,
        cards: assist?.cards,
        decision: assist?.decision,
      };
    case 'holder':
      return { owner: head.owner };
    case 'wrap_up':
      return { agentId: item.author.id, ...item.wrapUp };
    default:
      return {
        kind: item.kind === 'notice' ? 'notice' : 'reply',
        text: item.text,
        parts: item.parts,
        choices: item.choices,
        assistId,
        suggestionId: item.suggestionId,
      };
  }
}
