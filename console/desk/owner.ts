import type { ConversationView } from '../../lib/domain/contract/desk.ts';
import { fill, words } from '../words/words.ts';

export function isMine(head: ConversationView, me: string | undefined): boolean {
  return me !== undefined && head.owner === `agent:${me}`;
}

/** Who has the conversation, in words. */
export function ownerWords(head: ConversationView, me: string | undefined): string {
  const { ui } = words.value;
  if (isMine(head, me)) return ui.ownerMine;
  if (head.owner === 'bot') return ui.ownerBot;
  if (head.owner === 'queue') return ui.ownerQueue;
  if (head.owner === 'closed') return ui.ownerClosed;
  return fill(ui.ownerAgent, { name: head.owner.slice('agent:'.length) });
}
