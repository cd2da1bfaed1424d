/** What managers see and do of gaps and proposals. */
import type { Entry } from '../../domain/entry.ts';
import { CuecardError } from '../../domain/error.ts';
import type { Gap, GapKind, Proposal } from '../../domain/gap.ts';
import { Gap as GapSchema } from '../../domain/gap.ts';
import type { TenantId } from '../../domain/ids.ts';
import type { GapRecord, GapsState, ProposalRecord } from '../../domain/learning.ts';
import type { Page } from '../../ports/page.ts';
import { getEntry, putEntry } from '../draft.ts';
import { tryStart } from '../try-start.ts';
import type { LearnDeps } from './deps.ts';
import { draftEntries } from './draft-entries.ts';

/** What was made out is asked for anew when it is older than so many times what that takes, within these bounds (ms). */
const PATIENCE = 50;
const SOONEST_MS = 15_000;
const LATEST_MS = 600_000;
const GAPS_JOB = 'current';

const isStale = (state: GapsState | undefined, now: number): boolean =>
  state === undefined ||
  now - Date.parse(state.computedAt) >= Math.min(LATEST_MS, Math.max(SOONEST_MS, PATIENCE * state.tookMs));

/** Has gaps made out anew where that is due; whoever asks gets what is there. A failure here is the next request's. */
async function freshen(deps: LearnDeps, tenant: TenantId, state: GapsState | undefined): Promise<void> {
  const now = deps.now();
  if (!isStale(state, now)) return;
  try {
    await deps.gapsJobs.request(tenant, { requestedAt: new Date(now).toISOString() }, now);
    await tryStart(deps, tenant, 'gaps', GAPS_JOB);
  } catch {
    // What is shown is a little older than it might be.
  }
}

const PAGE = 100;

/** A page from a place in the list; the place is the cursor. Raises `invalid` for another cursor. */
function pageOf<T>(items: readonly T[], cursor: string | undefined): { items: T[]; cursor?: string } {
  const from = cursor === undefined ? 0 : Number(cursor);
  if (!Number.isSafeInteger(from) || from < 0) throw new CuecardError('invalid', 'this cursor is none of this list');
  const page = { items: items.slice(from, from + PAGE) };
  return from + PAGE < items.length ? { ...page, cursor: String(from + PAGE) } : page;
}

/** A page as it was made out at `computedAt`; that is absent before the first time. */
type Listed<T> = Page<T> & { computedAt?: string };

export type GapQuery = {
  status?: Gap['status'] | undefined;
  kind?: GapKind | undefined;
  cursor?: string | undefined;
};

/** The most frequent first, the newest first of equals. */
export async function listGaps(
  deps: LearnDeps,
  tenant: TenantId,
  { status, kind, cursor }: GapQuery,
): Promise<Listed<Gap>> {
  const [state, all] = await Promise.all([deps.gaps.state(tenant), deps.gaps.gaps(tenant)]);
  await freshen(deps, tenant, state);
  const wanted = all
    .filter(
      (gap) => (status === undefined || gap.status === status) && (kind === undefined || gap.kinds[kind] !== undefined),
    )
    .sort((a, b) => b.count - a.count || (a.lastAt < b.lastAt ? 1 : -1));
  const page = pageOf(wanted.map(shown), cursor);
  return state === undefined ? page : { ...page, computedAt: state.computedAt };
}

const shown = (gap: GapRecord): Gap => GapSchema.parse(gap);

async function gapOf({ gaps }: LearnDeps, tenant: TenantId, id: string): Promise<GapRecord> {
  const gap = await gaps.gap(tenant, id);
  if (gap === undefined) throw new CuecardError('not_found', `no gap ${id}`);
  return gap;
}

/** Puts the entry, or what is proposed, into the draft. Raises `invalid` where there is nothing to put, `conflict`. */
export async function draftGap(
  deps: LearnDeps,
  tenant: TenantId,
  id: string,
  given: Entry | undefined,
  by: string,
): Promise<{ gap: Gap; entry: Entry }> {
  const gap = await gapOf(deps, tenant, id);
  const entry = given ?? gap.proposal;
  if (entry === undefined)
    throw new CuecardError('invalid', 'agents gave no answer to draft from: send the entry to write');
  const { kept } = await draftEntries(deps, tenant, [entry], by);
  if (kept.length > 0 && given !== undefined) {
    throw new CuecardError('conflict', `the draft has an entry ${entry.id}: edit that one, or choose another id`);
  }
  await deps.gaps.setGapStatus(tenant, id, 'drafted', gap.count);
  return { gap: shown({ ...gap, status: 'drafted' }), entry: await getEntry(deps.drafts, tenant, entry.id) };
}

/** It stays dismissed unless it becomes twice as frequent. */
export async function dismissGap(deps: LearnDeps, tenant: TenantId, id: string): Promise<Gap> {
  const gap = await gapOf(deps, tenant, id);
  await deps.gaps.setGapStatus(tenant, id, 'dismissed', gap.count);
  return shown({ ...gap, status: 'dismissed' });
}

/** Those with most evidence first. */
export async function listProposals(
  deps: LearnDeps,
  tenant: TenantId,
  { status, cursor }: { status?: Proposal['status'] | undefined; cursor?: string | undefined },
): Promise<Listed<Proposal>> {
  const [state, all] = await Promise.all([deps.gaps.state(tenant), deps.gaps.proposals(tenant)]);
  await freshen(deps, tenant, state);
  const wanted = all
    .filter((proposal) => status === undefined || proposal.status === status)
    .sort((a, b) => b.count - a.count || (a.id < b.id ? -1 : 1));
  const page = pageOf(wanted, cursor);
  return state === undefined ? page : { ...page, computedAt: state.computedAt };
}

async function openProposal({ gaps }: LearnDeps, tenant: TenantId, id: string): Promise<ProposalRecord> {
  const proposal = await gaps.proposal(tenant, id);
  if (proposal === undefined) throw new CuecardError('not_found', `no proposal ${id}`);
  if (proposal.status !== 'open') throw new CuecardError('conflict', `the proposal is ${proposal.status} already`);
  return proposal;
}

/** Writes the change into the draft. Raises `conflict` when the answer is no longer what the proposal was made from. */
export async function acceptProposal(
  deps: LearnDeps,
  tenant: TenantId,
  id: string,
  by: string,
): Promise<{ proposal: Proposal; entry: Entry }> {
  const proposal = await openProposal(deps, tenant, id);
  const { entryId, answer, before, after } = proposal;
  const { generation } = await deps.drafts.head(tenant);
  const kept = await deps.drafts.kept(tenant, generation, entryId);
  if (kept?.answers[answer]?.text !== before) {
    await deps.gaps.setProposalStatus(tenant, id, 'open', 'outdated');
    const why = kept === undefined ? 'was deleted' : 'was changed';
    throw new CuecardError('conflict', `the answer ${why} since agents edited it: the proposal is outdated`);
  }
  const { revision, ...entry } = kept;
  const answers = entry.answers.map((one, at) => (at === answer ? { ...one, text: after } : one));
  const written = await putEntry(deps.drafts, tenant, { ...entry, answers }, { revision, by, at: deps.now() });
  await deps.gaps.setProposalStatus(tenant, id, 'open', 'accepted');
  return { proposal: { ...proposal, status: 'accepted' }, entry: written };
}

/** It is remembered: the same change is not proposed again. */
export async function rejectProposal(deps: LearnDeps, tenant: TenantId, id: string): Promise<Proposal> {
  const proposal = await openProposal(deps, tenant, id);
  if ((await deps.gaps.setProposalStatus(tenant, id, 'open', 'rejected')) === 'conflict') {
    throw new CuecardError('conflict', 'somebody else has decided on this proposal');
  }
  return { ...proposal, status: 'rejected' };
}
