import * as z from 'zod';
import { CuecardError } from '../domain/error.ts';
import type { TenantId } from '../domain/ids.ts';
import {
  type ColumnMapping,
  type ImportFormat,
  type ImportJob,
  type ImportKind,
  type ImportMode,
  ImportReport,
  type ImportStatus,
  RowProblem,
} from '../domain/import-job.ts';
import type { Language } from '../domain/language.ts';
import { DEFAULT_SETTINGS } from '../domain/tenant.ts';
import type { UploadForm } from '../domain/upload.ts';
import type { Page } from '../ports/page.ts';
import type { KnowledgeDeps } from './deps.ts';
import { openBinary } from './files/detect.ts';
import { runCatalogImport } from './import-catalog.ts';
import { abandonEntryImport, runEntryImport } from './import-entries.ts';
import { runJob } from './job.ts';
import { runPackImport } from './packs/import-pack.ts';
import { rejectedCsv } from './rejected-csv.ts';
import { searchPages } from './search-pages.ts';
import { tryStart } from './try-start.ts';
import { checkUploadSize, expireUpload, type UploadDeps, type Waiting, waitForUpload } from './uploads.ts';

/** A report is answered whole up to this many bad rows; the total is always said. */
const MAX_SHOWN_PROBLEMS = 5_000;
const READ_AT_ONCE = 50;
const DEFAULT_LISTED = 20;

export type StartImport = {
  kind?: ImportKind;
  format: ImportFormat;
  mode: ImportMode;
  dryRun: boolean;
  by: string;
  mapping?: ColumnMapping | undefined;
  language?: Language | undefined;
  /** The body is empty: the answer says where to post the file. */
  upload?: boolean;
  /** How large that file will be, if it is known. */
  bytes?: number | undefined;
};

/** What an import answers when it has been taken; `upload` while it waits for its file. */
export type Started = { id: string; status: ImportStatus; upload?: UploadForm };

type StartDeps = Pick<KnowledgeDeps, 'imports' | 'objects' | 'start' | 'tenant' | 'now' | 'newId'>;

type NewJob = Omit<StartImport, 'format'> & { format?: ImportFormat };

function askedOf({ mapping, language }: NewJob): ImportJob['asked'] {
  return mapping === undefined && language === undefined ? undefined : { mapping, language };
}

function newJob(id: string, request: NewJob, at: number, timeZone: string): ImportJob {
  const asked = askedOf(request);
  return {
    ...(request.format === undefined ? {} : { format: request.format }),
    ...(asked === undefined ? {} : { asked }),
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

function checkBytes(bytes: Uint8Array): void {
  if (bytes.length === 0) throw new CuecardError('invalid', 'the file is empty');
  checkUploadSize(bytes.length);
  openBinary(bytes);
}

/**
 * Keeps the upload and a due job for it, or a job that waits for its file. Raises `unsupported_media` for content that is
 * not read, `too_large` above 20 MiB, `invalid` for an empty body.
 */
export async function startImport(
  deps: StartDeps & UploadDeps,
  tenant: TenantId,
  request: StartImport,
  bytes: Uint8Array,
): Promise<Started> {
  const at = deps.now();
  const id = deps.newId('imp_');
  const uploadKey = `uploads/${tenant}/${id}/file`;
  const job: Waiting = { ...newJob(id, request, at, await timeZoneOf(deps, tenant)), uploadKey };
  if (request.upload === true) {
    if (bytes.length > 0)
      throw new CuecardError('invalid', 'with upload=true the body is empty: post the file to the form');
    return waitForUpload(deps, tenant, job, request.bytes ?? 0);
  }
  checkBytes(bytes);
  await deps.objects.put(uploadKey, bytes);
  await deps.imports.create(tenant, id, job, at);
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
    run: (running) =>
      running.job().status === 'waiting' ? expireUpload(deps, running) : RUN[running.job().kind](deps, running),
    fail: async (running, reason) => {
      if (running.job().kind !== 'catalog') await abandonEntryImport(deps, running);
      return { status: 'failed', error: reason, finishedAt: new Date(deps.now()).toISOString() };
    },
  });
}

const Problems = z.array(RowProblem);

/** The whole list of an import's problems, wherever it lies. */
async function problemsOf(
  deps: Pick<KnowledgeDeps, 'objects'>,
  key: string | undefined,
  onItem: readonly RowProblem[],
): Promise<readonly RowProblem[]> {
  const stored = key === undefined ? undefined : await deps.objects.get(key);
  return stored === undefined ? onItem : Problems.parse(JSON.parse(new TextDecoder().decode(stored)));
}

async function jobOf(deps: Pick<KnowledgeDeps, 'imports'>, tenant: TenantId, id: string): Promise<ImportJob> {
  const held = await deps.imports.read(tenant, id);
  if (held === undefined) throw new CuecardError('not_found', `no import ${id}`);
  return held.job;
}

/** Raises `not_found`. */
export async function getImport(
  deps: Pick<KnowledgeDeps, 'imports' | 'objects'>,
  tenant: TenantId,
  id: string,
): Promise<ImportReport> {
  const job = await jobOf(deps, tenant, id);
  const [rejected, warnings] = await Promise.all([
    problemsOf(deps, job.rejectedKey, job.rejected),
    problemsOf(deps, job.warningsKey, job.warnings ?? []),
  ]);
  return ImportReport.parse({
    ...job,
    rejected: rejected.slice(0, MAX_SHOWN_PROBLEMS),
    ...(job.warnings === undefined ? {} : { warnings: warnings.slice(0, MAX_SHOWN_PROBLEMS) }),
  });
}

/** Every row of an import that could not be used, as a spreadsheet. Raises `not_found`. */
export async function getRejected(
  deps: Pick<KnowledgeDeps, 'imports' | 'objects'>,
  tenant: TenantId,
  id: string,
): Promise<string> {
  const job = await jobOf(deps, tenant, id);
  return rejectedCsv(await problemsOf(deps, job.rejectedKey, job.rejected));
}

/** Imports of entries and packs, newest first, with the bad rows that stand on their items. */
export async function listImports(
  deps: Pick<KnowledgeDeps, 'imports'>,
  tenant: TenantId,
  { limit, cursor }: { limit?: number | undefined; cursor?: string | undefined },
): Promise<Page<ImportReport>> {
  const read = async (after: string | undefined): Promise<Page<ImportJob>> => {
    const page = await deps.imports.page(tenant, READ_AT_ONCE, after);
    return { ...page, items: page.items.map(({ job }) => job) };
  };
  const page = await searchPages(read, ({ kind }) => kind !== 'catalog', limit ?? DEFAULT_LISTED, cursor);
  return { ...page, items: page.items.map((job) => ImportReport.parse(job)) };
}
