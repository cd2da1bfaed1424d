/**
 * The composition root: the one place where clients are made and rooms are put together. Everything is made on first
 * use and once an instance; adapters and the SDKs behind them are loaded then, not when a function starts.
 */
import { randomBytes } from 'node:crypto';
import type { Table } from './adapters/dynamodb/table.ts';
import { once, remembered } from './adapters/memory.ts';
import type { TenantId } from './domain/ids.ts';
import type { Caller, Role, TenantRecord } from './domain/tenant.ts';
import type { ObjectStore, Start } from './ports.ts';
import { readSettings } from './settings.ts';
import type { TenantsDeps } from './tenants/manage.ts';
import { authenticate, authorize } from './tenants/tokens.ts';

/** How long an instance may go on with settings, a release pointer or a token it has read. */
const WARM_MS = 1_000;
const now = (): number => Date.now();
const newId = (prefix: string): string => `${prefix}${now().toString(36)}${randomBytes(8).toString('hex')}`;

const settings = once(async () => readSettings());

const table = once(async (): Promise<Table> => {
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

const objects = once(async (): Promise<ObjectStore> => {
  const { objects: place } = await settings();
  if (place.startsWith('file:')) {
    const { directoryStore } = await import('./adapters/directory.ts');
    return directoryStore(place.slice('file:'.length), () => newId('part-'));
  }
  const [{ S3Client }, { s3Store }] = await Promise.all([import('@aws-sdk/client-s3'), import('./adapters/s3.ts')]);
  return s3Store(new S3Client({}), place);
});

const start = once(async (): Promise<Start> => {
  const [{ LambdaClient }, { lambdaStart }, { lambdaEndpoint, functionPrefix }] = await Promise.all([
    import('@aws-sdk/client-lambda'),
    import('./adapters/lambda.ts'),
    settings(),
  ]);
  const client = new LambdaClient(lambdaEndpoint === undefined ? {} : { endpoint: lambdaEndpoint });
  return lambdaStart(client, functionPrefix);
});

const tenantStore = once(() => import('./adapters/dynamodb/tenants.ts'));
const seal = once(async () => {
  const [{ sealWith }, { sealKey }] = await Promise.all([import('./adapters/seal.ts'), settings()]);
  return sealWith(sealKey);
});

/** Where a callback may go is judged when it is set, and again at every connect. */
async function checkUrl(url: string | null | undefined): Promise<void> {
  const [{ checkCallbackUrl }, { allowLocalCallbacks }] = await Promise.all([
    import('./adapters/callback.ts'),
    settings(),
  ]);
  if (typeof url === 'string') checkCallbackUrl(url, allowLocalCallbacks);
}

const warm = { ttlMs: WARM_MS, limit: 10_000, now };
const tenantRecord = remembered(
  async (id: string): Promise<TenantRecord | undefined> =>
    (await tenantStore()).readTenant(await table(), id as TenantId),
  warm,
);
const live = remembered(async (id: string) => (await tenantStore()).readLive(await table(), id as TenantId), warm);
const token = remembered(async (key: string) => {
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

/** Tenants, their settings and tokens. */
export const tenants = once(async () => {
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
export const deskSession = once(async () => {
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
