import type { Product } from '../domain/product.ts';
import { compileProducts } from '../engine/products/compile.ts';
import type { Need } from '../engine/products/needs.ts';
import { openProducts } from '../engine/products/open.ts';
import type { Catalog } from './situation.ts';

/** The product index as stored: what products are called, say of themselves and cost, and which needs they meet. */
export function buildCatalog(products: readonly Product[], needs: readonly Need[] = []): Uint8Array {
  return compileProducts(products, needs);
}

/** Opens what `buildCatalog` wrote, in place. Throws `invalid` on anything else. */
export function openCatalog(bytes: Uint8Array): Catalog {
  return openProducts(bytes);
}
