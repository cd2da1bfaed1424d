/** Whose a conversation is in Chatwoot: by its status and by who it is assigned to. */

import { AgentId } from '../../domain/ids.ts';
import type { PlatformState } from '../../domain/platform-state.ts';
import type { Reading } from './reading.ts';
import type { ChatwootConversation, ConversationEvent, Sender } from './shapes.ts';

type Change = PlatformState['changed'][number];

/** A person's agent id here: as the shop says by e-mail, else their number there. */
export function agentIdOf({ id, email }: Sender, { settings }: Reading): AgentId {
  const address = email?.toLowerCase() ?? '';
  const known = Object.hasOwn(settings.agents, address) ? settings.agents[address] : undefined;
  return known ?? AgentId.parse(`chatwoot:${id}`);
}

/**
 * Who holds it there. The user whose token is ours is no person: Chatwoot assigns to them what is opened with it. Nor is
 * a bot.
 */
export function holderOf({ meta }: ChatwootConversation, reading: Reading): AgentId | undefined {
  const assignee = meta?.assignee;
  if (assignee?.id == null || meta?.assignee_type === 'AgentBot') return undefined;
  if (assignee.type != null && assignee.type !== 'user') return undefined;
  return assignee.id === reading.userId ? undefined : agentIdOf(assignee, reading);
}

/** Undefined where nothing is told that counts. `receivedAt` in epoch ms stands in for a time that is not given. */
export function stateOf(
  conversation: ChatwootConversation,
  reading: Reading,
  receivedAt: number,
  changed: readonly Change[],
): PlatformState | undefined {
  const { status } = conversation;
  if (status == null) return undefined;
  const agentId = holderOf(conversation, reading);
  const isFree = status === 'open' && agentId === undefined && reading.settings.botAnswers === 'unassigned';
  const told = isFree ? changed.filter((change) => change !== 'status') : [...changed];
  const state: PlatformState = {
    status: isFree ? 'pending' : status,
    at: timeOf(conversation, receivedAt),
    changed: told,
    ...(agentId === undefined ? {} : { agentId }),
  };
  return isNews(state) ? state : undefined;
}

/** What takes nothing from anybody need not be told. */
const isNews = ({ status, agentId, changed }: PlatformState): boolean =>
  changed.length > 0 || agentId !== undefined || status === 'open';

const timeOf = ({ updated_at, timestamp }: ChatwootConversation, receivedAt: number): number => {
  const seconds = updated_at ?? timestamp;
  return seconds == null ? receivedAt : Math.round(seconds * 1_000);
};

/** What an event of a conversation says has changed. */
export function changesOf({ event, changed_attributes }: ConversationEvent): Change[] {
  if (event === 'conversation_resolved' || event === 'conversation_opened') return ['status'];
  const names = new Set((changed_attributes ?? []).flatMap((change) => Object.keys(change)));
  return [
    ...(event === 'conversation_status_changed' || names.has('status') ? (['status'] as const) : []),
    ...(names.has('assignee_id') || names.has('assignee_agent_bot_id') ? (['assignee'] as const) : []),
  ];
}
