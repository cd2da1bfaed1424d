/** Clears away what nothing refers to any more. Every step may be repeated, cut off, or run beside another. */
import type { TenantId } from '../../domain/ids.ts';
import type { JobKind } from '../../domain/job.ts';
import type { ReleaseJob } from '../../domain/release.ts';
import { DEFAULT_SETTINGS } from '../../domain/tenant.ts';
import type { HeldJob } from '../../ports/jobs.ts';
import type { StoredObject } from '../../ports/objects.ts';
import type { KnowledgeDeps } from '../deps.ts';
import { dropOldGenerations } from './old-generations.ts';

type Deps = Pick<
  KnowledgeDeps,
  'collections' | 'drafts' | 'golden' | 'imports' | 'live' | 'now' | 'objects' | 'releases' | 'tenant'
>;

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** Releases that keep their snapshot, beside the live one and the one before it, unless the tenant says otherwise. */
const KEEP_RELEASES = 20;
/**
 * A snapshot goes this long (ms) after its release was marked: whoever read the mark's absence and makes it live has done
 * so by then, and the pointer protects it.
 */
const MARKED_MS = HOUR_MS;
/** Nothing younger goes (ms): a run puts its object before its job says so. */
const YOUNG_MS = DAY_MS;
/** Objects that are of use for a time (ms) and then of none, whoever referred to them: no job lives that long. */
const AGED: readonly { kind: string; file?: string; keepMs: number }[] = [
  { kind: 'uploads', keepMs: 2 * DAY_MS },
  { kind: 'transcripts', file: '/upload', keepMs: 2 * DAY_MS },
  { kind: 'imports', keepMs: 90 * DAY_MS },
];
/** What a release refers to. A report's short form stays with the release. */
const OF_RELEASES = ['snapshots', 'verdicts', 'reports'] as const;
const PAGE = 50;

/** The id of the tenant's one standing job. */
export const STANDING = 'standing';
const HELD_MS = 10 * 60_000;

/** Makes sure that the sweep comes back to this tenant once a day. */
export async function keepCollecting(deps: Deps, tenant: TenantId): Promise<void> {
  if ((await deps.collections.read(tenant, STANDING)) !== undefined) return;
  try {
    await deps.collections.create(tenant, STANDING, { id: STANDING }, deps.now() + DAY_MS);
  } catch (error) {
    // Somebody else was quicker: all the better.
    if ((await deps.collections.read(tenant, STANDING)) === undefined) throw error;
  }
}

/** Does the standing job when it is due, and puts it off till tomorrow. */
export async function runCollect(deps: Deps, tenant: TenantId, id: string): Promise<void> {
  const held = await deps.collections.claim(tenant, id, deps.now(), deps.now() + HELD_MS);
  if (held === undefined) return;
  const removed = await collect(deps, tenant);
  const job = { ...held.job, removed, at: new Date(deps.now()).toISOString() };
  await deps.collections.save(tenant, id, { ...held, job }, deps.now() + DAY_MS);
}

/** What is done after each job: a tenant that has knowledge is come back to, and a release makes an older one idle. */
export async function tidyAfter(deps: Deps, tenant: TenantId, kind: JobKind): Promise<void> {
  if (kind === 'collect') return;
  await keepCollecting(deps, tenant);
  if (kind === 'release') await collect(deps, tenant);
}

/** The number of objects that were removed. */
export async function collect(deps: Deps, tenant: TenantId): Promise<number> {
  await dropOldGenerations(deps, tenant);
  let removed = await collectReleases(deps, tenant);
  removed += await collectPointed(deps, `catalogs/${tenant}/`, async () => (await deps.live.read(tenant))?.catalogKey);
  removed += await collectPointed(deps, `golden/${tenant}/`, async () => (await deps.golden.read(tenant))?.key);
  for (const { kind, file = '', keepMs } of AGED) {
    removed += await collectAged(deps, `${kind}/${tenant}/`, file, keepMs);
  }
  return removed;
}

async function all(deps: Pick<Deps, 'objects'>, prefix: string): Promise<StoredObject[]> {
  const found: StoredObject[] = [];
  let cursor: string | undefined;
  do {
    const page = await deps.objects.list(prefix, cursor);
    found.push(...page.items);
    cursor = page.cursor;
  } while (cursor !== undefined);
  return found;
}

async function collectAged(deps: Deps, prefix: string, file: string, keepMs: number): Promise<number> {
  const old = (await all(deps, prefix)).filter(({ key, at }) => key.endsWith(file) && at < deps.now() - keepMs);
  for (const { key } of old) await deps.objects.delete(key);
  return old.length;
}

/** Of objects that one pointer alone refers to, all but the one. */
async function collectPointed(deps: Deps, prefix: string, current: () => Promise<string | undefined>): Promise<number> {
  const old = (await all(deps, prefix)).filter(({ at }) => at < deps.now() - YOUNG_MS);
  let removed = 0;
  for (const { key } of old) {
    if ((await current()) === key) continue;
    await deps.objects.delete(key);
    removed++;
  }
  return removed;
}

const isRunning = ({ status }: ReleaseJob): boolean => status === 'compiling' || status === 'gating';

/** Those that may still have a snapshot, newest first: before them all are long collected. */
async function releasesWithSnapshots(deps: Deps, tenant: TenantId): Promise<HeldJob<ReleaseJob>[]> {
  const found: HeldJob<ReleaseJob>[] = [];
  let cursor: string | undefined;
  do {
    const page = await deps.releases.page(tenant, PAGE, cursor);
    found.push(...page.items);
    const isPast = page.items.length === PAGE && page.items.every(({ job }) => job.collectedAt !== undefined);
    cursor = isPast ? undefined : page.cursor;
  } while (cursor !== undefined);
  return found.filter(({ job }) => job.snapshotKey !== undefined);
}

/** The releases whose snapshots stay: the newest, what is live, what was live before it, what is being made. */
async function keptReleases(
  deps: Deps,
  tenant: TenantId,
  releases: readonly HeldJob<ReleaseJob>[],
): Promise<ReadonlySet<string>> {
  const settings = (await deps.tenant(tenant))?.settings ?? DEFAULT_SETTINGS;
  const live = await deps.live.read(tenant);
  const spared = new Set<string>([...(live === undefined ? [] : [live.release]), ...(live?.history.slice(-2) ?? [])]);
  const others = releases.filter(({ job }) => !spared.has(job.id) && !isRunning(job));
  const newest = others.slice(0, settings.keepReleases ?? KEEP_RELEASES);
  return new Set([
    ...spared,
    ...releases.filter(({ job }) => isRunning(job)).map(({ job }) => job.id),
    ...newest.map(({ job }) => job.id),
  ]);
}

/** A mark says that the release cannot go live any more; one that went live all the same loses it. */
async function mark(
  deps: Deps,
  tenant: TenantId,
  held: HeldJob<ReleaseJob>,
  isKept: boolean,
): Promise<HeldJob<ReleaseJob>> {
  const { collectedAt, ...job } = held.job;
  if (isKept === (collectedAt === undefined)) return held;
  const marked = { ...held, job: isKept ? job : { ...job, collectedAt: new Date(deps.now()).toISOString() } };
  await deps.releases.finish(tenant, job.id, marked);
  return marked;
}

/** Whether a release still needs its snapshot now. */
const needs = (now: number, { collectedAt }: ReleaseJob): boolean =>
  collectedAt === undefined || Date.parse(collectedAt) > now - MARKED_MS;

const objectsOf = ({ snapshotKey, verdictsKey, reportKey }: ReleaseJob): string[] =>
  [snapshotKey, verdictsKey, reportKey].filter((key) => key !== undefined);

async function collectReleases(deps: Deps, tenant: TenantId): Promise<number> {
  const stored: StoredObject[] = [];
  for (const kind of OF_RELEASES) stored.push(...(await all(deps, `${kind}/${tenant}/`)));
  const releases = await releasesWithSnapshots(deps, tenant);
  const kept = await keptReleases(deps, tenant, releases);
  const jobs: ReleaseJob[] = [];
  for (const held of releases) jobs.push((await mark(deps, tenant, held, kept.has(held.job.id))).job);
  const needed = new Set(jobs.filter((job) => needs(deps.now(), job)).flatMap(objectsOf));
  const idle = stored.filter(({ key, at }) => !needed.has(key) && at < deps.now() - YOUNG_MS);
  let removed = 0;
  for (const { key } of idle) {
    if (await isNeededNow(deps, tenant, key)) continue;
    await deps.objects.delete(key);
    removed++;
  }
  return removed;
}

/** Read again at the last moment: a release that compiles to bytes that an older one had shares their object. */
async function isNeededNow(deps: Deps, tenant: TenantId, key: string): Promise<boolean> {
  const [live, { items }] = await Promise.all([deps.live.read(tenant), deps.releases.page(tenant, PAGE)]);
  return live?.snapshotKey === key || items.some(({ job }) => needs(deps.now(), job) && objectsOf(job).includes(key));
}
