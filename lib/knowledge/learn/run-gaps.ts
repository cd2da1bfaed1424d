/** The job that makes out gaps and proposals from what was noted of the last weeks. */
import { createHash } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import * as z from 'zod';
import type { TenantId } from '../../domain/ids.ts';
import type { GapRecord, GapsJob } from '../../domain/learning.ts';
import { runJob } from '../job.ts';
import type { LearnDeps } from './deps.ts';
import { type FoundGap, findGaps } from './find-gaps.ts';
import { type FoundProposal, findProposals } from './find-proposals.ts';
import { lastDays } from './last-days.ts';

/** What is older says little of what is asked now. */
const DAYS = 30;
/** The newest of it, so that one run stays a matter of seconds. */
const MAX_EVIDENCE = 3_000;
/** A dismissed gap is asked for again when it has become so many times as frequent. */
const GROWN = 2;

/** Which evidence each gap and proposal was made of. */
const Members = z.object({
  gaps: z.record(z.string(), z.array(z.string())).default({}),
  proposals: z.record(z.string(), z.array(z.string())).default({}),
});
type Members = z.infer<typeof Members>;

const membersKey = (tenant: TenantId): string => `learning/${tenant}/members.json`;

async function readMembers({ objects }: LearnDeps, tenant: TenantId): Promise<Members> {
  const bytes = await objects.get(membersKey(tenant));
  return Members.parse(bytes === undefined ? {} : JSON.parse(new TextDecoder().decode(bytes)));
}

/** Safe to run again after having been cut off anywhere: the same evidence gives the same gaps under the same ids. */
export function runGaps(deps: LearnDeps, tenant: TenantId, id: string): Promise<void> {
  return runJob<GapsJob>(tenant, id, {
    store: deps.gapsJobs,
    now: deps.now,
    run: async (running) => {
      await makeOut(deps, tenant);
      await running.finish({});
    },
    fail: async (_, reason) => ({ error: reason }),
  });
}

type Evidence = Awaited<ReturnType<LearnDeps['evidence']['read']>>;

async function makeOut(deps: LearnDeps, tenant: TenantId): Promise<void> {
  const began = deps.now();
  const [evidence, live, head, before] = await Promise.all([
    deps.evidence.read(tenant, lastDays(began, DAYS), MAX_EVIDENCE),
    deps.live.read(tenant),
    deps.drafts.head(tenant),
    deps.gaps.state(tenant),
  ]);
  const fingerprint = fingerprintOf(evidence, [live?.release, head.generation, head.changes]);
  if (before?.fingerprint !== fingerprint) await renew(deps, tenant, evidence);
  const tookMs = before?.fingerprint === fingerprint ? before.tookMs : Math.max(0, deps.now() - began);
  await deps.gaps.putState(tenant, { computedAt: new Date(began).toISOString(), tookMs, fingerprint });
}

const fingerprintOf = ({ gaps, edits }: Evidence, rest: readonly unknown[]): string =>
  createHash('sha256')
    .update(
      JSON.stringify([
        gaps.map(({ id, text, kinds, reply }) => [id, text, kinds, reply]),
        edits.map(({ id, sent }) => [id, sent]),
        rest,
      ]),
    )
    .digest('hex');

async function renew(deps: LearnDeps, tenant: TenantId, evidence: Evidence): Promise<void> {
  const members = await readMembers(deps, tenant);
  const reader = await deps.reader(tenant);
  await setImmediate();
  const gaps = findGaps(evidence.gaps, reader, new Map(Object.entries(members.gaps)));
  await setImmediate();
  const proposals = findProposals(
    evidence.edits,
    await entriesOf(deps, tenant, evidence),
    new Map(Object.entries(members.proposals)),
  );
  await write(deps, tenant, gaps, proposals, members);
}

async function entriesOf({ drafts }: LearnDeps, tenant: TenantId, { edits }: Evidence) {
  const { generation } = await drafts.head(tenant);
  const ids = [...new Set(edits.map(({ entryId }) => entryId))];
  const entries = await Promise.all(ids.map((id) => drafts.entry(tenant, generation, id)));
  return new Map(entries.flatMap((entry) => (entry === undefined ? [] : [[entry.id, entry] as const])));
}

/** What a manager has decided on is kept although nothing speaks for it any more: it would come back as new. */
async function write(
  { gaps: store, objects }: LearnDeps,
  tenant: TenantId,
  gaps: readonly FoundGap[],
  proposals: readonly FoundProposal[],
  before: Members,
): Promise<void> {
  const [oldGaps, oldProposals] = await Promise.all([store.gaps(tenant), store.proposals(tenant)]);
  const foundGaps = new Set(gaps.map(({ gap }) => gap.id));
  const foundProposals = new Set(proposals.map(({ proposal }) => proposal.id));
  const decided = (
    old: readonly { id: string; status: string }[],
    members: Members['gaps'],
    found: ReadonlySet<string>,
  ) =>
    old
      .filter(({ id, status }) => status !== 'open' && !found.has(id))
      .map(({ id }) => [id, members[id] ?? []] as const);
  const next: Members = {
    gaps: Object.fromEntries([
      ...decided(oldGaps, before.gaps, foundGaps),
      ...gaps.map(({ gap, members }) => [gap.id, members] as const),
    ]),
    proposals: Object.fromEntries([
      ...decided(oldProposals, before.proposals, foundProposals),
      ...proposals.map(({ proposal, members }) => [proposal.id, members] as const),
    ]),
  };
  await objects.put(membersKey(tenant), new TextEncoder().encode(JSON.stringify(next)));
  await store.write(tenant, {
    gaps: gaps.map(({ gap }) => ({ ...gap, status: 'open' })),
    proposals: proposals.map(({ proposal }) => ({ ...proposal, status: 'open' })),
  });
  await store.drop(tenant, {
    gaps: oldGaps.filter(({ id, status }) => status === 'open' && !foundGaps.has(id)).map(({ id }) => id),
    proposals: oldProposals
      .filter(({ id, status }) => status === 'open' && !foundProposals.has(id))
      .map(({ id }) => id),
  });
  for (const { id, count } of grown(oldGaps, gaps)) await store.setGapStatus(tenant, id, 'open', count);
}

/** Dismissed gaps that many more have asked for since. */
function grown(old: readonly GapRecord[], found: readonly FoundGap[]): { id: string; count: number }[] {
  const counts = new Map(found.map(({ gap }) => [gap.id, gap.count]));
  return old.flatMap(({ id, status, dismissedAt }) => {
    const count = counts.get(id) ?? 0;
    return status === 'dismissed' && dismissedAt !== undefined && count >= GROWN * dismissedAt ? [{ id, count }] : [];
  });
}
