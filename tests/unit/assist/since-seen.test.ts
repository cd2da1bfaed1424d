/** What has become cheaper or is back since the customer saw it: said where it is known, and nowhere else. */
import { describe, expect, test } from 'vitest';
import { leadOf } from '../../../lib/assist/opening/lead.ts';
import { looksAt, lookWords } from '../../../lib/assist/opening/look.ts';
import type { Seen } from '../../../lib/domain/customer.ts';
import { DEFAULT_OPENING } from '../../../lib/domain/opening.ts';
import { Product } from '../../../lib/domain/product.ts';
import { AT, customerWith } from './fixture.ts';

const MOMENT = { now: AT, timeZone: 'Asia/Shanghai' };
const ago = (days: number): string => new Date(AT - days * 86_400_000).toISOString();
const yuan = (amount: string) => ({ amount, currency: 'CNY' });
/** 99 until two days ago, 79 since; there has always been some. */
const cheaper = { prices: [{ price: yuan('99.00'), from: ago(60), until: ago(2) }], priceSince: ago(2) };
const SIZES = [
  { name: 'S', stock: 2 },
  { name: 'M', stock: 4 },
  { name: 'L', stock: 0 },
];

const productOf = (fields: object): Product =>
  Product.parse({ id: 'p1', title: 'Kettle', price: yuan('79.00'), stock: 6, updatedAt: ago(2), ...fields });
const view = (fields: object = {}): Seen => ({ productId: 'p1', where: 'view', ...fields });

function said(fields: object, seen: Seen[], language: 'zh' | 'en' = 'en'): string {
  const customer = customerWith({ recentViews: ['p1', 'p1'], seen });
  const [look] = looksAt(customer, [productOf(fields)], MOMENT);
  return look === undefined
    ? ''
    : lookWords(look, MOMENT)
        .map((one) => one[language])
        .join(', ');
}

describe('cheaper', () => {
  test.each<[string, object, Seen[], string]>([
    ['than the platform showed it', {}, [view({ price: '99.00' })], 'price down since viewed: CN¥99.00 → CN¥79.00'],
    ['told as a number', {}, [view({ price: 99 })], 'price down since viewed: CN¥99.00 → CN¥79.00'],
    [
      'told with sign and separator',
      {},
      [view({ price: '¥1,099' })],
      'price down since viewed: CN¥1,099.00 → CN¥79.00',
    ],
    [
      'by the time of the view',
      { past: cheaper },
      [view({ at: ago(9) })],
      'price down since viewed: CN¥99.00 → CN¥79.00',
    ],
    ['on a day, whenever it was viewed', { past: cheaper }, [], 'price down on 19 Nov: CN¥99.00 → CN¥79.00'],
    [
      'in the kind that was seen',
      { variants: [{ name: 'M', price: yuan('85.00') }, { name: 'S' }] },
      [view({ variant: 'M码', price: 99 })],
      'price down since viewed: CN¥99.00 → CN¥85.00',
    ],
  ])('%s', (_, fields, seen, words) => {
    expect(said(fields, seen)).toBe(`viewed 2 times, ${words}`);
  });

  test.each<[string, object, Seen[]]>([
    ['nothing is told of then', {}, [view()]],
    ['it was viewed after the price fell', { past: cheaper }, [view({ at: ago(1) })]],
    ['the platform showed the price of now', { past: cheaper }, [view({ price: 79 })]],
    ['it has become dearer', {}, [view({ price: 59 })]],
    ['it was viewed before the catalogue knew it', {}, [view({ at: ago(30) })]],
    ['the price was in another currency', {}, [view({ price: '$99' })]],
    ['the price is no number', {}, [view({ price: '99-120' })]],
    [
      'kinds cost differently and none is named',
      { variants: [{ name: 'M', price: yuan('85') }] },
      [view({ price: 99 })],
    ],
    ['the fall is old, the view unknown', { past: { ...cheaper, priceSince: ago(40) } }, []],
    ['the time of the view is to come', {}, [view({ at: ago(-3) })]],
  ])('not where %s', (_, fields, seen) => {
    expect(said(fields, seen)).toBe('viewed 2 times');
  });
});

describe('back in stock', () => {
  test.each<[string, object, Seen[], string]>([
    ['in the size that was out', { variants: SIZES }, [view({ variant: 'm', inStock: false })], 'back in stock in M'],
    ['as a whole', {}, [view({ inStock: false })], 'back in stock'],
    ['in the sizes there are', { variants: SIZES }, [view({ inStock: false })], 'back in stock in S, M'],
    ['since the view', { past: { backAt: ago(1) } }, [view({ at: ago(3) })], 'back in stock'],
    [
      'in one size since the view',
      { variants: SIZES, past: { variantsBackAt: { M: ago(1), S: ago(8) } } },
      [view({ at: ago(3) })],
      'back in stock in M',
    ],
    [
      'on a day, whenever it was viewed',
      { variants: SIZES, past: { variantsBackAt: { M: ago(1) } } },
      [],
      'back in stock in M (20 Nov)',
    ],
  ])('%s', (_, fields, seen, words) => {
    expect(said(fields, seen)).toBe(`viewed 2 times, ${words}`);
  });

  test.each<[string, object, Seen[]]>([
    ['it is still out in that size', { variants: SIZES }, [view({ variant: 'L', inStock: false })]],
    ['the catalogue does not count that size', {}, [view({ variant: 'M', inStock: false })]],
    ['there was some when it was viewed', {}, [view({ inStock: true })]],
    ['it came back before the view', { past: { backAt: ago(5) } }, [view({ at: ago(3) })]],
    ['stock is not counted at all', { stock: undefined }, [view({ inStock: false })]],
  ])('not where %s', (_, fields, seen) => {
    expect(said(fields, seen)).toBe('viewed 2 times');
  });
});

test('in Chinese, what lies in the cart before what was only viewed', () => {
  const seen: Seen[] = [
    view({ price: 89, variant: 'M', inStock: false }),
    { productId: 'p1', where: 'cart', price: 99, variant: 'M', inStock: false },
  ];
  expect(said({ variants: SIZES }, seen, 'zh')).toBe('看过 2 次, M 已到货, 加购后降价 ¥99.00 → ¥79.00');
});

test('both add to the lead by the tenant’s weights', () => {
  const customer = customerWith({ recentViews: ['p1'], seen: [view({ price: 99, inStock: false })] });
  const looks = looksAt(customer, [productOf({})], MOMENT);
  const partsOf = (rule: object) =>
    leadOf(customer, looks, { ...DEFAULT_OPENING.lead, ...rule }).parts.filter(({ name }) => name !== 'views');
  expect(partsOf({})).toEqual([
    { name: 'price_fell', value: 1, points: 8 },
    { name: 'back_in_stock', value: 1, points: 10 },
  ]);
  expect(partsOf({ priceFell: 30, backInStock: 0 })).toEqual([{ name: 'price_fell', value: 1, points: 30 }]);
});
