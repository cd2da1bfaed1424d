import { rangeOf } from './arrays.ts';
import type { HeldOut } from './calibrate.ts';
import { type DenseIndex, denseByClass } from './dense.ts';
import { type Model, query, type Workspace, workspace } from './model.ts';
import { type Dense, type Ranking, rank } from './rank.ts';
import type { Seed } from './seeds.ts';
import { type Dataset, trainModel } from './train.ts';

/** Where every class and every row is held out: fold numbers. A row of a class with a single question never is (-1). */
export type Plan = { classFold: Int8Array; rowFold: Int8Array; owner: Uint32Array };

/**
 * By class and by row, a hash of what it says: folds and samples follow it and not the order. So a question that two
 * releases share is nearly always judged in both, and they can be compared question by question.
 */
export type Hashes = { classes: Uint32Array; rows: Uint32Array };

/** With the row that was held out. */
export type HeldOutRow = HeldOut & { row: number };

/** The rows' vectors, and what they are when compared. */
export type DenseRows = { index: DenseIndex; vectors: readonly Float32Array[] };

export type FoldInput = {
  data: Dataset;
  seeds: readonly Seed[];
  plan: Plan;
  hashes: Hashes;
  /** By class; 0 for one that answers in any language. */
  languages: Uint8Array;
  dense?: DenseRows | undefined;
};

/** The same texts, judged by words alone and with their vectors. `dense` is empty where there are none. */
export type Fold = { sparse: HeldOutRow[]; dense: HeldOutRow[] };

/** Classes compared with a text. */
const COMPARED = 5;
/** Rows judged a fold: calibration needs no more than some hundreds, but each one more is a question that is compared. */
const IN_SCOPE_ROWS = 1_200;
const OUT_OF_SCOPE_ROWS = 400;

/** At most `count` of them, those of the lowest hashes, in their order. */
function sample(rows: readonly number[], hashes: Uint32Array, count: number): number[] {
  if (rows.length <= count) return [...rows];
  const hashOf = (row: number): number => hashes[row] ?? 0;
  return rows
    .toSorted((a, b) => hashOf(a) - hashOf(b) || a - b)
    .slice(0, count)
    .sort((a, b) => a - b);
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

/** What a fold's model is asked with. */
type Asked = { input: FoldInput; model: Model; space: Workspace; allowed: (owner: number) => Uint8Array };

function rankRow({ input, model, space, allowed }: Asked, row: number, dense: Dense | undefined): Ranking {
  const { corpus } = input.data;
  const ids = corpus.ids.subarray(corpus.start[row], corpus.start[row + 1]);
  const split = ids.findIndex((id) => id >= corpus.words);
  const words = split < 0 ? ids : ids.subarray(0, split);
  const text = query(model, words, ids.subarray(words.length));
  return rank(model, text, space, { count: COMPARED, allowed: allowed(input.plan.owner[row] ?? 0), dense });
}

function judged({ input, allowed }: Asked, row: number, { classes, margins, signals }: Ranking): HeldOutRow {
  const owner = input.plan.owner[row] ?? 0;
  const [from, to] = rangeOf(input.data.classStart, owner);
  return {
    signals,
    margins,
    place: classes.indexOf(owner),
    inScope: allowed(owner)[owner] === 1,
    size: to - from,
    owner,
    first: classes[0] ?? -1,
    row,
  };
}

/** By class, the similarity of a row to the questions that the fold's model has seen. */
function similarityOf({ input, model }: Asked, { index, vectors }: DenseRows, row: number): Float32Array {
  const sees = (other: number) => (model.norms[2 * other] ?? 0) > 0 || (model.norms[2 * other + 1] ?? 0) > 0;
  return denseByClass(index, input.data.classStart, vectors[row] ?? new Float32Array(0), sees);
}

/** What a step of similarity may be worth in margins. */
const WEIGHTS = [1, 2, 4, 8, 16];
export const USUAL_WEIGHT = 4;

/** The weight under which most of the rows come out right; the smallest among equals. */
function bestWeight(asked: Asked, rows: readonly number[], similarities: readonly Float32Array[]): number {
  const right = (weight: number) =>
    rows.filter((row, at) => {
      const dense = { similarity: similarities[at] ?? new Float32Array(0), weight };
      return rankRow(asked, row, dense).classes[0] === asked.input.plan.owner[row];
    }).length;
  const counts = WEIGHTS.map(right);
  return WEIGHTS[counts.indexOf(Math.max(...counts))] ?? USUAL_WEIGHT;
}

/**
 * Trains without fold `fold`'s classes and rows, and asks the model about them. `weight` is the dense similarities' in the
 * ranking; without one it is chosen here.
 */
export function runFold(input: FoldInput, fold: number, weight?: number): Fold & { weight: number } {
  const { classFold, rowFold, owner } = input.plan;
  const rows = Array.from(owner.keys());
  const isOut = (row: number) => classFold[owner[row] ?? 0] === fold;
  const members = Uint32Array.from(rows.filter((row) => !isOut(row) && rowFold[row] !== fold));
  const { model } = trainModel(input.data, members, { seeds: input.seeds });
  const asked: Asked = { input, model, space: workspace(model), allowed: maskOf(classFold, input.languages, fold) };
  const held = rows.filter((row) => !isOut(row) && rowFold[row] === fold);
  const inScope = sample(held, input.hashes.rows, IN_SCOPE_ROWS);
  const outOfScope = sample(rows.filter(isOut), input.hashes.rows, OUT_OF_SCOPE_ROWS);
  const all = [...inScope, ...outOfScope];
  const sparse = all.map((row) => judged(asked, row, rankRow(asked, row, undefined)));
  const { dense: vectors } = input;
  if (vectors === undefined) return { sparse, dense: [], weight: USUAL_WEIGHT };
  const similarities = all.map((row) => similarityOf(asked, vectors, row));
  const chosen = weight ?? bestWeight(asked, inScope, similarities);
  const dense = all.map((row, at) => {
    const similarity = similarities[at] ?? new Float32Array(0);
    return judged(asked, row, rankRow(asked, row, { similarity, weight: chosen }));
  });
  return { sparse, dense, weight: chosen };
}
