import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Product } from '../../../lib/domain/product.ts';
import { compileProducts } from '../../../lib/engine/products/compile.ts';
import { editDistance } from '../../../lib/engine/products/lexicon.ts';
import { meetsNeed, readNeeds } from '../../../lib/engine/products/needs.ts';
import { openProducts } from '../../../lib/engine/products/open.ts';
import { isWithin, priceLabel, readPrice } from '../../../lib/engine/products/price.ts';
import { bestOf } from '../../../lib/engine/products/score.ts';
import { stem } from '../../../lib/engine/products/stem.ts';
import { analyse } from '../../../lib/engine/products/words.ts';

const product = (fields: object): Product => Product.parse({ updatedAt: '2026-11-20T00:00:00Z', ...fields });
const SHELF = [
  { id: 'a', title: 'Oak Shelf Board 4 ft. x 10 in.', price: { amount: '18.50', currency: 'USD' }, stock: 4 },
  { id: 'b', title: 'Pine Shelf Board 6 ft. x 10 in.', price: { amount: '12.00', currency: 'USD' }, stock: 0 },
  { id: 'c', title: 'Cordless Screwdriver with Bits', attributes: { colour: 'teal' }, stock: 2 },
  { id: 'd', title: 'Portable Air Conditioner, White', category: 'Cooling', stock: 1 },
  { id: 'e', title: 'Wall Paint in Chalk White', description: 'For kitchens; covers a shelf too.' },
  { id: 'f', title: 'Wool Socks', attributes: { size: '36-40' }, price: { amount: '9.90', currency: 'EUR' } },
].map(product);
const index = openProducts(compileProducts(SHELF));
const ids = (text: string, limit?: number) =>
  index.search({ text, ...(limit === undefined ? {} : { limit }) }).hits.map(({ id }) => id as string);

describe('words of titles and queries', () => {
  const terms = (text: string) =>
    analyse(text)
      .filter(({ kind }) => kind !== 'single')
      .map(({ term }) => term)
      .join(' ');
  test.each<[string, string]>([
    ["4' board", '4 ft. board'],
    ['4-foot board', '4 ft board'],
    ['2x4 stud', '2 x 4 stud'],
    ['2 by 4 studs', '2x4 stud'],
    ['1 1/2" pipe', '1-1/2 in. pipe'],
    ['1,000 ft. of wire', '1000 feet wire'],
    ['Ｏａｋ boards', 'oak board'],
    ['Salt &amp; pepper mills', 'salt & pepper mill'],
    ['28厘米炒锅', '28cm 炒锅'],
    ['電熱水壺', '电热水壶'],
  ])('%s reads as %s', (one, other) => {
    expect(terms(one)).toBe(terms(other));
  });

  test.each([
    ['boxes', 'box'],
    ['berries', 'berry'],
    ['glass', 'glass'],
    ['brushes', 'brush'],
    ['bus', 'bus'],
    ["women's", 'women'],
    ['3s', '3s'],
  ])('%s is %s', (word, stemmed) => {
    expect(stem(word)).toBe(stemmed);
  });

  test('any text can be read', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => analyse(text).length >= 0));
  });
});

describe('search', () => {
  test.each<[string, string]>([
    ['oak shelf', 'a'],
    ['shelf board 6 ft', 'b'],
    ["4' oak board", 'a'],
    ['screw driver', 'c'],
    ['airconditioner', 'd'],
    ['condtioner', 'd'],
    ['painting', 'e'],
    ['teal screwdrivers', 'c'],
    ['size 38 socks', 'f'],
  ])('%s', (text, first) => {
    expect(ids(text)[0]).toBe(first);
  });

  test('the title counts more than the description', () => {
    expect(ids('shelf').indexOf('a')).toBeLessThan(ids('shelf').indexOf('e'));
  });

  test('a price is a limit, in its currency; sold out comes later', () => {
    expect(ids('shelf board under 15')).toEqual(['b']);
    expect(ids('under €10')).toEqual(['f']);
    expect(ids('board in stock')).toEqual(['a']);
    expect(ids('board')).toEqual(['a', 'b']);
  });

  test('what nothing fits finds nothing', () => {
    expect(ids('zzzzqqqq')).toEqual([]);
    expect(ids('')).toEqual([]);
    expect(openProducts(compileProducts([])).search({ text: 'board' }).hits).toEqual([]);
  });

  test('searches leave nothing behind', () => {
    const before = ids('shelf board');
    fc.assert(
      fc.property(fc.string(), (text) => {
        ids(text);
        expect(ids('shelf board')).toEqual(before);
      }),
      { numRuns: 50 },
    );
  });

  test('the best of many are the best of all', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(20), { maxLength: 60 }), fc.integer({ min: 1, max: 8 }), (values, count) => {
        const total = Float32Array.from(values);
        const naive = values
          .map((value, at) => ({ value, at }))
          .filter(({ value, at }) => value > 0 && at % 3 !== 0)
          .sort((a, b) => b.value - a.value || a.at - b.at)
          .slice(0, count)
          .map(({ at }) => at);
        expect(bestOf(total, count, (at) => at % 3 !== 0)).toEqual(naive);
      }),
    );
  });
});

describe('the compiled catalogue', () => {
  test('same products, same bytes, in any order', () => {
    expect(compileProducts(SHELF.toReversed())).toEqual(compileProducts(SHELF));
  });

  test('damaged or foreign bytes are refused', () => {
    const bytes = compileProducts(SHELF);
    const flipped = bytes.slice();
    flipped[bytes.length - 9] = (flipped[bytes.length - 9] ?? 0) ^ 1;
    expect(() => openProducts(flipped)).toThrow(/damaged/);
    expect(() => openProducts(new TextEncoder().encode('{"version":1}'))).toThrow(/not a snapshot/);
    expect(() => openProducts(bytes.subarray(0, 64))).toThrow();
  });

  test('titles by id', () => {
    expect(SHELF.map(({ id }) => index.title(id))).toEqual(SHELF.map(({ title }) => title));
    expect(index.title('nope')).toBeUndefined();
  });
});

describe('edit distance', () => {
  /** Straight from the definition, by recursion. */
  function naive(a: string, b: string): number {
    if (a === '' || b === '') return a.length + b.length;
    const same = a[0] === b[0] ? 0 : 1;
    const steps = [naive(a.slice(1), b) + 1, naive(a, b.slice(1)) + 1, naive(a.slice(1), b.slice(1)) + same];
    if (a.length > 1 && b.length > 1 && a[0] === b[1] && a[1] === b[0]) {
      steps.push(naive(a.slice(2), b.slice(2)) + 1);
    }
    return Math.min(...steps);
  }

  test('as defined, up to the limit', () => {
    const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 5 });
    fc.assert(
      fc.property(word, word, fc.integer({ min: 0, max: 3 }), (a, b, limit) => {
        expect(editDistance(a, b, limit)).toBe(Math.min(naive(a, b), limit + 1));
      }),
    );
  });
});

describe('prices', () => {
  test.each<[string, object]>([
    ['100元以内', { to: 100, currency: 'CNY' }],
    ['under $50', { to: 50, currency: 'USD' }],
    ['between 20 and 40 dollars', { from: 20, to: 40, currency: 'USD' }],
    ['50到100块', { from: 50, to: 100, currency: 'CNY' }],
    ['不超过200', { to: 200 }],
    ['over $1,000', { from: 1000, currency: 'USD' }],
    ['200元左右', { from: 160, to: 240, around: 200, currency: 'CNY' }],
    ['less than 30 bucks', { to: 30, currency: 'USD' }],
  ])('%s', (text, range) => {
    expect(readPrice(text).range).toEqual(range);
  });

  test.each(['iphone 15', 'under 50 cm', '10-15 days', 'size 36-45', '20000mah', 'at least 3 bottles'])(
    '%s is no price',
    (text) => {
      expect(readPrice(text)).toEqual({ range: undefined, rest: text });
    },
  );

  test('a product of another currency or of no price is not within', () => {
    expect(isWithin({ to: 50, currency: 'USD' }, 10, 'CNY')).toBe(false);
    expect(isWithin({ to: 50 }, undefined, 'USD')).toBe(false);
    expect(isWithin({ from: 10, to: 50 }, 50, 'USD')).toBe(true);
    expect(priceLabel({ to: 50 }, 'USD')).toEqual({ zh: '50 美元以内', en: 'under $50' });
  });
});

describe('needs', () => {
  const dry = { id: 'dry', label: { zh: '防水', en: 'waterproof' }, unless: ['泼水'], asks: [], meets: [] };
  const need = { ...dry, asks: ['防水', 'waterproof'], meets: ['防水', 'waterproof'] };

  test.each<[string, boolean]>([
    ['防水面料', true],
    ['不防水', false],
    ['is not waterproof', false],
    ['non-waterproof', false],
    ['a waterproof shell', true],
    ['防水，仅防泼水', false],
    ['waterproofing spray', false],
  ])('%s meets it: %s', (text, meets) => {
    expect(meetsNeed(text, need)).toBe(meets);
  });

  test('the words that name a need are no words to search for', () => {
    expect(readNeeds('a waterproof coat', [need])).toEqual({ found: [0], rest: 'a  \n  coat' });
  });
});
