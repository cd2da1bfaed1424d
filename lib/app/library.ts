/** What an instance keeps warm: tenants and pointers for a second, snapshots and catalogues for as long as there is room. */

import { byBytes, once, remembered } from '../adapters/memory.ts';
import type { Opened } from '../assist/flow.ts';
import type { Knowledge, ReadProducts } from '../assist/situation.ts';
import type { PersonRecord } from '../domain/access.ts';
import { CuecardError } from '../domain/error.ts';
import type { ReleaseId, TenantId } from '../domain/ids.ts';
import { NO_RELEASE } from '../domain/ids.ts';
import type { LivePointer } from '../domain/knowledge.ts';
import type { Tenant, TenantRecord, TokenRecord } from '../domain/tenant.ts';
import type { ProductIndex } from '../engine/products/types.ts';
import { now, objects, table } from './clients.ts';

/** How long an instance may go on with settings, a release pointer or a token it has read. */
const warm = { ttlMs: 1_000, limit: 10_000, now };
const SNAPSHOT_BYTES = 192 * 1024 * 1024;
const CATALOG_BYTES = 64 * 1024 * 1024;

export const tenantStore = /* @__PURE__ */ once(() => import('../adapters/dynamodb/tenants.ts'));

export const tenantRecord = /* @__PURE__ */ remembered(
  async (id: string): Promise<TenantRecord | undefined> =>
    (await tenantStore()).readTenant(await table(), id as TenantId),
  warm,
);

export const readTenant = async (id: TenantId): Promise<Tenant | undefined> => (await tenantRecord(id))?.tenant;

/** Key: tenant and token id. */
export const tokenRecord = /* @__PURE__ */ remembered(async (key: string): Promise<TokenRecord | undefined> => {
  const [tenant = '', id = ''] = key.split('/');
  return (await tenantStore()).readToken(await table(), tenant, id);
}, warm);

/** Key: tenant and person id. */
export const personRecord = /* @__PURE__ */ remembered(async (key: string): Promise<PersonRecord | undefined> => {
  const [tenant = '', id = ''] = key.split('/');
  const { readPerson } = await import('../adapters/dynamodb/people.ts');
  return readPerson(await table(), tenant, id);
}, warm);

export const livePointer = async (id: string): Promise<LivePointer | undefined> => {
  const [{ dynamodbLive }, theTable] = await Promise.all([import('../adapters/dynamodb/knowledge.ts'), table()]);
  return dynamodbLive(theTable).read(id as TenantId);
};
export const warmPointer = /* @__PURE__ */ remembered(livePointer, warm);

/** Three reads of a snapshot that hangs end before the lease on the turn does: it is answered without, never left. */
const OBJECT_MS = 3_000;

async function objectAt(key: string): Promise<Uint8Array | undefined> {
  const store = await objects();
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, fail) => {
    timer = setTimeout(() => fail(new Error(`${key} was not read in ${OBJECT_MS} ms`)), OBJECT_MS);
  });
  return Promise.race([store.get(key), late]).finally(() => clearTimeout(timer));
}

/** Key: release and object key. A release's knowledge never changes, so it is only ever forgotten for room. */
const snapshot = /* @__PURE__ */ byBytes<Knowledge>(async (key) => {
  const [release = '', objectKey = ''] = key.split('|');
  const [{ openKnowledge }, bytes] = await Promise.all([import('../assist/knowledge.ts'), objectAt(objectKey)]);
  if (bytes === undefined) {
    throw new CuecardError(
      'not_found',
      `the snapshot of release ${release} is no longer kept: it cannot be asked again`,
    );
  }
  return { value: openKnowledge(release as ReleaseId, bytes), bytes: bytes.length };
}, SNAPSHOT_BYTES);

const catalogAt = /* @__PURE__ */ byBytes<ProductIndex>(async (objectKey) => {
  const [{ openProducts }, bytes] = await Promise.all([import('../engine/products/open.ts'), objectAt(objectKey)]);
  return bytes === undefined ? undefined : { value: openProducts(bytes), bytes: bytes.length };
}, CATALOG_BYTES);

/** The catalogue that is live, without the knowledge beside it. */
export const liveCatalog = async (tenant: TenantId): Promise<Opened['catalog']> => {
  const pointer = await livePointer(tenant);
  return (await readableCatalog(pointer?.catalogKey)).catalog;
};

/** The words of a text that name products of the live catalogue, as they stand there. */
export const productsIn = async (tenant: TenantId, text: string): Promise<string[]> =>
  ((await liveCatalog(tenant))?.mentions(text) ?? []).map((mention) => mention.text);

type Pointed = Pick<LivePointer, 'release' | 'snapshotKey' | 'catalogKey'>;

/** A catalogue of a format this code does not read is as good as none until it is imported again; the assist says so. */
async function readableCatalog(key: string | undefined): Promise<Pick<Opened, 'catalog' | 'degraded'>> {
  try {
    return { catalog: key === undefined ? undefined : await catalogAt(key) };
  } catch (error) {
    if (error instanceof CuecardError && error.kind === 'invalid') return { catalog: undefined, degraded: ['catalog'] };
    throw error;
  }
}

/** What a pointer points at. Throws when the snapshot cannot be read. */
export async function opened(pointer: Pointed | undefined): Promise<Opened> {
  const [knowledge, catalog] = await Promise.all([
    pointer?.snapshotKey === undefined ? undefined : snapshot(`${pointer.release}|${pointer.snapshotKey}`),
    readableCatalog(pointer?.catalogKey),
  ]);
  return { knowledge, ...catalog, catalogKey: pointer?.catalogKey };
}

/**
 * A release by its id, with the catalogue at `catalogKey` as long as it is kept, else the one that is live. Raises `not_found` for a release that
 * there never was or whose snapshot is no longer kept, and `conflict` before it is compiled.
 */
export async function openedRelease(tenant: TenantId, release: ReleaseId, catalogKey?: string): Promise<Opened> {
  const [{ dynamodbReleases }, theTable, pointer] = await Promise.all([
    import('../adapters/dynamodb/knowledge.ts'),
    table(),
    livePointer(tenant),
  ]);
  const isKept = catalogKey !== undefined && (await readableCatalog(catalogKey)).catalog !== undefined;
  const place = { release, catalogKey: isKept ? catalogKey : pointer?.catalogKey };
  if (release === NO_RELEASE) return opened(place);
  const held = await dynamodbReleases(theTable).read(tenant, release);
  if (held === undefined) throw new CuecardError('not_found', `no release ${release}`);
  const { snapshotKey, status } = held.job;
  if (snapshotKey === undefined)
    throw new CuecardError('conflict', `release ${release} is ${status}: it has no snapshot`);
  return opened({ ...place, snapshotKey });
}

export const products = /* @__PURE__ */ once(async () => {
  const [{ dynamodbProducts }, theTable] = await Promise.all([import('../adapters/dynamodb/products.ts'), table()]);
  return dynamodbProducts(theTable);
});

export const readProducts =
  (tenant: TenantId): ReadProducts =>
  async (ids) =>
    ids.length === 0 ? [] : (await products()).get(tenant, ids);
