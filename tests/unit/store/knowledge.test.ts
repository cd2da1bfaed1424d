import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { GSI_WORK, WORK_SHARDS } from '../../../lib/adapters/dynamodb/keys.ts';
import {
  dynamodbDrafts,
  dynamodbImports,
  dynamodbLive,
  dynamodbReleases,
} from '../../../lib/adapters/dynamodb/knowledge.ts';
import { dynamodbProducts } from '../../../lib/adapters/dynamodb/products.ts';
import { queryAll, type Table } from '../../../lib/adapters/dynamodb/table.ts';
import { Entry } from '../../../lib/domain/entry.ts';
import { EntryId, NO_RELEASE, ProductId, ReleaseId } from '../../../lib/domain/ids.ts';
import { Product } from '../../../lib/domain/product.ts';
import { ReleaseJob } from '../../../lib/domain/release.ts';
import { startTable, type TestTable } from '../../support/dynalite.ts';
import { newTenant } from '../../support/knowledge-rig.ts';

let server: TestTable;
let table: Table;
beforeAll(async () => {
  server = await startTable();
  table = server.table;
}, 30_000);
afterAll(() => server.stop());

const entry = (id: string): Entry =>
  Entry.parse({ id, intent: id, question: `${id}?`, answers: [{ text: `answer of ${id}` }] });
const product = (id: string): Product =>
  Product.parse({ id, title: `product ${id}`, updatedAt: '2026-11-01T00:00:00.000Z' });
const release = (id: string): ReleaseJob =>
  ReleaseJob.parse({
    id,
    status: 'compiling',
    createdAt: '2026-11-01T00:00:00.000Z',
    by: 'm',
    publish: true,
    entries: 0,
    questions: 0,
  });

async function dueWork(until: number) {
  const shards = Array.from({ length: WORK_SHARDS }, (_, shard) =>
    queryAll(table, {
      index: GSI_WORK,
      key: {
        expression: 'workShard = :shard AND dueAt <= :until',
        values: { ':shard': `work#${shard}`, ':until': until },
      },
    }),
  );
  return (await Promise.all(shards)).flat();
}

describe('the draft', () => {
  test('entries lie under their generation, page by id, and are gone when it is dropped', async () => {
    const tenant = newTenant();
    const drafts = dynamodbDrafts(table);
    const entries = Array.from({ length: 60 }, (_, index) => entry(`e${String(index).padStart(3, '0')}`));
    await drafts.write(tenant, 'a', { puts: entries });
    await drafts.write(tenant, 'b', { puts: [entry('other')] });
    await drafts.write(tenant, 'a', { deletes: [EntryId.parse('e000')] });
    const first = await drafts.page(tenant, 'a', 40);
    const second = await drafts.page(tenant, 'a', 40, first.cursor);
    expect([...first.items, ...second.items].map((kept) => Entry.parse(kept))).toEqual(entries.slice(1));
    expect(second.cursor).toBeUndefined();
    expect(await drafts.entry(tenant, 'a', EntryId.parse('e005'))).toEqual(entries[5]);
    await drafts.drop(tenant, 'a');
    expect(await drafts.all(tenant, 'a')).toEqual([]);
    expect(await drafts.all(tenant, 'b')).toHaveLength(1);
  });

  test('an entry is swapped only from the revision that was read, once however many race', async () => {
    const tenant = newTenant();
    const drafts = dynamodbDrafts(table);
    const id = EntryId.parse('e');
    const put = (expected: string | undefined, text: string) =>
      drafts.swap(tenant, 'a', id, {
        expected,
        next: { ...entry('e'), question: text },
        touch: { by: 'ann', at: 1_000 },
      });
    expect(await put('of nothing', 'x')).toEqual({ status: 'conflict' });
    const made = await Promise.all(Array.from({ length: 10 }, (_, index) => put(undefined, `first ${index}`)));
    expect(made.filter(({ status }) => status === 'ok')).toHaveLength(1);
    const first = await drafts.kept(tenant, 'a', id);
    expect(first).toMatchObject({ updatedBy: 'ann', updatedAt: '1970-01-01T00:00:01.000Z' });
    const races = await Promise.all(Array.from({ length: 10 }, (_, index) => put(first?.revision, `second ${index}`)));
    expect(races.filter(({ status }) => status === 'ok')).toHaveLength(1);
    const second = await drafts.kept(tenant, 'a', id);
    expect(second?.revision).not.toBe(first?.revision);
    const gone = { expected: first?.revision, next: undefined };
    expect(await drafts.swap(tenant, 'a', id, gone)).toEqual({ status: 'conflict' });
    const now = { expected: second?.revision, next: undefined };
    expect(await drafts.swap(tenant, 'a', id, now)).toMatchObject({ status: 'ok' });
    expect(await drafts.kept(tenant, 'a', id)).toBeUndefined();
  });

  test('of a race for the head one wins; a touch of another generation is refused', async () => {
    const tenant = newTenant();
    const drafts = dynamodbDrafts(table);
    const head = await drafts.head(tenant);
    const racers = Array.from({ length: 20 }, (_, index) =>
      drafts.putHead(tenant, { ...head, generation: `g${index}` }, head.version),
    );
    const outcomes = await Promise.all(racers);
    expect(outcomes.filter((outcome) => outcome === 'ok')).toHaveLength(1);
    const after = await drafts.head(tenant);
    expect(after.generation).toBe(`g${outcomes.indexOf('ok')}`);
    expect(await drafts.touch(tenant, 'elsewhere')).toBe('conflict');
    await Promise.all(Array.from({ length: 10 }, () => drafts.touch(tenant, after.generation)));
    expect((await drafts.head(tenant)).changes).toBe(10);
  });
});

describe('jobs', () => {
  test('a job is due until it is finished, and one run at a time holds it', async () => {
    const tenant = newTenant();
    const jobs = dynamodbReleases(table);
    await jobs.create(tenant, 'rel_a', release('rel_a'), 1_000);
    expect(await dueWork(1_000)).toMatchObject([{ tenant, work: 'release', workId: 'rel_a' }]);
    const claims = await Promise.all(Array.from({ length: 10 }, () => jobs.claim(tenant, 'rel_a', 1_000, 2_000)));
    const [held] = claims.filter((claim) => claim !== undefined);
    expect(claims.filter((claim) => claim !== undefined)).toHaveLength(1);
    expect(await jobs.claim(tenant, 'rel_a', 1_999, 9_000)).toBeUndefined();
    const later = await jobs.claim(tenant, 'rel_a', 2_000, 3_000);
    if (held === undefined || later === undefined) throw new Error('both runs had the job once');
    expect(await jobs.save(tenant, 'rel_a', held, 9_000)).toBe('lost');
    expect(await jobs.finish(tenant, 'rel_a', held)).toBe('lost');
    const done = { ...later, job: { ...later.job, status: 'ready' as const } };
    expect(await jobs.finish(tenant, 'rel_a', done)).toBe('ok');
    expect((await jobs.read(tenant, 'rel_a'))?.job.status).toBe('ready');
    expect(await jobs.claim(tenant, 'rel_a', 99_000, 99_001)).toBeUndefined();
    expect(await dueWork(99_000)).toEqual([]);
  });

  test('jobs of one kind list newest first, apart from those of another', async () => {
    const tenant = newTenant();
    const jobs = dynamodbReleases(table);
    for (const id of ['rel_1', 'rel_2', 'rel_3']) await jobs.create(tenant, id, release(id), 1_000);
    const first = await jobs.page(tenant, 2);
    const second = await jobs.page(tenant, 2, first.cursor);
    expect([...first.items, ...second.items].map(({ job }) => job.id)).toEqual(['rel_3', 'rel_2', 'rel_1']);
    expect((await dynamodbImports(table).page(tenant, 10)).items).toEqual([]);
    for (const id of ['rel_1', 'rel_2', 'rel_3']) {
      const held = await jobs.claim(tenant, id, 1_000, 2_000);
      if (held !== undefined) await jobs.finish(tenant, id, held);
    }
  });
});

test('the live pointer moves only from the version it was read at', async () => {
  const tenant = newTenant();
  const live = dynamodbLive(table);
  const at = (release: string, version: number) => ({ release: ReleaseId.parse(release), version, history: [] });
  expect(await live.read(tenant)).toBeUndefined();
  const first = await Promise.all([1, 2, 3].map((n) => live.put(tenant, at(`rel_${n}`, 1), undefined)));
  expect(first.filter((outcome) => outcome === 'ok')).toHaveLength(1);
  const racers = await Promise.all([4, 5, 6].map((n) => live.put(tenant, at(`rel_${n}`, 2), 1)));
  expect(racers.filter((outcome) => outcome === 'ok')).toHaveLength(1);
  expect((await live.read(tenant))?.version).toBe(2);
  expect(await live.put(tenant, at(NO_RELEASE, 9), 1)).toBe('conflict');
});

test('products come in the order asked for, each once, unknown ones left out', async () => {
  const tenant = newTenant();
  const products = dynamodbProducts(table);
  await products.write(tenant, { puts: ['a', 'b', 'c'].map(product) });
  await products.write(tenant, { deletes: [ProductId.parse('c')] });
  const ids = ['b', 'x', 'a', 'b', 'c'].map((id) => ProductId.parse(id));
  expect((await products.get(tenant, ids)).map(({ id }) => id)).toEqual(['b', 'a']);
  expect((await products.all(tenant)).map(({ id }) => id)).toEqual(['a', 'b']);
});
