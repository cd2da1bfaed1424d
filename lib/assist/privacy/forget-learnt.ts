/** What was learnt of a customer's turns: gaps and proposals quote them, masked. */
import type { ConversationId, TenantId } from '../../domain/ids.ts';
import type { GapRecord, ProposalRecord } from '../../domain/learning.ts';
import type { GapStore } from '../../ports/gaps.ts';
import type { TurnTexts } from '../../ports/privacy.ts';
import { parseAssistId } from '../ids.ts';

export type LearntDeps = {
  gaps: Pick<GapStore, 'gaps' | 'proposals' | 'drop'>;
  /** Makes gaps and proposals be made out anew of the evidence that is left. */
  relearn(tenant: TenantId): Promise<void>;
};

const quotes = ({ title, examples, replies }: GapRecord, texts: TurnTexts): boolean =>
  [title, ...examples, ...replies.map(({ text }) => text)].some((text) => texts.has(text));

const restsOn = (
  { before, after, evidence }: ProposalRecord,
  conversation: ConversationId,
  texts: TurnTexts,
): boolean =>
  texts.has(before) ||
  texts.has(after) ||
  evidence.some(({ assistId, sent }) => parseAssistId(assistId)?.conversationId === conversation || texts.has(sent));

/**
 * Whatever quotes a turn goes whole, and comes back without it where others asked the same. What managers wrote into the
 * knowledge since is theirs, and was masked before they saw it.
 */
export async function forgetLearnt(
  deps: LearntDeps,
  tenant: TenantId,
  conversation: ConversationId,
  texts: TurnTexts,
): Promise<void> {
  const [gaps, proposals] = await Promise.all([deps.gaps.gaps(tenant), deps.gaps.proposals(tenant)]);
  const gone = {
    gaps: gaps.filter((gap) => quotes(gap, texts)).map(({ id }) => id),
    proposals: proposals.filter((one) => restsOn(one, conversation, texts)).map(({ id }) => id),
  };
  if (gone.gaps.length + gone.proposals.length === 0) return;
  await deps.gaps.drop(tenant, gone);
  await deps.relearn(tenant);
}
