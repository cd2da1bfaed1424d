/**
 * What it costs to compile knowledge of 1,000, 10,000 and 100,000 questions, and the sets that are of such a size: each in
 * a process of its own, calibration included. Bar: CLINC150 in ≤ 10 s and ≤ 700 MB. Run with
 * `npm run bench:compile [-- --sizes 1k,10k]`.
 */
import { parseArgs } from 'node:util';
import { type Compiled, chosenSizes, compileInChild, SEED, titleOf } from './engine/scale.ts';
import { table } from './support/table.ts';

const { values: given } = parseArgs({ options: { sizes: { type: 'string' } } });
const STAGES = ['features', 'train', 'index', 'calibrate', 'write'];
const HEAD = ['knowledge', 'wall s', 'CPU s', ...STAGES.map((stage) => `${stage} s`), 'peak MB', 'snapshot MB'];

function row(name: string, { wallSeconds, cpuSeconds, stages, peakMb, megabytes }: Compiled): string[] {
  return [
    titleOf(name),
    wallSeconds.toFixed(1),
    cpuSeconds.toFixed(1),
    ...STAGES.map((stage) => (stages[stage] ?? 0).toFixed(1)),
    peakMb.toFixed(0),
    megabytes.toFixed(2),
  ];
}

const rows: string[][] = [];
for (const name of chosenSizes(given.sizes)) {
  process.stderr.write(`${name}\n`);
  rows.push(row(name, await compileInChild(name)));
}
console.log(`${table(HEAD, rows)}\n\n"made": words by a generator, seed ${SEED}.`);
