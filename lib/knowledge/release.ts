import { CuecardError } from '../domain/error.ts';
import { NO_RELEASE, ReleaseId, type TenantId } from '../domain/ids.ts';
import type { LivePointer } from '../domain/knowledge.ts';
import { Release, type ReleaseJob, type ReleaseRequest, type ReleaseStatus } from '../domain/release.ts';
import type { HeldJob } from '../ports/jobs.ts';
import type { Page } from '../ports/page.ts';
import type { KnowledgeDeps } from './deps.ts';
import { ended } from './gate/progress.ts';
import { readReport } from './gate/report.ts';
import { runJob } from './job.ts';
import { pointTo } from './pointer.ts';
import { auditCreated, auditLive } from './releases/audit.ts';
import { refuseFrozen } from './releases/freeze.ts';
import { runRelease as run } from './run-release.ts';
import { pageSize } from './search-pages.ts';
import { tryStart } from './try-start.ts';

const MAX_PAGE = 100;
const POINTER_ATTEMPTS = 20;

type ReadDeps = Pick<KnowledgeDeps, 'releases' | 'live'>;
type ReadOneDeps = ReadDeps & Pick<KnowledgeDeps, 'objects'>;

/** Sorts by the time it was asked for; the rest is chance. */
function newReleaseId(deps: Pick<KnowledgeDeps, 'now' | 'newId'>): ReleaseId {
  const chance = deps
    .newId('')
    .toLowerCase()
    .replace(/[^a-z0-9]/g, '')
    .slice(-10);
  return ReleaseId.parse(`rel_${deps.now().toString(36).padStart(9, '0')}${chance}`);
}

/** What was asked for beside going live; what was not is left out. */
const askedFor = ({ override, note, urgent, at }: ReleaseRequest): Partial<Release> => ({
  ...(override === undefined ? {} : { override }),
  ...(note === undefined ? {} : { note }),
  ...(urgent === undefined ? {} : { urgent }),
  ...(at === undefined ? {} : { at }),
});

/** Keeps a due job for a release of the draft; it is compiled, gated and (with `publish`) made live by `runRelease`. */
export async function createRelease(
  deps: Pick<KnowledgeDeps, 'releases' | 'start' | 'now' | 'newId' | 'tenant' | 'audit'>,
  tenant: TenantId,
  request: ReleaseRequest,
  by: string,
): Promise<Release> {
  const { publish, override } = request;
  if (publish) await refuseFrozen(deps, tenant, override);
  const id = newReleaseId(deps);
  const at = deps.now();
  const release: Release = {
    id,
    status: 'compiling',
    createdAt: new Date(at).toISOString(),
    by,
    publish,
    entries: 0,
    questions: 0,
    ...askedFor(request),
  };
  await deps.releases.create(tenant, id, release, at);
  await auditCreated(deps, tenant, id, request, by);
  await tryStart(deps, tenant, 'release', id);
  return release;
}

/** Does a release that is due; safe to call again after having been cut off anywhere. */
export function runRelease(deps: KnowledgeDeps, tenant: TenantId, id: string): Promise<void> {
  return runJob<ReleaseJob>(tenant, id, {
    store: deps.releases,
    now: deps.now,
    run: (running) => run(deps, running),
    fail: async (running, reason) => ({ status: 'failed', error: reason, ...ended(running.job().progress) }),
  });
}

/** The pointer alone says what is live; what a job remembers of having been live is history. */
function statusOf(job: ReleaseJob, live: LivePointer | undefined): ReleaseStatus {
  if (live?.release === job.id) return 'live';
  return job.status === 'live' ? 'superseded' : job.status;
}

const shownAs = (job: ReleaseJob, live: LivePointer | undefined): Release =>
  Release.parse({ ...job, status: statusOf(job, live) });

/** With its whole report. Raises `not_found`. */
export async function getRelease(deps: ReadOneDeps, tenant: TenantId, id: string): Promise<Release> {
  const [held, live] = await Promise.all([deps.releases.read(tenant, id), deps.live.read(tenant)]);
  if (held === undefined) throw new CuecardError('not_found', `no release ${id}`);
  const report = await readReport(deps.objects, held.job);
  return shownAs({ ...held.job, ...(report === undefined ? {} : { report }) }, live);
}

/** Newest first. */
export async function listReleases(
  deps: ReadDeps,
  tenant: TenantId,
  { limit, cursor }: { limit?: number | undefined; cursor?: string | undefined } = {},
): Promise<Page<Release>> {
  const [page, live] = await Promise.all([
    deps.releases.page(tenant, pageSize(limit, 20, MAX_PAGE), cursor),
    deps.live.read(tenant),
  ]);
  return { ...page, items: page.items.map(({ job }) => shownAs(job, live)) };
}

type Override = { reason: string } | undefined;

const isFrozenOnly = ({ report }: Release): boolean => {
  const { blockers = [] } = report ?? {};
  return blockers.length > 0 && blockers.every(({ kind }) => kind === 'freeze');
};

/** Why this release itself may not go live, whatever is live, or undefined. */
function flaw(release: Release, override: Override): string | undefined {
  const { status, collectedAt, snapshotKey } = release;
  if (collectedAt !== undefined) {
    return `its snapshot was cleared away on ${collectedAt.slice(0, 10)}, as the setting keepReleases says: make a new release`;
  }
  if (status === 'blocked' && override === undefined && !isFrozenOnly(release)) {
    return 'the gate blocked it: override it with a reason, or mend it and release again';
  }
  if (status === 'compiling' || status === 'gating') return `it is ${status}`;
  return snapshotKey === undefined && status !== 'failed' ? 'it holds nothing' : undefined;
}

const wasLive = (id: string, live: LivePointer | undefined): boolean =>
  live?.history.some((one) => one === id) ?? false;

/** A release that never was live goes live only when its gate has come to an end, and over what it was gated against. */
function ungated({ id, status, error, report }: Release, live: LivePointer | undefined): string | undefined {
  if (wasLive(id, live)) return undefined;
  if (status === 'failed') return `it failed: ${error ?? 'make a new release'}`;
  const now = live?.release ?? NO_RELEASE;
  const against = report?.against ?? NO_RELEASE;
  if (against === now) return undefined;
  return `it was gated against ${against}, and ${now} is live now: release again`;
}

type Activation = { release: Release; live: LivePointer | undefined; by: string; override: Override };

/** The conditional write, and what follows from it; undefined when somebody else was quicker. */
async function flip(
  deps: KnowledgeDeps,
  tenant: TenantId,
  held: HeldJob<ReleaseJob>,
  { release, live, by, override }: Activation,
): Promise<Release | undefined> {
  const next = pointTo(live, release, { at: deps.now(), by });
  if ((await deps.live.put(tenant, next, live?.version)) === 'conflict') return undefined;
  await auditLive(deps, tenant, next, override);
  const activated = { activatedAt: next.at, activatedBy: by, ...(override === undefined ? {} : { override }) };
  await deps.releases.finish(tenant, release.id, { ...held, job: { ...held.job, ...activated, status: 'live' } });
  return getRelease(deps, tenant, release.id);
}

/** Tries once from what is live now; undefined when somebody else was quicker. */
async function activateFrom(
  deps: KnowledgeDeps,
  tenant: TenantId,
  id: string,
  { by, override }: Pick<Activation, 'by' | 'override'>,
): Promise<Release | undefined> {
  const live = await deps.live.read(tenant);
  const held = await deps.releases.read(tenant, id);
  if (held === undefined) throw new CuecardError('not_found', `no release ${id}`);
  const release = shownAs(held.job, live);
  if (release.status === 'live' && live !== undefined) {
    await auditLive(deps, tenant, live, release.override);
    return release;
  }
  const reason = flaw(release, override) ?? ungated(release, live);
  if (reason !== undefined) throw new CuecardError('conflict', `release ${id} cannot go live: ${reason}`);
  await refuseFrozen(deps, tenant, override);
  return flip(deps, tenant, held, { release, live, by, override });
}

/**
 * Makes a finished release live: forward, or back to one that was live before. One conditional write; requests in
 * flight finish on their snapshot. Raises `not_found`, or `conflict` with the reason.
 */
export async function activateRelease(
  deps: KnowledgeDeps,
  tenant: TenantId,
  id: string,
  by: string,
  override?: Override,
): Promise<Release> {
  for (let attempt = 0; attempt < POINTER_ATTEMPTS; attempt++) {
    const activated = await activateFrom(deps, tenant, id, { by, override });
    if (activated !== undefined) return activated;
  }
  throw new CuecardError('conflict', 'the live release is being changed too often: try again');
}
