import type { ProductId } from '../../domain/ids.ts';

/** One thing said in both languages. */
export type Words = { zh: string; en: string };

/** Amounts in the currency's main unit; ends included. `currency`: ISO 4217, if the customer said which. */
export type PriceRange = { from?: number; to?: number; currency?: string; around?: number };

export type ProductQuery = {
  text: string;
  limit?: number;
  /** Sizes read elsewhere ("XL", "41"), beside those that the text names. */
  sizes?: readonly string[];
  /** The id of the product that "a cheaper one" is compared with. */
  than?: string | undefined;
};

/** Why a product fits: needs, price, size, in words. */
export type Met = Words;

export type ProductHit = {
  id: ProductId;
  title: string;
  /** Share of what was asked for that this product is (0-1): its words and its needs. */
  coverage: number;
  /** For ordering alone. */
  score: number;
  met: readonly Met[];
  stock: 'in' | 'out' | 'unknown';
};

export type ProductSearch = {
  hits: readonly ProductHit[];
  /** What the query asked for beside words. */
  wish: { price: PriceRange | undefined; needs: number; sizes: readonly string[]; cheaper: boolean; words: number };
};

/** A product that a text names: by title, alias or SKU. Offsets are UTF-16. */
export type Mention = { id: ProductId; text: string; start: number; end: number };

export type ProductIndex = {
  size: number;
  bytes: number;
  search(query: ProductQuery): ProductSearch;
  mentions(text: string): readonly Mention[];
  title(id: string): string | undefined;
};
