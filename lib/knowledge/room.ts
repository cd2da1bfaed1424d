import type { TenantId } from '../domain/ids.ts';
import type { JobKind } from '../domain/job.ts';
import type { Tenant } from '../domain/tenant.ts';
import { importCatalog, searchProducts } from './catalog.ts';
import type { KnowledgeDeps } from './deps.ts';
import { getImport, getRejected, listImports, runImport, type StartImport, startImport } from './import.ts';
import { installPack } from './packs/update.ts';
import { createRelease, runRelease } from './release.ts';
import { runCollect, tidyAfter } from './releases/collect.ts';
import { draftRoom } from './releases/room.ts';
import { startUploaded } from './uploads.ts';

/** Jobs that read as the message way does are run beside this room: see `lib/app/work.ts`. */
type RoomJob = Exclude<JobKind, 'evaluation' | 'transcript' | 'gaps' | 'erasure'>;

/** What does a job of each kind. */
const RUN: Readonly<Record<RoomJob, (deps: KnowledgeRoomDeps, tenant: TenantId, id: string) => Promise<void>>> = {
  import: runImport,
  release: runRelease,
  collect: runCollect,
};

type Listing = { q?: string | undefined; cursor?: string | undefined; limit?: number | undefined };
type Upload = Omit<StartImport, 'format' | 'kind'>;

export type KnowledgeRoomDeps = KnowledgeDeps & { packNames(): Promise<string[]> };

/** What a knowledge manager can do, each in one call. */
export function knowledgeRoom(deps: KnowledgeRoomDeps) {
  return {
    ...draftRoom(deps),
    startImport: (tenant: TenantId, request: StartImport, bytes: Uint8Array) =>
      startImport(deps, tenant, request, bytes),
    importCatalog: (tenant: TenantId, upload: Upload, bytes: Uint8Array) =>
      importCatalog(deps, tenant, { ...upload, format: 'csv' }, bytes),
    readImport: (tenant: TenantId, id: string) => getImport(deps, tenant, id),
    readRejected: (tenant: TenantId, id: string) => getRejected(deps, tenant, id),
    listImports: (tenant: TenantId, listing: Listing) => listImports(deps, tenant, listing),
    startUploaded: (tenant: TenantId, id: string) => startUploaded(deps, tenant, id),
    searchProducts: (tenant: TenantId, listing: Listing) =>
      searchProducts(deps.products, tenant, listing, deps.catalog),
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
    async run({ tenant, kind, id }: { tenant: TenantId; kind: RoomJob; id: string }) {
      await RUN[kind](deps, tenant, id);
      await tidyAfter(deps, tenant, kind);
    },
  };
}
