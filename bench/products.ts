/**
 * Product search against plain BM25 and against search engines that run in Node, in one run. Run with
 * `node bench/products.ts`. English: judged searches of a hardware shop (`../shared/data/homedepot`), half of them kept
 * for this report by a seeded shuffle; the weights were learnt on the other half (`bench/fit-products.ts`). Chinese: our
 * own questions to a home shop (`../shared/data/litemall`).
 * Bars: Recall@10 and MRR@10 at least 15 % ahead of BM25, p99 at most 20 ms over 54,667 titles.
 */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { compileProducts } from '../lib/engine/products/compile.ts';
import { openProducts } from '../lib/engine/products/open.ts';
import { loadNeeds } from '../lib/knowledge/load-needs.ts';
import { CHINESE_NEEDS } from './products/chinese-needs.ts';
import { halves, type Judged, readTitles } from './products/homedepot.ts';
import { readLitemall } from './products/litemall.ts';
import { measure } from './products/measure.ts';
import { type Peer, peers, type Search } from './products/peers.ts';
import { plainBm25 } from './products/plain-bm25.ts';
import { median, percentile, table } from './support/table.ts';

const DATA = new URL('../../shared/data/', import.meta.url);
const NEEDS = fileURLToPath(new URL('../knowledge', import.meta.url));
const SEED = 20_261_122;
/** Peers take up to a second a search. */
const FOR_PEERS = 300;
const WARM_UP = 100;
const OPENED = 5;

const percent = (share: number): string => (100 * share).toFixed(1);

async function rowOf(name: string, judged: readonly Judged[], search: Search, buildMs: number, megabytes: string) {
  for (const { query } of judged.slice(0, WARM_UP)) await search(query);
  const found = new Map<string, readonly string[]>();
  const times: number[] = [];
  for (const { query } of judged) {
    const from = performance.now();
    found.set(query, await search(query));
    times.push(performance.now() - from);
  }
  const { recall, mrr } = measure(judged, (query) => found.get(query) ?? []);
  const speed = `${percentile(times, 0.5).toFixed(2)} / ${percentile(times, 0.99).toFixed(2)}`;
  return [name, String(judged.length), percent(recall), percent(mrr), speed, (buildMs / 1_000).toFixed(1), megabytes];
}

const HEAD = ['search', 'queries', 'Recall@10', 'MRR@10', 'ms p50 / p99', 'build s', 'MB'];

/** Heap and buffers after a collection, in MB. */
function memory(): number {
  globalThis.gc?.();
  const { heapUsed, external } = process.memoryUsage();
  return (heapUsed + external) / 1e6;
}

async function built<T>(make: () => T | Promise<T>): Promise<{ value: T; ms: number; megabytes: string }> {
  const before = memory();
  const from = performance.now();
  const value = await make();
  const ms = performance.now() - from;
  // Without `node --expose-gc` garbage would be counted as memory.
  const megabytes = globalThis.gc === undefined ? '–' : (memory() - before).toFixed(0);
  return { value, ms, megabytes };
}

async function english(): Promise<void> {
  const folder = new URL('homedepot/', DATA);
  const titles = readTitles(folder);
  const { held } = halves(folder, SEED);
  const some = held.slice(0, FOR_PEERS);
  const compiled = await built(() => compileProducts(titles));
  const opens = Array.from({ length: OPENED }, () => {
    const from = performance.now();
    openProducts(compiled.value);
    return performance.now() - from;
  });
  const index = openProducts(compiled.value);
  const ours: Search = (text) => index.search({ text }).hits.map(({ id }) => id);
  const size = (compiled.value.length / 1e6).toFixed(1);
  const plain = await built(() => plainBm25(titles));
  const rows = [
    await rowOf('ours', held, ours, compiled.ms, size),
    await rowOf('plain BM25', held, plain.value, plain.ms, plain.megabytes),
    await rowOf('ours, fewer', some, ours, compiled.ms, size),
  ];
  for (const peer of peers()) rows.push(await peerRow(peer, titles, some));
  console.log(`Hardware shop, ${titles.length} titles, held-out half of the searches (seed ${SEED})`);
  console.log(table(HEAD, rows));
  console.log(`The index has ${size} MB and opens in ${median(opens).toFixed(1)} ms.\n`);
}

async function peerRow({ name, build }: Peer, titles: Parameters<Peer['build']>[0], judged: readonly Judged[]) {
  const { value, ms, megabytes } = await built(() => build(titles));
  return rowOf(name, judged, value, ms, megabytes);
}

async function chinese(): Promise<void> {
  const products = readLitemall(new URL('litemall/litemall_data.sql', DATA));
  const byId = new Map<string, (typeof products)[number]>(products.map((product) => [product.id, product]));
  const index = openProducts(compileProducts(products, await loadNeeds(NEEDS)));
  const plain = plainBm25(products);
  const ranks = (search: (query: string) => readonly string[]) =>
    CHINESE_NEEDS.map(({ query, does }) => {
      const at = search(query).findIndex((id) => {
        const product = byId.get(id);
        return product !== undefined && does(product);
      });
      return { query, share: at < 0 || at > 9 ? 0 : 1 / (at + 1) };
    });
  const own = ranks((text) => index.search({ text }).hits.map(({ id }) => id));
  const mrr = (all: readonly { share: number }[]) => all.reduce((sum, { share }) => sum + share, 0) / all.length;
  console.log(`Chinese home shop, ${products.length} products, ${own.length} questions of our own`);
  console.log(`MRR@10: ours ${percent(mrr(own))}, plain BM25 over titles ${percent(mrr(ranks(plain)))}`);
  const missed = own.filter(({ share }) => share < 1).map(({ query, share }) => `${query} (${share.toFixed(2)})`);
  console.log(`Not first: ${missed.join(' · ') || 'none'}`);
}

if (existsSync(DATA)) {
  await english();
  await chinese();
} else {
  console.log(`Nothing to measure on: there is no ${fileURLToPath(DATA)}.`);
}
