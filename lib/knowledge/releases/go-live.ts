import type { LivePointer } from '../../domain/knowledge.ts';
import type { ReleaseJob } from '../../domain/release.ts';
import { collectVectors } from '../collect-vectors.ts';
import type { KnowledgeDeps } from '../deps.ts';
import { ended } from '../gate/progress.ts';
import type { Running } from '../job.ts';
import { pointTo } from '../pointer.ts';
import { auditLive } from './audit.ts';
import { type Built, ensureStored } from './build.ts';

type Run = Running<ReleaseJob>;

/** Says on the job and in the log what the pointer already says; safe to do again. */
export async function finishLive(deps: KnowledgeDeps, running: Run, live: LivePointer): Promise<void> {
  const { by, override } = running.job();
  const isStillLive = live.release === running.id;
  const at = (isStillLive ? live.at : undefined) ?? new Date(deps.now()).toISOString();
  if (isStillLive) await auditLive(deps, running.tenant, live, override);
  await running.finish({ status: 'live', activatedAt: at, activatedBy: by, ...ended(running.job().progress, 'live') });
}

/**
 * Flips the pointer from what the release was gated against: one conditional write, `raced` when somebody else moved it
 * meanwhile. Requests in flight finish on their snapshot.
 */
export async function goLive(
  deps: KnowledgeDeps,
  running: Run,
  built: Built,
  live: LivePointer | undefined,
): Promise<'done' | 'raced'> {
  await ensureStored(deps, built);
  const next = pointTo(live, running.job(), { at: deps.now(), by: running.job().by });
  if ((await deps.live.put(running.tenant, next, live?.version)) === 'conflict') return 'raced';
  await finishLive(deps, running, next);
  await collectVectors(deps, running.tenant, built.engine);
  return 'done';
}
