/** What models leave in the table: vectors by content hash, tokens by day. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dynamodbEmbeddings } from '../../../lib/adapters/dynamodb/embeddings.ts';
import { embeddingKey } from '../../../lib/adapters/dynamodb/keys.ts';
import { getItem, putItem } from '../../../lib/adapters/dynamodb/table.ts';
import { dynamodbUsage } from '../../../lib/adapters/dynamodb/usage.ts';
import { TenantId } from '../../../lib/domain/ids.ts';
import type { UsageStore } from '../../../lib/ports/usage.ts';
import { startTable, type TestTable } from '../../support/dynalite.ts';
import { memoryUsage } from '../../support/providers.ts';

const [SHOP, OTHER] = [TenantId.parse('shop'), TenantId.parse('other')];
const START = Date.parse('2026-11-22T08:00:00Z');

let table: TestTable;
beforeAll(async () => {
  table = await startTable();
}, 30_000);
afterAll(() => table.stop());

describe('vectors in the table', () => {
  const cache = () => dynamodbEmbeddings(table.table, { now: () => START, keepSeconds: 60 });
  const vectors = (count: number) =>
    new Map(Array.from({ length: count }, (_, at) => [`hash-${at}`, Float32Array.of(at, -0.1, 1 / 3)] as const));

  it('come back as they were written, however many, each tenant its own', async () => {
    await cache().write(SHOP, vectors(260));
    const found = await cache().read(SHOP, [...vectors(300).keys()]);
    expect(found.size).toBe(260);
    for (const [hash, vector] of vectors(260)) expect(found.get(hash)).toEqual(vector);
    expect((await cache().read(OTHER, ['hash-1'])).size).toBe(0);
  });

  it('go by themselves, and count as none when damaged', async () => {
    await cache().write(SHOP, vectors(1));
    expect((await getItem(table.table, embeddingKey(SHOP, 'hash-0')))?.['expiresAt']).toBe(START / 1_000 + 60);
    await putItem(table.table, { ...embeddingKey(SHOP, 'odd'), hash: 'odd', vector: 'words' });
    expect((await cache().read(SHOP, ['odd'])).size).toBe(0);
  });

  it('are read where a hash is asked for twice', async () => {
    await cache().write(SHOP, vectors(1));
    expect((await cache().read(SHOP, ['hash-0', 'hash-0'])).size).toBe(1);
  });
});

const STORES: [string, () => UsageStore][] = [
  ['in memory', memoryUsage],
  ['DynamoDB', () => dynamodbUsage(table.table)],
];

describe.each(STORES)('tokens counted %s', (_, open) => {
  let count = 0;
  const another = (): string => {
    count += 1;
    return new Date(START + count * 86_400_000).toISOString().slice(0, 10);
  };

  it('are reserved up to the limit and not beyond, by tenant and day', async () => {
    const [usage, day, next] = [open(), another(), another()];
    expect(await usage.read(SHOP, day)).toBe(0);
    expect(await usage.reserve(SHOP, day, 60, 100)).toBe('ok');
    expect(await usage.reserve(SHOP, day, 41, 100)).toBe('over_budget');
    expect(await usage.reserve(SHOP, day, 40, 100)).toBe('ok');
    expect(await usage.reserve(SHOP, day, 1, 100)).toBe('over_budget');
    expect(await usage.reserve(OTHER, day, 1, 100)).toBe('ok');
    expect(await usage.reserve(SHOP, next, 101, 100)).toBe('over_budget');
    expect([await usage.read(SHOP, day), await usage.read(OTHER, day), await usage.read(SHOP, next)]).toEqual([
      100, 1, 0,
    ]);
  });

  it('are corrected by what was used, also past the limit', async () => {
    const [usage, day] = [open(), another()];
    await usage.reserve(SHOP, day, 50, 100);
    await usage.settle(SHOP, day, -20);
    expect(await usage.reserve(SHOP, day, 70, 100)).toBe('ok');
    await usage.settle(SHOP, day, 10);
    expect(await usage.read(SHOP, day)).toBe(110);
  });

  it('of calls at the same time never pass the limit together', async () => {
    const [usage, day] = [open(), another()];
    const all = await Promise.all(Array.from({ length: 20 }, () => usage.reserve(SHOP, day, 10, 100)));
    expect(all.filter((outcome) => outcome === 'ok').length).toBe(10);
  });
});
