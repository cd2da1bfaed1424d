import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildCorpus, buildFeatureIds, inverseFrequencies, unseenIdf } from '../../../lib/engine/corpus.ts';
import { encodeExamples } from '../../../lib/engine/examples.ts';
import { features } from '../../../lib/engine/features.ts';
import { generator } from '../../../lib/engine/hash.ts';
import { STRENGTH } from '../../../lib/engine/likeness.ts';
import { best, query, workspace } from '../../../lib/engine/model.ts';
import { rank, SIGNALS } from '../../../lib/engine/rank.ts';
import { seeder, seedOf } from '../../../lib/engine/seeds.ts';
import { type Rows, type Support, trainSvm } from '../../../lib/engine/svm.ts';
import { tokenize } from '../../../lib/engine/tokenize.ts';
import { trainModel } from '../../../lib/engine/train.ts';

const WIDTH = 5;
const OPTIONS = { cost: 1, positiveCost: 4, epsilon: 0.001, passes: 1_000 };

function rowsOf(dense: readonly (readonly number[])[]): Rows {
  return {
    start: Uint32Array.from({ length: dense.length + 1 }, (_, row) => row * WIDTH),
    column: Uint32Array.from(dense.flatMap((row) => row.map((_, at) => at))),
    value: Float32Array.from(dense.flat()),
    squared: Float32Array.from(dense, (row) => row.reduce((sum, value) => sum + value ** 2, 0)),
    columns: WIDTH,
  };
}

const dot = (a: ArrayLike<number>, b: readonly number[]) => b.reduce((sum, value, at) => sum + value * (a[at] ?? 0), 0);

type Problem = { dense: readonly (readonly number[])[]; positives: number };

/** `|w|² / 2 + Σ C max(0, 1 - y f(x))²`, the bias being the last weight, and its gradient. */
function primal({ dense, positives }: Problem, weights: readonly number[]): { value: number; gradient: number[] } {
  const gradient = [...weights];
  let value = dot(weights, weights) / 2;
  dense.forEach((row, at) => {
    const sign = at < positives ? 1 : -1;
    const cost = at < positives ? OPTIONS.positiveCost : OPTIONS.cost;
    const slack = Math.max(0, 1 - sign * dot(weights, [...row, 1]));
    value += cost * slack ** 2;
    [...row, 1].forEach((x, k) => {
      gradient[k] = (gradient[k] ?? 0) - 2 * cost * slack * sign * x;
    });
  });
  return { value, gradient };
}

function descend(problem: Problem): number {
  let weights: number[] = new Array(WIDTH + 1).fill(0);
  for (let step = 0; step < 4_000; step += 1) {
    const { gradient } = primal(problem, weights);
    weights = weights.map((weight, at) => weight - 0.003 * (gradient[at] ?? 0));
  }
  return primal(problem, weights).value;
}

describe('the support vector machine', () => {
  it('finds the same hyperplane from where a problem of more rows left off', () => {
    const random = generator(5);
    const dense = Array.from({ length: 40 }, () => Array.from({ length: WIDTH }, () => 2 * random() - 1));
    const rows = rowsOf(dense);
    const all = Uint32Array.from(dense.keys());
    const solve = (members: Uint32Array, positives: number, start?: Support) =>
      trainSvm(rows, members, positives, OPTIONS, generator(1), undefined, start);
    const seed = seedOf(solve(all, 20).support, all, all);
    const members = all.filter((row) => row % 5 > 0);
    const begin = seeder(all.length, all)(seed, members);
    expect(Array.from(begin.member, (at) => members[at])).toEqual(Array.from(seed.row).filter((row) => row % 5 > 0));
    const { weights, bias } = solve(members, 16, begin);
    const cold = solve(members, 16);
    expect(bias).toBeCloseTo(cold.bias, 2);
    weights.forEach((weight, column) => {
      expect(weight).toBeCloseTo(cold.weights[column] ?? 0, 2);
    });
  });

  it('comes near the minimum that plain gradient descent finds', () => {
    const row = fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: WIDTH, maxLength: WIDTH });
    const problems = fc
      .array(row, { minLength: 2, maxLength: 12 })
      .chain((dense) =>
        fc.record({ dense: fc.constant(dense), positives: fc.integer({ min: 1, max: dense.length - 1 }) }),
      );
    fc.assert(
      fc.property(problems, (problem) => {
        const members = Uint32Array.from(problem.dense.keys());
        const plane = trainSvm(rowsOf(problem.dense), members, problem.positives, OPTIONS, generator(1));
        const reached = primal(problem, [...plane.weights, plane.bias]).value;
        expect(reached).toBeLessThanOrEqual(descend(problem) * 1.05 + 1e-3);
      }),
      { numRuns: 40 },
    );
  });
});

const CLASSES = [
  ['red shoes size nine', 'are the red shoes there', 'red shoes'],
  ['blue hat', 'a blue hat please', 'how much is the blue hat'],
  ['退款多久到账', '怎么退款', '我要退款'],
];

function trained() {
  const texts = CLASSES.flat().map((text) => features(tokenize(text)));
  const ids = buildFeatureIds(texts);
  const corpus = buildCorpus(texts, ids);
  const classStart = Uint32Array.of(0, 3, 6, 9);
  const members = Uint32Array.from({ length: 9 }, (_, row) => row);
  const data = { corpus, classStart, examples: encodeExamples(corpus, classStart) };
  return { corpus, members, data, model: trainModel(data, members).model };
}

describe('the model', () => {
  const { corpus, members, data, model } = trained();
  const rowIds = (row: number) => [...corpus.ids.subarray(corpus.start[row], corpus.start[row + 1])];
  const queryOf = (row: number, unseen: number) => {
    const ids = rowIds(row);
    const foreign: number[] = new Array(unseen).fill(-1);
    return query(
      model,
      [...ids.filter((id) => id < corpus.words), ...foreign],
      ids.filter((id) => id >= corpus.words),
    );
  };

  it('weighs features by the formula', () => {
    const idf = inverseFrequencies(corpus, members);
    for (let id = 0; id < corpus.size; id += 1) {
      const frequency = CLASSES.flat().filter((_, row) => rowIds(row).includes(id)).length;
      expect(idf[id]).toBeCloseTo(Math.log(10 / (1 + frequency)) + 1, 5);
    }
    expect(inverseFrequencies(corpus, new Uint32Array(0)).every((value) => value === 0)).toBe(true);
  });

  it('computes margins as a plain product of vectors does', () => {
    for (let row = 0; row < 9; row += 1) {
      for (const unseen of [0, 2]) {
        const { classes, margins } = rank(model, queryOf(row, unseen), workspace(model), {
          count: 3,
          allowed: undefined,
        });
        const dense = naiveVector(model, rowIds(row), unseen);
        classes.forEach((owner, place) => {
          const weights = naiveWeights(model, owner);
          const plain = dense.reduce((sum, value, id) => sum + value * (weights[id] ?? 0), model.bias[owner] ?? 0);
          const expected = naiveLikeness(model, dense).reduce(
            (sum, value, other) =>
              sum + value * naiveWeight(model, model.idf.length + other, owner, model.likenessScale),
            plain,
          );
          expect(margins[place]).toBeCloseTo(expected, 4);
        });
      }
    }
  });

  it('tells how near the nearest example is', () => {
    const { signals } = rank(model, queryOf(4, 0), workspace(model), { count: 3, allowed: undefined });
    expect(signals).toHaveLength(SIGNALS);
    expect(signals[2]).toBeCloseTo(1, 5);
    expect(signals[4]).toBe(1);
    expect(signals[7]).toBeCloseTo(1, 5);
    expect(signals[10]).toBe(0);
    const foreign = rank(model, queryOf(4, 3), workspace(model), { count: 3, allowed: undefined }).signals;
    expect(foreign[2]).toBeLessThan(1);
    expect(foreign[4]).toBeLessThan(1);
  });

  it('does not know what it was not shown', () => {
    const without = trainModel(data, Uint32Array.of(0, 1, 2, 3, 4, 5)).model;
    const ids = rowIds(7);
    expect(query(without, ids, []).ids).toEqual([]);
    expect(without.unseen).toBe(unseenIdf(6));
    const space = workspace(without);
    const { classes } = rank(without, query(without, rowIds(0), []), space, {
      count: 3,
      allowed: Uint8Array.of(1, 1, 0),
    });
    expect(classes).toEqual([0, 1]);
  });

  it('finds the best like sorting does', () => {
    const scores = fc.float32Array({ noNaN: true, maxLength: 30 });
    fc.assert(
      fc.property(scores, fc.integer({ min: 1, max: 8 }), (given, count) => {
        const expected = [...given.keys()].sort((a, b) => (given[b] ?? 0) - (given[a] ?? 0) || a - b).slice(0, count);
        const values = (indices: readonly number[]) => indices.map((index) => given[index]);
        expect(values(best(given, count, undefined))).toEqual(values(expected));
        expect(best(given, count, new Uint8Array(given.length))).toEqual([]);
      }),
    );
  });
});

type Model = ReturnType<typeof trained>['model'];

function naiveVector(model: Model, ids: readonly number[], unseen: number): number[] {
  const vector: number[] = new Array(model.idf.length).fill(0);
  const word = ids.filter((id) => id < model.words);
  const char = ids.filter((id) => id >= model.words);
  const norm = (group: readonly number[], foreign: number) =>
    Math.sqrt(group.reduce((sum, id) => sum + (model.idf[id] ?? 0) ** 2, foreign * model.unseen ** 2));
  for (const id of word) vector[id] = ((model.idf[id] ?? 0) * Math.SQRT1_2) / norm(word, unseen);
  for (const id of char) vector[id] = ((model.idf[id] ?? 0) * Math.SQRT1_2) / norm(char, 0);
  return vector;
}

function naiveWeight(model: Model, column: number, owner: number, scale: Float32Array): number {
  for (let at = model.start[column] ?? 0; at < (model.start[column + 1] ?? 0); at += 1) {
    if (model.owner[at] === owner) return (model.weight[at] ?? 0) * (scale[owner] ?? 0);
  }
  return 0;
}

function naiveWeights(model: Model, owner: number): number[] {
  return Array.from(model.idf, (_, id) => naiveWeight(model, id, owner, model.scale));
}

/** All three classes are near: nothing is subtracted. */
function naiveLikeness(model: Model, vector: readonly number[]): number[] {
  return Array.from(model.centreScale, (scale, owner) => {
    const products = vector.map((value, id) => {
      for (let at = model.start[id] ?? 0; at < (model.start[id + 1] ?? 0); at += 1) {
        if (model.owner[at] === owner) return value * (model.centre[at] ?? 0) * scale;
      }
      return 0;
    });
    return (
      STRENGTH *
      Math.max(
        0,
        products.reduce((sum, product) => sum + product),
      )
    );
  });
}
