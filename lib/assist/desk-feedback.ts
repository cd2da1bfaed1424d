/** What becomes of a suggestion at the desk: sent as it was, edited, or rated by hand. */
import { everySuggestion, type Suggestion } from '../domain/assist.ts';
import { CuecardError } from '../domain/error.ts';
import type { Feedback } from '../domain/feedback.ts';
import { AssistId, type TenantId } from '../domain/ids.ts';
import { similarity } from '../handoff/match.ts';
import type { StoredAssist } from '../ports/conversations.ts';
import type { Agent } from './agent-act.ts';
import type { FlowDeps, Place } from './flow.ts';
import { locateAssist } from './locate.ts';
import { countOutcome, countUsed, type OutcomeDeps } from './outcome.ts';

type FeedbackDeps = OutcomeDeps & Pick<FlowDeps, 'conversations'>;
export type Suggested = { stored: StoredAssist; suggestion: Suggestion };

/** The suggestion that a reply says it was made of; undefined where it names none of this conversation. */
export async function suggestedBy(
  { conversations }: FeedbackDeps,
  { tenant, conversation }: Place,
  { assistId, suggestionId }: { assistId?: string | undefined; suggestionId?: string | undefined },
): Promise<Suggested | undefined> {
  const id = AssistId.safeParse(assistId);
  if (suggestionId === undefined || !id.success || locateAssist(id.data)?.conversation !== conversation)
    return undefined;
  const stored = await conversations.assist(tenant, id.data);
  if (stored === undefined) return undefined;
  const suggestion = everySuggestion(stored.assist).find((one) => one.id === suggestionId);
  return suggestion === undefined ? undefined : { stored, suggestion };
}

/** A suggestion that was sent is feedback by itself: as it was, or edited. */
export async function recordUse(
  deps: FeedbackDeps,
  place: Place,
  agent: Agent,
  { text, warned = [] }: { text: string; warned?: readonly string[] | undefined },
  { stored, suggestion }: Suggested,
  id: string,
): Promise<void> {
  const done = {
    suggestionId: suggestion.id,
    event: text.trim() === suggestion.text.trim() ? 'used' : 'edited',
  } as const;
  const put = await deps.conversations.putFeedback(place.tenant, place.conversation, {
    id: `sent:${id}`,
    assistId: stored.assist.id,
    ...done,
    agentId: agent.id,
    at: new Date(deps.now()).toISOString(),
    sentText: text,
    matched: false,
    similarity: similarity(text, suggestion.text),
    ...(warned.length === 0 ? {} : { warned: [...warned] }),
  });
  await countUsed(deps, place, stored, done, put);
  await countOutcome(deps, place, stored, { ...done, sentText: text, agentId: agent.id });
}

export type GivenFeedback = {
  /** Left out: the assist as a whole is rated. */
  suggestionId?: string | undefined;
  event: Extract<Feedback['event'], 'shown' | 'copied' | 'used' | 'edited' | 'dismissed' | 'rated'>;
  sentText?: string | undefined;
  rating?: number | undefined;
};

/** Notes what an agent's workbench reports of a suggestion. The same report again is the same record. */
export async function giveFeedback(
  deps: FeedbackDeps,
  tenant: TenantId,
  agent: Agent,
  id: string,
  given: GivenFeedback,
): Promise<void> {
  const assistId = AssistId.safeParse(id);
  const at = assistId.success ? locateAssist(assistId.data) : undefined;
  const stored =
    assistId.success && at !== undefined ? await deps.conversations.assist(tenant, assistId.data) : undefined;
  if (at === undefined || stored === undefined) throw new CuecardError('not_found', `no assist ${id}`);
  const noted = feedbackOf(given, stored, agent, deps.now());
  const put = await deps.conversations.putFeedback(tenant, at.conversation, noted);
  // A rating says what somebody thought, not what they did with the suggestion.
  const { event } = given;
  if (event === 'dismissed') await countUsed(deps, { tenant, conversation: at.conversation }, stored, given, put);
  if (event === 'rated') return;
  await countOutcome(deps, { tenant, conversation: at.conversation }, stored, { ...given, event, agentId: agent.id });
}

function feedbackOf(
  { suggestionId, event, sentText, rating }: GivenFeedback,
  { assist }: StoredAssist,
  agent: Agent,
  now: number,
): Feedback {
  return {
    id: `${event}:${assist.turnId}:${suggestionId ?? ''}:${agent.id}`,
    assistId: assist.id,
    ...(suggestionId === undefined ? {} : { suggestionId }),
    event,
    agentId: agent.id,
    at: new Date(now).toISOString(),
    matched: false,
    ...(sentText === undefined ? {} : { sentText }),
    ...(rating === undefined ? {} : { rating }),
  };
}
