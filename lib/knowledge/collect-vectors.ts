import { questionIds } from '../domain/content-hash.ts';
import { Entry } from '../domain/entry.ts';
import type { TenantId } from '../domain/ids.ts';
import type { Engine } from '../engine/types.ts';
import type { IndexedId } from '../ports/vectors.ts';
import type { KnowledgeDeps } from './deps.ts';

/** Releases, newest first, that may still be asked or gone back to; an older one is asked without its vectors. */
const KEPT_RELEASES = 5;
const INDEX_MS = 120_000;

/**
 * Removes from the index what none of the newest releases asks. Does nothing for a release that holds its vectors itself.
 * A failure costs room, and the next release tries again.
 */
export async function collectVectors(deps: KnowledgeDeps, tenant: TenantId, newest: Engine): Promise<void> {
  const index = newest.vectorsLie === 'outside' ? await deps.vectorIndex() : undefined;
  if (index === undefined) return;
  const { items } = await deps.releases.page(tenant, KEPT_RELEASES);
  const keep: IndexedId[] = idsOf(newest);
  for (const { job } of items) keep.push(...(await idsOfKept(deps, job.snapshotKey)));
  await index.collect(tenant, keep, { deadlineMs: INDEX_MS });
}

/** None of a snapshot that an earlier version wrote: nothing opens it, so nobody asks for its vectors. */
async function idsOfKept({ objects, open }: KnowledgeDeps, snapshotKey: string | undefined): Promise<IndexedId[]> {
  const bytes = snapshotKey === undefined ? undefined : await objects.get(snapshotKey);
  if (bytes === undefined) return [];
  try {
    return idsOf(open(bytes));
  } catch {
    return [];
  }
}

function idsOf(engine: Engine): IndexedId[] {
  if (engine.embedding === undefined) return [];
  const decoder = new TextDecoder();
  const entries = Array.from({ length: engine.size }, (_, at) =>
    Entry.parse(JSON.parse(decoder.decode(engine.payload(at)))),
  );
  return Array.from(questionIds(engine.embedding, entries), ({ key, hash }) => ({ key, hash }));
}
