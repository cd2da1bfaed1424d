import { describe, expect, test } from 'vitest';
import type { TenantId } from '../../../lib/domain/ids.ts';
import { Product } from '../../../lib/domain/product.ts';
import { compileProducts } from '../../../lib/engine/products/compile.ts';
import { openProducts } from '../../../lib/engine/products/open.ts';
import { searchProducts } from '../../../lib/knowledge/catalog.ts';
import { compileCatalogInWorker } from '../../../lib/knowledge/compile-catalog-in-worker.ts';
import type { CatalogStore } from '../../../lib/ports/catalog.ts';

const TENANT = 'shop' as TenantId;
const PRODUCTS = Array.from({ length: 25 }, (_, at) =>
  Product.parse({
    id: `p${String(at).padStart(2, '0')}`,
    title: at % 5 === 0 ? `Blue lamp ${at}` : `Green chair ${at}`,
    stock: at === 0 ? 0 : 3,
    updatedAt: '2026-11-20T00:00:00Z',
  }),
);
const store: CatalogStore = {
  get: async (_, ids) => ids.flatMap((id) => PRODUCTS.find((product) => product.id === id) ?? []),
  all: async () => PRODUCTS,
  page: async () => ({ items: PRODUCTS }),
  write: async () => undefined,
};
const index = openProducts(compileProducts(PRODUCTS));
const search = (listing: { q?: string; limit?: number; cursor?: string }) =>
  searchProducts(store, TENANT, listing, async () => index);

describe('the list of products', () => {
  test('best first, misspelt or not, page after page without a gap or a repeat', async () => {
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await search({ q: 'blu lamps', limit: 2, ...(cursor === undefined ? {} : { cursor }) });
      seen.push(...page.items.map(({ id }) => id));
      cursor = page.cursor;
    } while (cursor !== undefined);
    expect(seen.toSorted()).toEqual(['p00', 'p05', 'p10', 'p15', 'p20']);
    expect(seen.at(-1)).toBe('p00');
  });

  test('without a query all of them; a cursor of another list is refused', async () => {
    expect((await search({ limit: 50 })).items).toHaveLength(25);
    await expect(search({ q: 'lamp', cursor: 'p05' })).rejects.toMatchObject({ kind: 'invalid' });
  });

  test('before there is an index the products themselves are read', async () => {
    const { items } = await searchProducts(store, TENANT, { q: 'blue LAMP' }, async () => undefined);
    expect(items).toHaveLength(5);
  });
});

const WORKER = new URL('../../fixtures/catalog-worker.ts', import.meta.url);

describe('compiling in a worker', () => {
  test('gives the bytes that compiling here gives', async () => {
    const bytes = await compileCatalogInWorker(WORKER, { memoryMb: 256, deadlineMs: 60_000 })(PRODUCTS, []);
    expect(Buffer.from(bytes).equals(compileProducts(PRODUCTS))).toBe(true);
  });

  test('fails with a reason when it takes too long', async () => {
    const late = compileCatalogInWorker(WORKER, { memoryMb: 256, deadlineMs: 1 })(PRODUCTS, []);
    await expect(late).rejects.toMatchObject({ kind: 'invalid', message: expect.stringContaining('could not be') });
  });
});
