import type { ConversationView } from '../../lib/domain/contract/desk.ts';
import type { Desk } from '../desk-store.ts';
import { fill, words } from '../words/words.ts';

export function isMine(head: ConversationView, me: string | undefined): boolean {
  return me !== undefined && head.owner === `agent:${me}`;
}

/** An agent's name as the team knows it, else the id. */
export function agentName({ team }: Pick<Desk, 'team'>, id: string): string {
  return team.value.find(({ agentId }) => agentId === id)?.name ?? id;
}

/** Who has the conversation, in words. */
export function ownerWords(head: ConversationView, desk: Pick<Desk, 'team' | 'me'>): string {
  const { ui } = words.value;
  if (isMine(head, desk.me.value)) return ui.ownerMine;
  if (head.owner === 'bot') return ui.ownerBot;
  if (head.owner === 'queue') return ui.ownerQueue;
  if (head.owner === 'closed') return ui.ownerClosed;
  return fill(ui.ownerAgent, { name: agentName(desk, head.owner.slice('agent:'.length)) });
}
