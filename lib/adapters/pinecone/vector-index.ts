import type { IndexWriter, VectorIndex } from '../../ports/vectors.ts';
import { type Given, type Until, within } from '../provider/call.ts';
import type { Codec } from './codec.ts';
import { hostOf, madeHostOf } from './control.ts';
import { toVectorId } from './ids.ts';
import { nearest } from './query.ts';
import type { PineconeDeps } from './speak.ts';
import { listIds, removeIds, writeVectors } from './write.ts';

/** A serverless index, one namespace a tenant: asked by the message way, filled by the knowledge way. */
export function pineconeIndex<Vector>(
  deps: PineconeDeps,
  codec: Codec<Vector>,
): VectorIndex<Vector> & IndexWriter<Vector> {
  let known: string | undefined;
  const host = async (until: Until, make: boolean): Promise<Given<string>> => {
    if (known !== undefined) return { kind: 'ok', value: known };
    const found = await (make ? madeHostOf : hostOf)(deps, codec, until);
    if (found.kind === 'ok') known = found.value;
    return found;
  };
  /** Within the deadline, on the index wherever it is. */
  const on = <T>(deadlineMs: number, make: boolean, work: (host: string, until: Until) => Promise<Given<T>>) =>
    within(deps.provider, deadlineMs, async (until) => {
      const at = await host(until, make);
      return at.kind === 'ok' ? work(at.value, until) : at;
    });

  return {
    async query(tenant, vector, { deadlineMs, limit, live }) {
      const found = await on(deadlineMs, false, (at, until) =>
        nearest(deps, codec, { host: at, tenant, vector }, { limit, live }, until),
      );
      return found.kind === 'ok' ? { kind: 'ok', hits: found.value } : found;
    },
    async missing(tenant, ids, { deadlineMs }) {
      const held = await on(deadlineMs, true, (at, until) => listIds(deps, { host: at, tenant }, until));
      if (held.kind !== 'ok') return held;
      return { kind: 'ok', missing: ids.filter((id) => !held.value.has(toVectorId(id))) };
    },
    async write(tenant, vectors, { deadlineMs }) {
      if (vectors.length === 0) return { kind: 'ok' };
      const written = await on(deadlineMs, true, (at, until) =>
        writeVectors(deps, codec, { host: at, tenant }, vectors, until),
      );
      return written.kind === 'ok' ? { kind: 'ok' } : written;
    },
    async collect(tenant, keep, { deadlineMs }) {
      const kept = new Set(keep.map(toVectorId));
      const removed = await on(deadlineMs, false, async (at, until) => {
        const held = await listIds(deps, { host: at, tenant }, until);
        if (held.kind !== 'ok') return held;
        const stale = [...held.value].filter((id) => !kept.has(id));
        return removeIds(deps, { host: at, tenant }, stale, until);
      });
      return removed.kind === 'ok' ? { kind: 'ok', removed: removed.value } : removed;
    },
  };
}
