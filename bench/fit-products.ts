/**
 * Learns the weights of `lib/engine/products/rerank.ts` from judged searches and prints them. Run with
 * `node bench/fit-products.ts` beside `../shared/data/homedepot`; only the tuning half is read, and of that the second
 * half says what the weights of the first are worth, and the other way round.
 */
import { existsSync } from 'node:fs';
import { compileProducts } from '../lib/engine/products/compile.ts';
import { catalogueOf } from '../lib/engine/products/layout.ts';
import { FEATURES, judge, WEIGHTS, wantedBy, worthOf } from '../lib/engine/products/rerank.ts';
import { bestOf, scoreAll, scoresFor } from '../lib/engine/products/score.ts';
import { idAt } from '../lib/engine/products/search.ts';
import { highestIdf, slotsOf } from '../lib/engine/products/slots.ts';
import { decodeSnapshot } from '../lib/engine/snapshot.ts';
import { fitting, halves, type Judged, readTitles } from './products/homedepot.ts';
import { measure } from './products/measure.ts';

const FOLDER = new URL('../../shared/data/homedepot/', import.meta.url);
const SEED = 20_261_122;
const CLOSELY = 150;
const PASSES = 150;
const STEP = 0.3;
const DECAY = 1e-4;

type Row = { judged: Judged; ids: string[]; features: number[][]; gains: number[] };

function rowsOf(judged: readonly Judged[]): Row[] {
  const catalogue = catalogueOf(decodeSnapshot(compileProducts(readTitles(FOLDER))));
  const scores = scoresFor(catalogue.cents.length);
  const highest = highestIdf(catalogue.cents.length);
  return judged.map((one) => {
    const slots = slotsOf(catalogue, one.query);
    scoreAll(catalogue, slots, scores);
    const wanted = wantedBy(slots);
    const close = bestOf(scores.total, CLOSELY, () => true);
    const good = fitting(one);
    const ids = close.map((product) => idAt(catalogue, product));
    return {
      judged: one,
      ids,
      features: close.map((product) => {
        const [bm25 = 0, words = 0] = [scores.total[product], scores.words[product]];
        return judge(catalogue, slots, wanted, { product, bm25, words, highest }).features;
      }),
      gains: ids.map((id) => (good.has(id) ? (one.grades.get(id) ?? 0) - 1 : 0)),
    };
  });
}

const column = (rows: readonly Row[], at: number): number[] =>
  rows.flatMap(({ features }) => features.map((values) => values[at] ?? 0));

function spreadOf(values: readonly number[]): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length) || 1;
}

const shares = (values: readonly number[]): number[] => {
  const whole = values.reduce((sum, value) => sum + value, 0);
  return values.map((value) => value / whole);
};

/** The gradient of the cross-entropy between the shares of the gains and the softmax of the worths. */
function addGradient({ features, gains }: Row, weights: readonly number[], gradient: number[]): void {
  const worths = features.map((values) => worthOf(values, weights));
  const highest = Math.max(...worths);
  const given = shares(worths.map((worth) => Math.exp(worth - highest)));
  const wanted = shares(gains);
  features.forEach((values, at) => {
    const error = (given[at] ?? 0) - (wanted[at] ?? 0);
    values.forEach((value, feature) => {
      gradient[feature] = (gradient[feature] ?? 0) + error * value;
    });
  });
}

/** Adagrad (J. Duchi et al. 2011) on features divided by their spread. */
function learn(rows: readonly Row[]): number[] {
  const telling = rows.filter(({ gains }) => gains.some((gain) => gain > 0));
  const spreads = FEATURES.map((_, at) => spreadOf(column(telling, at)));
  const weights = FEATURES.map(() => 0);
  const squares = FEATURES.map(() => 1e-8);
  for (let pass = 0; pass < PASSES; pass += 1) {
    const gradient = FEATURES.map(() => 0);
    for (const row of telling) addGradient(row, weights, gradient);
    gradient.forEach((sum, at) => {
      const spread = spreads[at] ?? 1;
      const slope = (sum * spread) / telling.length + DECAY * (weights[at] ?? 0) * spread;
      squares[at] = (squares[at] ?? 0) + slope ** 2;
      weights[at] = (weights[at] ?? 0) - (STEP * slope) / Math.sqrt(squares[at] ?? 1) / spread;
    });
  }
  return weights;
}

function report(name: string, rows: readonly Row[], weights: readonly number[]): void {
  const ranked = new Map(
    rows.map(({ judged, ids, features }) => {
      const order = ids.map((id, at) => ({ id, worth: worthOf(features[at] ?? [], weights) }));
      return [judged.query, order.sort((a, b) => b.worth - a.worth).map(({ id }) => id)];
    }),
  );
  const { recall, mrr } = measure(
    rows.map(({ judged }) => judged),
    (query) => ranked.get(query) ?? [],
  );
  console.log(`${name}: n ${rows.length}, Recall@10 ${recall.toFixed(4)}, MRR@10 ${mrr.toFixed(4)}`);
}

if (!existsSync(FOLDER)) {
  console.log('Nothing to learn from: ../shared/data/homedepot is not there.');
} else {
  const rows = rowsOf(halves(FOLDER, SEED).tuning);
  const middle = Math.floor(rows.length / 2);
  const [first, second] = [rows.slice(0, middle), rows.slice(middle)];
  report('first count alone', rows, [1]);
  report('weights as they are', rows, WEIGHTS);
  report('learnt on the first part, second part', second, learn(first));
  report('learnt on the second part, first part', first, learn(second));
  const weights = learn(rows);
  FEATURES.forEach((name, at) => {
    console.log(`${name.padEnd(16)} ${(weights[at] ?? 0).toFixed(2)}`);
  });
}
