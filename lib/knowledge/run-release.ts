import type { Entry } from '../domain/entry.ts';
import { CuecardError } from '../domain/error.ts';
import type { TenantId } from '../domain/ids.ts';
import { NO_RELEASE } from '../domain/ids.ts';
import {
  CompileFigures,
  type LivePointer,
  type ReleaseJob,
  type ReleaseReport,
  type SnapshotMeta,
} from '../domain/knowledge.ts';
import { DEFAULT_SETTINGS } from '../domain/tenant.ts';
import type { CompileReport, Engine } from '../engine/types.ts';
import { collectVectors } from './collect-vectors.ts';
import { compileInput } from './compile-input.ts';
import { contentKey } from './content-key.ts';
import type { KnowledgeDeps } from './deps.ts';
import { embedEntries } from './embed-entries.ts';
import { gate } from './gate.ts';
import type { Running } from './job.ts';
import { type DraftAt, loadDraft } from './load-draft.ts';
import { type InstalledPack, installedPacks } from './packs/installed.ts';
import { OUT_OF_SCOPE } from './packs/pack.ts';
import { pointTo } from './pointer.ts';
import { storedProgress } from './progress.ts';

/**
 * A draft that never rests would keep a release from ever going live: after so many compiles the last one is taken. It
 * is still one moment of the draft, whole.
 */
const MAX_COMPILES = 4;
const PUBLISH_ATTEMPTS = 20;

type Run = Running<ReleaseJob>;

/** A compiled moment of the draft. */
type Compiled = {
  entries: Entry[];
  changes: number;
  engine: Engine;
  figures: CompileFigures;
  packs: InstalledPack[];
  degraded: readonly string[];
};

/** Later packs speak before earlier ones. */
const metaOf = (packs: readonly InstalledPack[]): SnapshotMeta => ({
  phrases: Object.assign({}, ...packs.map((pack) => pack.phrases)),
  skills: Object.assign({}, ...packs.map((pack) => pack.skills)),
});

const figuresOf = (report: CompileReport): CompileFigures => CompileFigures.parse(report);

async function compile(deps: KnowledgeDeps, running: Run, { entries, changes }: DraftAt): Promise<Compiled> {
  const questions = entries.reduce((sum, entry) => sum + 1 + entry.similarQuestions.length, 0);
  await running.save({ status: 'compiling', entries: entries.length, questions });
  const packs = await installedPacks(deps, running.tenant, entries);
  const progress = storedProgress(running, deps.now);
  const settings = (await deps.tenant(running.tenant))?.settings ?? DEFAULT_SETTINGS;
  const { embedded, degraded } = await embedEntries(deps, running.tenant, entries, (done, total) =>
    progress.report({ stage: 'embed', done, total }),
  );
  const input = compileInput(entries, metaOf(packs), settings.outOfScopeShare, embedded);
  const { bytes, report } = await deps.compile(input, (stage, done, total) => progress.report({ stage, done, total }));
  await progress.settled();
  const snapshotKey = contentKey('snapshots', running.tenant, bytes);
  await deps.objects.put(snapshotKey, bytes);
  await running.save({ status: 'gating', snapshotKey, changes, progress: { stage: 'gate', done: 0, total: 1 } });
  return { entries, changes, engine: deps.open(bytes), figures: figuresOf(report), packs, degraded };
}

/** Compiles the draft; when it moved meanwhile, compiles it again. */
async function compileDraft(deps: KnowledgeDeps, running: Run): Promise<Compiled> {
  for (let round = 1; ; round++) {
    const compiled = await compile(deps, running, await loadDraft(deps, running.tenant));
    if (round === MAX_COMPILES || !(await moved(deps, running.tenant, compiled))) return compiled;
  }
}

async function moved(deps: KnowledgeDeps, tenant: TenantId, { changes }: Compiled): Promise<boolean> {
  return (await deps.drafts.head(tenant)).changes !== changes;
}

async function liveEngine(deps: KnowledgeDeps, live: LivePointer | undefined): Promise<Engine | undefined> {
  if (live?.snapshotKey === undefined) return undefined;
  const bytes = await deps.objects.get(live.snapshotKey);
  if (bytes === undefined) throw new CuecardError('unavailable', `the live snapshot of ${live.release} cannot be read`);
  return deps.open(bytes);
}

async function compare(
  deps: KnowledgeDeps,
  running: Run,
  { entries, engine, figures, packs, degraded }: Compiled,
  live: LivePointer | undefined,
): Promise<ReleaseReport> {
  const golden = packs.flatMap((pack) => pack.golden.filter(({ intent }) => intent !== OUT_OF_SCOPE));
  const gated = await gate({
    entries,
    golden,
    next: engine,
    live: await liveEngine(deps, live),
    against: live?.release ?? NO_RELEASE,
    compile: figures,
  });
  const { embedding, vectorsLie = 'inside' } = engine;
  const report: ReleaseReport = {
    ...gated,
    ...(embedding === undefined ? {} : { embedding: { ...embedding, vectorsLie } }),
    ...(degraded.length === 0 ? {} : { degraded: [...degraded] }),
  };
  await running.save({ report });
  return report;
}

const finishLive = (deps: KnowledgeDeps, running: Run, by: string): Promise<void> =>
  running.finish({ status: 'live', activatedAt: new Date(deps.now()).toISOString(), activatedBy: by });

/** Gates against what is live and flips the pointer from exactly that; `raced` when somebody else moved it meanwhile. */
async function gateAndPublish(deps: KnowledgeDeps, running: Run, compiled: Compiled): Promise<'done' | 'raced'> {
  const live = await deps.live.read(running.tenant);
  const report = await compare(deps, running, compiled, live);
  const { publish, override, by } = running.job();
  if (report.lostTotal > 0 && override === undefined) await running.finish({ status: 'blocked' });
  else if (!publish) await running.finish({ status: 'ready' });
  else {
    const flipped = await deps.live.put(running.tenant, pointTo(live, running.job()), live?.version);
    if (flipped === 'conflict') return 'raced';
    await finishLive(deps, running, by);
    await collectVectors(deps, running.tenant, compiled.engine);
  }
  return 'done';
}

/** draft → compile → gate → live, from wherever an earlier run was cut off. */
export async function runRelease(deps: KnowledgeDeps, running: Run): Promise<void> {
  const live = await deps.live.read(running.tenant);
  // The pointer was flipped and the run was cut off before it could say so.
  if (live?.history.some((id) => id === running.id)) return finishLive(deps, running, running.job().by);
  let compiled = await compileDraft(deps, running);
  for (let attempt = 0; attempt < PUBLISH_ATTEMPTS; attempt++) {
    if ((await gateAndPublish(deps, running, compiled)) === 'done') return;
    // Whoever won may have released a later draft: ours must not take it back.
    if (await moved(deps, running.tenant, compiled)) compiled = await compileDraft(deps, running);
  }
  throw new CuecardError('unavailable', 'the live release is being changed too often');
}
