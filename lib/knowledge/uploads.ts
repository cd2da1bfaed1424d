import { CuecardError } from '../domain/error.ts';
import type { TenantId } from '../domain/ids.ts';
import type { ImportJob, ImportStatus } from '../domain/import-job.ts';
import type { UploadForm } from '../domain/upload.ts';
import type { KnowledgeDeps } from './deps.ts';
import { LIMITS, megabytes } from './files/limits.ts';
import type { Running } from './job.ts';
import { tryStart } from './try-start.ts';

/** So long a form may be used, and its import waits (ms). */
const WAIT_MS = 15 * 60_000;
/** Long enough to change a waiting job, short enough that one who died with it in hand holds nobody up (ms). */
const CHANGE_MS = 5_000;
/** So often, and so far apart (ms), a start looks again at an import that another one has in hand. */
const LOOKS = { times: 10, everyMs: 100 };

export type UploadDeps = Pick<KnowledgeDeps, 'imports' | 'objects' | 'start' | 'now' | 'sleep' | 'presignUpload'>;
/** An import whose file lies, or will lie, under a key of its own. */
export type Waiting = ImportJob & { uploadKey: string };

/** Raises `too_large`. */
export function checkUploadSize(bytes: number): void {
  if (bytes <= LIMITS.bytes) return;
  const detail = `the file has ${megabytes(bytes)}, at most ${megabytes(LIMITS.bytes)} are read: split it`;
  throw new CuecardError('too_large', detail);
}

/** Keeps a job that waits for its file, due when the form expires, and the form. Raises `too_large`. */
export async function waitForUpload(
  deps: UploadDeps,
  tenant: TenantId,
  job: Waiting,
  bytes: number,
): Promise<{ id: string; status: ImportStatus; upload: UploadForm }> {
  checkUploadSize(bytes);
  const until = deps.now() + WAIT_MS;
  const upload = await deps.presignUpload(job.uploadKey, { maxBytes: LIMITS.bytes, expiresAt: until });
  const waiting: ImportJob = { ...job, status: 'waiting', expiresAt: new Date(until).toISOString() };
  await deps.imports.create(tenant, job.id, waiting, until);
  return { id: job.id, status: 'waiting', upload };
}

const isExpired = ({ expiresAt }: ImportJob, now: number): boolean =>
  expiresAt !== undefined && Date.parse(expiresAt) <= now;

async function checkArrived(deps: UploadDeps, job: ImportJob): Promise<void> {
  const { items } = await deps.objects.list(`${job.uploadKey?.replace(/[^/]+$/, '')}`);
  const arrived = items.find(({ key }) => key === job.uploadKey);
  if (arrived === undefined) throw new CuecardError('conflict', 'the file has not arrived: post it to the form first');
  checkUploadSize(arrived.bytes);
}

async function queue(deps: UploadDeps, tenant: TenantId, id: string): Promise<void> {
  const now = deps.now();
  const taken = await deps.imports.claim(tenant, id, now, now + CHANGE_MS);
  if (taken === undefined) return;
  const { job, attempt } = taken;
  const next: ImportJob = job.status === 'waiting' ? { ...job, status: 'queued' } : job;
  await deps.imports.save(tenant, id, { job: next, attempt }, now);
}

/** The status once the import no longer waits, or still `waiting` where somebody else holds on to it. */
async function queued(deps: UploadDeps, tenant: TenantId, id: string): Promise<ImportStatus> {
  for (let look = 1; look <= LOOKS.times; look += 1) {
    await queue(deps, tenant, id);
    const status = (await deps.imports.read(tenant, id))?.job.status ?? 'queued';
    if (status !== 'waiting') return status;
    await deps.sleep(LOOKS.everyMs);
  }
  return 'waiting';
}

/**
 * Starts an import whose file has arrived; one that was started before stays as it is. Raises `not_found`, `conflict`
 * when the file is not there or the form has expired, `unavailable` while another run holds it.
 */
export async function startUploaded(
  deps: UploadDeps,
  tenant: TenantId,
  id: string,
): Promise<{ id: string; status: ImportStatus }> {
  const held = await deps.imports.read(tenant, id);
  if (held === undefined) throw new CuecardError('not_found', `no import ${id}`);
  const { job } = held;
  if (job.status !== 'waiting') return { id, status: job.status };
  if (isExpired(job, deps.now())) throw new CuecardError('conflict', 'the form has expired: begin the import again');
  await checkArrived(deps, job);
  const status = await queued(deps, tenant, id);
  if (status === 'waiting')
    throw new CuecardError('unavailable', 'the import is being looked at: start it again in a minute');
  await tryStart(deps, tenant, 'import', id);
  return { id, status };
}

/** Ends an import whose file never came. One that is looked at too early comes up again. */
export async function expireUpload(
  deps: Pick<KnowledgeDeps, 'objects' | 'now'>,
  running: Running<ImportJob>,
): Promise<void> {
  const job = running.job();
  if (!isExpired(job, deps.now())) return;
  if (job.uploadKey !== undefined) await deps.objects.delete(job.uploadKey);
  const error = 'the file did not arrive, or was never started: begin the import again';
  await running.finish({ status: 'failed', error, finishedAt: new Date(deps.now()).toISOString() });
}
