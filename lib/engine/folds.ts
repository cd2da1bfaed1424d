import { rangeOf } from './arrays.ts';
import { type Calibrator, confidence, fitCalibrator, type HeldOut, type Weighted, weigh } from './calibrate.ts';
import { type CurvePoint, calibrationError, FEWEST_ROWS, type Judged, riskCoverage, thin } from './curve.ts';
import { generator, shuffle } from './hash.ts';
import { type Model, query, type Workspace, workspace } from './model.ts';
import { rank } from './rank.ts';
import { type Dataset, trainModel } from './train.ts';

const FOLDS = 5;
/** Above this many rows three of the folds tell enough. */
const ALL_FOLDS_UP_TO = 1_500;
const FEWER_FOLDS = 3;
const SEED = 29;
/** Fewer classes than this cannot spare any. */
const FEWEST_CLASSES = 4;
const COMPARED = 5;
/** Rows judged a fold and kind; more change nothing but the time. */
const ROWS_PER_FOLD = 400;

/** Where every class and every row is held out: fold numbers. A row of a class with a single question never is (-1). */
type Plan = { classFold: Int8Array; rowFold: Int8Array; owner: Uint32Array };

function shuffled(length: number, random: () => number): Uint32Array {
  const order = Uint32Array.from({ length }, (_, at) => at);
  shuffle(order, length, random);
  return order;
}

function plan(classStart: Uint32Array, outOfScopeShare: number): Plan {
  const random = generator(SEED);
  const classes = classStart.length - 1;
  const rows = classStart[classes] ?? 0;
  const classFold = new Int8Array(classes).fill(-1);
  const rowFold = new Int8Array(rows).fill(-1);
  const owner = new Uint32Array(rows);
  shuffled(classes, random).forEach((number, place) => {
    const start = classStart[number] ?? 0;
    const size = (classStart[number + 1] ?? 0) - start;
    owner.fill(number, start, start + size);
    if (classes >= FEWEST_CLASSES && outOfScopeShare > 0) classFold[number] = place % FOLDS;
    if (size < 2) return;
    shuffled(size, random).forEach((row, at) => {
      rowFold[start + row] = (place + at) % FOLDS;
    });
  });
  return { classFold, rowFold, owner };
}

/** At most `count` of them, at even distances. */
function sample(rows: readonly number[], count: number): number[] {
  const step = rows.length / count;
  if (step <= 1) return [...rows];
  return Array.from({ length: count }, (_, at) => rows[Math.floor(at * step)] ?? 0);
}

function judge(
  data: Dataset,
  model: Model,
  space: Workspace,
  row: number,
  owner: number,
  allowed: Uint8Array,
): HeldOut {
  const ids = data.corpus.ids.subarray(data.corpus.start[row], data.corpus.start[row + 1]);
  const split = ids.findIndex((id) => id >= data.corpus.words);
  const words = split < 0 ? ids : ids.subarray(0, split);
  const text = query(model, words, ids.subarray(words.length));
  const { classes, margins, signals } = rank(model, text, space, { count: COMPARED, allowed });
  const [from, to] = rangeOf(data.classStart, owner);
  return { signals, margins, place: classes.indexOf(owner), inScope: allowed[owner] === 1, size: to - from };
}

/** As a message in its language is asked: of the classes that are not held out, those of the row's language or of none. */
function maskOf(classFold: Int8Array, languages: Uint8Array, fold: number): (owner: number) => Uint8Array {
  const masks = new Map<number, Uint8Array>();
  return (owner) => {
    const language = languages[owner] ?? 0;
    const known = masks.get(language);
    if (known !== undefined) return known;
    const speaks = (own: number) => language === 0 || own === 0 || own === language;
    const mask = languages.map((own, at) => (classFold[at] !== fold && speaks(own) ? 1 : 0));
    masks.set(language, mask);
    return mask;
  };
}

/** Trains without fold `fold`'s classes and rows, and asks the model about them. */
function runFold(data: Dataset, { classFold, rowFold, owner }: Plan, fold: number, languages: Uint8Array): HeldOut[] {
  const rows = Array.from(owner.keys());
  const isOut = (row: number) => classFold[owner[row] ?? 0] === fold;
  const members = rows.filter((row) => !isOut(row) && rowFold[row] !== fold);
  const model = trainModel(data, Uint32Array.from(members));
  const allowed = maskOf(classFold, languages, fold);
  const space = workspace(model);
  const outOfScope = rows.filter(isOut);
  const inScope = rows.filter((row) => !isOut(row) && rowFold[row] === fold);
  const asked = [...sample(inScope, ROWS_PER_FOLD), ...sample(outOfScope, ROWS_PER_FOLD)];
  return asked.map((row) => {
    const own = owner[row] ?? 0;
    return judge(data, model, space, row, own, allowed(own));
  });
}

export type Validation = {
  calibrator: Calibrator;
  curve: CurvePoint[];
  accuracy?: number;
  ece?: number;
};

/**
 * Cross-validation in which every fold takes out a fifth of the classes whole, to learn what "none of these" looks
 * like, and a fifth of the other classes' rows. The curve and the error are of calibrators fitted on the other folds.
 */
export function crossValidate(
  data: Dataset,
  /** By class; 0 for one that answers in any language. */
  languages: Uint8Array,
  outOfScopeShare: number,
  onFold: (done: number, of: number) => void,
): Validation {
  const folds: HeldOut[][] = [];
  const layout = plan(data.classStart, outOfScopeShare);
  const useful = layout.rowFold.some((fold) => fold >= 0) && data.classStart.length > 2;
  const count = layout.owner.length > ALL_FOLDS_UP_TO ? FEWER_FOLDS : FOLDS;
  for (let fold = 0; useful && fold < count; fold += 1) {
    folds.push(runFold(data, layout, fold, languages));
    onFold(fold + 1, count);
  }
  const weighted = weigh(folds.flat(), outOfScopeShare);
  const inScope = weighted.filter((row) => row.inScope);
  if (inScope.length < FEWEST_ROWS) return { calibrator: fitCalibrator(weighted), curve: [] };
  const judged = judgeAcross(folds, weighted);
  return {
    calibrator: fitCalibrator(weighted),
    curve: thin(riskCoverage(judged)),
    accuracy: inScope.filter((row) => row.place === 0).length / inScope.length,
    ece: calibrationError(judged),
  };
}

/** Every row's confidence by a calibrator that has not seen its fold. */
function judgeAcross(folds: readonly (readonly HeldOut[])[], weighted: readonly Weighted[]): Judged[] {
  let from = 0;
  return folds.flatMap((rows) => {
    const mine = weighted.slice(from, from + rows.length);
    const others = [...weighted.slice(0, from), ...weighted.slice(from + rows.length)];
    from += rows.length;
    const calibrator = fitCalibrator(others);
    return mine.map((row) => ({
      confidence: row.signals.length === 0 ? 0 : confidence(calibrator, row.signals),
      right: row.place === 0,
      weight: row.weight,
    }));
  });
}
