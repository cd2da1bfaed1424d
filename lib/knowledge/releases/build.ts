/** A moment of the knowledge, compiled and stored: the first half of a release. What the gate makes of it comes after. */
import type { Entry } from '../../domain/entry.ts';
import { CuecardError } from '../../domain/error.ts';
import type { ReleaseId, TenantId } from '../../domain/ids.ts';
import { NO_RELEASE } from '../../domain/ids.ts';
import { SnapshotMeta } from '../../domain/knowledge.ts';
import { CompileFigures, type ReleaseJob, type ReleaseReport } from '../../domain/release.ts';
import { DEFAULT_SETTINGS } from '../../domain/tenant.ts';
import type { Compiled, Engine, HeldOutVerdict, Reuse } from '../../engine/types.ts';
import { compileInput } from '../compile-input.ts';
import { contentKey } from '../content-key.ts';
import type { KnowledgeDeps } from '../deps.ts';
import { type EmbedOutcome, embedEntries } from '../embed-entries.ts';
import { COMPILED, type Reported } from '../gate/progress.ts';
import type { Running } from '../job.ts';
import { type DraftAt, loadDraft } from '../load-draft.ts';
import { type InstalledPack, installedPacks } from '../packs/installed.ts';
import { countChanges, diffEntries } from './diff-entries.ts';
import { forecast, sizeOf, tooLarge } from './forecast.ts';
import { entriesLive } from './knowledge-diff.ts';
import { loadUrgent, type UrgentAt } from './urgent.ts';

/**
 * A draft that never rests would keep a release from ever going live: after so many compiles the last one is taken. It
 * is still one moment of the draft, whole.
 */
const MAX_COMPILES = 4;

type Run = Running<ReleaseJob>;

export type Built = {
  entries: Entry[];
  /** The draft's change counter when its entries were read. */
  changes: number;
  engine: Engine;
  figures: CompileFigures;
  /** By cross-validation; empty where none was done. */
  verdicts: readonly HeldOutVerdict[];
  packs: InstalledPack[];
  degraded: readonly string[];
  bytes: Uint8Array;
  snapshotKey: string;
  /** Of an urgent release: the release that it was made from, and what of it was not made again. */
  base?: ReleaseId;
  reused: NonNullable<ReleaseReport['reused']>;
};

type Moment = DraftAt & Partial<Pick<UrgentAt, 'base' | 'reuse' | 'meta'>>;

/** Later packs speak before earlier ones. */
const metaOf = (packs: readonly InstalledPack[]): SnapshotMeta => ({
  phrases: Object.assign({}, ...packs.map((pack) => pack.phrases)),
  skills: Object.assign({}, ...packs.map((pack) => pack.skills)),
});

const REUSED: Readonly<Record<Reuse['keep'], Built['reused']>> = {
  model: ['model', 'calibration'],
  calibration: ['calibration'],
};

async function momentOf(deps: KnowledgeDeps, running: Run): Promise<Moment> {
  const { urgent } = running.job();
  return urgent === undefined ? loadDraft(deps, running.tenant) : loadUrgent(deps, running.tenant, urgent.entryId);
}

/** What the release is about, before it costs anything. Raises `too_large` for what no compile could hold. */
async function announce(deps: KnowledgeDeps, running: Run, { entries }: Moment): Promise<void> {
  const size = sizeOf(entries);
  const expected = forecast(size);
  await running.save({
    status: 'compiling',
    entries: entries.length,
    questions: size.questions,
    forecast: expected,
  });
  const reason = tooLarge(size);
  if (reason !== undefined) throw new CuecardError('too_large', reason);
  const live = await entriesLive(deps, running.tenant);
  if (live !== undefined) await running.save({ changed: countChanges(diffEntries(live, entries)) });
}

/** A model that is kept has its vectors already. */
async function embed(
  deps: KnowledgeDeps,
  running: Run,
  { entries, reuse }: Moment,
  report: (done: number, total: number) => void,
): Promise<EmbedOutcome> {
  return reuse?.keep === 'model' ? { degraded: [] } : embedEntries(deps, running.tenant, entries, report);
}

async function compileMoment(deps: KnowledgeDeps, running: Run, moment: Moment, progress: Reported): Promise<Built> {
  const { entries, changes, base, reuse, meta } = moment;
  const { tenant } = running;
  await announce(deps, running, moment);
  const packs = await installedPacks(deps, tenant, entries);
  const settings = (await deps.tenant(tenant))?.settings ?? DEFAULT_SETTINGS;
  const { embedded, degraded } = await embed(deps, running, moment, (done, total) =>
    progress.report('embedded', done, total),
  );
  const ranking = settings.learning?.enabled === true ? await deps.ranking?.(running.tenant) : undefined;
  const fresh: SnapshotMeta = { ...metaOf(packs), ...(ranking === undefined ? {} : { ranking }) };
  const kept = meta === undefined ? fresh : SnapshotMeta.parse(JSON.parse(new TextDecoder().decode(meta)));
  const input = {
    ...compileInput(entries, kept, settings.outOfScopeShare, embedded),
    ...(reuse === undefined ? {} : { reuse }),
  };
  const compiled = await deps.compile(input, (stage, done, total) => progress.report(COMPILED[stage], done, total));
  await progress.settled();
  const snapshotKey = await keep(deps, running, compiled, changes);
  return {
    entries,
    changes,
    engine: deps.open(compiled.bytes),
    figures: CompileFigures.parse(compiled.report),
    verdicts: compiled.verdicts,
    packs,
    degraded,
    bytes: compiled.bytes,
    snapshotKey,
    ...(base === undefined ? {} : { base }),
    // Where it was calibrated all the same, it was not reused.
    reused: reuse === undefined || compiled.verdicts.length > 0 ? [] : REUSED[reuse.keep],
  };
}

/**
 * Says where the snapshot will lie before it lies there, so that nobody who clears away takes an older release's object
 * of the same content for one that nothing refers to.
 */
async function keep(deps: KnowledgeDeps, running: Run, { bytes }: Compiled, changes: number): Promise<string> {
  const snapshotKey = contentKey('snapshots', running.tenant, bytes);
  await running.save({ snapshotKey, changes });
  await deps.objects.put(snapshotKey, bytes);
  await running.save({ status: 'gating' });
  return snapshotKey;
}

/** Compiles the draft, or what is live with the one urgent entry; when that moved meanwhile, compiles it again. */
export async function build(deps: KnowledgeDeps, running: Run, progress: Reported): Promise<Built> {
  for (let round = 1; ; round++) {
    const built = await compileMoment(deps, running, await momentOf(deps, running), progress);
    if (round === MAX_COMPILES || !(await isStale(deps, running.tenant, built))) return built;
    progress.again();
  }
}

/** Whether what it was made of has changed: the draft, or for an urgent release what was live. */
export async function isStale(
  deps: Pick<KnowledgeDeps, 'drafts' | 'live'>,
  tenant: TenantId,
  { changes, base }: Built,
): Promise<boolean> {
  if (base !== undefined) return ((await deps.live.read(tenant))?.release ?? NO_RELEASE) !== base;
  return (await deps.drafts.head(tenant)).changes !== changes;
}

/** Puts the snapshot once more if it is not there: the last look before the pointer says so. */
export async function ensureStored(
  { objects }: Pick<KnowledgeDeps, 'objects'>,
  { snapshotKey, bytes }: Pick<Built, 'snapshotKey' | 'bytes'>,
): Promise<void> {
  const { items } = await objects.list(snapshotKey);
  if (!items.some(({ key }) => key === snapshotKey)) await objects.put(snapshotKey, bytes);
}
