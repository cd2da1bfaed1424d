/** The rooms of operators, admins and knowledge managers. */
import { randomBytes } from 'node:crypto';
import { once } from '../adapters/memory.ts';
import type { TenantId } from '../domain/ids.ts';
import type { ExportFormat } from '../knowledge/export.ts';
import type { KnowledgeRoomDeps } from '../knowledge/room.ts';
import type { TenantsDeps } from '../tenants/manage.ts';
import { accessNotes } from './access-notes.ts';
import { newId, now, objects, SECONDS_A_DAY, seal, settings, sleep, start, table } from './clients.ts';
import { evidence } from './evidence.ts';
import { gateParts } from './gate.ts';
import { liveCatalog, products, readTenant, tenantStore } from './library.ts';
import { denseIndex, embedder } from './models.ts';
import { checkUrl } from './outward.ts';
import { presignUpload } from './uploads.ts';

const READ_LIMITS = { memoryMb: 1_024, deadlineMs: 180_000 };
/** Choices older than this say little of the questions of now. */
const RANKED_DAYS = 28;
const COMPILE_LIMITS = { memoryMb: 2_048, deadlineMs: 600_000 };

/** Tenants, their settings and tokens. */
export const tenants = /* @__PURE__ */ once(async () => {
  const [store, theTable, theSeal, manage, { dynamodbOutcomes }, { retentionDays }, { dynamodbAudit }] =
    await Promise.all([
      tenantStore(),
      table(),
      seal(),
      import('../tenants/manage.ts'),
      import('../adapters/dynamodb/outcomes.ts'),
      settings(),
      import('../adapters/dynamodb/audit.ts'),
    ]);
  const outcomes = dynamodbOutcomes(theTable, { retentionSeconds: retentionDays * SECONDS_A_DAY });
  const deps: TenantsDeps = {
    read: (id) => store.readTenant(theTable, id),
    create: (record) => store.createTenant(theTable, record),
    update: (record, readVersion) => store.updateTenant(theTable, record, readVersion),
    putToken: (tenant, id, record) => store.putToken(theTable, tenant, id, record),
    seal: theSeal,
    random: randomBytes,
    now,
    checkUrl,
    checkPacks: async (packs) => (await knowledge()).checkPacks(packs),
    outcomes: outcomes.sum,
    audit: dynamodbAudit(theTable),
    note: (await accessNotes()).note,
    installPacks: async (tenant, packs) => (await knowledge()).installFirst(tenant, packs),
  };
  return manage.tenants(deps);
});

/** By what agents used and dismissed within the last four weeks. */
async function ranking(tenant: TenantId) {
  const [{ shiftsOf }, { lastDays }, store] = await Promise.all([
    import('../knowledge/learn/ranking.ts'),
    import('../knowledge/learn/last-days.ts'),
    evidence(),
  ]);
  return shiftsOf(await store.tallies(tenant, lastDays(now(), RANKED_DAYS)));
}

export async function knowledgeDeps(workerUrl?: URL): Promise<KnowledgeRoomDeps> {
  const [
    theTable,
    theObjects,
    theStart,
    { packDirectory, models },
    theProducts,
    stores,
    packs,
    worker,
    reading,
    engine,
    catalog,
    needs,
    audit,
    gate,
  ] = await Promise.all([
    table(),
    objects(),
    start(),
    settings(),
    products(),
    import('../adapters/dynamodb/knowledge.ts'),
    import('../knowledge/packs/pack.ts'),
    import('../knowledge/compile-in-worker.ts'),
    import('../knowledge/files/read-in-worker.ts'),
    import('../engine/open.ts'),
    import('../knowledge/compile-catalog-in-worker.ts'),
    import('../knowledge/load-needs.ts'),
    import('../adapters/dynamodb/audit.ts'),
    gateParts(),
  ]);
  return {
    tenant: readTenant,
    drafts: stores.dynamodbDrafts(theTable),
    imports: stores.dynamodbImports(theTable),
    releases: stores.dynamodbReleases(theTable),
    live: stores.dynamodbLive(theTable),
    audit: audit.dynamodbAudit(theTable),
    ...gate,
    collections: stores.dynamodbCollections(theTable),
    products: theProducts,
    objects: theObjects,
    start: theStart,
    presignUpload: async (...form) => (await presignUpload())(...form),
    read: (...request) => {
      if (workerUrl === undefined) throw new Error('only the function `work` reads uploads');
      return reading.readInWorker(workerUrl, READ_LIMITS)(...request);
    },
    compile: (input, onProgress) => {
      if (workerUrl === undefined) throw new Error('only the function `work` compiles');
      return worker.compileInWorker(workerUrl, COMPILE_LIMITS)(input, onProgress);
    },
    embedder,
    vectorIndex: denseIndex,
    insideBytes: models.insideBytes,
    open: engine.open,
    buildCatalog: async (all) => {
      if (workerUrl === undefined) throw new Error('only the function `work` compiles');
      const authored = await needs.loadNeeds(packDirectory);
      return catalog.compileCatalogInWorker(workerUrl, COMPILE_LIMITS)(all, authored);
    },
    catalog: liveCatalog,
    loadPack: (name) => packs.loadPack(packDirectory, name),
    packNames: () => packs.listPacks(packDirectory),
    ranking,
    now,
    newId,
    sleep,
  };
}

type KnowledgeRoom = ReturnType<typeof import('../knowledge/room.ts').knowledgeRoom>;
let knowledgeMade: Promise<KnowledgeRoom> | undefined;

/** The knowledge way. `workerUrl` is the module that `compileIfWorker` is called from; only it compiles. */
export function knowledge(workerUrl?: URL): Promise<KnowledgeRoom> {
  knowledgeMade ??= Promise.all([knowledgeDeps(workerUrl), import('../knowledge/room.ts')]).then(([deps, room]) =>
    room.knowledgeRoom(deps),
  );
  return knowledgeMade;
}

/** The draft as a file. A room of its own: no job writes workbooks, and their writer is large. */
export const exporting = /* @__PURE__ */ once(async () => {
  const [{ exportEntries }, stores, theTable] = await Promise.all([
    import('../knowledge/export.ts'),
    import('../adapters/dynamodb/knowledge.ts'),
    table(),
  ]);
  const drafts = stores.dynamodbDrafts(theTable);
  return (tenant: TenantId, format: ExportFormat) => exportEntries(drafts, tenant, format);
});
