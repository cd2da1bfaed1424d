import { CuecardError } from '../domain/error.ts';
import type { EntryId, TenantId } from '../domain/ids.ts';
import type { JobKind } from '../domain/job.ts';
import type { ImportMode, ReleaseRequest } from '../domain/knowledge.ts';
import type { Tenant } from '../domain/tenant.ts';
import { importCatalog, searchProducts } from './catalog.ts';
import type { KnowledgeDeps } from './deps.ts';
import { deleteEntry, getEntry, listEntries, putEntry } from './draft.ts';
import { type ExportFormat, exportEntries } from './export.ts';
import {
  createPackImport,
  getImport,
  installPack,
  runImport,
  type StartImport,
  startImport,
  tryStart,
} from './import.ts';
import { activateRelease, createRelease, getRelease, listReleases, runRelease } from './release.ts';
import { runCollect } from './releases/collect.ts';

/** What does a job of each kind. */
const RUN: Readonly<Record<JobKind, (deps: KnowledgeRoomDeps, tenant: TenantId, id: string) => Promise<void>>> = {
  import: runImport,
  release: runRelease,
  evaluation: notYet,
  transcript: notYet,
  gaps: notYet,
  collect: runCollect,
};

function notYet(_: KnowledgeRoomDeps, tenant: TenantId, id: string): Promise<void> {
  throw new Error(`no work is known for ${tenant}/${id}`);
}

type Listing = { q?: string | undefined; cursor?: string | undefined; limit?: number | undefined };
type Upload = { mode: ImportMode; dryRun: boolean; by: string };

export type KnowledgeRoomDeps = KnowledgeDeps & { packNames(): Promise<string[]> };

/** What a knowledge manager can do, each in one call. */
export function knowledgeRoom(deps: KnowledgeRoomDeps) {
  return {
    startImport: (tenant: TenantId, request: StartImport, bytes: Uint8Array) =>
      startImport(deps, tenant, request, bytes),
    importCatalog: (tenant: TenantId, upload: Upload, bytes: Uint8Array) =>
      importCatalog(deps, tenant, { ...upload, format: 'csv' }, bytes),
    readImport: (tenant: TenantId, id: string) => getImport(deps, tenant, id),
    listEntries: (tenant: TenantId, listing: Listing) => listEntries(deps.drafts, tenant, listing),
    readEntry: (tenant: TenantId, id: EntryId) => getEntry(deps.drafts, tenant, id),
    /** The path names the entry; the body may leave the id out, and the intent, which then is the id. */
    writeEntry: (tenant: TenantId, id: EntryId, body: Record<string, unknown>) => {
      if (body['id'] !== undefined && body['id'] !== id) {
        throw new CuecardError('invalid', `the body is of entry ${String(body['id'])}, the path of ${id}`);
      }
      return putEntry(deps.drafts, tenant, { intent: id, ...body, id });
    },
    deleteEntry: (tenant: TenantId, id: EntryId) => deleteEntry(deps.drafts, tenant, id),
    exportEntries: (tenant: TenantId, format: ExportFormat) => exportEntries(deps.drafts, tenant, format),
    createRelease: (tenant: TenantId, request: ReleaseRequest, by: string) => createRelease(deps, tenant, request, by),
    listReleases: (tenant: TenantId, listing: Listing) => listReleases(deps, tenant, listing),
    readRelease: (tenant: TenantId, id: string) => getRelease(deps, tenant, id),
    activateRelease: (tenant: TenantId, id: string, by: string) => activateRelease(deps, tenant, id, by),
    searchProducts: (tenant: TenantId, listing: Listing) =>
      searchProducts(deps.products, tenant, listing, deps.catalog),
    async listPacks() {
      const packs = await Promise.all((await deps.packNames()).map((name) => deps.loadPack(name)));
      return {
        items: packs.map(({ name, version, languages, entries }) => ({
          name,
          version,
          languages,
          entries: entries.length,
        })),
      };
    },
    async installPack(tenant: TenantId, name: string, by: string) {
      await deps.loadPack(name);
      const id = await createPackImport(deps, tenant, name, by);
      await tryStart(deps, tenant, 'import', id);
      return { id, status: 'queued' as const };
    },
    /** Raises `not_found` naming a pack that is not there. */
    async checkPacks(names: readonly string[]) {
      for (const name of names) await deps.loadPack(name);
    },
    /** A new tenant's packs, and a first release of them. */
    async installFirst({ id }: Tenant, names: readonly string[]) {
      for (const name of names) await installPack(deps, id, name, 'setup');
      await createRelease(deps, id, { publish: true }, 'setup');
    },
    /** Does a job that was started or is due. */
    run: ({ tenant, kind, id }: { tenant: TenantId; kind: JobKind; id: string }) => RUN[kind](deps, tenant, id),
  };
}
