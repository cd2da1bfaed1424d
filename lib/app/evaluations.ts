/** Batch hit tests: asked as production asks, of any release that is still kept. */
import { setImmediate } from 'node:timers/promises';
import { CuecardError } from '../domain/error.ts';
import { EvaluationJob } from '../domain/evaluation.ts';
import type { ReleaseId, TenantId } from '../domain/ids.ts';
import type { Asking } from '../knowledge/evaluate/deps.ts';
import { EVALUATION_COLUMNS } from '../knowledge/evaluate/rows.ts';
import { newId, now, objects, start, table } from './clients.ts';
import { livePointer, openedRelease, readTenant } from './library.ts';
import { densifying } from './messages.ts';

/** Raises what `openedRelease` raises, before anything is kept. */
async function checkRelease(tenant: TenantId, release: ReleaseId): Promise<void> {
  const { dynamodbReleases } = await import('../adapters/dynamodb/knowledge.ts');
  const held = await dynamodbReleases(await table()).read(tenant, release);
  if (held === undefined) throw new CuecardError('not_found', `no release ${release}`);
  const { snapshotKey, collectedAt } = held.job;
  if (collectedAt !== undefined)
    throw new CuecardError('not_found', `the snapshot of release ${release} is no longer kept`);
  if (snapshotKey !== undefined) return;
  throw new CuecardError(
    'conflict',
    `release ${release} is ${held.job.status}: it has no snapshot that could be asked`,
  );
}

async function asking(tenantId: TenantId, release: ReleaseId): Promise<Asking> {
  const [{ hit }, densify, opened, tenant] = await Promise.all([
    import('../assist/explain/hit.ts'),
    densifying(),
    openedRelease(tenantId, release),
    readTenant(tenantId),
  ]);
  const { knowledge } = opened;
  if (tenant === undefined || knowledge === undefined) throw new CuecardError('not_found', `no release ${release}`);
  const { engine, entry } = knowledge;
  const { autoReply, suggest } = tenant.settings.targetPrecision;
  const at = now();
  return {
    entries: Array.from({ length: engine.size }, (_, index) => entry(index)),
    thresholds: [autoReply, suggest].map((target) => ({ target, threshold: Math.min(engine.threshold(target), 1.01) })),
    ask: ({ question, language }) => hit({ densify }, tenant, opened, { text: question, language, at }),
  };
}

/** Far above what 4 MB of rows take; a hostile workbook ends here. */
const READ_LIMITS = { memoryMb: 1_024, deadlineMs: 120_000 };

async function made(workerUrl: URL | undefined): Promise<EvaluationRoom> {
  const [{ evaluationRoom }, { dynamodbJobs }, theTable, theObjects, theStart] = await Promise.all([
    import('../knowledge/evaluate/room.ts'),
    import('../adapters/dynamodb/jobs.ts'),
    table(),
    objects(),
    start(),
  ]);
  return evaluationRoom({
    evaluations: dynamodbJobs(theTable, 'evaluation', (stored) => EvaluationJob.parse(stored)),
    live: { read: livePointer },
    objects: theObjects,
    start: theStart,
    asking,
    checkRelease,
    readFile: async (bytes) => {
      if (workerUrl === undefined) throw new Error('only the function `work` reads uploads');
      const { readInWorker } = await import('../knowledge/files/read-in-worker.ts');
      return readInWorker(workerUrl, READ_LIMITS)('content', bytes, { hint: undefined, columns: EVALUATION_COLUMNS });
    },
    breathe: () => setImmediate(),
    ticks: () => performance.now(),
    now,
    newId,
  });
}

type EvaluationRoom = ReturnType<typeof import('../knowledge/evaluate/room.ts').evaluationRoom>;
let room: Promise<EvaluationRoom> | undefined;

/** `workerUrl` is the module that `compileIfWorker` is called from: only it reads files. */
export function evaluations(workerUrl?: URL): Promise<EvaluationRoom> {
  room ??= made(workerUrl);
  return room;
}
