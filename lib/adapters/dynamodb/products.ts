import type { TenantId } from '../../domain/ids.ts';
import { Product } from '../../domain/product.ts';
import type { CatalogStore } from '../../ports/catalog.ts';
import { catalogPk, productKey } from './keys.ts';
import { batchGet, batchWrite, type Item, queryAll, queryPage, type Table } from './table.ts';

const ofTenant = (tenant: TenantId) => ({
  key: { expression: 'pk = :pk', values: { ':pk': catalogPk(tenant) } },
  consistent: true,
});

const productOf = (item: Item): Product => Product.parse(item['product']);

export function dynamodbProducts(table: Table): CatalogStore {
  return {
    async get(tenant, ids) {
      const keys = [...new Set(ids)].map((id) => productKey(tenant, id));
      const found = new Map((await batchGet(table, keys)).map(productOf).map((product) => [product.id, product]));
      return [...new Set(ids)].flatMap((id) => found.get(id) ?? []);
    },
    async all(tenant) {
      return (await queryAll(table, ofTenant(tenant))).map(productOf);
    },
    async page(tenant, limit, cursor) {
      const page = await queryPage(table, {
        ...ofTenant(tenant),
        limit,
        ...(cursor === undefined ? {} : { cursor: productKey(tenant, cursor) }),
      });
      const items = page.items.map(productOf);
      const last = page.cursor === undefined ? undefined : String(page.cursor['sk']).slice('product#'.length);
      return last === undefined ? { items } : { items, cursor: last };
    },
    async write(tenant, { puts = [], deletes = [] }) {
      await batchWrite(table, {
        puts: puts.map((product) => ({ ...productKey(tenant, product.id), product })),
        deletes: deletes.map((id) => productKey(tenant, id)),
      });
    },
  };
}
