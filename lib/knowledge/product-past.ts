/** What an import changes of a product's price and stock, remembered with the product. */
import type { Product, ProductPast } from '../domain/product.ts';

const MOST_PRICES = 5;

/** The product as it is now, with what it was before. Times are those of the imports, ISO 8601. */
export function withPast(before: Product | undefined, now: Product): Product {
  if (before === undefined) return now;
  const past = { ...pricesOf(before, now), ...backOf(before, now) };
  return Object.keys(past).length === 0 ? now : { ...now, past };
}

function pricesOf({ price, past = {}, updatedAt }: Product, now: Product): ProductPast {
  const { prices = [], priceSince } = past;
  const isSame = price?.amount === now.price?.amount && price?.currency === now.price?.currency;
  if (isSame) return { ...(prices.length > 0 ? { prices } : {}), ...(priceSince === undefined ? {} : { priceSince }) };
  const since = { priceSince: now.updatedAt };
  if (price === undefined) return { ...since, ...(prices.length > 0 ? { prices } : {}) };
  const last = { price, from: priceSince ?? updatedAt, until: now.updatedAt };
  return { ...since, prices: [last, ...prices].slice(0, MOST_PRICES) };
}

type Stock = number | undefined;

/** Since when there is some again: from now if there was none, as before while there still is, else not at all. */
function backSince(was: Stock, is: Stock, backAt: string | undefined, now: string): string | undefined {
  if (is === undefined || is === 0) return undefined;
  return was === 0 ? now : backAt;
}

function backOf(before: Product, now: Product): ProductPast {
  const backAt = backSince(before.stock, now.stock, before.past?.backAt, now.updatedAt);
  const was = new Map(before.variants?.map(({ name, stock }) => [name, stock]));
  const known = new Map(Object.entries(before.past?.variantsBackAt ?? {}));
  const variants = (now.variants ?? []).flatMap(({ name, stock }): [string, string][] => {
    const since = backSince(was.get(name), stock, known.get(name), now.updatedAt);
    return since === undefined ? [] : [[name, since]];
  });
  return {
    ...(backAt === undefined ? {} : { backAt }),
    ...(variants.length === 0 ? {} : { variantsBackAt: Object.fromEntries(variants) }),
  };
}
