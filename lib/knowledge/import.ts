import * as z from 'zod';
import { CuecardError } from '../domain/error.ts';
import type { TenantId } from '../domain/ids.ts';
import type { JobKind } from '../domain/job.ts';
import {
  type ImportFormat,
  type ImportJob,
  type ImportKind,
  type ImportMode,
  ImportReport,
  type ImportStatus,
  RowProblem,
} from '../domain/knowledge.ts';
import { DEFAULT_SETTINGS } from '../domain/tenant.ts';
import type { KnowledgeDeps } from './deps.ts';
import { openBinary } from './files/detect.ts';
import { runCatalogImport } from './import-catalog.ts';
import { abandonEntryImport, runEntryImport } from './import-entries.ts';
import { runJob } from './job.ts';
import { runPackImport } from './packs/import-pack.ts';
import { refuseFormat } from './read-entries.ts';

const MAX_UPLOAD_BYTES = 20 * 1024 * 1024;
/** A report is answered whole up to this many bad rows; the total is always said. */
const MAX_SHOWN_PROBLEMS = 5_000;

export type StartImport = {
  kind?: ImportKind;
  format: ImportFormat;
  mode: ImportMode;
  dryRun: boolean;
  by: string;
};

type StartDeps = Pick<KnowledgeDeps, 'imports' | 'objects' | 'start' | 'tenant' | 'now' | 'newId'>;

function newJob(id: string, request: Omit<StartImport, 'format'>, at: number, timeZone: string): ImportJob {
  return {
    id,
    kind: request.kind ?? 'entries',
    mode: request.mode,
    dryRun: request.dryRun,
    by: request.by,
    status: 'queued',
    createdAt: new Date(at).toISOString(),
    timeZone,
    rows: 0,
    added: 0,
    changed: 0,
    unchanged: 0,
    removed: 0,
    rejected: [],
    rejectedTotal: 0,
    ignoredColumns: [],
    planned: false,
  };
}

async function timeZoneOf(deps: StartDeps, tenant: TenantId): Promise<string> {
  return (await deps.tenant(tenant))?.settings.timeZone ?? DEFAULT_SETTINGS.timeZone;
}

/** Starting is a favour to the impatient: a due job is started by the sweep anyway. */
export async function tryStart(
  deps: Pick<KnowledgeDeps, 'start'>,
  tenant: TenantId,
  kind: JobKind,
  id: string,
): Promise<void> {
  try {
    await deps.start('work', { tenant, kind, id });
  } catch {
    // The job stays due; nothing is lost but a moment.
  }
}

/**
 * Keeps the upload and a due job for it. Raises `unsupported_media` for a format or content that is not read,
 * `too_large` above 20 MiB, `invalid` for an empty body.
 */
export async function startImport(
  deps: StartDeps,
  tenant: TenantId,
  request: StartImport,
  bytes: Uint8Array,
): Promise<{ id: string; status: ImportStatus }> {
  refuseFormat(request.format);
  openBinary(bytes);
  if (bytes.length === 0) throw new CuecardError('invalid', 'the file is empty');
  if (bytes.length > MAX_UPLOAD_BYTES) {
    throw new CuecardError('too_large', `the file has ${bytes.length} bytes, at most ${MAX_UPLOAD_BYTES} are read`);
  }
  const at = deps.now();
  const id = deps.newId('imp_');
  const uploadKey = `uploads/${tenant}/${id}`;
  await deps.objects.put(uploadKey, bytes);
  const job = newJob(id, request, at, await timeZoneOf(deps, tenant));
  await deps.imports.create(tenant, id, { ...job, format: request.format, uploadKey }, at);
  await tryStart(deps, tenant, 'import', id);
  return { id, status: 'queued' };
}

/** A pack's entries come the way of an import: the same report, and the sweep finishes what was cut off. */
export async function createPackImport(
  deps: StartDeps,
  tenant: TenantId,
  request: { pack: string; by: string; merge: NonNullable<ImportJob['packMerge']> },
): Promise<string> {
  const { pack, by, merge: packMerge } = request;
  const at = deps.now();
  const id = deps.newId('imp_');
  const job = newJob(id, { kind: 'pack', mode: 'merge', dryRun: false, by }, at, await timeZoneOf(deps, tenant));
  await deps.imports.create(tenant, id, { ...job, pack, packMerge }, at);
  return id;
}

const RUN = { entries: runEntryImport, catalog: runCatalogImport, pack: runPackImport } as const;

/** Does an import that is due; safe to call again after having been cut off anywhere. */
export function runImport(deps: KnowledgeDeps, tenant: TenantId, id: string): Promise<void> {
  return runJob<ImportJob>(tenant, id, {
    store: deps.imports,
    now: deps.now,
    run: (running) => RUN[running.job().kind](deps, running),
    fail: async (running, reason) => {
      if (running.job().kind !== 'catalog') await abandonEntryImport(deps, running);
      return { status: 'failed', error: reason, finishedAt: new Date(deps.now()).toISOString() };
    },
  });
}

const Problems = z.array(RowProblem);

/** Raises `not_found`. */
export async function getImport(
  deps: Pick<KnowledgeDeps, 'imports' | 'objects'>,
  tenant: TenantId,
  id: string,
): Promise<ImportReport> {
  const held = await deps.imports.read(tenant, id);
  if (held === undefined) throw new CuecardError('not_found', `no import ${id}`);
  const { job } = held;
  const stored = job.rejectedKey === undefined ? undefined : await deps.objects.get(job.rejectedKey);
  const rejected = stored === undefined ? job.rejected : Problems.parse(JSON.parse(new TextDecoder().decode(stored)));
  return ImportReport.parse({ ...job, rejected: rejected.slice(0, MAX_SHOWN_PROBLEMS) });
}
