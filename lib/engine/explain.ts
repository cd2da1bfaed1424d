import { rangeOf } from './arrays.ts';
import { groupScale } from './corpus.ts';
import { comparedRows } from './examples.ts';
import { STRENGTH } from './likeness.ts';
import { computeMargins, type Model, type Query, queryNorms, type Workspace } from './model.ts';
import { normalize } from './normalize.ts';
import { type Opened, queryOf, similarityOf, spelt } from './opened.ts';
import { type Piece, type Placed, pieces, placed } from './pieces.ts';
import { cosineWith } from './rank.ts';
import { type Token, tokenize } from './tokenize.ts';
import type { AskOptions, Reasons } from './types.ts';
import { idOf } from './vocabulary.ts';

/** A feature's id and what multiplies its weights in this text. */
type Weighed = { piece: Piece; id: number; value: number };

/** What each n-gram of a text adds to one class's margin, and what no n-gram does; together they are the margin. */
export type Shares = { margin: number; constant: number; shares: readonly (Piece & { weight: number })[] };

function weighed({ ids, model }: Opened, tokens: readonly Placed[], read: Query): Weighed[] {
  const [wordNorm, charNorm] = queryNorms(model, read);
  const { words, chars } = pieces(tokens);
  const seen = new Set<number>();
  const known = (list: readonly Piece[], scale: number, idFor: (hash: number) => number) =>
    list.flatMap((piece) => {
      const id = idFor(piece.hash);
      const idf = id < 0 ? 0 : (model.idf[id] ?? 0);
      if (idf === 0 || seen.has(id)) return [];
      seen.add(id);
      return [{ piece, id, value: idf * scale }];
    });
  const charId = (hash: number): number => {
    const id = idOf(ids.chars, hash);
    return id < 0 ? -1 : id + model.words;
  };
  return [
    ...known(words, groupScale(wordNorm), (hash) => idOf(ids.words, hash)),
    ...known(chars, groupScale(charNorm), charId),
  ];
}

/** By likened class, what a step of its cosine adds to the margin of class `owner`. */
function likenessWeights(model: Model, owner: number, { like }: Workspace): Map<number, number> {
  const weights = new Map<number, number>();
  for (let at = 0; at < like.count; at += 1) {
    const liked = like.classes[at] ?? 0;
    const weight = weightIn(model, model.idf.length + liked, owner) * (model.likenessScale[owner] ?? 0) * STRENGTH;
    if (weight !== 0) weights.set(liked, weight);
  }
  return weights;
}

function weightIn({ start, owner, weight }: Model, feature: number, wanted: number): number {
  const [from, to] = rangeOf(start, feature);
  for (let at = from; at < to; at += 1) if (owner[at] === wanted) return weight[at] ?? 0;
  return 0;
}

/** A feature's own weight, and what it adds through the likenesses that it raises. */
function perUnit(model: Model, id: number, wanted: number, through: ReadonlyMap<number, number>): number {
  const [from, to] = rangeOf(model.start, id);
  let sum = 0;
  for (let at = from; at < to; at += 1) {
    const own = model.owner[at] ?? 0;
    if (own === wanted) sum += (model.weight[at] ?? 0) * (model.scale[wanted] ?? 0);
    sum += (through.get(own) ?? 0) * (model.centre[at] ?? 0) * (model.centreScale[own] ?? 0);
  }
  return sum;
}

/**
 * Takes the margin of class `owner` apart: it is linear in the text's features once the classes that the text is
 * likened to are chosen, since a likeness is itself a sum over features. Exact but for the rounding of single
 * precision. Leaves the margins of the text in the workspace.
 */
export function marginShares(opened: Opened, owner: number, tokens: readonly Placed[], read: Query): Shares {
  const { model, space } = opened;
  computeMargins(model, read, space);
  const through = likenessWeights(model, owner, space);
  const [first = 0] = space.like.classes;
  const cut = space.like.count === 0 ? 0 : (space.cosines[first] ?? 0) - (space.like.values[0] ?? 0) / STRENGTH;
  const offsets = [...through.values()].reduce((sum, weight) => sum + weight, 0) * cut;
  return {
    margin: space.margins[owner] ?? 0,
    constant: (model.bias[owner] ?? 0) - offsets,
    shares: weighed(opened, tokens, read).map(({ piece, id, value }) => ({
      ...piece,
      weight: value * perUnit(model, id, owner, through),
    })),
  };
}

/** The compared question of a class that is nearest to the text, and its cosine; row -1 where none shares anything. */
function nearestRow({ model, space }: Opened, owner: number, read: Query): { row: number; cosine: number } {
  for (const id of read.ids) space.shared[id] = (model.idf[id] ?? 0) ** 2;
  const norms = queryNorms(model, read);
  const { first, end, stride } = comparedRows(model.classStart, owner);
  let best = { row: -1, cosine: 0 };
  for (let row = first; row < end; row += stride) {
    const cosine = cosineWith(model, row, norms, space);
    if (cosine > best.cosine) best = { row, cosine };
  }
  for (const id of read.ids) space.shared[id] = 0;
  return best;
}

/** n-grams by the text that they stand for: those of a known word stand for the word, so that it is named once. */
function byText(text: string, shares: Shares['shares'], whole: readonly Placed[]): Reasons['ngrams'] {
  const sums = new Map<string, number>();
  for (const share of shares) {
    const word = whole.find(({ start, end }) => start <= share.start && share.end <= end);
    const { start, end } = word ?? share;
    const written = text.slice(start, end);
    sums.set(written, (sums.get(written) ?? 0) + share.weight);
  }
  return Array.from(sums, ([written, weight]) => ({ text: written, weight }))
    .filter(({ weight }) => weight !== 0)
    .sort((a, b) => b.weight - a.weight || (a.text < b.text ? -1 : 1));
}

/**
 * Why a class has the margin that it has for a text: the authored question nearest to the text with its cosine, which
 * the calibrator reads as well, and the pieces of the text by what each adds to the margin, heaviest first.
 */
export function explain(opened: Opened, text: string, index: number, options: AskOptions): Reasons {
  const normalized = normalize(text);
  const written = tokenize(normalized);
  const tokens: readonly Token[] = options.spelling === false ? written : spelt(opened, written);
  const read = queryOf(opened, tokens);
  const places = placed(normalized, written, tokens);
  const { shares } = marginShares(opened, index, places, read);
  const { row, cosine } = nearestRow(opened, index, read);
  const meaning = similarityOf(opened, options)?.[index];
  const known = places.filter(({ token }) => !token.han && isKnown(opened, token));
  return {
    ngrams: byText(normalized, shares, known),
    ...(row < 0 ? {} : { nearest: { question: opened.classes.questions[row] ?? 0, similarity: Math.min(1, cosine) } }),
    ...(meaning === undefined ? {} : { meaning }),
  };
}

function isKnown(opened: Opened, token: Token): boolean {
  return queryOf(opened, [token]).unseenWords === 0;
}
