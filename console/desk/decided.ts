import type { Assist } from '../../lib/domain/assist.ts';
import type { ConversationDetail } from '../../lib/domain/contract/desk.ts';
import type { Act } from '../../lib/domain/understanding.ts';

/** How the card words a decision: `hidden` says nothing new to whoever holds the conversation. */
export type Said = 'hidden' | 'kind' | 'yours' | 'waits';

/** Acts after which silence is polite. */
const COURTEOUS: ReadonlySet<Act> = new Set(['acknowledge', 'close', 'confirm', 'greet']);

/**
 * "Nothing" is what the bot decides beside a person, and no advice to them: who sent an address, a photo or "done yet?"
 * wants an answer, though no ready one fits. That the bot keeps quiet, and why it handed over, an agent knows already.
 */
export function saidOf({ decision, understanding: { act } }: Assist, head: ConversationDetail['head']): Said {
  const { kind, reason, escalate } = decision;
  const isPersons = head.owner === 'queue' || head.owner.startsWith('agent:');
  if (!isPersons) return 'kind';
  if (kind === 'suggest')
    return !escalate && (reason === 'owner_agent' || reason === 'owner_queue') ? 'hidden' : 'kind';
  if (kind === 'handoff') return head.handoff?.reason === reason ? 'hidden' : 'kind';
  if (kind !== 'none' || reason === 'mode_shadow' || COURTEOUS.has(act)) return 'kind';
  return act === 'chase' ? 'waits' : 'yours';
}
