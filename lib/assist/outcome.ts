/** What agents' doings say of a turn: whether anything known answered it. The out-of-scope share is estimated from it. */
import { type Assist, everySuggestion } from '../domain/assist.ts';
import type { Head } from '../domain/conversation.ts';
import type { Feedback } from '../domain/feedback.ts';
import { type AgentId, NO_RELEASE } from '../domain/ids.ts';
import { ASKING_ACTS } from '../domain/understanding.ts';
import { matchReply } from '../handoff/match.ts';
import type { StoredAssist } from '../ports/conversations.ts';
import type { Outcome } from '../ports/outcomes.ts';
import { countUse } from './count-turn.ts';
import { type Done as DoneBy, type EvidenceDeps, noteDone } from './evidence.ts';
import type { FlowDeps, Place } from './flow.ts';
import { assistId } from './ids.ts';
import { locateAssist } from './locate.ts';

export type OutcomeDeps = Pick<FlowDeps, 'outcomes' | 'readTenant' | 'now' | 'tally'> & EvidenceDeps;
type Done = { event: Feedback['event']; suggestionId?: string | undefined };

/** Without these nothing could have been suggested, whatever was known. */
const MISSING: ReadonlySet<string> = new Set(['snapshot', 'assist']);

/** Whether knowledge was asked: a wish for a person is not something an entry answers. */
function wasAsked({ release, degraded, understanding, suggestions, decision }: Assist): boolean {
  if (release === NO_RELEASE || degraded.some((name) => MISSING.has(name))) return false;
  if (decision.reason === 'asked_for_person' || decision.reason === 'mode_shadow') return false;
  return suggestions.length > 0 || ASKING_ACTS.has(understanding.act);
}

/**
 * `fitted` where a suggestion out of the knowledge was sent, as it was or edited; `unfitted` where an agent wrote something
 * else, whether or not anything was suggested. Undefined where that says nothing of the knowledge.
 */
export function outcomeOf(assist: Assist, { event, suggestionId }: Done): Outcome | undefined {
  if (!wasAsked(assist)) return undefined;
  if (event === 'ignored') return 'unfitted';
  if (event !== 'used' && event !== 'edited') return undefined;
  const source = everySuggestion(assist).find(({ id }) => id === suggestionId)?.source.kind;
  return source === 'entry' || source === 'passage' ? 'fitted' : undefined;
}

/** Counts for the hour what an agent did with the suggestions; `put` says whether it is told for the first time. */
export async function countUsed(
  deps: OutcomeDeps,
  { tenant: id }: Place,
  { assist }: StoredAssist,
  { event, suggestionId }: Done,
  put: 'new' | 'known' = 'new',
): Promise<void> {
  if (put === 'known' || event === 'shown' || event === 'copied' || event === 'rated') return;
  const tenant = await deps.readTenant(id);
  if (tenant !== undefined) countUse(deps, id, assist, { event, suggestionId }, tenant.settings.mode);
}

/** Counts what was done with a turn, and notes what that says of the knowledge. */
export async function countOutcome(deps: OutcomeDeps, place: Place, stored: StoredAssist, done: DoneBy): Promise<void> {
  const tenant = await deps.readTenant(place.tenant);
  if (tenant?.settings.mode !== 'shadow') await count(deps, place, stored.assist, done);
  if (tenant !== undefined) await noteDone(deps, tenant, stored, done, wasAsked(stored.assist));
}

/** Once a turn: a suggestion that is used after all counts in place of what was counted before. */
async function count(deps: OutcomeDeps, place: Place, assist: Assist, done: Done): Promise<void> {
  const turn = turnOf(place, assist);
  if (turn === undefined) return;
  const outcome = done.event === 'dismissed' ? await dismissed(deps, turn, assist, done) : outcomeOf(assist, done);
  if (outcome !== undefined) await deps.outcomes.count(turn, outcome, deps.now());
}

function turnOf({ tenant, conversation }: Place, { id }: Assist) {
  const at = locateAssist(id);
  return at === undefined ? undefined : { tenant, conversation, startSeq: at.startSeq };
}

/** A turn has nothing that fits once every suggestion of it was dismissed, by whomever. */
async function dismissed(
  { outcomes, now }: OutcomeDeps,
  turn: NonNullable<ReturnType<typeof turnOf>>,
  assist: Assist,
  { suggestionId }: Done,
): Promise<Outcome | undefined> {
  const { suggestions } = assist;
  if (suggestionId === undefined || !wasAsked(assist) || !suggestions.some(({ id }) => id === suggestionId)) return;
  const gone = await outcomes.dismiss(turn, suggestionId, now());
  return suggestions.every(({ id }) => gone.has(id)) ? 'unfitted' : undefined;
}

export type Written = OutcomeDeps & Pick<FlowDeps, 'conversations' | 'isPromise'>;

/**
 * Counts an agent's own words that answered the open turn of `before`. A promise to come back ("one moment") answers
 * nothing; any other first line that is courtesy alone counts as something else, until a suggestion is used.
 */
export async function countWritten(
  deps: Written,
  place: Place,
  before: Head,
  { text, agentId }: { text: string; agentId: AgentId },
): Promise<void> {
  const { turn } = before;
  if (turn === undefined || deps.isPromise(text) !== undefined) return;
  const stored = await deps.conversations.assist(place.tenant, assistId(place.conversation, turn.id, turn.revision));
  if (stored === undefined) return;
  const match = matchReply(text, stored.assist.suggestions);
  await countUsed(deps, place, stored, match);
  await countOutcome(deps, place, stored, { ...match, sentText: text, agentId });
}
