import * as z from 'zod';
import { CuecardError } from '../../domain/error.ts';
import { type EvaluatedRow, Evaluation, type EvaluationJob } from '../../domain/evaluation.ts';
import { ReleaseId, type TenantId } from '../../domain/ids.ts';
import type { Page } from '../../ports/page.ts';
import { pageSize } from '../search-pages.ts';
import { tryStart } from '../try-start.ts';
import { compareRuns } from './compare.ts';
import type { EvaluateDeps } from './deps.ts';
import { missesFile } from './misses-file.ts';
import { MAX_BYTES } from './rows.ts';
import { decode, Results, runEvaluation, ShownRows } from './run.ts';

const MAX_PAGE = 100;

/** What a run is asked for beside its rows; a JSON body may say it in place of the query. */
export const EvaluationWish = z.object({
  name: z.string().max(200).optional(),
  release: ReleaseId.optional(),
  against: z.string().max(100).optional(),
});
export type EvaluationWish = z.infer<typeof EvaluationWish>;

/** Sorts by the time it was asked for; the rest is chance. */
function newEvaluationId({ now, newId }: EvaluateDeps): string {
  const chance = newId('')
    .replace(/[^A-Za-z0-9]/g, '')
    .slice(-10);
  return `evl_${now().toString(36).padStart(9, '0')}${chance}`;
}

/** The wishes in a JSON body; its rows are read with the rest of the work. Nothing where the body is another file. */
function wishIn(bytes: Uint8Array): EvaluationWish {
  const text = new TextDecoder()
    .decode(bytes)
    .replace(/^\uFEFF/, '')
    .trimStart();
  if (!text.startsWith('{')) return {};
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    return {};
  }
  const parsed = EvaluationWish.safeParse(body);
  if (parsed.success) return parsed.data;
  const errors = parsed.error.issues.map(({ path, message }) => ({ path: path.join('.'), message }));
  throw new CuecardError('invalid', 'the body does not have the right shape', { errors });
}

function refuse(bytes: Uint8Array): void {
  if (bytes.length === 0) throw new CuecardError('invalid', 'the file is empty');
  if (bytes.length > MAX_BYTES) {
    throw new CuecardError('too_large', `the file has ${bytes.length} bytes, at most ${MAX_BYTES} are read: split it`);
  }
}

async function liveRelease(deps: EvaluateDeps, tenant: TenantId): Promise<ReleaseId> {
  const live = await deps.live.read(tenant);
  if (live?.snapshotKey !== undefined) return live.release;
  throw new CuecardError(
    'conflict',
    'nothing is live that could be asked: publish a release first, or name one that is ready',
  );
}

/**
 * Keeps the rows and a due job for them. Raises `invalid` and `too_large` for the file, `not_found` for a release or an
 * earlier run that is not there, `conflict` where no release can be asked.
 */
export async function startEvaluation(
  deps: EvaluateDeps,
  tenant: TenantId,
  { by, ...wish }: EvaluationWish & { by: string },
  bytes: Uint8Array,
): Promise<{ id: string; status: EvaluationJob['status'] }> {
  refuse(bytes);
  const { name, release: wanted, against } = { ...wish, ...wishIn(bytes) };
  if (against !== undefined) await readJob(deps, tenant, against);
  const release = wanted ?? (await liveRelease(deps, tenant));
  await deps.checkRelease(tenant, release);
  const id = newEvaluationId(deps);
  const uploadKey = `uploads/${tenant}/${id}`;
  await deps.objects.put(uploadKey, bytes);
  const at = deps.now();
  const job: EvaluationJob = {
    id,
    ...(name === undefined ? {} : { name }),
    release,
    by,
    status: 'queued',
    createdAt: new Date(at).toISOString(),
    missesTotal: 0,
    rejectedTotal: 0,
    uploadKey,
    ...(against === undefined ? {} : { compareWith: against }),
  };
  await deps.evaluations.create(tenant, id, job, at);
  await tryStart(deps, tenant, 'evaluation', id);
  return { id, status: 'queued' };
}

async function readJob(deps: EvaluateDeps, tenant: TenantId, id: string): Promise<EvaluationJob> {
  const held = await deps.evaluations.read(tenant, id);
  if (held === undefined) throw new CuecardError('not_found', `no evaluation ${id}`);
  return held.job;
}

/** Every row of a finished run. Raises `conflict` before it is finished. */
async function resultsOf(deps: EvaluateDeps, job: EvaluationJob): Promise<EvaluatedRow[]> {
  if (job.resultsKey === undefined) {
    const why = job.status === 'failed' ? `failed: ${job.error ?? ''}` : `is ${job.status}: wait until it is done`;
    throw new CuecardError('conflict', `evaluation ${job.id} ${why}`);
  }
  const bytes = await deps.objects.get(job.resultsKey);
  if (bytes === undefined) throw new CuecardError('not_found', `the rows of evaluation ${job.id} are no longer kept`);
  return Results.parse(decode(bytes));
}

async function shownOf({ objects }: EvaluateDeps, { shownKey }: EvaluationJob): Promise<ShownRows> {
  const bytes = shownKey === undefined ? undefined : await objects.get(shownKey);
  return bytes === undefined ? { misses: [], rejected: [] } : ShownRows.parse(decode(bytes));
}

/** A run, and, once it is done, what it gained and lost against an earlier one. Raises `not_found`. */
export async function getEvaluation(
  deps: EvaluateDeps,
  tenant: TenantId,
  id: string,
  against?: string,
): Promise<Evaluation> {
  const job = await readJob(deps, tenant, id);
  const shown = await shownOf(deps, job);
  const other = against ?? job.compareWith;
  if (other === undefined || job.resultsKey === undefined) return Evaluation.parse({ ...job, ...shown });
  const earlier = await readJob(deps, tenant, other);
  // A run that was named at the start may have failed since: that is no reason to show nothing.
  if (against === undefined && earlier.resultsKey === undefined) return Evaluation.parse({ ...job, ...shown });
  const [before, now] = await Promise.all([resultsOf(deps, earlier), resultsOf(deps, job)]);
  return Evaluation.parse({ ...job, ...shown, against: compareRuns({ id: other, rows: before }, now) });
}

/** Newest first, without their misses. */
export async function listEvaluations(
  deps: EvaluateDeps,
  tenant: TenantId,
  { limit, cursor }: { limit?: number | undefined; cursor?: string | undefined } = {},
): Promise<Page<Evaluation>> {
  const page = await deps.evaluations.page(tenant, pageSize(limit, 20, MAX_PAGE), cursor);
  return { ...page, items: page.items.map(({ job }) => Evaluation.parse(job)) };
}

export function evaluationRoom(deps: EvaluateDeps) {
  return {
    start: (tenant: TenantId, wish: EvaluationWish & { by: string }, bytes: Uint8Array) =>
      startEvaluation(deps, tenant, wish, bytes),
    list: (tenant: TenantId, listing: { limit?: number | undefined; cursor?: string | undefined }) =>
      listEvaluations(deps, tenant, listing),
    read: (tenant: TenantId, id: string, against?: string) => getEvaluation(deps, tenant, id, against),
    /** Every miss as a CSV. Raises `conflict` before the run is done. */
    misses: async (tenant: TenantId, id: string) => missesFile(await resultsOf(deps, await readJob(deps, tenant, id))),
    run: (tenant: TenantId, id: string) => runEvaluation(deps, tenant, id),
  };
}
