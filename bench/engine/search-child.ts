/** Opens a kept snapshot as a fresh process would, and asks it; then asks MiniSearch the same in the same process. */
import { readFileSync } from 'node:fs';
import { open } from '../../lib/engine/open.ts';
import { arePeersInstalled } from '../peers/load.ts';
import { miniSearch } from '../peers/minisearch.ts';
import { heldBytes } from '../support/held.ts';
import { median, percentile } from '../support/table.ts';
import { knowledgeOf, type Searched, snapshotFile } from './scale.ts';

const OPENED = 9;
const WARM_UP = 200;
const ASKED = 1_000;
const ASKED_PEER = 60;
const REPEATED = 3;
const MB = 1e6;

async function timed(run: () => unknown): Promise<number> {
  const from = performance.now();
  await run();
  return performance.now() - from;
}

/** The best of a few goes at each text: what the work takes when nobody else uses the core. */
async function spread(texts: readonly string[], run: (text: string) => unknown): Promise<{ p50: number; p99: number }> {
  const times: number[] = [];
  for (const text of texts) {
    const goes: number[] = [];
    for (let go = 0; go < REPEATED; go += 1) goes.push(await timed(() => run(text)));
    times.push(Math.min(...goes));
  }
  return { p50: percentile(times, 0.5), p99: percentile(times, 0.99) };
}

const [, , name = ''] = process.argv;
const { classes, asked } = await knowledgeOf(name);
const before = await heldBytes();
const bytes = readFileSync(snapshotFile(name));
const opened: number[] = [];
for (let at = 0; at < OPENED; at += 1) opened.push(await timed(() => open(bytes)));
const engine = open(bytes);
const texts = asked.slice(0, ASKED).map(({ text }) => text);
for (const text of texts.slice(0, WARM_UP)) [engine.classify(text), engine.search(text)];
const both = await spread(texts, (text) => [engine.classify(text), engine.search(text)]);
const result: Searched = {
  openMs: median(opened),
  classify: await spread(texts, (text) => engine.classify(text)),
  search: await spread(texts, (text) => engine.search(text)),
  both,
  heldMb: ((await heldBytes()) - before) / MB,
  right:
    asked.filter(({ text, label }) => engine.classify(text, { limit: 1 }).candidates[0]?.key === label).length /
    asked.length,
};
if (arePeersInstalled()) {
  const learnt = await miniSearch.learn({ classes, language: 'zh', outOfScopeShare: 0, capSeconds: 0 });
  result.peer = await spread(texts.slice(0, ASKED_PEER), (text) => learnt.ask(text));
}
process.send?.(result);
