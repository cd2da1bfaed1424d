import type { Product, ProductCard } from './product.ts';

/** A product as it is shown, with the facts as they were read at `at` (epoch ms). `score`: how telling its reason is, 0-1. */
export function productCard(product: Product, reason: string, score: number, at: number): ProductCard {
  const { id, title, price, stock, imageUrl, url } = product;
  return {
    productId: id,
    title,
    ...(price === undefined ? {} : { price }),
    ...(imageUrl === undefined ? {} : { imageUrl }),
    ...(url === undefined ? {} : { url }),
    ...(stock === undefined ? {} : { inStock: stock > 0 }),
    reason,
    score,
    factsAt: new Date(at).toISOString(),
  };
}
