import { CuecardError } from '../domain/error.ts';
import { NO_RELEASE, ReleaseId, type TenantId } from '../domain/ids.ts';
import {
  type LivePointer,
  Release,
  type ReleaseJob,
  type ReleaseRequest,
  type ReleaseStatus,
} from '../domain/knowledge.ts';
import type { Page } from '../ports.ts';
import type { KnowledgeDeps } from './deps.ts';
import { tryStart } from './import.ts';
import { runJob } from './job.ts';
import { pointTo } from './pointer.ts';
import { runRelease as run } from './run-release.ts';
import { pageSize } from './search-pages.ts';

const MAX_PAGE = 100;
const POINTER_ATTEMPTS = 20;

type ReadDeps = Pick<KnowledgeDeps, 'releases' | 'live'>;

/** Sorts by the time it was asked for; the rest is chance. */
function newReleaseId(deps: Pick<KnowledgeDeps, 'now' | 'newId'>): ReleaseId {
  const chance = deps
    .newId('')
    .toLowerCase()
    .replace(/[^a-z0-9]/g, '')
    .slice(-10);
  return ReleaseId.parse(`rel_${deps.now().toString(36).padStart(9, '0')}${chance}`);
}

/** Keeps a due job for a release of the draft; it is compiled, gated and (with `publish`) made live by `runRelease`. */
export async function createRelease(
  deps: Pick<KnowledgeDeps, 'releases' | 'start' | 'now' | 'newId'>,
  tenant: TenantId,
  { publish, override }: ReleaseRequest,
  by: string,
): Promise<Release> {
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
    ...(override === undefined ? {} : { override }),
  };
  await deps.releases.create(tenant, id, release, at);
  await tryStart(deps, tenant, 'release', id);
  return release;
}

/** Does a release that is due; safe to call again after having been cut off anywhere. */
export function runRelease(deps: KnowledgeDeps, tenant: TenantId, id: string): Promise<void> {
  return runJob<ReleaseJob>(tenant, id, {
    store: deps.releases,
    now: deps.now,
    run: (running) => run(deps, running),
    fail: async (_, reason) => ({ status: 'failed', error: reason }),
  });
}

/** The pointer alone says what is live; what a job remembers of having been live is history. */
function statusOf(job: ReleaseJob, live: LivePointer | undefined): ReleaseStatus {
  if (live?.release === job.id) return 'live';
  return job.status === 'live' ? 'superseded' : job.status;
}

const shownAs = (job: ReleaseJob, live: LivePointer | undefined): Release =>
  Release.parse({ ...job, status: statusOf(job, live) });

/** Raises `not_found`. */
export async function getRelease(deps: ReadDeps, tenant: TenantId, id: string): Promise<Release> {
  const [held, live] = await Promise.all([deps.releases.read(tenant, id), deps.live.read(tenant)]);
  if (held === undefined) throw new CuecardError('not_found', `no release ${id}`);
  return shownAs(held.job, live);
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

/** Why this release may not go live now, or undefined. */
function obstacle(release: Release, live: LivePointer | undefined): string | undefined {
  if (release.status === 'blocked') return 'the gate blocked it: make a release with an override and its reason';
  if (release.snapshotKey === undefined || release.status === 'compiling' || release.status === 'gating') {
    return `it is ${release.status}`;
  }
  const now = live?.release ?? NO_RELEASE;
  const against = release.report?.against ?? NO_RELEASE;
  const wasLive = live?.history.includes(release.id) ?? false;
  if (!wasLive && against !== now) return `it was gated against ${against}, and ${now} is live now: release again`;
  return undefined;
}

/**
 * Makes a finished release live: forward, or back to one that was live before. One conditional write; requests in
 * flight finish on their snapshot. Raises `not_found`, or `conflict` with the reason.
 */
export async function activateRelease(deps: KnowledgeDeps, tenant: TenantId, id: string, by: string): Promise<Release> {
  for (let attempt = 0; attempt < POINTER_ATTEMPTS; attempt++) {
    const live = await deps.live.read(tenant);
    const held = await deps.releases.read(tenant, id);
    if (held === undefined) throw new CuecardError('not_found', `no release ${id}`);
    const release = shownAs(held.job, live);
    if (release.status === 'live') return release;
    const reason = obstacle(release, live);
    if (reason !== undefined) throw new CuecardError('conflict', `release ${id} cannot go live: ${reason}`);
    const next = pointTo(live, release);
    if ((await deps.live.put(tenant, next, live?.version)) === 'conflict') continue;
    const activated = { activatedAt: new Date(deps.now()).toISOString(), activatedBy: by };
    await deps.releases.finish(tenant, id, { ...held, job: { ...held.job, ...activated, status: 'live' } });
    return getRelease(deps, tenant, id);
  }
  throw new CuecardError('conflict', 'the live release is being changed too often: try again');
}
