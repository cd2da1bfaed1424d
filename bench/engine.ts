/**
 * The engine alone: time to compile, size of the snapshot, time to open it, to classify and to search, and how often it
 * is right. Run with `node bench/engine.ts`; the sets beside the project (`../shared/data`) are measured when they are
 * there. Bars: at 2,000 questions, classify and search together p99 ≤ 1 ms and open ≤ 5 ms.
 */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { compile } from '../lib/engine/compile.ts';
import { open } from '../lib/engine/open.ts';
import type { Engine, EngineClass } from '../lib/engine/types.ts';
import { compileInput } from '../lib/knowledge/compile-input.ts';
import { loadPack } from '../lib/knowledge/pack.ts';
import { classesOf, type Dataset, readBanking, readClinc, readSmp } from './engine/datasets.ts';
import { median, percentile, table } from './support/table.ts';

const DATA = new URL('../../shared/data/', import.meta.url);
const PACKS = fileURLToPath(new URL('../knowledge', import.meta.url));
const OUT_OF_SCOPE_SHARE = 0.3;
const OPENED = 9;
const WARM_UP = 300;
const ASKED = 2_000;

function timed<T>(run: () => T): { value: T; ms: number } {
  const from = performance.now();
  const value = run();
  return { value, ms: performance.now() - from };
}

/** The best of three: what the work takes when nobody else uses the core. */
const cost = (run: () => unknown): number => Math.min(...[0, 1, 2].map(() => timed(run).ms));

/** The texts again and again until there are `ASKED`, after a warm-up. */
function speeds(engine: Engine, texts: readonly string[]) {
  const asked = Array.from({ length: WARM_UP + ASKED }, (_, at) => texts[at % texts.length] ?? '');
  const pairs = asked.map((text) => ({
    classify: cost(() => engine.classify(text)),
    search: cost(() => engine.search(text)),
  }));
  const warm = pairs.slice(WARM_UP);
  const spread = (values: readonly number[]) =>
    `${percentile(values, 0.5).toFixed(3)} / ${percentile(values, 0.99).toFixed(3)}`;
  return [
    spread(warm.map(({ classify }) => classify)),
    spread(warm.map(({ search }) => search)),
    percentile(
      warm.map(({ classify, search }) => classify + search),
      0.99,
    ).toFixed(3),
  ];
}

/** The chance that a right answer is surer than a wrong or out-of-scope one. */
function auroc(right: readonly number[], wrong: readonly number[]): number {
  const below = wrong.toSorted((a, b) => a - b);
  const wins = right.reduce((sum, value) => sum + below.filter((other) => other < value).length, 0);
  return wins / (right.length * wrong.length);
}

const percent = (part: number, whole: number): string => ((100 * part) / whole).toFixed(1);

function quality(engine: Engine, { test, outOfScope }: Dataset): string[] {
  const top = test.map(({ text, label }) => {
    const [first] = engine.classify(text).candidates;
    return { right: first?.key === label, confidence: first?.confidence ?? 0 };
  });
  const foreign = outOfScope.map((text) => engine.classify(text).candidates[0]?.confidence ?? 0);
  const right = top.filter((one) => one.right).map((one) => one.confidence);
  const wrong = top.filter((one) => !one.right).map((one) => one.confidence);
  const found = test.filter(({ text, label }) => engine.search(text, { limit: 1 })[0]?.key === label);
  return [
    percent(right.length, top.length),
    percent(found.length, test.length),
    auroc(right, [...wrong, ...foreign]).toFixed(3),
  ];
}

const HEAD = [
  'knowledge',
  'questions',
  'classes',
  'compile s',
  'snapshot MB',
  'open ms',
  'classify ms p50 / p99',
  'search ms p50 / p99',
  'both p99',
  'accuracy %',
  'search R@1 %',
  'AUROC',
];

function measure(name: string, classes: readonly EngineClass[], texts: readonly string[], dataset?: Dataset): string[] {
  const input = { classes, meta: new Uint8Array(0), outOfScopeShare: OUT_OF_SCOPE_SHARE };
  const { value, ms } = timed(() => compile(input));
  const engine = open(value.bytes);
  const opened = Array.from({ length: OPENED }, () => timed(() => open(value.bytes)).ms);
  return [
    name,
    String(value.report.questions),
    String(value.report.classes),
    (ms / 1_000).toFixed(1),
    (value.bytes.length / 1e6).toFixed(2),
    median(opened).toFixed(2),
    ...speeds(engine, texts),
    ...(dataset === undefined ? ['', '', ''] : quality(engine, dataset)),
  ];
}

async function packRow(): Promise<string[]> {
  const pack = await loadPack(PACKS, 'ecommerce');
  const { classes } = compileInput(pack.entries, { phrases: pack.phrases, skills: pack.skills });
  const asked = pack.golden.map(({ text }) => text);
  return measure('e-commerce pack', classes, asked);
}

/** The first `each` questions of every class: a shop's size. */
function slice(classes: readonly EngineClass[], each: number): EngineClass[] {
  return classes.map((one) => ({ ...one, questions: one.questions.slice(0, each) }));
}

function publicRows(): string[][] {
  const clinc = readClinc(DATA);
  const classes = classesOf(clinc.train);
  const texts = clinc.test.map(({ text }) => text);
  const rows = [
    measure('CLINC150, 13 a class', slice(classes, 13), texts),
    measure('CLINC150, 20 a class', slice(classes, 20), texts),
  ];
  for (const dataset of [clinc, readBanking(DATA), readSmp(DATA)]) {
    rows.push(
      measure(
        dataset.name,
        classesOf(dataset.train),
        dataset.test.map(({ text }) => text),
        dataset,
      ),
    );
  }
  return rows;
}

const hasData = existsSync(DATA);
console.log(table(HEAD, [await packRow(), ...(hasData ? publicRows() : [])]));
if (!hasData) console.log(`\nAccuracy is not measured: there is no ${fileURLToPath(DATA)}.`);
