/**
 * The composition root: the one place where clients are made and rooms are put together. Everything is made on first
 * use and once an instance; adapters and the SDKs behind them are loaded then, not when a function starts. The `PURE`
 * marks let a function's bundle leave out the rooms that it does not enter.
 */
import { randomBytes } from 'node:crypto';
import { workerData } from 'node:worker_threads';
import type { Table } from './adapters/dynamodb/table.ts';
import { byBytes, once, remembered } from './adapters/memory.ts';
import type { FlowDeps, Opened } from './assist/flow.ts';
import type { PreviewDeps } from './assist/preview.ts';
import type { Catalog, Knowledge, ReadProducts } from './assist/situation.ts';
import { NO_RELEASE } from './domain/assist.ts';
import { CuecardError } from './domain/error.ts';
import type { ReleaseId, TenantId } from './domain/ids.ts';
import type { LivePointer } from './domain/knowledge.ts';
import type { Caller, Role, TenantRecord, TokenRecord } from './domain/tenant.ts';
import type { KnowledgeRoomDeps } from './knowledge/room.ts';
import type { CallPlatform, HintDesks, ObjectStore, Start, Starts } from './ports.ts';
import { readSettings } from './settings.ts';
import type { TenantsDeps } from './tenants/manage.ts';
import { authenticate, authorize } from './tenants/tokens.ts';

/** How long an instance may go on with settings, a release pointer or a token it has read. */
const WARM_MS = 1_000;
const COMPILE_LIMITS = { memoryMb: 2_048, deadlineMs: 600_000 };

const SNAPSHOT_BYTES = 192 * 1024 * 1024;
const CATALOG_BYTES = 64 * 1024 * 1024;
const SECONDS_A_DAY = 86_400;
/** A platform that takes longer is called again. */
const CALLBACK_MS = 10_000;

const now = (): number => Date.now();
const newId = (prefix: string): string => `${prefix}${now().toString(36)}${randomBytes(8).toString('hex')}`;
const sleep = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));

const settings = /* @__PURE__ */ once(async () => readSettings());

const table = /* @__PURE__ */ once(async (): Promise<Table> => {
  const [{ DynamoDBClient }, { DynamoDBDocumentClient }, { tableName, dynamodbEndpoint }] = await Promise.all([
    import('@aws-sdk/client-dynamodb'),
    import('@aws-sdk/lib-dynamodb'),
    settings(),
  ]);
  const client = new DynamoDBClient({
    maxAttempts: 4,
    ...(dynamodbEndpoint === undefined ? {} : { endpoint: dynamodbEndpoint }),
  });
  return {
    name: tableName,
    client: DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } }),
  };
});

const objects = /* @__PURE__ */ once(async (): Promise<ObjectStore> => {
  const { objects: place } = await settings();
  if (place.startsWith('file:')) {
    const { directoryStore } = await import('./adapters/directory.ts');
    return directoryStore(place.slice('file:'.length), () => newId('part-'));
  }
  const [{ S3Client }, { s3Store }] = await Promise.all([import('@aws-sdk/client-s3'), import('./adapters/s3.ts')]);
  return s3Store(new S3Client({}), place);
});

const start = /* @__PURE__ */ once(async (): Promise<Start> => {
  const [{ LambdaClient }, { lambdaStart }, { lambdaEndpoint, functionPrefix }] = await Promise.all([
    import('@aws-sdk/client-lambda'),
    import('./adapters/lambda.ts'),
    settings(),
  ]);
  const client = new LambdaClient(lambdaEndpoint === undefined ? {} : { endpoint: lambdaEndpoint });
  return lambdaStart(client, functionPrefix);
});

const seal = /* @__PURE__ */ once(async () => {
  const [{ sealWith }, { sealKey }] = await Promise.all([import('./adapters/seal.ts'), settings()]);
  return sealWith(sealKey);
});

const tenantStore = /* @__PURE__ */ once(() => import('./adapters/dynamodb/tenants.ts'));
const warm = { ttlMs: WARM_MS, limit: 10_000, now };

const tenantRecord = /* @__PURE__ */ remembered(
  async (id: string): Promise<TenantRecord | undefined> =>
    (await tenantStore()).readTenant(await table(), id as TenantId),
  warm,
);

const token = /* @__PURE__ */ remembered(async (key: string): Promise<TokenRecord | undefined> => {
  const [tenant = '', id = ''] = key.split('/');
  return (await tenantStore()).readToken(await table(), tenant, id);
}, warm);

/** The caller behind an `authorization` header, if the route is open to its role. */
export async function identify(header: string | undefined, roles: readonly Role[]): Promise<Caller> {
  const { operatorTokenSha256 } = await settings();
  const caller = await authenticate(header, (tenant, id) => token(`${tenant}/${id}`), operatorTokenSha256);
  authorize(caller, roles);
  return caller;
}

/** Raises when the store cannot be read. */
export async function checkHealth(): Promise<void> {
  const [{ getItem }, theTable] = await Promise.all([import('./adapters/dynamodb/table.ts'), table()]);
  await getItem(theTable, { pk: 'health', sk: 'health' });
}

/** Where a callback may go is judged when it is set, and again at every connect. */
async function checkUrl(url: string | null | undefined): Promise<void> {
  const [{ checkCallbackUrl }, { allowLocalCallbacks }] = await Promise.all([
    import('./adapters/callback.ts'),
    settings(),
  ]);
  if (typeof url === 'string') checkCallbackUrl(url, allowLocalCallbacks);
}

/** Tenants, their settings and tokens. */
export const tenants = /* @__PURE__ */ once(async () => {
  const [store, theTable, theSeal, manage] = await Promise.all([
    tenantStore(),
    table(),
    seal(),
    import('./tenants/manage.ts'),
  ]);
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
    installPacks: async (tenant, packs) => (await knowledge()).installFirst(tenant, packs),
  };
  return manage.tenants(deps);
});

/** A desk's way onto the WebSocket, its phrases and presence. */
export const deskSession = /* @__PURE__ */ once(async () => {
  const [store, theTable, { websocketUrl }, session] = await Promise.all([
    import('./adapters/dynamodb/desk.ts'),
    table(),
    settings(),
    import('./tenants/desk-session.ts'),
  ]);
  return session.deskSession({
    putTicket: (hash, grant) => store.putTicket(theTable, hash, grant),
    takeTicket: (hash, seconds) => store.takeTicket(theTable, hash, seconds),
    putConnection: (tenant, connection, at, expiresAt) =>
      store.putConnection(theTable, tenant, connection, at, expiresAt),
    dropConnection: (connection) => store.dropConnection(theTable, connection),
    readPhrases: (tenant, owner) => store.readPhrases(theTable, tenant, owner),
    writePhrases: (tenant, owner, phrases) => store.writePhrases(theTable, tenant, owner, phrases),
    writePresence: (tenant, agent, presence, at, name) =>
      store.writePresence(theTable, tenant, agent, presence, at, name),
    webSocketUrl: websocketUrl ?? '',
    random: randomBytes,
    now,
  });
});

const livePointer = async (id: string): Promise<LivePointer | undefined> => {
  const [{ dynamodbLive }, theTable] = await Promise.all([import('./adapters/dynamodb/knowledge.ts'), table()]);
  return dynamodbLive(theTable).read(id as TenantId);
};
const warmPointer = /* @__PURE__ */ remembered(livePointer, warm);

/** Key: release and object key. A release's knowledge never changes, so it is only ever forgotten for room. */
const snapshot = /* @__PURE__ */ byBytes<Knowledge>(async (key) => {
  const [release = '', objectKey = ''] = key.split('|');
  const [{ openKnowledge }, theObjects] = await Promise.all([import('./assist/knowledge.ts'), objects()]);
  const bytes = await theObjects.get(objectKey);
  if (bytes === undefined) throw new Error(`no snapshot at ${objectKey}`);
  return { value: openKnowledge(release as ReleaseId, bytes), bytes: bytes.length };
}, SNAPSHOT_BYTES);

const catalogAt = /* @__PURE__ */ byBytes<Catalog>(async (objectKey) => {
  const [{ openCatalog }, theObjects] = await Promise.all([import('./assist/catalog.ts'), objects()]);
  const bytes = await theObjects.get(objectKey);
  return bytes === undefined ? undefined : { value: openCatalog(bytes), bytes: bytes.length };
}, CATALOG_BYTES);

/** What a pointer points at. Throws when the snapshot cannot be read. */
async function opened(
  pointer: Pick<LivePointer, 'release' | 'snapshotKey' | 'catalogKey'> | undefined,
): Promise<Opened> {
  const [knowledge, catalog] = await Promise.all([
    pointer?.snapshotKey === undefined ? undefined : snapshot(`${pointer.release}|${pointer.snapshotKey}`),
    pointer?.catalogKey === undefined ? undefined : catalogAt(pointer.catalogKey),
  ]);
  return { knowledge, catalog };
}

/** A release by its id, with the catalogue that is live. Raises `not_found`, and `conflict` before it is compiled. */
async function openedRelease(tenant: TenantId, release: ReleaseId): Promise<Opened> {
  const [{ dynamodbReleases }, theTable, pointer] = await Promise.all([
    import('./adapters/dynamodb/knowledge.ts'),
    table(),
    livePointer(tenant),
  ]);
  if (release === NO_RELEASE) return { ...(await opened(pointer)), knowledge: undefined };
  const held = await dynamodbReleases(theTable).read(tenant, release);
  if (held === undefined) throw new CuecardError('not_found', `no release ${release}`);
  const { snapshotKey } = held.job;
  if (snapshotKey === undefined) throw new CuecardError('conflict', `release ${release} is ${held.job.status}`);
  return opened({ release, snapshotKey, catalogKey: pointer?.catalogKey });
}

const products = /* @__PURE__ */ once(async () => {
  const [{ dynamodbProducts }, theTable] = await Promise.all([import('./adapters/dynamodb/products.ts'), table()]);
  return dynamodbProducts(theTable);
});

const readProducts =
  (tenant: TenantId): ReadProducts =>
  async (ids) =>
    ids.length === 0 ? [] : (await products()).get(tenant, ids);

const conversations = /* @__PURE__ */ once(async () => {
  const [{ dynamodbConversations }, { parseAssistId }, { startSeqOf }, theTable, { retentionDays }] = await Promise.all(
    [
      import('./adapters/dynamodb/conversations.ts'),
      import('./assist/ids.ts'),
      import('./handoff/turn.ts'),
      table(),
      settings(),
    ],
  );
  return dynamodbConversations(theTable, {
    retentionSeconds: retentionDays * SECONDS_A_DAY,
    locate: (id) => {
      const key = parseAssistId(id);
      const startSeq = key === undefined ? undefined : startSeqOf(key.turnId);
      return key === undefined || startSeq === undefined ? undefined : { conversation: key.conversationId, startSeq };
    },
  });
});

/** The hit tester and the desk's search: the message way with nothing written. */
export const hitTest = /* @__PURE__ */ once(async () => {
  const [{ preview }, { searchKnowledge }, { searchProducts }, store] = await Promise.all([
    import('./assist/preview.ts'),
    import('./assist/search.ts'),
    import('./knowledge/catalog.ts'),
    conversations(),
  ]);
  const deps: PreviewDeps = {
    tenant: async (id) => (await tenantRecord(id))?.tenant,
    library: async (tenant, release) =>
      release === undefined ? opened(await livePointer(tenant)) : openedRelease(tenant, release),
    readProducts,
    assist: (tenant, id) => store.assist(tenant, id),
    now,
  };
  return {
    preview: (tenant: TenantId, request: Parameters<typeof preview>[2]) => preview(deps, tenant, request),
    /** Knowledge and products for an agent's words. */
    search: async (tenant: TenantId, q: string) => {
      const [suggestions, found] = await Promise.all([
        searchKnowledge(deps, tenant, q),
        searchProducts(await products(), tenant, { q }),
      ]);
      return { suggestions, products: found.items };
    },
  };
});

/** Tells the open desks of a tenant; a connection that is gone is forgotten. */
const hintDesks = /* @__PURE__ */ once(async (): Promise<HintDesks> => {
  const [desk, { push }, { ApiGatewayManagementApiClient }, theTable, { websocketEndpoint }] = await Promise.all([
    import('./adapters/dynamodb/desk.ts'),
    import('./adapters/websocket.ts'),
    import('@aws-sdk/client-apigatewaymanagementapi'),
    table(),
    settings(),
  ]);
  if (websocketEndpoint === undefined) return async () => undefined;
  const client = new ApiGatewayManagementApiClient({ endpoint: websocketEndpoint, maxAttempts: 2 });
  return async (tenant, hint) => {
    const text = JSON.stringify(hint);
    const told = (await desk.connections(theTable, tenant)).map(async (connection) => {
      if ((await push(client, connection, text)) === 'gone') await desk.dropConnection(theTable, connection);
    });
    await Promise.allSettled(told);
  };
});

/** Whether trying again may help: the platform was down, slow or over its limit. */
const mayPass = (status: number): boolean => status >= 500 || status === 408 || status === 425 || status === 429;

const callPlatform: CallPlatform = async (tenant, { id, body, timestamp }) => {
  const record = await tenantRecord(tenant);
  const url = record?.tenant.settings.callbackUrl;
  if (record === undefined || url === undefined) return 'no_callback';
  const [{ guardedPost }, { sign }, { openSecrets }, theSeal, { allowLocalCallbacks }] = await Promise.all([
    import('./adapters/callback.ts'),
    import('./platforms/generic.ts'),
    import('./tenants/secrets.ts'),
    seal(),
    settings(),
  ]);
  const [secret] = openSecrets(theSeal, record, 'callbackSecret', now());
  if (secret === undefined) return 'refused';
  const headers = sign(id, body, timestamp, secret);
  try {
    const status = await guardedPost({ url, headers, body, timeoutMs: CALLBACK_MS, allowLocal: allowLocalCallbacks });
    if (status >= 200 && status < 300) return 'delivered';
    return mayPass(status) ? 'failed' : 'refused';
  } catch {
    return 'failed';
  }
};

const flowDeps = /* @__PURE__ */ once(async (): Promise<FlowDeps> => {
  const [theTable, store, theStart, hint, { dynamodbWork }, { dynamodbCustomers }, { retentionDays }, phrases] =
    await Promise.all([
      table(),
      conversations(),
      start(),
      hintDesks(),
      import('./adapters/dynamodb/work.ts'),
      import('./adapters/dynamodb/customers.ts'),
      settings(),
      import('./assist/phrases.ts'),
    ]);
  return {
    conversations: store,
    work: dynamodbWork(theTable),
    customers: dynamodbCustomers(theTable, retentionDays * SECONDS_A_DAY),
    readTenant: async (id) => (await tenantRecord(id))?.tenant,
    openKnowledge: async ({ id }) => opened(await warmPointer(id)),
    respond: async (situation, read) => {
      const { respond } = await import('./assist/respond.ts');
      return respond(situation, read, () => performance.now());
    },
    readProducts,
    isPromise: phrases.isPromise,
    start: theStart,
    hintDesks: hint,
    callPlatform,
    now,
    sleep,
    newId,
    random: Math.random,
  };
});

/** A platform's way in: its signature, then its event. */
export const receiver = /* @__PURE__ */ once(async () => {
  const [{ receive }, generic, { openSecrets }, theSeal, deps] = await Promise.all([
    import('./assist/receive.ts'),
    import('./platforms/generic.ts'),
    import('./tenants/secrets.ts'),
    seal(),
    flowDeps(),
  ]);
  return {
    /** Raises `unauthenticated` before anything of the body is read. */
    async receive(tenant: TenantId, headers: Record<string, string | undefined>, raw: Uint8Array) {
      const record = await tenantRecord(tenant);
      if (record === undefined) throw new CuecardError('not_found', `no tenant ${tenant}`);
      const deliveryId = generic.verify(headers, raw, openSecrets(theSeal, record, 'webhookSecret', now()));
      return receive(deps, tenant, deliveryId, generic.parse(raw));
    },
  };
});

/** The message way after the answer to the platform, and the sweep that finishes what was cut off. */
export const messages = /* @__PURE__ */ once(async () => {
  const [{ answerTurn }, { deliver }, { sweep }, deps] = await Promise.all([
    import('./assist/answer-turn.ts'),
    import('./assist/deliver.ts'),
    import('./assist/sweep.ts'),
    flowDeps(),
  ]);
  return {
    assist: ({ tenant, conversation, message }: Starts['assist']) => answerTurn(deps, tenant, conversation, message),
    deliver: (place: Starts['deliver']) => deliver(deps, place),
    sweep: () => sweep(deps),
  };
});

/** What an agent sees and does. */
export const desk = /* @__PURE__ */ once(async () => {
  const [{ deskRoom }, deps] = await Promise.all([import('./assist/desk.ts'), flowDeps()]);
  return deskRoom(deps);
});

async function knowledgeDeps(workerUrl: URL | undefined): Promise<KnowledgeRoomDeps> {
  const [theTable, theObjects, theStart, { packDirectory }, stores, theProducts, packs, worker, engine, catalog] =
    await Promise.all([
      table(),
      objects(),
      start(),
      settings(),
      import('./adapters/dynamodb/knowledge.ts'),
      products(),
      import('./knowledge/pack.ts'),
      import('./knowledge/compile-in-worker.ts'),
      import('./engine/open.ts'),
      import('./assist/catalog.ts'),
    ]);
  return {
    tenant: async (id) => (await tenantRecord(id))?.tenant,
    drafts: stores.dynamodbDrafts(theTable),
    imports: stores.dynamodbImports(theTable),
    releases: stores.dynamodbReleases(theTable),
    live: stores.dynamodbLive(theTable),
    products: theProducts,
    objects: theObjects,
    start: theStart,
    compile: (input, onProgress) => {
      if (workerUrl === undefined) throw new Error('only the function `work` compiles');
      return worker.compileInWorker(workerUrl, COMPILE_LIMITS)(input, onProgress);
    },
    open: engine.open,
    buildCatalog: catalog.buildCatalog,
    loadPack: (name) => packs.loadPack(packDirectory, name),
    packNames: () => packs.listPacks(packDirectory),
    now,
    newId,
    sleep,
  };
}

type KnowledgeRoom = ReturnType<typeof import('./knowledge/room.ts').knowledgeRoom>;
let knowledgeMade: Promise<KnowledgeRoom> | undefined;

/** The knowledge way. `workerUrl` is the module that `compileIfWorker` is called from; only it compiles. */
export function knowledge(workerUrl?: URL): Promise<KnowledgeRoom> {
  knowledgeMade ??= Promise.all([knowledgeDeps(workerUrl), import('./knowledge/room.ts')]).then(([deps, room]) =>
    room.knowledgeRoom(deps),
  );
  return knowledgeMade;
}

/** Compiles, if this thread was started to. */
export async function compileIfWorker(): Promise<void> {
  if (workerData === null) return;
  const { runCompileWorker } = await import('./knowledge/compile-in-worker.ts');
  runCompileWorker();
}
