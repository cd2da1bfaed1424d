import * as z from 'zod';
import type { Clock } from '../../ports/clock.ts';
import type { EmbeddingCache } from '../../ports/vectors.ts';
import { embeddingKey } from './keys.ts';
import { batchGet, batchWrite, type Table } from './table.ts';

/** Chunks at once; each is a batch of the table's. */
const LANES = 8;
const READ_CHUNK = 100;
const WRITE_CHUNK = 25;

/** A vector as float32, little-endian: 6 KB at 1,536 dimensions. */
const Stored = z.object({ hash: z.string(), vector: z.instanceof(Uint8Array) });

function toBytes(vector: Float32Array): Uint8Array {
  const view = new DataView(new ArrayBuffer(vector.length * 4));
  for (const [place, value] of vector.entries()) view.setFloat32(place * 4, value, true);
  return new Uint8Array(view.buffer);
}

function toVector(bytes: Uint8Array): Float32Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Float32Array.from({ length: Math.floor(bytes.length / 4) }, (_, place) => view.getFloat32(place * 4, true));
}

/** Runs `work` over chunks of `items`, some at once. */
async function inChunks<Item>(items: readonly Item[], size: number, work: (chunk: Item[]) => Promise<void>) {
  let next = 0;
  const lane = async (): Promise<void> => {
    while (next < items.length) {
      const start = next;
      next += size;
      await work(items.slice(start, start + size));
    }
  };
  await Promise.all(Array.from({ length: LANES }, lane));
}

/** Vectors of knowledge, kept for `keepSeconds` after they were bought. A damaged item counts as none. */
export function dynamodbEmbeddings(
  table: Table,
  { now, keepSeconds }: { now: Clock; keepSeconds: number },
): EmbeddingCache {
  return {
    async read(tenant, hashes) {
      const found = new Map<string, Float32Array>();
      await inChunks([...new Set(hashes)], READ_CHUNK, async (chunk) => {
        const items = await batchGet(
          table,
          chunk.map((hash) => embeddingKey(tenant, hash)),
        );
        for (const item of items) {
          const stored = Stored.safeParse(item);
          if (stored.success) found.set(stored.data.hash, toVector(stored.data.vector));
        }
      });
      return found;
    },
    async write(tenant, vectors) {
      const expiresAt = Math.floor(now() / 1_000) + keepSeconds;
      await inChunks([...vectors], WRITE_CHUNK, (chunk) =>
        batchWrite(table, {
          puts: chunk.map(([hash, vector]) => ({
            ...embeddingKey(tenant, hash),
            hash,
            vector: toBytes(vector),
            expiresAt,
          })),
        }),
      );
    },
  };
}
