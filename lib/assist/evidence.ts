/**
 * What a turn says of the knowledge, noted as it goes by: nothing fitted, an agent wrote the answer, or sent a suggestion in
 * other words. Each is one write beside the turn's own, of masked text; one that fails costs a piece of evidence, never
 * the turn.
 */
import { createHash } from 'node:crypto';
import { type Assist, everySuggestion, type Suggestion } from '../domain/assist.ts';
import { turnEvidenceId } from '../domain/evidence.ts';
import type { Feedback } from '../domain/feedback.ts';
import type { GapKind } from '../domain/gap.ts';
import { type AgentId, EntryId, type TenantId } from '../domain/ids.ts';
import { knownPerson } from '../domain/personal-data/known.ts';
import { scrub } from '../domain/personal-data/scrub.ts';
import type { KnownPerson } from '../domain/personal-data/types.ts';
import type { Tenant } from '../domain/tenant.ts';
import type { StoredAssist } from '../ports/conversations.ts';
import type { EvidenceStore } from '../ports/evidence.ts';
import { locateAssist } from './locate.ts';
import { readReplayInputs } from './replay.ts';
import { replyKind } from './reply-kind.ts';
import { readLanguage } from './understand/language.ts';
import { turnText } from './understand/turn-text.ts';

export type EvidenceDeps = { evidence?: EvidenceStore };

const MAX_QUESTION = 400;
const MAX_REPLY = 1_000;
/** Without these nothing could have been suggested, whatever is known. */
const MISSING: ReadonlySet<string> = new Set(['snapshot', 'assist']);

/** How a turn shows by itself that nothing answers it. */
export function gapKinds({ decision, degraded }: Assist): GapKind[] {
  if (degraded.some((name) => MISSING.has(name))) return [];
  const tookOver: GapKind[] = decision.kind === 'handoff' ? ['handoff'] : [];
  if (decision.reason === 'nothing_fits') return ['nothing_fits', ...tookOver];
  return decision.reason === 'below_threshold' ? tookOver : [];
}

type Turn = { id: string; at: string; text: string; meant?: string; person: KnownPerson };

/** What of a turn may be kept; undefined for one without words. */
function turnOf({ assist, inputs }: StoredAssist): Turn | undefined {
  const place = locateAssist(assist.id);
  if (place === undefined) return undefined;
  const { turn, customer } = readReplayInputs(inputs);
  const person = knownPerson(customer);
  const text = scrub(turnText(turn.parts).words, MAX_QUESTION, person);
  const { resolved } = assist.understanding;
  if (text === '') return undefined;
  const id = turnEvidenceId(place.conversation, place.startSeq);
  const meant = resolved === undefined ? {} : { meant: scrub(resolved.text, MAX_QUESTION, person) };
  return { id, at: assist.createdAt, text, ...meant, person };
}

async function quietly(note: () => Promise<void>): Promise<void> {
  try {
    await note();
  } catch {
    // One piece of evidence among many.
  }
}

/** Notes a turn that nothing answers; takes back what a shorter revision of it was noted for. */
export async function noteTurn({ evidence }: EvidenceDeps, tenant: TenantId, stored: StoredAssist): Promise<void> {
  if (evidence !== undefined) await quietly(() => noteAssist(evidence, tenant, stored));
}

async function noteAssist(evidence: EvidenceStore, tenant: TenantId, stored: StoredAssist): Promise<void> {
  const { assist } = stored;
  const kinds = gapKinds(assist);
  if (kinds.length === 0 && assist.revision === 1) return;
  const turn = assist.messageIds.length === 0 ? undefined : turnOf(stored);
  if (kinds.length === 0 || turn === undefined) return forgetTurn(evidence, tenant, assist);
  const { person: _, ...kept } = turn;
  await evidence.note(tenant, { ...kept, kinds, language: assist.understanding.language });
}

async function forgetTurn(evidence: EvidenceStore, tenant: TenantId, { id, createdAt }: Assist): Promise<void> {
  const place = locateAssist(id);
  if (place === undefined) return;
  await evidence.forget(tenant, turnEvidenceId(place.conversation, place.startSeq), createdAt);
}

/** A message that was withdrawn takes with it what its turn was noted for. */
export async function forgetMessage(
  { evidence }: EvidenceDeps,
  tenant: TenantId,
  assists: readonly StoredAssist[],
  message: string,
): Promise<void> {
  const turn = assists.find(({ assist }) => assist.messageIds.some((id) => id === message));
  if (evidence !== undefined && turn !== undefined) await quietly(() => forgetTurn(evidence, tenant, turn.assist));
}

/** What an agent did with a turn, and in which words. */
export type Done = {
  event: Feedback['event'];
  suggestionId?: string | undefined;
  sentText?: string | undefined;
  agentId: AgentId;
};

/** Notes an agent's own answer, or a suggestion that was used, edited or dismissed. `asked`: the turn wanted knowledge. */
export async function noteDone(
  { evidence }: EvidenceDeps,
  tenant: Tenant,
  stored: StoredAssist,
  done: Done,
  asked: boolean,
): Promise<void> {
  const unseen = tenant.settings.mode === 'shadow' && stored.assist.suggestions.length > 0;
  if (evidence === undefined || unseen) return;
  const suggestion = everySuggestion(stored.assist).find(({ id }) => id === done.suggestionId);
  await quietly(async () => {
    if (done.event === 'ignored' && (asked || gapKinds(stored.assist).length > 0))
      await noteReply(evidence, tenant.id, stored, done.sentText ?? '');
    if (suggestion?.source.kind === 'entry') await noteChoice(evidence, tenant.id, stored, suggestion, done);
  });
}

/** A greeting or a question back does not answer: the answer may be a suggestion that comes after it. */
async function noteReply(evidence: EvidenceStore, tenant: TenantId, stored: StoredAssist, text: string): Promise<void> {
  const turn = replyKind(text) === 'answer' ? turnOf(stored) : undefined;
  if (turn === undefined) return;
  const { person, ...kept } = turn;
  const { language } = stored.assist.understanding;
  const reply = scrub(text, MAX_REPLY, person);
  await evidence.note(tenant, { ...kept, kinds: ['own_reply'], language, reply });
}

async function noteChoice(
  evidence: EvidenceStore,
  tenant: TenantId,
  stored: StoredAssist,
  suggestion: Suggestion,
  done: Done,
): Promise<void> {
  const { assist } = stored;
  const event = done.event === 'dismissed' ? 'dismissed' : 'used';
  if (done.event !== 'dismissed' && done.event !== 'used' && done.event !== 'edited') return;
  const place = locateAssist(assist.id);
  const entryId = EntryId.safeParse(suggestion.source.id);
  if (place === undefined || !entryId.success) return;
  const turn = turnEvidenceId(place.conversation, place.startSeq);
  const choice = { id: `${turn}#${suggestion.id}`, at: assist.createdAt, entryId: entryId.data, event } as const;
  await evidence.chosen(tenant, { ...choice, intent: assist.understanding.intent.name });
  if (done.event === 'edited') await noteEdit(evidence, tenant, stored, suggestion, done, turn);
  if (event === 'used' && gapKinds(assist).length > 0) await forgetTurn(evidence, tenant, assist);
}

async function noteEdit(
  evidence: EvidenceStore,
  tenant: TenantId,
  { assist, inputs }: StoredAssist,
  { source, role, text }: Suggestion,
  { sentText, agentId }: Done,
  id: string,
): Promise<void> {
  if (sentText === undefined || source.kind !== 'entry' || source.answer === undefined || role === 'ask') return;
  const person = knownPerson(readReplayInputs(inputs).customer);
  await evidence.edited(tenant, {
    id,
    at: assist.createdAt,
    assistId: assist.id,
    agentId,
    language: assist.understanding.language,
    entryId: EntryId.parse(source.id),
    answer: source.answer,
    offered: scrub(text, 5_000, person),
    sent: scrub(sentText, 5_000, person),
  });
}

/** Notes an agent's search that found nothing worth showing. The same search of a day is one. */
export async function noteSearch(
  { evidence }: EvidenceDeps,
  tenant: TenantId,
  { agentId, text: words, at: now }: { agentId: string; text: string; at: number },
): Promise<void> {
  const text = scrub(words, MAX_QUESTION);
  if (evidence === undefined || text === '') return;
  const hash = createHash('sha256').update(text.toLowerCase()).digest('base64url').slice(0, 16);
  const id = `search#${agentId}#${hash}`;
  const language = readLanguage(text, undefined, []);
  const search = { id, at: new Date(now).toISOString(), kinds: ['search' as const], language, text };
  await quietly(() => evidence.note(tenant, search));
}
