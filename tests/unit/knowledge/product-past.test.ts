/** What the catalogue remembers of prices and stock from import to import. */
import { expect, test } from 'vitest';
import { Product } from '../../../lib/domain/product.ts';
import { withPast } from '../../../lib/knowledge/product-past.ts';
import { readProducts } from '../../../lib/knowledge/read-products.ts';

const day = (number: number): string => `2026-11-${String(number).padStart(2, '0')}T00:00:00.000Z`;
const header = 'id,title,price,stock,variants\n';

/** One import a day from the first on, each with one product. */
const imported = (...rows: readonly string[]): Product | undefined =>
  rows.reduce<Product | undefined>((before, row, at) => {
    const { products } = readProducts(Buffer.from(`${header}p1,Kettle,${row}\n`), day(at + 1));
    return products[0] && withPast(before, products[0]);
  }, undefined);

test('a price that changed is kept with when it held, the newest first', () => {
  const prices = imported('99,5,', '99,6,', '89,6,', '79,6,')?.past;
  expect(prices).toEqual({
    prices: [
      { price: { amount: '89', currency: 'CNY' }, from: day(3), until: day(4) },
      { price: { amount: '99', currency: 'CNY' }, from: day(2), until: day(3) },
    ],
    priceSince: day(4),
  });
});

test('only so many prices are kept', () => {
  expect(imported('9,1,', '8,1,', '7,1,', '6,1,', '5,1,', '4,1,', '3,1,')?.past?.prices).toHaveLength(5);
});

test('what was out and is there again is back since then, as long as there is some', () => {
  expect(imported('9,0,')?.past).toBeUndefined();
  expect(imported('9,0,', '9,3,', '9,2,')?.past).toEqual({ backAt: day(2) });
  expect(imported('9,0,', '9,3,', '9,0,')?.past).toBeUndefined();
});

test('variants are counted each by itself; the product is all of them', () => {
  const back = imported('9,,S=1|M=0', '9,,S=1|M=2');
  expect(back).toMatchObject({
    stock: 3,
    variants: [
      { name: 'S', stock: 1 },
      { name: 'M', stock: 2 },
    ],
    past: { variantsBackAt: { M: day(2) } },
  });
  expect(back?.past?.backAt).toBeUndefined();
  expect(Product.parse(JSON.parse(JSON.stringify(back)))).toEqual(back);
});

test('a variant that cannot be read, or stands twice, is named', () => {
  for (const cell of ['S=many', '=3', 'S=1|S=2']) {
    const { rejected } = readProducts(Buffer.from(`${header}p1,Kettle,9,,${cell}\n`), day(1));
    expect(rejected).toMatchObject([{ row: 2, column: 'variants' }]);
  }
});
