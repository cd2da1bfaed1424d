/**
 * Trains the act classifier on `knowledge/acts.*.yaml` and writes `lib/assist/understand/act-model.generated.ts`.
 * The same examples give the same bytes. `--check` cross-validates instead of writing.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { parse } from 'yaml';
import * as z from 'zod';
import { ACTS, type ActModel, actFeatures, BUCKETS, rankActs } from '../lib/assist/understand/act-model.ts';
import { type PreviousMove, previousMove } from '../lib/assist/understand/previous.ts';
import { Act } from '../lib/domain/understanding.ts';
import { generator } from '../lib/engine/hash.ts';
import { type Rows, trainSvm } from '../lib/engine/svm.ts';

const root = new URL('../', import.meta.url);
const OUTPUT = new URL('lib/assist/understand/act-model.generated.ts', root);
const SVM = { cost: 1, positiveCost: 4, epsilon: 0.05, passes: 200 };
const SEED = 20_260_101;

const Text = z.union([z.string(), z.number()]).transform(String);
const Item = z.union([Text, z.object({ after: z.string(), texts: z.array(Text).min(1) })]);
const Examples = z.record(Act, z.array(Item).min(1));

export type ActExample = { act: Act; text: string; previous: PreviousMove };

/** Every example of both languages, each with the move it follows. */
export function readExamples(): ActExample[] {
  return ['zh', 'en'].flatMap((language) => {
    const file = new URL(`knowledge/acts.${language}.yaml`, root);
    return Object.entries(Examples.parse(parse(readFileSync(file, 'utf8')))).flatMap(([act, items]) =>
      items.flatMap((item): ActExample[] =>
        typeof item === 'string'
          ? [{ act: act as Act, text: item, previous: 'none' }]
          : item.texts.map((text) => ({ act: act as Act, text, previous: previousMove(item.after) })),
      ),
    );
  });
}

function toRows(examples: readonly ActExample[]): Rows {
  const features = examples.map((example) => [...actFeatures(example.text, example.previous)]);
  const start = new Uint32Array(examples.length + 1);
  features.forEach((row, at) => {
    start[at + 1] = (start[at] ?? 0) + row.length;
  });
  const flat = features.flat();
  return {
    start,
    column: Uint32Array.from(flat, ([bucket]) => bucket),
    value: Float32Array.from(flat, ([, value]) => value),
    squared: Float32Array.from(features, (row) => row.reduce((sum, [, value]) => sum + value * value, 0)),
    columns: BUCKETS,
  };
}

/** One-vs-rest, each act's weights in bytes at a scale of its own; the bias is added to bucket 0. */
export function trainActs(examples: readonly ActExample[]): ActModel {
  const rows = toRows(examples);
  const weights = new Int8Array(ACTS.length * BUCKETS);
  const scales = ACTS.map((act, at) => {
    const positives = examples.flatMap((example, row) => (example.act === act ? [row] : []));
    const negatives = examples.flatMap((example, row) => (example.act === act ? [] : [row]));
    const members = Uint32Array.from([...positives, ...negatives]);
    const plane = trainSvm(rows, members, positives.length, SVM, generator(SEED + at));
    const values = plane.weights.map((weight, bucket) => weight + (bucket === 0 ? plane.bias : 0));
    const largest = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    const scale = largest / 127;
    weights.set(
      values.map((value) => Math.round(value / scale)),
      at * BUCKETS,
    );
    return Number(scale.toPrecision(9));
  });
  return { weights, scales };
}

export function render(model: ActModel): string {
  const text = Buffer.from(model.weights).toString('base64');
  return `// biome-ignore-all format: written by a program
/** Written by scripts/build-acts.ts from knowledge/acts.*.yaml: do not edit. */
export const ACT_SCALES: readonly number[] = ${JSON.stringify(model.scales)};
export const ACT_WEIGHTS = '${text}';
`;
}

/** Share of held-out examples whose act ranks first, over five folds. */
export function crossValidate(examples: readonly ActExample[], folds = 5): { accuracy: number; wrong: string[] } {
  const wrong: string[] = [];
  for (let fold = 0; fold < folds; fold += 1) {
    const model = trainActs(examples.filter((_, at) => at % folds !== fold));
    for (const example of examples.filter((_, at) => at % folds === fold)) {
      const best = rankActs(example.text, example.previous, model)[0];
      if (best?.act !== example.act)
        wrong.push(`${example.act} read as ${best?.act}: ${example.text} [${example.previous}]`);
    }
  }
  return { accuracy: 1 - wrong.length / examples.length, wrong };
}

function main(): void {
  const examples = readExamples();
  if (process.argv.includes('--check')) {
    const { accuracy, wrong } = crossValidate(examples);
    console.log(
      `${wrong.join('\n')}\n${examples.length} examples, cross-validated accuracy ${(accuracy * 100).toFixed(1)} %`,
    );
    return;
  }
  const text = render(trainActs(examples));
  writeFileSync(OUTPUT, text);
  console.log(`${examples.length} examples, ${Math.round(text.length / 1024)} KiB`);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) main();
