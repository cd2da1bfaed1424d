import type { ProductId, TenantId } from '../domain/ids.ts';
import type { Product } from '../domain/product.ts';
import { exactKey, normalize } from '../engine/normalize.ts';
import type { CatalogStore, Page } from '../ports.ts';
import type { KnowledgeDeps } from './deps.ts';
import { type StartImport, startImport } from './import.ts';
import { refuseOtherThanCsv } from './read-products.ts';
import { pageSize, searchPages } from './search-pages.ts';

const MAX_PAGE = 100;
const READ_AT_ONCE = 200;

/** Keeps a catalogue upload and a due job for it; the report is read like that of any import. */
export function importCatalog(
  deps: Pick<KnowledgeDeps, 'imports' | 'objects' | 'start' | 'tenant' | 'now' | 'newId'>,
  tenant: TenantId,
  request: Omit<StartImport, 'kind'>,
  bytes: Uint8Array,
): ReturnType<typeof startImport> {
  refuseOtherThanCsv(request.format);
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

/** Products by id whose names hold every word of `q`; all of them when it is empty. */
export async function searchProducts(
  products: CatalogStore,
  tenant: TenantId,
  { q = '', limit, cursor }: { q?: string | undefined; limit?: number | undefined; cursor?: string | undefined },
): Promise<Page<Product>> {
  const wanted = pageSize(limit, 20, MAX_PAGE);
  return searchPages((after) => products.page(tenant, READ_AT_ONCE, after), matcher(q), wanted, cursor);
}

/** Products' facts as they are now, in the order asked for; unknown ids are left out. */
export const getProducts = (products: CatalogStore, tenant: TenantId, ids: readonly ProductId[]): Promise<Product[]> =>
  products.get(tenant, ids);
