import { CuecardError } from '../domain/error.ts';
import type { ProductId, TenantId } from '../domain/ids.ts';
import type { Product } from '../domain/product.ts';
import { exactKey, normalize } from '../engine/normalize.ts';
import type { ProductIndex } from '../engine/products/types.ts';
import type { CatalogStore } from '../ports/catalog.ts';
import type { Page } from '../ports/page.ts';
import type { KnowledgeDeps } from './deps.ts';
import { type Started, type StartImport, startImport } from './import.ts';
import { pageSize, searchPages } from './search-pages.ts';

const MAX_PAGE = 100;
const READ_AT_ONCE = 200;

/** Keeps a catalogue upload and a due job for it; the report is read like that of any import. */
export function importCatalog(
  deps: Parameters<typeof startImport>[0],
  tenant: TenantId,
  request: Omit<StartImport, 'kind'>,
  bytes: Uint8Array,
): Promise<Started> {
  return startImport(deps, tenant, { ...request, kind: 'catalog' }, bytes);
}

const fold = (text: string): string => exactKey(normalize(text));

/** Every word of the query is somewhere in what names the product. */
function matcher(query: string): (product: Product) => boolean {
  const words = query
    .split(/\s+/)
    .map(fold)
    .filter((word) => word !== '');
  return (product) => {
    const names = [product.id, product.sku, product.title, product.category, ...product.aliases];
    const text = names.map((name) => fold(name ?? '')).join('\n');
    return words.every((word) => text.includes(word));
  };
}

type Listing = { q?: string | undefined; limit?: number | undefined; cursor?: string | undefined };

/** A ranking has no ids to go on from: its cursor is a place. At most so many products of a search are listed. */
const MAX_RANKED = 1_000;

async function ranked(
  products: CatalogStore,
  tenant: TenantId,
  search: ProductIndex['search'],
  { q, from, wanted }: { q: string; from: number; wanted: number },
): Promise<Page<Product>> {
  const end = Math.min(from + wanted, MAX_RANKED);
  const { hits } = search({ text: q, limit: end + 1 });
  const items = await products.get(
    tenant,
    hits.slice(from, end).map(({ id }) => id),
  );
  return hits.length > end && end < MAX_RANKED ? { items, cursor: String(end) } : { items };
}

function placeOf(cursor: string | undefined): number {
  if (cursor !== undefined && !/^\d{1,6}$/.test(cursor)) {
    throw new CuecardError('invalid', 'this cursor is of another list');
  }
  return Number(cursor ?? 0);
}

/**
 * Products for a query, best first, by the live index: words, needs, price and size, with spelling forgiven; facts as
 * they are now. Without a query all products by id. Without an index (nothing imported since it exists) those whose
 * names hold every word.
 */
export async function searchProducts(
  products: CatalogStore,
  tenant: TenantId,
  { q = '', limit, cursor }: Listing,
  openIndex?: KnowledgeDeps['catalog'],
): Promise<Page<Product>> {
  const wanted = pageSize(limit, 20, MAX_PAGE);
  const index = q.trim() === '' ? undefined : await openIndex?.(tenant);
  const search = index?.search;
  if (search !== undefined) return ranked(products, tenant, search, { q, from: placeOf(cursor), wanted });
  return searchPages((after) => products.page(tenant, READ_AT_ONCE, after), matcher(q), wanted, cursor);
}

/** Products' facts as they are now, in the order asked for; unknown ids are left out. */
export const getProducts = (products: CatalogStore, tenant: TenantId, ids: readonly ProductId[]): Promise<Product[]> =>
  products.get(tenant, ids);
