import type { TenantId } from '../domain/ids.ts';
import type { ImportJob } from '../domain/import-job.ts';
import type { CollectJob } from '../domain/knowledge.ts';
import type { Product } from '../domain/product.ts';
import type { RankingShifts } from '../domain/ranking.ts';
import type { ReleaseJob } from '../domain/release.ts';
import type { Tenant } from '../domain/tenant.ts';
import type { ProductIndex } from '../engine/products/types.ts';
import type { Compiled, CompileInput, Engine, Progress } from '../engine/types.ts';
import type { AuditStore } from '../ports/audit.ts';
import type { CatalogStore } from '../ports/catalog.ts';
import type { Clock, NewId, Sleep } from '../ports/clock.ts';
import type { DraftStore } from '../ports/draft.ts';
import type { JobStore } from '../ports/jobs.ts';
import type { ObjectStore, PresignUpload } from '../ports/objects.ts';
import type { GoldenStore, LiveStore } from '../ports/release.ts';
import type { TurnSamples } from '../ports/samples.ts';
import type { Start } from '../ports/starts.ts';
import type { EmbedDeps } from './embed-entries.ts';
import type { ReadUpload } from './files/readers.ts';
import type { OpenToAsk } from './gate/ask.ts';
import type { Pack } from './packs/pack.ts';

/** Compiles away from the thread that answers messages; see `compile-in-worker.ts`. */
export type Compile = (input: CompileInput, onProgress: Progress) => Promise<Compiled>;

/** Everything the knowledge way needs from outside. */
export type KnowledgeDeps = EmbedDeps & {
  tenant: (id: TenantId) => Promise<Tenant | undefined>;
  drafts: DraftStore;
  imports: JobStore<ImportJob>;
  releases: JobStore<ReleaseJob>;
  live: LiveStore;
  audit: AuditStore;
  collections: JobStore<CollectJob>;
  golden: GoldenStore;
  samples: Pick<TurnSamples, 'between'>;
  /** Opens a snapshot to be asked as production asks it. */
  openToAsk: OpenToAsk;
  products: CatalogStore;
  objects: ObjectStore;
  start: Start;
  presignUpload: PresignUpload;
  /** Reads an upload away from the thread that answers messages; see `files/read-in-worker.ts`. */
  read: ReadUpload;
  compile: Compile;
  open: (bytes: Uint8Array) => Engine;
  /** The products' index; raises `invalid` when they cannot be compiled. */
  buildCatalog: (products: readonly Product[]) => Uint8Array | Promise<Uint8Array>;
  /** The index that is live, warm where it was opened before; absent, a search reads the products themselves. */
  catalog?: (tenant: TenantId) => Promise<Partial<Pick<ProductIndex, 'search'>> | undefined>;
  /** What agents' choices of the last weeks say of the order of suggestions; asked where the tenant learns from them. */
  ranking?: (tenant: TenantId) => Promise<RankingShifts>;
  /** An installed industry pack by name; raises `not_found`. */
  loadPack: (name: string) => Promise<Pack>;
  now: Clock;
  newId: NewId;
  sleep: Sleep;
};

/** How long a run holds a job between two saves (ms); a run that is killed is taken up after this. */
export const HOLD_MS = 60_000;
/** A run that has failed this often fails its job. */
export const MAX_ATTEMPTS = 8;
