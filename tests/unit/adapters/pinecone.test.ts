/** The real client against an index that lags, refuses and breaks: the result's word, how many requests, nothing thrown. */
import { afterEach, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { hashOf, toVectorId } from '../../../lib/adapters/pinecone/ids.ts';
import { contentHash } from '../../../lib/domain/content-hash.ts';
import { TenantId } from '../../../lib/domain/ids.ts';
import type { IndexedId } from '../../../lib/ports/vectors.ts';
import { type PineconeOptions, startPinecone } from '../../support/pinecone-server.ts';
import type { Exchange, Fault } from '../../support/provider-server.ts';
import { DIMENSIONS, MODEL, pineconeRig, TENANT } from '../../support/providers.ts';

let stop: (() => Promise<void>) | undefined;
afterEach(() => stop?.());

const INDEX = {
  name: 'cuecard-8',
  dimension: DIMENSIONS,
  metric: 'cosine',
  vector_type: 'dense',
  spec: { serverless: { cloud: 'aws', region: 'us-east-1' } },
};

/** With the index there already, unless told otherwise. */
async function started(options: PineconeOptions = { indexes: [INDEX] }) {
  const server = await startPinecone(options);
  stop = server.stop;
  const on = (path: string): Exchange[] => server.exchanges.filter(({ asked }) => asked.path === path);
  return { server, on, ...pineconeRig(server.url) };
}

const idOf = (key: string, question = key): IndexedId => ({
  key,
  hash: contentHash({ model: MODEL, dimensions: DIMENSIONS }, question),
});
/** A unit vector at an angle from the first axis, in the plane of the first two. */
const turned = (radians: number): Float32Array =>
  Float32Array.of(Math.cos(radians), Math.sin(radians), ...Array(DIMENSIONS - 2).fill(0));
const within = { deadlineMs: 60_000 };
const asking = { ...within, limit: 2, live: () => true };

describe('an id', () => {
  it.each(['order.cancel', '退款/2', 'a#b', 'x'.repeat(200), '售'.repeat(200)])(
    'of %s is plain, short, and holds the content hash',
    (key) => {
      const id = toVectorId(idOf(key));
      expect(id).toMatch(/^[\x21-\x7e]{1,512}$/);
      expect(hashOf(id)).toBe(idOf(key).hash);
    },
  );
  it('tells entries, models and texts apart', () => {
    const [one, other] = [
      { model: 'a', dimensions: 8 },
      { model: 'a', dimensions: 9 },
    ];
    const ids = [
      idOf('a', 'x'),
      idOf('b', 'x'),
      idOf('a', 'y'),
      idOf('a#b', 'x'),
      { key: 'a', hash: contentHash(one, 'x') },
      { key: 'a', hash: contentHash(other, 'x') },
    ];
    expect(new Set(ids.map(toVectorId)).size).toBe(ids.length);
  });
});

describe('a release', () => {
  it('makes the index when there is none, and waits until it is ready', async () => {
    const { dense, server, on } = await started({ lag: 3 });
    expect(await dense.missing(TENANT, [idOf('a')], within)).toEqual({ kind: 'ok', missing: [idOf('a')] });
    expect(on('/indexes').length).toBe(1);
    expect(server.indexes.get('cuecard-8')).toMatchObject({
      dimension: DIMENSIONS,
      metric: 'cosine',
      vector_type: 'dense',
    });
    await dense.missing(TENANT, [], within);
    expect(on('/indexes/cuecard-8').length).toBe(4);
  });

  it('goes on where somebody else made it in between', async () => {
    const { dense, server } = await started({ indexes: [INDEX] });
    server.next({ status: 404, body: { status: 404, error: { code: 'NOT_FOUND', message: '' } } });
    expect(await dense.missing(TENANT, [], within)).toEqual({ kind: 'ok', missing: [] });
  });

  it('writes only what is not there, and takes away what nobody keeps', async () => {
    const { dense, server, on } = await started();
    const [first, second] = [
      ['a', 'b', 'c'],
      ['b', 'c', 'd'],
    ].map((keys) => keys.map((key) => idOf(key)));
    if (first === undefined || second === undefined) throw new Error('no releases');
    for (const release of [first, second]) {
      const lacking = await dense.missing(TENANT, release, within);
      if (lacking.kind !== 'ok') throw new Error(lacking.reason);
      await dense.write(
        TENANT,
        lacking.missing.map((id) => ({ ...id, vector: turned(0.1) })),
        within,
      );
    }
    const Sent = z.object({ vectors: z.array(z.object({ id: z.string() })) });
    const sent = on('/vectors/upsert').map(({ asked }) => Sent.parse(asked.body).vectors.map(({ id }) => id));
    expect(sent).toEqual([first.map(toVectorId), [toVectorId(idOf('d'))]]);
    expect(await dense.collect(TENANT, second, within)).toEqual({ kind: 'ok', removed: 1 });
    expect(server.ids(TENANT)).toEqual(second.map(toVectorId).toSorted());
    expect(await dense.collect(TENANT, second, within)).toEqual({ kind: 'ok', removed: 0 });
    expect(on('/vectors/delete').length).toBe(1);
  });

  it('keeps to a request of 2 MB', async () => {
    const { sparse, on } = await started({});
    const indices = Uint32Array.from({ length: 1_000 }, (_, place) => 4_000_000_000 + place);
    const values = Float32Array.from({ length: 1_000 }, (_, place) => 1 / (place + 3));
    const heavy = Array.from({ length: 150 }, (_, place) => ({ ...idOf(`e${place}`), vector: { indices, values } }));
    expect(await sparse.write(TENANT, heavy, within)).toEqual({ kind: 'ok' });
    const sizes = on('/vectors/upsert').map(({ asked }) => Number(asked.headers['content-length']));
    expect(sizes.length).toBe(2);
    expect(Math.max(...sizes)).toBeGreaterThan(1_900_000);
    expect(Math.max(...sizes)).toBeLessThanOrEqual(2_000_000);
  });

  it('keeps to a request of 1,000 vectors', async () => {
    const { dense, on, server } = await started({ indexes: [INDEX] });
    const many = Array.from({ length: 2_500 }, (_, place) => ({ ...idOf(`entry-${place}`), vector: turned(place) }));
    expect(await dense.write(TENANT, many, within)).toEqual({ kind: 'ok' });
    expect(on('/vectors/upsert').map(({ answered }) => answered.status)).toEqual([200, 200, 200]);
    expect(server.ids(TENANT).length).toBe(2_500);
    const lacking = await dense.missing(TENANT, many, within);
    expect(lacking).toEqual({ kind: 'ok', missing: [] });
    expect(on('/vectors/list').length).toBe(25);
  });

  it.each([
    ['by what queries say they have seen', false],
    ['by the records themselves where they do not say', true],
  ])('waits until queries find it, %s', async (_, silent) => {
    const { dense, on, slept } = await started({ indexes: [INDEX], lag: 3, silent });
    expect(await dense.write(TENANT, [{ ...idOf('a'), vector: turned(0) }], within)).toEqual({ kind: 'ok' });
    expect(on(silent ? '/vectors/fetch' : '/query').length).toBeGreaterThan(2);
    expect(slept.length).toBeGreaterThan(1);
  });

  it('does not read for ever where a page leads to itself', async () => {
    const { dense, server, on } = await started();
    await dense.missing(TENANT, [], within);
    server.always({ body: { vectors: [{ id: 'x' }], pagination: { next: 'again' } } });
    expect(await dense.missing(TENANT, [], within)).toEqual({ kind: 'unavailable', reason: 'failed' });
    expect(on('/vectors/list').length).toBe(3);
  });

  it('of vectors that the index cannot hold writes nothing', async () => {
    const { dense, on } = await started();
    const vector = Float32Array.of(1, 0);
    expect(await dense.write(TENANT, [{ ...idOf('a'), vector }], within)).toEqual({
      kind: 'unavailable',
      reason: 'failed',
    });
    expect(on('/vectors/upsert')).toEqual([]);
  });

  it('does not touch an index of another kind or dimension', async () => {
    for (const wrong of [
      { ...INDEX, dimension: 9 },
      { ...INDEX, dimension: undefined, vector_type: 'sparse' },
    ]) {
      const { dense, events, server } = await started({ indexes: [wrong] });
      expect(await dense.missing(TENANT, [], within)).toEqual({ kind: 'unavailable', reason: 'failed' });
      expect(events.at(-1)?.reason).toMatch(/dimensions|sparse/);
      await server.stop();
    }
  });
});

describe('a query', () => {
  const filled = async () => {
    const made = await started();
    const rows: [string, string, number][] = [
      ['a', 'a1', 0.4],
      ['a', 'a2', 0.1],
      ['b', 'b1', 0.2],
      ['gone', 'g1', 0],
    ];
    await made.dense.write(
      TENANT,
      rows.map(([key, question, angle]) => ({ ...idOf(key, question), vector: turned(angle) })),
      within,
    );
    return made;
  };

  it('gives the best question of each entry that is live, best first', async () => {
    const { dense } = await filled();
    const live = ({ key }: IndexedId) => key !== 'gone';
    const found = await dense.query(TENANT, turned(0), { ...asking, limit: 5, live });
    if (found.kind !== 'ok') throw new Error(found.reason);
    expect(found.hits.map(({ key }) => key)).toEqual(['a', 'b']);
    expect(found.hits[0]?.similarity).toBeCloseTo(Math.cos(0.1), 5);
  });

  it('passes over a live entry’s question of before', async () => {
    const { dense } = await filled();
    const old = idOf('a', 'a2').hash;
    const found = await dense.query(TENANT, turned(0), {
      ...asking,
      live: ({ hash, key }) => hash !== old && key !== 'gone',
    });
    expect(found).toMatchObject({ kind: 'ok', hits: [{ key: 'b' }, { key: 'a' }] });
  });

  it('sees nothing of another tenant', async () => {
    const { dense } = await filled();
    expect(await dense.query(TenantId.parse('other'), turned(0), asking)).toEqual({ kind: 'ok', hits: [] });
  });

  it('looks further where what is stale stands in front', async () => {
    const { dense, on } = await started();
    const stale = Array.from({ length: 150 }, (_, place) => ({ ...idOf('a', `old ${place}`), vector: turned(0) }));
    const fresh = { ...idOf('a', 'new'), vector: turned(0.5) };
    await dense.write(TENANT, [...stale, fresh], within);
    const asked = on('/query').length;
    const found = await dense.query(TENANT, turned(0), {
      ...asking,
      limit: 1,
      live: ({ hash }) => hash === fresh.hash,
    });
    expect(found).toMatchObject({ kind: 'ok', hits: [{ key: 'a' }] });
    expect(on('/query').length - asked).toBe(2);
  });

  it('never makes an index', async () => {
    const { dense, on } = await started({});
    expect(await dense.query(TENANT, turned(0), asking)).toEqual({ kind: 'unavailable', reason: 'failed' });
    expect(on('/indexes')).toEqual([]);
  });
});

it('sparse weights go out by index, the heaviest thousand, none of them zero', async () => {
  const { sparse, on } = await started({});
  const indices = Uint32Array.from({ length: 1_200 }, (_, place) => 4_000_000_000 - place);
  const values = Float32Array.from({ length: 1_200 }, (_, place) => (place < 10 ? 0 : place / 1_200));
  await sparse.missing(TENANT, [], within);
  expect(await sparse.write(TENANT, [{ ...idOf('a'), vector: { indices, values } }], within)).toEqual({ kind: 'ok' });
  const Sent = z.object({
    vectors: z.array(
      z.object({ sparseValues: z.object({ indices: z.array(z.number()), values: z.array(z.number()) }) }),
    ),
  });
  const [row] = Sent.parse(on('/vectors/upsert')[0]?.asked.body).vectors;
  expect(row?.sparseValues.indices.length).toBe(1_000);
  expect(Math.min(...(row?.sparseValues.values ?? []))).toBeGreaterThan(200 / 1_200 - 1e-3);
  expect(on('/indexes')[0]?.asked.body).toMatchObject({ vector_type: 'sparse', metric: 'dotproduct' });
});

const html: Fault = { headers: { 'content-type': 'text/html' }, body: '<html>busy</html>' };
const FAULTS: [string, Fault[], string, number][] = [
  ['429 with retry-after, then well', [{ status: 429, headers: { 'retry-after': '2' } }], 'ok', 2],
  ['429 without, then well', [{ status: 429 }, { status: 429 }], 'ok', 3],
  ['429 with a retry-after past the deadline', [{ status: 429, headers: { 'retry-after': '600' } }], 'failed', 1],
  ['429 without end', Array(9).fill({ status: 429 }), 'failed', 5],
  ['500, then well', [{ status: 500 }], 'ok', 2],
  ['503 without end', Array(9).fill({ status: 503 }), 'failed', 5],
  ['400', [{ status: 400, body: { code: 3, message: 'vector of shop', details: [] } }], 'failed', 1],
  ['401', [{ status: 401 }], 'failed', 1],
  ['a reset, then well', ['drop'], 'ok', 2],
  ['a reset within the body, then well', ['cut'], 'ok', 2],
  ['an HTML page', [html], 'failed', 1],
  ['half of a JSON', [{ body: '{"matches": [' }], 'failed', 1],
  ['another shape', [{ body: { matches: [{ id: 7 }] } }], 'failed', 1],
  ['a match without a score', [{ body: { matches: [{ id: 'a#b' }] } }], 'failed', 1],
];

describe('an index that answers', () => {
  it.each(FAULTS)('%s', async (_, faults, word, requests) => {
    const { dense, server, on, events } = await started();
    await dense.missing(TENANT, [], within);
    server.next(...faults);
    const found = await dense.query(TENANT, turned(0), asking);
    expect(found.kind === 'ok' ? 'ok' : found.reason).toBe(word);
    expect(on('/query').length).toBe(requests);
    expect(JSON.stringify(events)).not.toContain('vector of shop');
  });

  it('waits as long as it was asked to', async () => {
    const { dense, server, slept } = await started();
    await dense.missing(TENANT, [], within);
    server.next({ status: 429, headers: { 'retry-after': '7' } });
    await dense.query(TENANT, turned(0), asking);
    expect(slept).toEqual([7_000]);
  });

  it.each(['hang', 'stall'] as const)('nothing (%s) is given up at the deadline', async (fault) => {
    const { dense, server, on } = await started();
    await dense.missing(TENANT, [], within);
    server.always(fault);
    expect(await dense.query(TENANT, turned(0), { ...asking, deadlineMs: 1_000 })).toEqual({
      kind: 'unavailable',
      reason: 'timeout',
    });
    expect(on('/query').length).toBe(1);
  });

  it('half of a release is written again by the next try, and no more than that', async () => {
    const { dense, server } = await started();
    const ids = Array.from({ length: 1_500 }, (_, place) => idOf(`e${place}`));
    await dense.missing(TENANT, ids, within);
    server.next({ status: 400 });
    const all = ids.map((id) => ({ ...id, vector: turned(0) }));
    expect(await dense.write(TENANT, all, within)).toEqual({ kind: 'unavailable', reason: 'failed' });
    const lacking = await dense.missing(TENANT, ids, within);
    if (lacking.kind !== 'ok') throw new Error(lacking.reason);
    expect(lacking.missing.length).toBe(1_500 - server.ids(TENANT).length);
  });

  it('never well is left alone for a while', async () => {
    const { dense, server, on } = await started();
    await dense.missing(TENANT, [], within);
    server.always({ status: 401 });
    for (let time = 0; time < 6; time += 1) await dense.query(TENANT, turned(0), asking);
    expect(on('/query').length).toBe(3);
  });
});
