/** What is learnt from use: the message way reads past turns over what is live, the knowledge way makes topics of them. */
import { once } from '../adapters/memory.ts';
import { CuecardError } from '../domain/error.ts';
import type { TenantId } from '../domain/ids.ts';
import type { LearnDeps, PastReader } from '../knowledge/learn/deps.ts';
import { newId, now, objects, start, table } from './clients.ts';
import { evidence } from './evidence.ts';
import { gapStores } from './gaps.ts';
import { livePointer, opened, readTenant } from './library.ts';

async function reader(id: TenantId): Promise<PastReader> {
  const [{ pastReader }, tenant, { knowledge }] = await Promise.all([
    import('../assist/past.ts'),
    readTenant(id),
    opened(await livePointer(id)),
  ]);
  if (tenant === undefined) throw new CuecardError('not_found', `no tenant ${id}`);
  return pastReader(tenant, knowledge);
}

export const learning = /* @__PURE__ */ once(async () => {
  const [theTable, theObjects, theStart, stores, gaps, knowledge, { learnRoom }, theEvidence] = await Promise.all([
    table(),
    objects(),
    start(),
    import('../adapters/dynamodb/gaps.ts'),
    gapStores(),
    import('../adapters/dynamodb/knowledge.ts'),
    import('../knowledge/learn/room.ts'),
    evidence(),
  ]);
  const deps: LearnDeps = {
    tenant: readTenant,
    drafts: knowledge.dynamodbDrafts(theTable),
    live: knowledge.dynamodbLive(theTable),
    objects: theObjects,
    start: theStart,
    transcripts: stores.dynamodbTranscripts(theTable),
    ...gaps,
    evidence: theEvidence,
    reader,
    now,
    newId,
  };
  return learnRoom(deps);
});
