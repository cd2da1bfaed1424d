import { NO_RELEASE } from '../../domain/ids.ts';
import type { LivePointer } from '../../domain/knowledge.ts';
import type { ReleaseJob, ReleaseReport } from '../../domain/release.ts';
import { DEFAULT_SETTINGS, type Settings } from '../../domain/tenant.ts';
import type { KnowledgeDeps } from '../deps.ts';
import type { Running } from '../job.ts';
import type { Built } from '../releases/build.ts';
import { freezeBlockers } from '../releases/freeze.ts';
import type { AskRelease, Reply } from './ask.ts';
import { gate } from './gate.ts';
import { readGolden } from './golden.ts';
import type { Reported } from './progress.ts';
import { recentTurns } from './recent-turns.ts';
import { openReleased, type Side } from './side.ts';
import { type OwnVerdict, ownVerdicts, readVerdicts } from './verdicts.ts';

type Run = Running<ReleaseJob>;

/** In a report's `degraded`: nothing was compared, because what is live cannot be read. */
const UNREADABLE = 'live_snapshot';

/** A release that is gated again, because another went live meanwhile, gives the answers that it gave. */
function remembering(ask: AskRelease): AskRelease {
  const given = new Map<string, Promise<Reply>>();
  return (turn, at) => {
    const key = JSON.stringify([turn, at]);
    const reply = given.get(key) ?? ask(turn, at);
    given.set(key, reply);
    return reply;
  };
}

/**
 * Opens what is live. What is damaged, gone or of an earlier version's format answers no customer either: nothing is
 * compared with it, and the report says so. A store that does not answer raises: then nothing goes live.
 */
async function liveSide(
  deps: KnowledgeDeps,
  { tenant }: Run,
  settings: Settings,
  live: LivePointer | undefined,
): Promise<Side | undefined> {
  if (live === undefined) return undefined;
  const [opened, held] = await Promise.all([openReleased(deps, live), deps.releases.read(tenant, live.release)]);
  if (opened === undefined) return undefined;
  const { engine, entries, bytes } = opened;
  const ask = deps.openToAsk({ id: tenant, settings }, live.release, bytes);
  return { engine, entries, ask, verdicts: await readVerdicts(deps.objects, held?.job.verdictsKey) };
}

export type Gate = {
  /** What its own cross-validation said of its questions. */
  verdicts: readonly OwnVerdict[];
  /** Its report beside what is live; the moment that it is judged for stays the same. */
  against(live: LivePointer | undefined): Promise<ReleaseReport>;
};

/** The gate that one compiled moment of the knowledge has to pass. */
export async function releaseGate(
  deps: KnowledgeDeps,
  running: Run,
  built: Built,
  progress: Pick<Reported, 'report' | 'settled'>,
): Promise<Gate> {
  const { tenant } = running;
  const { id, at: asOf, publish } = running.job();
  const settings = (await deps.tenant(tenant))?.settings ?? DEFAULT_SETTINGS;
  const { entries, engine, bytes, figures, packs } = built;
  const at = asOf === undefined ? deps.now() : Date.parse(asOf);
  const [golden, turns] = await Promise.all([readGolden(deps, tenant), recentTurns(deps, tenant, deps.now())]);
  const ask = remembering(deps.openToAsk({ id: tenant, settings }, id, bytes));
  const verdicts = await verdictsOf(deps, running, built);
  const against = async (live: LivePointer | undefined): Promise<ReleaseReport> => {
    const side = await liveSide(deps, running, settings, live);
    const report = await gate({
      next: { entries, engine, ask, verdicts },
      live: side,
      against: live?.release ?? NO_RELEASE,
      compile: figures,
      golden: golden.items,
      packGolden: packs.flatMap((pack) => pack.golden),
      turns,
      settings,
      at,
      onProgress: (done, total) => progress.report('gated', done, total),
    });
    await progress.settled();
    const blockers = [...(report.blockers ?? []), ...(publish ? freezeBlockers(settings, deps.now()) : [])];
    return { ...report, blockers, ...made(built, unread(live, side)), ...(asOf === undefined ? {} : { at: asOf }) };
  };
  return { verdicts, against };
}

/** What was not validated again is believed as its base was: an urgent notice leaves the other questions as they are. */
async function verdictsOf(
  { releases, objects }: Pick<KnowledgeDeps, 'releases' | 'objects'>,
  { tenant }: Run,
  { entries, verdicts, base }: Built,
): Promise<readonly OwnVerdict[]> {
  if (base === undefined || verdicts.length > 0) return ownVerdicts(entries, verdicts);
  return readVerdicts(objects, (await releases.read(tenant, base))?.job.verdictsKey);
}

const unread = (live: LivePointer | undefined, side: Side | undefined): string[] =>
  live?.snapshotKey !== undefined && side === undefined ? [UNREADABLE] : [];

/** What of the compile a report tells beside its figures. */
function made({ engine, degraded, reused }: Built, lacking: readonly string[]): Partial<ReleaseReport> {
  const { embedding, vectorsLie = 'inside' } = engine;
  return {
    ...(embedding === undefined ? {} : { embedding: { ...embedding, vectorsLie } }),
    ...(degraded.length + lacking.length === 0 ? {} : { degraded: [...degraded, ...lacking] }),
    ...(reused.length === 0 ? {} : { reused }),
  };
}
