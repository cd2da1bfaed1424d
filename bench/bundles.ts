/**
 * What a cold start costs: every function bundled as it is deployed, imported in a process of its own with an empty
 * environment; beside an empty bundle and, for scale, LangChain's core with its OpenAI client, in the same run.
 * Sizes decide the exit code; times only inform, since machines differ.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import plugins from '../esbuild.plugins.mjs';
import { median, table } from './support/table.ts';

const PROJECT = fileURLToPath(new URL('..', import.meta.url));
/** Imports of each bundle; where only the sizes count, one is enough. */
const RUNS = Number(process.env['RUNS'] ?? 3);
const HOT = new Set(['receive', 'assist', 'desk-conversations', 'desk-actions']);
const BUDGET = { hotKB: 800, anyKB: 2_000, hotMs: 50, hotMB: 25 };
/**
 * Beyond these the run fails: the S3 client and the model of acts, 0.26 MB together, keep `assist` above its budget; what
 * follows from a hand-off runs in it, too (routing, counts, Chatwoot: 0.09 MB).
 */
const CEILING = { hotKB: 1_265, anyKB: 2_000 };
const KB = 1_000;

const out = mkdtempSync(join(tmpdir(), 'cuecard-bundles-'));
process.on('exit', () => rmSync(out, { recursive: true, force: true }));

/** The options of `serverless.yml`. */
async function bundle(name: string, entry: { file: string } | { text: string }): Promise<string> {
  const outfile = join(out, `${name}.mjs`);
  await build({
    ...('file' in entry
      ? { entryPoints: [entry.file] }
      : { stdin: { contents: entry.text, resolveDir: PROJECT, loader: 'js' } }),
    outfile,
    bundle: true,
    minify: true,
    target: 'node24',
    platform: 'node',
    format: 'esm',
    charset: 'utf8',
    mainFields: ['module', 'main'],
    plugins,
    absWorkingDir: PROJECT,
    logLevel: 'error',
  });
  return outfile;
}

/** Milliseconds of the import alone and peak memory in MB, in a process of its own. */
function importOnce(file: string): { ms: number; mb: number } {
  const script = `const t=process.hrtime.bigint();await import(${JSON.stringify(file)});
    process.stdout.write(JSON.stringify({ms:Number(process.hrtime.bigint()-t)/1e6,mb:process.resourceUsage().maxRSS/1024}));process.exit(0)`;
  const run = spawnSync(process.execPath, ['--input-type=module', '-e', script], { env: {}, encoding: 'utf8' });
  if (run.status !== 0) throw new Error(`${basename(file)} does not import with an empty environment:\n${run.stderr}`);
  return JSON.parse(run.stdout);
}

const functions = readdirSync(join(PROJECT, 'functions')).filter((name) => name.endsWith('.ts'));
const bundles = new Map<string, string>([['(empty)', await bundle('empty', { text: 'export {}' })]]);
for (const name of functions) {
  bundles.set(
    name.replace('.ts', ''),
    await bundle(name.replace('.ts', ''), { file: join(PROJECT, 'functions', name) }),
  );
}
bundles.set(
  '(LangChain core + OpenAI)',
  await bundle('langchain', {
    text: "export * from '@langchain/core/runnables'; export * from '@langchain/core/prompts'; export { ChatOpenAI } from '@langchain/openai';",
  }),
);

// Round by round, so that a slow minute of the machine meets every bundle.
const runs = new Map<string, { ms: number; mb: number }[]>([...bundles.keys()].map((name) => [name, []]));
for (let round = 0; round < RUNS; round++) {
  for (const [name, file] of bundles) runs.get(name)?.push(importOnce(file));
}

const measured = [...bundles].map(([name, file]) => {
  const samples = runs.get(name) ?? [];
  return {
    name,
    kb: statSync(file).size / KB,
    ms: median(samples.map(({ ms }) => ms)),
    mb: median(samples.map(({ mb }) => mb)),
  };
});
const empty = measured.find(({ name }) => name === '(empty)') ?? { ms: 0, mb: 0 };
const beyond = (limit: { hotKB: number; anyKB: number }) =>
  measured.filter(({ name, kb }) => !name.startsWith('(') && kb > (HOT.has(name) ? limit.hotKB : limit.anyKB));
const over = beyond(BUDGET);

console.log(
  `Cold start, medians of ${RUNS}; ms and MB over an empty bundle (${empty.ms.toFixed(1)} ms, ${empty.mb.toFixed(0)} MB)`,
);
console.log(`Budget: hot ≤ ${BUDGET.hotMs} ms, ≤ ${BUDGET.hotMB} MB, ≤ ${BUDGET.hotKB} KB; any ≤ ${BUDGET.anyKB} KB\n`);
console.log(
  table(
    ['function', 'hot', 'KB', 'ms', 'MB', 'within'],
    measured.map(({ name, kb, ms, mb }) => {
      const hot = HOT.has(name);
      const within = !hot || (ms - empty.ms <= BUDGET.hotMs && mb - empty.mb <= BUDGET.hotMB);
      const verdict = name.startsWith('(') ? '' : within && !over.some((row) => row.name === name) ? 'yes' : 'NO';
      return [name, hot ? 'hot' : '', kb.toFixed(0), (ms - empty.ms).toFixed(1), (mb - empty.mb).toFixed(1), verdict];
    }),
  ),
);
for (const { name, kb } of over) console.error(`${name}: ${kb.toFixed(0)} KB is over its budget`);
process.exitCode = beyond(CEILING).length === 0 ? 0 : 1;
