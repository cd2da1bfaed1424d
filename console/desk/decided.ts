import type { Assist } from '../../lib/domain/assist.ts';
import type { ConversationDetail } from '../../lib/domain/contract/desk.ts';
import type { Act } from '../../lib/domain/understanding.ts';
import { isUnanswered } from '../awaits.ts';

/** How the card words a decision: `hidden` says nothing new to whoever holds the conversation. */
export type Said = 'hidden' | 'kind' | 'yours' | 'waits';

type Head = ConversationDetail['head'];

/** Acts after which silence is polite; who says hello to a person is greeted back. */
const COURTEOUS: ReadonlySet<Act> = new Set(['acknowledge', 'close', 'confirm']);

/**
 * "Nothing" is what the bot decides beside a person, and no advice to them: who sent an address, a photo or "done yet?"
 * wants an answer, though no ready one fits. That the bot keeps quiet, and why it handed over, an agent knows already.
 */
export function saidOf({ decision, understanding: { act } }: Assist, head: Head): Said {
  const { kind, reason } = decision;
  const isPersons = head.owner === 'queue' || head.owner.startsWith('agent:');
  if (!isPersons) return 'kind';
  if (isKnown(decision, head)) return 'hidden';
  if (kind !== 'none' || reason === 'mode_shadow') return 'kind';
  if (act === 'chase' || waits(act, head)) return 'waits';
  return COURTEOUS.has(act) ? 'kind' : 'yours';
}

/** "Hello?" of somebody who was handed over and heard nobody yet is no courtesy; and behind "OK, I'll wait" news is owed. */
const waits = (act: Act, head: Head): boolean =>
  (COURTEOUS.has(act) || act === 'greet') && (isUnanswered(head) || (head.promise !== undefined && act !== 'close'));

function isKnown({ kind, reason, escalate }: Assist['decision'], { handoff }: Head): boolean {
  if (kind === 'handoff') return handoff?.reason === reason;
  return kind === 'suggest' && !escalate && (reason === 'owner_agent' || reason === 'owner_queue');
}
