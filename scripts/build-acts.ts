/**
 * Trains the act classifier on `knowledge/acts.*.yaml` and writes `lib/assist/understand/act-model.generated.ts`.
 * The same examples give the same bytes. `--check` cross-validates instead of writing.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { parse } from 'yaml';
import * as z from 'zod';
import { type ActLine, actFeatures, BUCKETS } from '../lib/assist/understand/act-features.ts';
import { ACTS, type ActModel, MOST_WEIGHT, rankActs, writeWeights } from '../lib/assist/understand/act-model.ts';
import { previousMove } from '../lib/assist/understand/previous.ts';
import { joinFragments, ownWords } from '../lib/assist/understand/turn-text.ts';
import { Act, ASKING_ACTS } from '../lib/domain/understanding.ts';
import { generator, shuffle } from '../lib/engine/hash.ts';

const root = new URL('../', import.meta.url);
const OUTPUT = new URL('lib/assist/understand/act-model.generated.ts', root);
const SEED = 20_260_101;

const Text = z.union([z.string(), z.number()]).transform(String);
/** A turn of several messages is a list. */
const Turn = z.union([Text, z.array(Text).min(1).transform(joinFragments)]);
const Item = z.union([Turn, z.object({ after: z.string(), texts: z.array(Text).min(1) })]);
const Examples = z.record(Act, z.array(Item).min(1));

export type ActExample = ActLine & { act: Act };

const exampleOf = (act: Act, said: string, before?: string): ActExample[] => {
  const line = ownWords(said);
  return line === '' ? [] : [{ act, line, before, previous: previousMove(before) }];
};

/** Every example of both languages, each with the line it follows. */
export function readExamples(): ActExample[] {
  return ['zh', 'en'].flatMap((language) => {
    const file = new URL(`knowledge/acts.${language}.yaml`, root);
    return Object.entries(Examples.parse(parse(readFileSync(file, 'utf8')))).flatMap(([act, items]) =>
      items.flatMap((item): ActExample[] =>
        typeof item === 'string'
          ? exampleOf(act as Act, item)
          : item.texts.flatMap((text) => exampleOf(act as Act, text, item.after)),
      ),
    );
  });
}

/**
 * How often each act is met in turns that set wording does not decide, as counted on labelled real turns
 * (`bench/turns/README.md`). The examples hold about as many of each; what is rare must not be seen everywhere.
 */
const SHARES: Readonly<Record<Act, number>> = {
  question: 0.45,
  inform: 0.17,
  request: 0.13,
  complain: 0.09,
  acknowledge: 0.07,
  confirm: 0.03,
  close: 0.015,
  deny: 0.01,
  reference: 0.01,
  chase: 0.01,
  greet: 0.01,
  ask_human: 0.005,
};

/** L2 strength per example, first step, and passes: by cross-validation over the examples. */
const TRAINING = { decay: 1e-3, step: 0.5, passes: 12 };

const OPENERS: Readonly<Record<'zh' | 'en', readonly string[]>> = {
  zh: ['你好 ', '您好，', '好的 ', '嗯嗯，', '亲 ', '请问', '谢谢 ', '那', '哦 '],
  en: ['hi, ', 'hello ', 'ok ', 'thanks. ', 'oh ', 'so ', 'and ', 'yeah ', 'hey '],
};

const GAPS: typeof OPENERS = { zh: ['，', ' ', '。'], en: [', ', '. ', ' '] };

const languageOf = (text: string): 'zh' | 'en' => (/\p{Script=Han}/u.test(text) ? 'zh' : 'en');

/**
 * Customers say several things in a turn: what asks decides what the turn does. Every example with content is met once
 * more behind an opener, and asking ones once more beside a statement.
 */
function combined(examples: readonly ActExample[]): ActExample[] {
  const random = generator(SEED);
  const pick = (list: readonly string[]): string => list[Math.floor(random() * list.length)] ?? '';
  const facts = Map.groupBy(examples.filter(isRemark), ({ line }) => languageOf(line));
  return examples.filter(hasContent).flatMap((example) => {
    const language = languageOf(example.line);
    const fact = pick(facts.get(language)?.map(({ line }) => line) ?? []);
    const gap = pick(GAPS[language]);
    const opened = { ...example, line: pick(OPENERS[language]) + example.line };
    const told = random() < 0.7 ? fact + gap + example.line : example.line + gap + fact;
    return ASKING_ACTS.has(example.act) ? [opened, { ...example, line: told }] : [opened];
  });
}

const hasContent = ({ act }: ActExample): boolean => ASKING_ACTS.has(act) || act === 'inform' || act === 'acknowledge';

const isRemark = ({ act, previous }: ActExample): boolean =>
  act === 'inform' && (previous === 'none' || previous === 'told' || previous === 'held');

/** A line's buckets and their values; bucket 0 carries the bias. */
type Row = { buckets: Uint16Array; values: Float32Array; act: number };

const rowOf = (example: ActExample): Row => {
  const features: (readonly [number, number])[] = [[0, 1], ...actFeatures(example)];
  return {
    buckets: Uint16Array.from(features, ([bucket]) => bucket),
    values: Float32Array.from(features, ([, value]) => value),
    act: ACTS.indexOf(example.act),
  };
};

/** Bucket by bucket, an act's beside the next one's. */
type Weights = { values: Float32Array; squares: Float32Array };

/**
 * Multinomial logistic regression by stochastic gradient with per-weight steps (J. Duchi, E. Hazan, Y. Singer,
 * "Adaptive subgradient methods", 2011).
 */
function learnWeights(rows: readonly Row[]): Float32Array {
  const size = ACTS.length * BUCKETS;
  const weights: Weights = { values: new Float32Array(size), squares: new Float32Array(size).fill(1e-8) };
  const random = generator(SEED);
  const order = Uint32Array.from(rows, (_, at) => at);
  for (let pass = 0; pass < TRAINING.passes; pass += 1) {
    shuffle(order, order.length, random);
    for (const at of order) {
      const row = rows[at];
      if (row !== undefined) learnRow(weights, row, errorsOf(weights, row));
    }
  }
  return weights.values;
}

/** Each act's probability, less 1 for the right one. */
function errorsOf({ values: weights }: Weights, { buckets, values, act }: Row): Float64Array {
  const scores = new Float64Array(ACTS.length);
  buckets.forEach((bucket, k) => {
    const from = bucket * ACTS.length;
    const value = values[k] ?? 0;
    for (let at = 0; at < scores.length; at += 1) {
      scores[at] = (scores[at] ?? 0) + (weights[from + at] ?? 0) * value;
    }
  });
  const odds = scores.map((score) => Math.exp(score));
  const total = odds.reduce((sum, one) => sum + one, 0);
  return odds.map((one, at) => one / total - (at === act ? 1 : 0));
}

function learnRow(weights: Weights, { buckets, values }: Row, errors: Float64Array): void {
  buckets.forEach((bucket, k) => {
    const from = bucket * ACTS.length;
    const value = values[k] ?? 0;
    for (let at = 0; at < errors.length; at += 1) {
      const weight = weights.values[from + at] ?? 0;
      const gradient = (errors[at] ?? 0) * value + TRAINING.decay * weight;
      const square = (weights.squares[from + at] ?? 0) + gradient * gradient;
      weights.squares[from + at] = square;
      weights.values[from + at] = weight - (TRAINING.step * gradient) / Math.sqrt(square);
    }
  });
}

/** The weights in whole numbers, each act's at a scale of its own. */
export function trainActs(examples: readonly ActExample[]): ActModel {
  const shown = [...examples, ...combined(examples)];
  const learnt = learnWeights(shown.map(rowOf));
  const weights = new Int8Array(learnt.length);
  const scales = ACTS.map((act, at) => {
    const share = shown.filter((example) => example.act === act).length / shown.length;
    const own = Float64Array.from({ length: BUCKETS }, (_, bucket) => learnt[bucket * ACTS.length + at] ?? 0);
    own[0] = (own[0] ?? 0) + Math.log(SHARES[act] / share);
    const scale = own.reduce((most, value) => Math.max(most, Math.abs(value)), 0) / MOST_WEIGHT;
    weights.set(
      Array.from(own, (value) => Math.round(value / scale)),
      at * BUCKETS,
    );
    return Number(scale.toPrecision(9));
  });
  return { weights, scales };
}

export function render(model: ActModel): string {
  return `// biome-ignore-all format: written by a program
/** Written by scripts/build-acts.ts from knowledge/acts.*.yaml: do not edit. */
export const ACT_SCALES: readonly number[] = ${JSON.stringify(model.scales)};
export const ACT_WEIGHTS = '${writeWeights(model.weights)}';
`;
}

/** Share of held-out examples whose act ranks first, over five folds. */
export function crossValidate(examples: readonly ActExample[], folds = 5): { accuracy: number; wrong: string[] } {
  const wrong: string[] = [];
  for (let fold = 0; fold < folds; fold += 1) {
    const model = trainActs(examples.filter((_, at) => at % folds !== fold));
    for (const example of examples.filter((_, at) => at % folds === fold)) {
      const best = rankActs(example, model)[0];
      if (best?.act !== example.act)
        wrong.push(`${example.act} read as ${best?.act}: ${example.line} [${example.previous}]`);
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
