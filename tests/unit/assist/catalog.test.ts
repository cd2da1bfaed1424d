import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isAboutProduct, productCards, wantedProducts } from '../../../lib/assist/cards.ts';
import { buildCatalog, openCatalog } from '../../../lib/assist/catalog.ts';
import { Product } from '../../../lib/domain/product.ts';
import { Understanding } from '../../../lib/domain/understanding.ts';
import { AT, catalog, customerWith, PRODUCTS } from './fixture.ts';

const ids = (text: string) => catalog.mentions(text).map((mention) => mention.id);

describe('products named in a text', () => {
  test.each<[string, string[]]>([
    ['Is the Pourwell Electric Kettle in stock?', ['p1']],
    ['the POURWELL electrickettle', ['p1']],
    ['ｐｗ－１００ 多少钱', ['p1']],
    ['gooseneck  kettle please', ['p1']],
    ['a kettle and pw-100', ['p4', 'p1']],
    ['kettles', []],
    ['逐风跑步鞋 儿童款有吗', ['p3']],
    ['逐风跑步鞋有41码吗', ['p2']],
    ['这双跑鞋', ['p2']],
    ['zf2026x', []],
    ['', []],
  ])('%s', (text, expected) => {
    expect(ids(text)).toEqual(expected);
  });

  test('offsets are those of the text as it was written', () => {
    const text = '请问 ＰＷ－１００ 有货吗';
    const [mention] = catalog.mentions(text);
    expect(mention && text.slice(mention.start, mention.end)).toBe('ＰＷ－１００');
    expect(mention?.text).toBe('ＰＷ－１００');
  });

  test('a name that two products share names both; names that say nothing are left out', () => {
    const shared = [
      { id: 'a', title: 'Mug', aliases: ['12', 'x'] },
      { id: 'b', title: 'mug', sku: '1234' },
    ].map((fields) => Product.parse({ updatedAt: '2026-11-20T00:00:00Z', ...fields }));
    const two = openCatalog(buildCatalog(shared));
    expect(two.mentions('mug, 12 x 1234').map((mention) => mention.id)).toEqual(['a', 'b', 'b']);
  });

  test('titles by id', () => {
    expect([catalog.title('p4'), catalog.title('nope')]).toEqual(['Kettle', undefined]);
  });

  test('every mention is where it says it is', () => {
    const words = fc.constantFrom('逐风', '跑步鞋', '跑鞋', 'kettle', 'pw-100', ' ', '鞋', 'x');
    fc.assert(
      fc.property(fc.array(words, { maxLength: 8 }), (pieces) => {
        const text = pieces.join('');
        return catalog.mentions(text).every(({ start, end, text: named }) => text.slice(start, end) === named);
      }),
    );
  });

  test('stays linear on a text made to be slow', () => {
    const many = Array.from({ length: 100 }, (_, index) => ({
      id: `p${index}`,
      title: 'a'.repeat(index + 2),
      updatedAt: '2026-11-20T00:00:00Z',
    })).map((fields) => Product.parse(fields));
    expect(openCatalog(buildCatalog(many)).mentions(`${'aa'.repeat(2_000)}b`)).toEqual([]);
  });
});

describe('cards', () => {
  const customer = customerWith({ cart: ['p4'], recentViews: ['p1', 'gone', 'p2'] });
  const cards = (fields: Partial<Parameters<typeof wantedProducts>[0]>, language: 'zh' | 'en' = 'en') =>
    productCards(
      wantedProducts({ mentioned: [], withAnswer: [], customer, context: false, ...fields }),
      PRODUCTS,
      language,
      AT,
    ).map((card) => `${card.productId} ${card.reason} ${card.score}`);

  test('what was mentioned', () => {
    expect(cards({ mentioned: ['p2'] })).toEqual(['p2 mentioned 0.95']);
    expect(cards({ mentioned: ['p2'] }, 'zh')).toEqual(['p2 客户提到 0.95']);
  });

  test('what was put into the cart and viewed, without products that are gone', () => {
    expect(cards({ context: true })).toEqual(['p4 in the cart 0.6', 'p1 viewed 0.55', 'p2 viewed 0.45']);
  });

  test('three at most, each once, by its best reason', () => {
    expect(cards({ mentioned: ['p4', 'p1'], withAnswer: ['p1', 'p3'], context: true })).toEqual([
      'p4 mentioned 0.95',
      'p1 mentioned 0.9',
      'p3 goes with the answer 0.65',
    ]);
  });

  test('facts as read now; a product of unknown stock promises nothing', () => {
    const wanted = wantedProducts({ mentioned: ['p2', 'p4'], withAnswer: [], customer, context: false });
    const [shoe, kettle] = productCards(wanted, PRODUCTS, 'zh', AT);
    expect(shoe).toMatchObject({ inStock: false, factsAt: '2026-11-21T12:00:00.000Z' });
    expect(kettle).toMatchObject({ imageUrl: 'data:image/svg+xml,x', url: 'https://shop.example/p4' });
    expect(kettle).not.toHaveProperty('inStock');
  });

  test.each<[string, string, boolean]>([
    ['presale.stock', 'anything', true],
    ['delivery.track', '这款到哪了', false],
    ['faq-12', '这款有L码吗', true],
    ['unknown', 'how big is this one', true],
    ['unknown', 'where is it', false],
  ])('%s: %s is about a product: %s', (name, words, expected) => {
    const understanding = Understanding.parse({
      language: 'zh',
      act: 'question',
      intent: { name, confidence: 0.5 },
      alternatives: [],
      questions: [],
      entities: [],
      sentiment: { label: 'neutral', score: 0, angry: false },
      flags: [],
    });
    expect(isAboutProduct(words, understanding)).toBe(expected);
  });
});
