/** Every request of ours and every answer of the stand-in, held against Pinecone's published contracts. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { contentHash } from '../../lib/domain/content-hash.ts';
import { startPinecone } from '../support/pinecone-server.ts';
import { hasContract, openContract } from '../support/prism-contract.ts';
import type { Exchange } from '../support/provider-server.ts';
import { DIMENSIONS, MODEL, pineconeRig, TENANT } from '../support/providers.ts';

const DATA = 'pinecone-db-data-2026-04.yaml';
const CONTROL = 'pinecone-db-control-2026-04.yaml';
const there = hasContract(DATA) && hasContract(CONTROL);
if (!there) console.warn(`skipped: no ../shared/contracts/${DATA} beside the repository`);

const idOf = (key: string) => ({ key, hash: contentHash({ model: MODEL, dimensions: DIMENSIONS }, key) });
const unit = (place: number): Float32Array =>
  Float32Array.from({ length: DIMENSIONS }, (_, at) => (at === place ? 1 : 0));
const within = { deadlineMs: 30_000 };

describe.runIf(there)("Pinecone's contracts", () => {
  let exchanges: Exchange[] = [];
  const stops: (() => Promise<void>)[] = [];
  let data: Awaited<ReturnType<typeof openContract>>;
  let control: Awaited<ReturnType<typeof openContract>>;

  /** A release's whole way: the index made, filled, asked, cleared; then all of it with a sparse one. */
  beforeAll(async () => {
    [data, control] = await Promise.all([openContract(DATA), openContract(CONTROL)]);
    for (const silent of [false, true]) {
      const server = await startPinecone({ lag: 1, silent });
      stops.push(server.stop);
      const { dense } = pineconeRig(server.url);
      const ids = [idOf('order.cancel'), idOf('退款')];
      expect(await dense.missing(TENANT, ids, within)).toEqual({ kind: 'ok', missing: ids });
      const vectors = ids.map((id, place) => ({ ...id, vector: unit(place) }));
      expect(await dense.write(TENANT, vectors, within)).toEqual({ kind: 'ok' });
      const found = await dense.query(TENANT, unit(1), { ...within, limit: 2, live: () => true });
      expect(found).toMatchObject({ kind: 'ok', hits: [{ key: '退款', similarity: 1 }, { key: 'order.cancel' }] });
      expect(await dense.collect(TENANT, ids.slice(0, 1), within)).toEqual({ kind: 'ok', removed: 1 });
      exchanges = [...exchanges, ...server.exchanges];
    }
    const server = await startPinecone();
    stops.push(server.stop);
    const { sparse } = pineconeRig(server.url);
    const vector = { indices: Uint32Array.of(7, 4_000_000_000), values: Float32Array.of(0.6, 0.8) };
    await sparse.missing(TENANT, [], within);
    expect(await sparse.write(TENANT, [{ ...idOf('a'), vector }], within)).toEqual({ kind: 'ok' });
    expect(await sparse.query(TENANT, vector, { ...within, limit: 1, live: () => true })).toMatchObject({
      hits: [{ key: 'a' }],
    });
    exchanges = [...exchanges, ...server.exchanges];
  }, 60_000);
  afterAll(() => Promise.all(stops.map((stop) => stop())));

  const keptBy = ({ asked }: Exchange) => (asked.path.startsWith('/indexes') ? control : data);

  it('are kept by every exchange, and every operation is among them', async () => {
    const broken = await Promise.all(
      exchanges.map(async (one) => ({ path: one.asked.path, is: await keptBy(one).violations(one) })),
    );
    expect(broken.filter(({ is }) => is.length > 0)).toEqual([]);
    const operations = new Set(exchanges.map(({ asked }) => `${asked.method} ${asked.path}`));
    expect([...operations].toSorted()).toEqual([
      'GET /indexes/cuecard-8',
      'GET /indexes/cuecard-sparse',
      'GET /vectors/fetch',
      'GET /vectors/list',
      'POST /indexes',
      'POST /query',
      'POST /vectors/delete',
      'POST /vectors/upsert',
    ]);
  });

  it('are what Prism takes a query of ours for, and its example of an answer holds nothing of ours', async () => {
    const mock = await data.mock();
    const index = { name: 'cuecard-8', dimension: DIMENSIONS, metric: 'cosine', vector_type: 'dense' };
    const spec = { serverless: { cloud: 'aws', region: 'us-east-1' } };
    const server = await startPinecone({ indexes: [{ ...index, spec }], host: mock.url });
    stops.push(server.stop, mock.stop);
    const { dense, events } = pineconeRig(server.url);
    const found = await dense.query(TENANT, unit(0), { ...within, limit: 2, live: () => true });
    expect([found, events]).toEqual([{ kind: 'ok', hits: [] }, []]);
    const refused = await fetch(`${mock.url}/query`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{}',
    });
    expect(refused.status).toBeGreaterThanOrEqual(400);
  });

  it('are broken by a request without its version or with a vector of words, and by an answer of another shape', async () => {
    const upsert = exchanges.find(({ asked }) => asked.path === '/vectors/upsert');
    const query = exchanges.find(({ asked }) => asked.path === '/query');
    if (upsert === undefined || query === undefined) throw new Error('nothing was written or asked');
    const { 'x-pinecone-api-version': _, ...headers } = upsert.asked.headers;
    const unversioned = { ...upsert, asked: { ...upsert.asked, headers } };
    const wordy = { ...query, asked: { ...query.asked, body: { topK: 1, vector: ['one'] } } };
    const odd = { ...query, answered: { ...query.answered, body: { matches: 'none' } } };
    for (const wrong of [unversioned, wordy, odd]) expect(await data.violations(wrong)).not.toEqual([]);
  });
});
