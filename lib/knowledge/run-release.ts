import { CuecardError } from '../domain/error.ts';
import type { ReleaseJob, ReleaseReport } from '../domain/release.ts';
import type { KnowledgeDeps } from './deps.ts';
import { type Gate, releaseGate } from './gate/gate-release.ts';
import { ended, type Reported, reported } from './gate/progress.ts';
import { reportObject, shortReport } from './gate/report.ts';
import { verdictsObject } from './gate/verdicts.ts';
import type { Running } from './job.ts';
import { type Built, build, isStale } from './releases/build.ts';
import { finishLive, goLive } from './releases/go-live.ts';

const PUBLISH_ATTEMPTS = 20;

type Run = Running<ReleaseJob>;

/** A compiled moment of the knowledge, and the gate that it has to pass. */
type Candidate = { built: Built; gate: Gate };

async function prepare(deps: KnowledgeDeps, running: Run, progress: Reported): Promise<Candidate> {
  const built = await build(deps, running, progress);
  return { built, gate: await releaseGate(deps, running, built, progress) };
}

/**
 * Puts the report, and what the next release is compared with, where they are found. The job says so first, so that
 * nobody clears away an older object of the same content meanwhile.
 */
async function keep(deps: KnowledgeDeps, running: Run, { gate }: Candidate, report: ReleaseReport): Promise<void> {
  const { tenant } = running;
  const verdicts = verdictsObject(tenant, gate.verdicts);
  const whole = reportObject(tenant, report);
  await running.save({ report: shortReport(report), verdictsKey: verdicts.key, reportKey: whole.key });
  await deps.objects.put(verdicts.key, verdicts.bytes);
  await deps.objects.put(whole.key, whole.bytes);
}

/** What the release becomes without going live; undefined when it may. */
function stoppedAs(
  { publish, override }: ReleaseJob,
  { blockers = [] }: ReleaseReport,
): 'blocked' | 'ready' | undefined {
  if (blockers.length > 0 && override === undefined) return 'blocked';
  return publish ? undefined : 'ready';
}

/** Gates against what is live and flips the pointer from exactly that; `raced` when somebody else moved it meanwhile. */
async function gateAndPublish(
  deps: KnowledgeDeps,
  running: Run,
  candidate: Candidate,
  progress: Reported,
): Promise<'done' | 'raced'> {
  const live = await deps.live.read(running.tenant);
  const report = await candidate.gate.against(live);
  await keep(deps, running, candidate, report);
  progress.report('uploaded', 1, 1);
  await progress.settled();
  const stopped = stoppedAs(running.job(), report);
  if (stopped === undefined) return goLive(deps, running, candidate.built, live);
  await running.finish({ status: stopped, ...ended(running.job().progress) });
  return 'done';
}

/** draft → compile → gate → live, from wherever an earlier run was cut off. */
export async function runRelease(deps: KnowledgeDeps, running: Run): Promise<void> {
  const live = await deps.live.read(running.tenant);
  // The pointer was flipped and the run was cut off before it could say so.
  if (live?.history.some((id) => id === running.id)) return finishLive(deps, running, live);
  const progress = reported(running, deps.now);
  let candidate = await prepare(deps, running, progress);
  for (let attempt = 0; attempt < PUBLISH_ATTEMPTS; attempt++) {
    if ((await gateAndPublish(deps, running, candidate, progress)) === 'done') return;
    progress.again();
    // Whoever won may have released a later draft: ours must not take it back.
    if (await isStale(deps, running.tenant, candidate.built)) candidate = await prepare(deps, running, progress);
  }
  throw new CuecardError('unavailable', 'the live release is being changed too often');
}
