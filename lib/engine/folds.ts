import { rangeOf } from './arrays.ts';
import { type Calibrator, confidence, fitCalibrator, SHIPPED, type Weighted, weigh } from './calibrate.ts';
import { FEWEST_ROWS, type JudgedInFold } from './curve.ts';
import { densePrior } from './dense-calibrate.ts';
import {
  type DenseRows,
  type Fold,
  type Hashes,
  type HeldOutRow,
  type Plan,
  runFold,
  USUAL_WEIGHT,
} from './held-out.ts';
import type { Seed } from './seeds.ts';
import type { Dataset } from './train.ts';

const FOLDS = 5;
/** So many of the folds tell enough from so many rows on: each costs as much as half a training. */
const FOLDS_FROM: readonly (readonly [number, number])[] = [
  [10_001, 2],
  [1_501, 3],
];
/** Fewer classes than this cannot spare any. */
const FEWEST_CLASSES = 4;

/** Places from `start` to before `end` in the order of their hashes. */
function byHash(hashes: Uint32Array, start: number, end: number): Uint32Array {
  const hashOf = (at: number): number => hashes[at] ?? 0;
  const order = Uint32Array.from({ length: end - start }, (_, at) => start + at);
  return order.sort((a, b) => hashOf(a) - hashOf(b) || a - b);
}

/**
 * Folds are fifths of the classes, and of a class's rows, in the order of their hashes: what is added moves only what
 * lies at the borders of fifths. A class's rows begin with the fold after its own, in which it is not there to be asked.
 */
function planFolds(classStart: Uint32Array, hashes: Hashes, outOfScopeShare: number): Plan {
  const classes = classStart.length - 1;
  const rows = classStart[classes] ?? 0;
  const classFold = new Int8Array(classes).fill(-1);
  const rowFold = new Int8Array(rows).fill(-1);
  const owner = new Uint32Array(rows);
  byHash(hashes.classes, 0, classes).forEach((number, place) => {
    const [start, end] = rangeOf(classStart, number);
    const own = Math.floor((place * FOLDS) / classes);
    owner.fill(number, start, end);
    if (classes >= FEWEST_CLASSES && outOfScopeShare > 0) classFold[number] = own;
    if (end - start < 2) return;
    byHash(hashes.rows, start, end).forEach((row, at) => {
      rowFold[row] = (own + 1 + Math.floor((at * FOLDS) / (end - start))) % FOLDS;
    });
  });
  return { classFold, rowFold, owner };
}

/** What one way of ranking is worth: its calibrator, and the held-out rows as calibrators of other folds judged them. */
export type Validation = {
  calibrator: Calibrator;
  /** Empty when too few rows could be held out to say anything. */
  judged: readonly (JudgedInFold & HeldOutRow)[];
};

export type Validations = { sparse: Validation; dense?: Validation & { weight: number } };

export type ValidateInput = {
  data: Dataset;
  /** Of the model that has learnt from all rows: the folds' start from there. */
  seeds: readonly Seed[];
  hashes: Hashes;
  /** By class; 0 for one that answers in any language. */
  languages: Uint8Array;
  outOfScopeShare: number;
  dense?: DenseRows | undefined;
};

function foldCount({ data }: ValidateInput, { rowFold, owner }: Plan): number {
  const useful = rowFold.some((fold) => fold >= 0) && data.classStart.length > 2;
  if (!useful) return 0;
  return FOLDS_FROM.find(([rows]) => owner.length >= rows)?.[1] ?? FOLDS;
}

/**
 * Cross-validation in which every fold takes out a fifth of the classes whole, to learn what "none of these" looks
 * like, and a fifth of the other classes' rows. What is reported is of calibrators fitted on the other folds.
 */
export function crossValidate(input: ValidateInput, onFold: (done: number, of: number) => void): Validations {
  const plan = planFolds(input.data.classStart, input.hashes, input.outOfScopeShare);
  const count = foldCount(input, plan);
  const folds: Fold[] = [];
  let weight: number | undefined;
  for (let fold = 0; fold < count; fold += 1) {
    const run = runFold({ ...input, plan }, fold, weight);
    weight = run.weight;
    folds.push(run);
    onFold(fold + 1, count);
  }
  const validate = (rows: readonly (readonly HeldOutRow[])[], prior: Calibrator): Validation =>
    validation(rows, prior, input.outOfScopeShare);
  const sparse = validate(
    folds.map((fold) => fold.sparse),
    SHIPPED,
  );
  if (input.dense === undefined) return { sparse };
  const rows = folds.map((fold) => fold.dense);
  return { sparse, dense: { ...validate(rows, densePrior(rows.flat())), weight: weight ?? USUAL_WEIGHT } };
}

function validation(folds: readonly (readonly HeldOutRow[])[], prior: Calibrator, outOfScopeShare: number): Validation {
  const weighted = weigh(folds.flat(), outOfScopeShare);
  const calibrator = fitCalibrator(weighted, prior);
  if (weighted.filter((row) => row.inScope).length < FEWEST_ROWS) return { calibrator, judged: [] };
  return { calibrator, judged: judgeAcross(folds, weighted, prior) };
}

/** Every row's confidence by a calibrator that has not seen its fold. */
function judgeAcross(
  folds: readonly (readonly HeldOutRow[])[],
  weighted: readonly (Weighted & HeldOutRow)[],
  prior: Calibrator,
): (JudgedInFold & HeldOutRow)[] {
  let from = 0;
  return folds.flatMap((rows, fold) => {
    const mine = weighted.slice(from, from + rows.length);
    const others = [...weighted.slice(0, from), ...weighted.slice(from + rows.length)];
    from += rows.length;
    const calibrator = fitCalibrator(others, prior);
    return mine.map((row) => ({
      ...row,
      fold,
      confidence: row.signals.length === 0 ? 0 : confidence(calibrator, row.signals),
      right: row.place === 0,
    }));
  });
}
