import type { Catalog, Line } from '../situation.ts';

/** Lines looked back for the product a question means. */
const MAX_LINES = 6;

/** The products of the newest line that names any, by card or in words: "这款", "how much is it" mean those. */
export function productsSpokenOf(history: readonly Line[], catalog: Catalog | undefined): string[] {
  for (const { text, products = [] } of history.slice(-MAX_LINES).reverse()) {
    const named = new Set([...products, ...(catalog?.mentions(text).map(({ id }) => id) ?? [])]);
    if (named.size > 0) return [...named];
  }
  return [];
}
