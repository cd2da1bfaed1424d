import type { ProductId } from '../../domain/ids.ts';
import { tableItem } from '../strings.ts';
import { type Catalogue, NO_PRICE } from './layout.ts';
import { listOf } from './postings.ts';
import { isWithin, priceLabel } from './price.ts';
import { judge, type Wanted, wantedBy, worthOf } from './rerank.ts';
import { bestOf, type Scores, scoreAll } from './score.ts';
import { highestIdf, type Slot, slotsOf } from './slots.ts';
import type { Met, ProductHit, ProductQuery, ProductSearch } from './types.ts';
import { readWish, type Wish } from './wish.ts';

/** So many are looked at closely; the best nine in ten judged products are among them. */
const CLOSELY = 150;
const HITS = 10;
/** Steps of the order, beside a reranked title (about 0-12): a need or size met or not, nothing left in stock. */
const NEED_MET = 3.5;
const OUT_OF_STOCK = 1.5;
/** A product written in the other language than the customer's. */
const OTHER_LANGUAGE = 1.2;
/** What a need adds to the first count, as a share of a product that has every word. */
const NEED_FIRST = 0.35;
const decoder = new TextDecoder();

/** A search under way: what is asked, and what each of its facets holds. */
type Asked = {
  wish: Wish;
  language: number;
  slots: readonly Slot[];
  wanted: Wanted;
  facets: readonly Facet[];
  ceiling: number | undefined;
};
type Weighed = Omit<ProductHit, 'id' | 'title'> & { product: number };
type Facet = { products: ReadonlySet<number>; label: Met };

const textAt = (bytes: Uint8Array): string => decoder.decode(bytes);
export const idAt = ({ ids }: Catalogue, product: number): ProductId => textAt(tableItem(ids, product)) as ProductId;
export const titleAt = ({ titles }: Catalogue, product: number): string => textAt(tableItem(titles, product));

const priceAt = ({ cents }: Catalogue, product: number): number | undefined => {
  const own = cents[product] ?? NO_PRICE;
  return own === NO_PRICE ? undefined : own / 100;
};
const currencyAt = ({ currency, facts }: Catalogue, product: number): string =>
  facts.currencies[currency[product] ?? 0] ?? 'CNY';

function facetsOf(catalogue: Catalogue, { needs, sizes }: Wish, sizeAt: (size: string) => number): Facet[] {
  const own = catalogue.facts.needs;
  const needed = needs.map((at) => ({ at, label: own[at]?.label ?? { zh: '', en: '' } }));
  const sized = sizes.map((size) => ({
    at: own.length + sizeAt(size),
    label: { zh: `有 ${size.toUpperCase()} 码`, en: `size ${size.toUpperCase()}` },
  }));
  return [...needed, ...sized].map(({ at, label }) => ({ label, products: new Set(listOf(catalogue.facets, at)) }));
}

/** A product must cost what was said, and be in stock when that was asked; the rest orders. */
function allows(catalogue: Catalogue, { wish, ceiling }: Asked): (product: number) => boolean {
  const { price, inStock } = wish;
  return (product) => {
    if (inStock && catalogue.stock[product] === 2) return false;
    if (ceiling !== undefined && !((priceAt(catalogue, product) ?? Number.POSITIVE_INFINITY) < ceiling)) return false;
    return price === undefined || isWithin(price, priceAt(catalogue, product), currencyAt(catalogue, product));
  };
}

/** Words, and a share for each need met: nothing else makes a product a candidate, unless only a price was named. */
function firstCount(catalogue: Catalogue, { slots, facets, wish }: Asked, scores: Scores): void {
  scoreAll(catalogue, slots, scores);
  const { total } = scores;
  for (const { products } of facets)
    for (const product of products) total[product] = (total[product] ?? 0) + NEED_FIRST;
  const priceAlone =
    slots.length === 0 && facets.length === 0 && (wish.price !== undefined || wish.inStock || wish.cheaper);
  if (priceAlone) total.fill(NEED_FIRST);
}

const STOCKS = ['unknown', 'in', 'out'] as const;
/** A product of unknown price comes after all others when the cheaper is asked for. */
const NO_PRICE_KNOWN = 1e7;

/** Share of what was asked for: the words as far as they are met, and each need. */
function shareMet({ slots, facets }: Asked, coverage: number, met: number): number {
  const asked = facets.length + (slots.length > 0 ? 1 : 0);
  return asked === 0 ? 1 : (met + (slots.length > 0 ? coverage : 0)) / asked;
}

/** What makes an otherwise fitting product come later. */
function setbacks({ stock, language }: Catalogue, asked: Asked, product: number): number {
  const own = language[product] ?? 0;
  return (stock[product] === 2 ? OUT_OF_STOCK : 0) + (own > 0 && own !== asked.language ? OTHER_LANGUAGE : 0);
}

function weigh(catalogue: Catalogue, asked: Asked, scores: Scores, product: number): Weighed {
  const { slots, wanted, facets, wish } = asked;
  const met = facets.filter(({ products }) => products.has(product)).map(({ label }) => label);
  const { features, coverage } = judge(catalogue, slots, wanted, {
    product,
    bm25: (scores.total[product] ?? 0) - NEED_FIRST * met.length,
    words: scores.words[product] ?? 0,
    highest: highestIdf(catalogue.cents.length),
  });
  const stock = STOCKS[catalogue.stock[product] ?? 0] ?? 'unknown';
  const cost = wish.cheaper ? Math.log(priceAt(catalogue, product) ?? NO_PRICE_KNOWN) : 0;
  const worth = worthOf(features) + NEED_MET * met.length - cost;
  return {
    product,
    coverage: shareMet(asked, coverage, met.length),
    score: worth - setbacks(catalogue, asked, product),
    met: [...(wish.price === undefined ? [] : [priceLabel(wish.price, currencyAt(catalogue, product))]), ...met],
    stock,
  };
}

/** The title of the product that "a cheaper one" is compared with stands in for the words that were not said. */
function askedOf(catalogue: Catalogue, query: ProductQuery, find: Finders): Asked {
  const { needs } = catalogue.facts;
  const knownSize = (size: string) => find.size(size) >= 0;
  const wish = readWish(query.text, { needs, knownSize, ...(query.sizes === undefined ? {} : { sizes: query.sizes }) });
  const than = query.than === undefined || !wish.cheaper ? -1 : find.product(query.than);
  const own = slotsOf(catalogue, wish.words);
  const slots = own.length > 0 || than < 0 ? own : slotsOf(catalogue, titleAt(catalogue, than));
  return {
    wish,
    language: /\p{Script=Han}/u.test(query.text) ? 1 : 2,
    slots,
    wanted: wantedBy(slots),
    facets: facetsOf(catalogue, wish, find.size),
    ceiling: than < 0 ? undefined : priceAt(catalogue, than),
  };
}

export type Finders = { size(size: string): number; product(id: string): number };

/** Products for a sentence, best first: by words, then by needs, price and stock. */
export function searchCatalogue(
  catalogue: Catalogue,
  query: ProductQuery,
  scores: Scores,
  find: Finders,
): ProductSearch {
  const asked = askedOf(catalogue, query, find);
  firstCount(catalogue, asked, scores);
  const { limit = HITS } = query;
  const close = bestOf(scores.total, Math.max(CLOSELY, limit), allows(catalogue, asked));
  const weighed = close.map((product) => weigh(catalogue, asked, scores, product));
  weighed.sort((a, b) => b.score - a.score || a.product - b.product);
  const { wish, slots } = asked;
  return {
    hits: weighed.slice(0, limit).map(({ product, ...hit }) => ({
      id: idAt(catalogue, product),
      title: titleAt(catalogue, product),
      ...hit,
    })),
    wish: {
      price: wish.price,
      needs: wish.needs.length,
      sizes: wish.sizes,
      cheaper: wish.cheaper,
      words: slots.length,
    },
  };
}
