import type { QueryOptions } from '@pinecone-database/pinecone';
import * as z from 'zod';
import type { TenantId } from '../../domain/ids.ts';
import type { DenseHit } from '../../engine/types.ts';
import type { IndexedId } from '../../ports/vectors.ts';
import { type Given, type Until, unavailable } from '../provider/call.ts';
import type { Codec } from './codec.ts';
import { hashOf } from './ids.ts';
import { type PineconeDeps, speaking } from './speak.ts';

const Found = z.object({
  matches: z
    .array(z.object({ id: z.string(), score: z.number(), metadata: z.object({ key: z.string().nullish() }).nullish() }))
    .nullish(),
});
type Match = { id: IndexedId; similarity: number };

/** Vectors that are not ours (no key, no content hash) are passed over. */
function toMatches(answer: unknown): Match[] {
  const { matches } = Found.parse(answer);
  return (matches ?? []).flatMap(({ id, score, metadata }) => {
    const [key, hash] = [metadata?.key, hashOf(id)];
    return typeof key === 'string' && hash !== undefined ? [{ id: { key, hash }, similarity: score }] : [];
  });
}

/** Each entry's best, best first. */
function bestOfEach(matches: readonly Match[], limit: number): DenseHit[] {
  const best = new Map<string, number>();
  for (const { id, similarity } of matches) {
    if (similarity > (best.get(id.key) ?? Number.NEGATIVE_INFINITY)) best.set(id.key, similarity);
  }
  return [...best]
    .map(([key, similarity]) => ({ key, similarity: Math.min(1, Math.max(-1, similarity)) }))
    .toSorted((a, b) => b.similarity - a.similarity)
    .slice(0, limit);
}

/** An entry has several questions and the index may hold more than is live, so more is asked for than wanted. */
const FIRST_TOP_K = 100;
const LAST_TOP_K = 1_000;

export async function nearest<Vector>(
  deps: PineconeDeps,
  codec: Codec<Vector>,
  { host, tenant, vector }: { host: string; tenant: TenantId; vector: Vector },
  { limit, live }: { limit: number; live: (id: IndexedId) => boolean },
  until: Until,
): Promise<Given<DenseHit[]>> {
  const asked = codec.query(vector);
  if (asked === undefined) return unavailable('failed');
  for (const topK of [Math.max(FIRST_TOP_K, limit), LAST_TOP_K]) {
    const found = await speaking(deps, until, async (fetch) => {
      // The client's types want a dense vector even of a sparse index; the contract and the client do not.
      const options = { ...asked, topK, includeMetadata: true } as QueryOptions;
      return toMatches(await deps.connect(host, tenant, fetch).query(options));
    });
    if (found.kind !== 'ok') return found;
    const hits = bestOfEach(
      found.value.filter(({ id }) => live(id)),
      limit,
    );
    if (hits.length >= limit || found.value.length < topK || topK === LAST_TOP_K) return { kind: 'ok', value: hits };
  }
  return { kind: 'ok', value: [] };
}
