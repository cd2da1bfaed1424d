import type { Product } from '../../domain/product.ts';
import { bump, cumulate, numbers } from '../arrays.ts';
import { encodeSnapshot } from '../snapshot.ts';
import { packTable } from '../strings.ts';
import { type Read, readProduct } from './fields.ts';
import { type Catalogue, LAYOUT_VERSION, NO_PRICE, sectionsOf } from './layout.ts';
import { buildLexicon, type Lexicon, termId } from './lexicon.ts';
import { tellingNames } from './mentions.ts';
import { buildNames } from './names.ts';
import { meetsNeed, type Need } from './needs.ts';
import { invert, type Lists } from './postings.ts';

const K1 = 1.2;
/** Titles are short and alike in length: a long one is a precise one, not a diffuse one. */
const B = 0.3;
const MOST_WORDS = 255;
const encoder = new TextEncoder();

/** BM25's saturation of a weighted frequency, as a share of its limit, in one byte. */
function impactOf(frequency: number, length: number, average: number): number {
  const share = frequency / (frequency + K1 * (1 - B + (B * length) / average));
  return Math.min(255, Math.max(1, Math.round(255 * share)));
}

/** Impacts in the order in which `invert` puts documents. */
function impactsOf(reads: readonly Read[], ids: readonly number[][], postings: Lists): Uint8Array {
  const average = reads.reduce((sum, { length }) => sum + length, 0) / Math.max(1, reads.length);
  const next = postings.start.slice();
  const impact = new Uint8Array(postings.document.length);
  reads.forEach(({ terms, length }, document) => {
    const frequencies = [...terms.values()];
    (ids[document] ?? []).forEach((term, at) => {
      impact[bump(next, term)] = impactOf(frequencies[at] ?? 0, length, average);
    });
  });
  return impact;
}

function titleSections(reads: readonly Read[], lexicon: Lexicon): Catalogue['title'] {
  const titles = reads.map(({ title }) => title.slice(0, MOST_WORDS));
  const start = new Uint32Array(titles.length + 1);
  titles.forEach((words, at) => {
    start[at + 1] = words.length;
  });
  cumulate(start);
  const words = titles.flat();
  const term = numbers(words.length, lexicon.vocabulary.hashes.length);
  words.forEach((word, at) => {
    term[at] = termId(lexicon, word.term);
  });
  return {
    start,
    term,
    kind: Uint8Array.from(words, ({ kind }) => (kind === 'measure' ? 1 : 0)),
    segment: Uint8Array.from(words, ({ segment }) => Math.min(segment, 255)),
    head: Uint8Array.from(reads, ({ head }) => (head < 0 || head >= MOST_WORDS ? 255 : head)),
  };
}

function facetsOf(reads: readonly Read[], needs: readonly Need[]): Pick<Catalogue, 'facets' | 'sizes'> {
  const sizes = [...new Set(reads.flatMap((read) => read.sizes))].sort();
  const place = new Map(sizes.map((size, at) => [size, needs.length + at]));
  const keys = reads.map((read) => [
    ...needs.flatMap((need, at) => (meetsNeed(read.text, need) ? [at] : [])),
    ...read.sizes.map((size) => place.get(size) ?? 0),
  ]);
  return {
    facets: invert(keys, needs.length + sizes.length),
    sizes: packTable(sizes.map((size) => encoder.encode(size))),
  };
}

function factsOf(
  products: readonly Product[],
): Pick<Catalogue, 'cents' | 'currency' | 'stock' | 'language'> & { currencies: string[] } {
  const currencies = [
    ...new Set(products.flatMap(({ price }) => (price === undefined ? [] : [price.currency]))),
  ].sort();
  return {
    currencies,
    cents: Uint32Array.from(products, ({ price }) =>
      price === undefined ? NO_PRICE : Math.min(NO_PRICE - 1, Math.round(Number(price.amount) * 100)),
    ),
    currency: Uint8Array.from(products, ({ price }) => Math.max(0, currencies.indexOf(price?.currency ?? ''))),
    stock: Uint8Array.from(products, ({ stock }) => (stock === undefined ? 0 : stock > 0 ? 1 : 2)),
    language: Uint8Array.from(products, ({ language }) => (language === undefined ? 0 : language === 'zh' ? 1 : 2)),
  };
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/**
 * Products as one binary file that is opened in place: what they are called, what they say, what they cost. The same
 * products and needs give the same bytes, in whatever order they come.
 */
export function compileProducts(given: readonly Product[], needs: readonly Need[] = []): Uint8Array {
  const products = given.toSorted((a, b) => compare(a.id, b.id));
  const reads = products.map(readProduct);
  const lexicon = buildLexicon(reads.flatMap(({ terms }) => [...terms.keys()]));
  const ids = reads.map(({ terms }) => Array.from(terms.keys(), (term) => termId(lexicon, term)));
  const postings = invert(ids, lexicon.vocabulary.hashes.length);
  const { currencies, ...facts } = factsOf(products);
  return encodeSnapshot(
    sectionsOf({
      ids: packTable(products.map(({ id }) => encoder.encode(id))),
      titles: packTable(products.map(({ title }) => encoder.encode(title))),
      lexicon,
      postings,
      impact: impactsOf(reads, ids, postings),
      title: titleSections(reads, lexicon),
      ...facetsOf(reads, needs),
      ...facts,
      names: buildNames(tellingNames(products), products.length),
      facts: { kind: 'products', version: LAYOUT_VERSION, currencies, needs },
    }),
  );
}
