/**
 * What a bag of words learns from a set's own texts: naive Bayes (multinomial, add-one smoothing, each word once) and
 * logistic regression (AdaGrad: J. Duchi, E. Hazan, Y. Singer, 2011), over single characters of Chinese, words and marks.
 */
import { generator } from '../../lib/engine/hash.ts';
import { normalize } from '../../lib/engine/normalize.ts';
import type { Judged } from './sets.ts';

/** Above 0 the text is taken for a yes. */
export type Scorer = (text: string) => number;
export type Learner = (rows: readonly Judged[]) => Scorer;

const UNIT = /\p{Script=Han}|[a-z0-9]+|[^\s\p{L}\p{N}]/gu;
const bag = (text: string): string[] => [...new Set(normalize(text).match(UNIT) ?? [])];

type Counts = { rows: number; total: number; words: Map<string, number> };

function countWords(rows: readonly Judged[]): Counts {
  const words = new Map<string, number>();
  let total = 0;
  for (const { text } of rows) {
    for (const word of bag(text)) {
      words.set(word, (words.get(word) ?? 0) + 1);
      total += 1;
    }
  }
  return { rows: rows.length, total, words };
}

export const naiveBayes: Learner = (rows) => {
  const yes = countWords(rows.filter((row) => row.yes));
  const no = countWords(rows.filter((row) => !row.yes));
  const size = new Set([...yes.words.keys(), ...no.words.keys()]).size;
  const likelihood = ({ words, total }: Counts, word: string) =>
    Math.log(((words.get(word) ?? 0) + 1) / (total + size));
  return (text) =>
    bag(text).reduce((sum, word) => sum + likelihood(yes, word) - likelihood(no, word), Math.log(yes.rows / no.rows));
};

const PASSES = 25;
const RATE = 0.3;
const RIDGE = 1e-4;
const SEED = 1;

type Row = { ids: number[]; scale: number; target: number };
type Weights = { values: Float64Array; squares: Float64Array };

function product({ values }: Weights, { ids, scale }: Pick<Row, 'ids' | 'scale'>): number {
  return ids.reduce((sum, id) => sum + (values[id] ?? 0) * scale, values[0] ?? 0);
}

function nudge({ values, squares }: Weights, id: number, gradient: number): void {
  const square = (squares[id] ?? 0) + gradient ** 2;
  squares[id] = square;
  values[id] = (values[id] ?? 0) - (RATE * gradient) / Math.sqrt(square + 1e-8);
}

/** Every word of the texts with a number of its own, from 1; weight 0 is the constant. */
function numberWords(rows: readonly Judged[]): Map<string, number> {
  const words = new Set(rows.flatMap(({ text }) => bag(text)));
  return new Map(Array.from(words, (word, at) => [word, at + 1]));
}

function encode(known: ReadonlyMap<string, number>, text: string): Pick<Row, 'ids' | 'scale'> {
  const ids = bag(text).flatMap((word) => known.get(word) ?? []);
  return { ids, scale: 1 / Math.sqrt(Math.max(1, ids.length)) };
}

function learnFrom(weights: Weights, row: Row): void {
  const error = 1 / (1 + Math.exp(-product(weights, row))) - row.target;
  nudge(weights, 0, error);
  for (const id of row.ids) nudge(weights, id, error * row.scale + RIDGE * (weights.values[id] ?? 0));
}

export const logistic: Learner = (rows) => {
  const known = numberWords(rows);
  const data: Row[] = rows.map(({ text, yes }) => ({ ...encode(known, text), target: yes ? 1 : 0 }));
  const weights: Weights = { values: new Float64Array(known.size + 1), squares: new Float64Array(known.size + 1) };
  const random = generator(SEED);
  for (let step = 0; step < PASSES * data.length; step += 1) {
    const row = data[Math.floor(random() * data.length)];
    if (row !== undefined) learnFrom(weights, row);
  }
  return (text) => product(weights, encode(known, text));
};

/** Scores of rows by learners that have not seen them, fold by fold. */
export function crossValidate(rows: readonly Judged[], learn: Learner, folds: number, seed: number): number[] {
  const random = generator(seed);
  const fold = rows.map(() => Math.floor(random() * folds));
  const scorers = Array.from({ length: folds }, (_, number) => learn(rows.filter((_row, at) => fold[at] !== number)));
  return rows.map(({ text }, at) => scorers[fold[at] ?? 0]?.(text) ?? 0);
}
