/** Products as they are now. */

import type { ProductId, TenantId } from '../domain/ids.ts';
import type { Product } from '../domain/product.ts';
import type { Page } from './page.ts';

export type ProductStore = {
  /** Facts as they are now. */
  get(tenant: TenantId, ids: readonly ProductId[]): Promise<Product[]>;
};

export type CatalogStore = ProductStore & {
  /** Read consistently, by id. */
  all(tenant: TenantId): Promise<Product[]>;
  page(tenant: TenantId, limit: number, cursor?: string): Promise<Page<Product>>;
  write(tenant: TenantId, changes: { puts?: readonly Product[]; deletes?: readonly ProductId[] }): Promise<void>;
};
