/**
 * How fast compiled knowledge of 1,000, 10,000 and 100,000 questions opens and answers, and what it holds in memory; each
 * in a process of its own. Bars: classification p99 ≤ 1 ms at 15,000 × 150 and ≤ 3 ms at 100,000 × 5,000; classify and
 * search together ≤ 1 ms at 10,000 and ≤ 5 ms at 100,000; the nearest of vectors in the snapshot ≤ 2 ms at 10,000 × 1,536.
 * Run with `npm run bench:search [-- --sizes 1k,10k]`.
 */
import { parseArgs } from 'node:util';
import { DENSE_HEAD, DENSE_SIZES, denseLine } from './engine/dense-speed.ts';
import { chosenSizes, SEED, type Searched, searchInChild, titleOf } from './engine/scale.ts';
import { installPeers } from './peers/load.ts';
import { table } from './support/table.ts';

const { values: given } = parseArgs({ options: { sizes: { type: 'string' } } });
const HEAD = [
  'knowledge',
  'open ms',
  'classify ms p50 / p99',
  'search ms p50 / p99',
  'both ms p50 / p99',
  'held MB',
  'right %',
  'MiniSearch ms p50 / p99',
  'search faster by',
];

const spread = ({ p50, p99 }: Searched['both']): string => `${p50.toFixed(3)} / ${p99.toFixed(3)}`;

function row(name: string, { openMs, classify, search, both, heldMb, right, peer }: Searched): string[] {
  return [
    titleOf(name),
    openMs.toFixed(2),
    spread(classify),
    spread(search),
    spread(both),
    heldMb.toFixed(1),
    (100 * right).toFixed(1),
    ...(peer === undefined ? ['–', '–'] : [spread(peer), `${(peer.p50 / search.p50).toFixed(0)} ×`]),
  ];
}

const missing = installPeers();
const rows: string[][] = [];
for (const name of chosenSizes(given.sizes)) {
  process.stderr.write(`${name}\n`);
  rows.push(row(name, await searchInChild(name)));
}
console.log(`${table(HEAD, rows)}\n\n"made": words by a generator, seed ${SEED}.`);
if (missing !== undefined) console.log(`\nMiniSearch is not measured: ${missing}.`);

const dense: string[][] = [];
for (const size of DENSE_SIZES) dense.push(await denseLine(size));
console.log(`\n${table(DENSE_HEAD, dense)}\n\n"first" copies the vectors to where they are multiplied.`);
