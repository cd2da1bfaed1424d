import { rangeOf } from '../arrays.ts';
import type { Catalogue } from './layout.ts';
import { idfOf, type Slot } from './slots.ts';

/** By product: the sum over the query's words, and which words it has (a bit each). Scratch, used again by every search. */
export type Scores = { total: Float32Array; words: Uint32Array; best: Float32Array };

export const scoresFor = (products: number): Scores => ({
  total: new Float32Array(products),
  words: new Uint32Array(products),
  best: new Float32Array(products),
});

/** What a number or unit counts beside a word: sizes are many products', the thing is not. */
const MEASURE = 0.6;
export const shareOf = ({ weight, measure }: Slot): number => weight * (measure ? MEASURE : 1);

function addTerm(
  { postings, impact }: Catalogue,
  term: number,
  unit: number,
  bit: number,
  { total, words, best }: Scores,
): void {
  const [from, to] = rangeOf(postings.start, term);
  const { document } = postings;
  for (let at = from; at < to; at += 1) {
    const product = document[at] ?? 0;
    const value = unit * (impact[at] ?? 0);
    const before = best[product] ?? 0;
    if (value <= before) continue;
    best[product] = value;
    total[product] = (total[product] ?? 0) + value - before;
    words[product] = (words[product] ?? 0) | bit;
  }
}

function forget({ postings }: Catalogue, term: number, best: Float32Array): void {
  const [from, to] = rangeOf(postings.start, term);
  for (let at = from; at < to; at += 1) best[postings.document[at] ?? 0] = 0;
}

/** BM25 of every product, as a share of what a product with every word would get. Of a word's terms the best counts. */
export function scoreAll(catalogue: Catalogue, slots: readonly Slot[], scores: Scores): void {
  scores.total.fill(0);
  scores.words.fill(0);
  const whole = slots.reduce((sum, slot) => sum + shareOf(slot), 0) || 1;
  slots.forEach((slot, at) => {
    const factor = (slot.measure ? MEASURE : 1) / (255 * whole);
    for (const { term, worth } of slot.alternatives) {
      addTerm(catalogue, term, worth * idfOf(catalogue, term) * factor, (1 << at) >>> 0, scores);
    }
    for (const { term } of slot.alternatives) forget(catalogue, term, scores.best);
  });
}

/** The `count` products with the highest totals among those that `allowed` lets through, best first. */
export function bestOf(total: Float32Array, count: number, allowed: (product: number) => boolean): number[] {
  const heap: number[] = [];
  let floor = 0;
  for (let product = 0; product < total.length; product += 1) {
    const value = total[product] ?? 0;
    if (value <= floor || !allowed(product)) continue;
    heap.push(product);
    if (heap.length < 2 * count) continue;
    heap.sort((a, b) => (total[b] ?? 0) - (total[a] ?? 0) || a - b);
    heap.length = count;
    floor = total[heap[count - 1] ?? 0] ?? 0;
  }
  return heap.sort((a, b) => (total[b] ?? 0) - (total[a] ?? 0) || a - b).slice(0, count);
}
