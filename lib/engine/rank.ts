import { comparedRows, decodeExample, sumExample } from './examples.ts';
import { best, computeMargins, type Model, type Query, queryNorms, type Workspace } from './model.ts';

/** Classes by margin, best first, and what speaks for the first being right (see `SIGNALS`). */
export type Ranking = { classes: readonly number[]; margins: readonly number[]; signals: readonly number[] };

/**
 * What the calibrator reads, in order:
 * the margin of the first class, and its lead over the second;
 * the cosine of the nearest example of the first, and that minus the best cosine among the other four;
 * the share of the text's idf that is known;
 * the log of the number of features;
 * the log of the first class's share of all classes, in a softmax over margins;
 * the share of the text's character idf that stands in any example of the first class;
 * mean and deviation of the other classes' margins: how far from everything the text lies;
 * the share of character features that no question has.
 */
export const SIGNALS = 11;

/** What joins them where the text has a vector: the first class's similarity, and its lead over every other class. */
export const DENSE_SIGNALS = 2;

/** By class, how near the text's vector is (cosine), and what a step of 1 is worth in margins. */
export type Dense = { similarity: Float32Array; weight: number };

/** Classes whose examples are compared with the text. */
const COMPARED = 5;
/** How sharply the softmax over margins falls. */
const SHARPNESS = 8;
/** Imagined classes, and their margins' mean and deviation on public sets. */
const OTHERS = 10;
const USUAL_MEAN = -1;
const USUAL_DEVIATION = 0.12;

/** The cosine of the nearest example of class `owner` to the text whose squared weights are in `space.shared`. */
function nearest(model: Model, owner: number, norms: readonly [number, number], space: Workspace): number {
  const { first, end, stride } = comparedRows(model.classStart, owner);
  let highest = 0;
  for (let row = first; row < end; row += stride) highest = Math.max(highest, cosineWith(model, row, norms, space));
  return highest;
}

/** The mean of the two groups' cosines; 0 for a row that this model must not see. */
export function cosineWith(model: Model, row: number, norms: readonly [number, number], space: Workspace): number {
  const word = norms[0] * (model.norms[2 * row] ?? 0);
  const char = norms[1] * (model.norms[2 * row + 1] ?? 0);
  if (word === 0 && char === 0) return 0;
  sumExample(model.examples, row, model.words, space.shared, space.sums);
  return (part(space.sums[0] ?? 0, word) + part(space.sums[1] ?? 0, char)) / 2;
}

function part(product: number, norms: number): number {
  return norms > 0 ? product / norms : 0;
}

/** What of the text's character weights stands in a row and was not counted before; counted weights turn negative. */
function newlyCovered(model: Model, row: number, space: Workspace): number {
  if ((model.norms[2 * row] ?? 0) === 0 && (model.norms[2 * row + 1] ?? 0) === 0) return 0;
  const count = decodeExample(model.examples, row, space.row);
  let covered = 0;
  for (let at = 0; at < count; at += 1) {
    const id = space.row[at] ?? 0;
    const square = space.shared[id] ?? 0;
    if (id < model.words || square <= 0) continue;
    covered += Math.sqrt(square);
    space.shared[id] = -square;
  }
  return covered;
}

/** The share of the text's character idf that stands in any compared example of a class. Uses up `space.shared`. */
function coveredChars(model: Model, owner: number, { ids, unseenChars }: Query, space: Workspace): number {
  const { first, end, stride } = comparedRows(model.classStart, owner);
  let covered = 0;
  for (let row = first; row < end; row += stride) covered += newlyCovered(model, row, space);
  let total = unseenChars * model.unseen;
  for (const id of ids) if (id >= model.words) total += model.idf[id] ?? 0;
  return part(covered, total);
}

function knownShare(model: Model, { ids, unseenWords, unseenChars }: Query): number {
  let known = 0;
  for (const id of ids) known += model.idf[id] ?? 0;
  return part(known, known + (unseenWords + unseenChars) * model.unseen);
}

function unseenCharShare({ words }: Model, { ids, unseenChars }: Query): number {
  let chars = unseenChars;
  for (const id of ids) if (id >= words) chars += 1;
  return part(unseenChars, chars);
}

/**
 * What to take off a margin that few classes stand behind: alone, a class has only the empty text to say no, and its
 * margin is high for anything. Next to nothing from a dozen classes on.
 */
function loneliness(margins: Float32Array, allowed: Uint8Array | undefined): number {
  const classes = allowed === undefined ? margins.length : allowed.reduce((sum, one) => sum + one, 0);
  return 1 / classes ** 2;
}

/**
 * Log of the first's softmax share, and mean and deviation of the other allowed classes' margins: as if `OTHERS` more,
 * like those of most tenants, stood among them, since two or three classes tell nothing of what is far.
 */
function spread(margins: Float32Array, allowed: Uint8Array | undefined, top: number): [number, number, number] {
  let count = OTHERS - 1;
  let sum = OTHERS * USUAL_MEAN - top;
  let squares = OTHERS * (USUAL_MEAN ** 2 + USUAL_DEVIATION ** 2) - top * top;
  let odds = 0;
  for (let at = 0; at < margins.length; at += 1) {
    if (allowed !== undefined && allowed[at] !== 1) continue;
    const margin = margins[at] ?? 0;
    count += 1;
    sum += margin;
    squares += margin * margin;
    odds += Math.exp(SHARPNESS * (margin - top));
  }
  const mean = sum / count;
  return [-Math.log(odds), mean, Math.sqrt(Math.max(0, squares / count - mean * mean))];
}

function signals(
  model: Model,
  text: Query,
  classes: readonly number[],
  space: Workspace,
  allowed: Uint8Array | undefined,
): number[] {
  for (const id of text.ids) space.shared[id] = (model.idf[id] ?? 0) ** 2;
  const norms = queryNorms(model, text);
  const [cosine = 0, ...others] = classes.slice(0, COMPARED).map((owner) => nearest(model, owner, norms, space));
  const covered = coveredChars(model, classes[0] ?? 0, text, space);
  for (const id of text.ids) space.shared[id] = 0;
  const top = space.margins[classes[0] ?? 0] ?? 0;
  const rivals = classes.slice(1).map((owner) => space.margins[owner] ?? 0);
  const second = rivals.length === 0 ? -1 : Math.max(...rivals);
  const [share, mean, deviation] = spread(space.margins, allowed, top);
  const lonely = loneliness(space.margins, allowed);
  return [
    top - lonely,
    top - second - lonely,
    cosine,
    cosine - Math.max(0, ...others),
    knownShare(model, text),
    Math.log(Math.max(1, text.ids.length + text.unseenWords + text.unseenChars)),
    share,
    covered,
    mean,
    deviation,
    unseenCharShare(model, text),
  ];
}

function denseSignals(
  { similarity }: Dense,
  first: number,
  allowed: Uint8Array | undefined,
): [similarity: number, lead: number] {
  const [nearest, next] = best(similarity, 2, allowed);
  const other = nearest === first ? next : nearest;
  const own = similarity[first] ?? 0;
  return [own, other === undefined ? 0 : own - (similarity[other] ?? 0)];
}

const NOTHING: Ranking = { classes: [], margins: [], signals: [] };

/** Margins with the similarities added in, in one scale. */
function fused(margins: Float32Array, { similarity, weight }: Dense): Float32Array {
  return margins.map((margin, owner) => margin + weight * (similarity[owner] ?? 0));
}

export type RankOptions = { count: number; allowed: Uint8Array | undefined; dense?: Dense | undefined };

/**
 * Ranks the allowed classes, by margin or by what margin and dense similarity make together; empty when none is allowed,
 * or when the text shares nothing with any question and has no vector.
 */
export function rank(model: Model, text: Query, space: Workspace, options: RankOptions): Ranking {
  const { count, allowed, dense } = options;
  if (text.ids.length === 0 && dense === undefined) return NOTHING;
  computeMargins(model, text, space);
  const scores = dense === undefined ? space.margins : fused(space.margins, dense);
  const classes = best(scores, Math.max(count, COMPARED), allowed);
  const [first] = classes;
  if (first === undefined) return NOTHING;
  const sparse = signals(model, text, classes, space, allowed);
  return {
    classes,
    margins: classes.map((owner) => scores[owner] ?? 0),
    signals: dense === undefined ? sparse : [...sparse, ...denseSignals(dense, first, allowed)],
  };
}
