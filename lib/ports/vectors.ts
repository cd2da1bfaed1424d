/** Indexes of vectors, and the vectors that were paid for. */

import type { TenantId } from '../domain/ids.ts';
import type { DenseHit } from '../engine/types.ts';
import type { Unavailable, Within } from './models.ts';

/** Unit-length (dense), or weights of 32-bit features (sparse). */
export type SparseVector = { indices: Uint32Array; values: Float32Array };

/** One question of an entry: the entry's key and `contentHash` of what was embedded. Its id in an index comes from both. */
export type IndexedId = { key: string; hash: string };

/** Finds nearest entries. An index may hold more than is live: `live` decides, from the snapshot that is asked. */
export type VectorIndex<Vector = Float32Array> = {
  /** Best question of each entry, best first, at most `limit` entries. */
  query(
    tenant: TenantId,
    vector: Vector,
    options: Within & { limit: number; live: (id: IndexedId) => boolean },
  ): Promise<{ kind: 'ok'; hits: DenseHit[] } | Unavailable>;
};

/** How a release fills the index: only what it lacks, and what no live release holds goes afterwards. */
export type IndexWriter<Vector = Float32Array> = {
  /** Those that the index lacks; makes the index itself when there is none. */
  missing(
    tenant: TenantId,
    ids: readonly IndexedId[],
    options: Within,
  ): Promise<{ kind: 'ok'; missing: IndexedId[] } | Unavailable>;
  /** Resolves when queries find them. */
  write(
    tenant: TenantId,
    vectors: readonly (IndexedId & { vector: Vector })[],
    options: Within,
  ): Promise<{ kind: 'ok' } | Unavailable>;
  /** Removes what is not in `keep`: the questions of every release that may still be asked. */
  collect(
    tenant: TenantId,
    keep: readonly IndexedId[],
    options: Within,
  ): Promise<{ kind: 'ok'; removed: number } | Unavailable>;
};

/** Embeddings of knowledge by content hash: what was embedded once is not paid for again. */
export type EmbeddingCache = {
  read(tenant: TenantId, hashes: readonly string[]): Promise<Map<string, Float32Array>>;
  write(tenant: TenantId, vectors: ReadonlyMap<string, Float32Array>): Promise<void>;
};
