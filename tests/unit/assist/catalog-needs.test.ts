import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import * as z from 'zod';
import { productCards } from '../../../lib/assist/cards.ts';
import { buildCatalog, openCatalog } from '../../../lib/assist/catalog.ts';
import { findProducts } from '../../../lib/assist/find-products.ts';
import { read } from '../../../lib/assist/understand.ts';
import { loadNeeds } from '../../../lib/knowledge/load-needs.ts';
import { readProducts } from '../../../lib/knowledge/read-products.ts';
import { AT, situationOf } from './fixture.ts';

const ROOT = new URL('../../../', import.meta.url);
const file = (path: string) => readFileSync(new URL(path, ROOT));
const { products } = readProducts(file('knowledge/sample-catalog.csv'), '2026-11-20T00:00:00.000Z');
const needs = await loadNeeds(fileURLToPath(new URL('knowledge', ROOT)));
const catalog = openCatalog(buildCatalog(products, needs));
const Case = z.strictObject({ text: z.string(), products: z.array(z.string()), reason: z.string() });
const casesOf = (language: string) =>
  z.array(Case).parse(parse(file(`tests/data/product-needs.${language}.yaml`).toString()));

function cardsFor(text: string, named: readonly string[] = []) {
  const situation = situationOf(text, { catalog });
  const reading = read({ ...situation, parts: situation.turn.parts });
  const found = findProducts(situation, reading, named);
  return productCards(found, products, reading.understanding.language, AT);
}

describe.each(['zh', 'en'])('what customers ask for, %s', (language) => {
  test.each(casesOf(language))('$text', ({ text, products: wanted, reason }) => {
    const [first] = cardsFor(text);
    expect(wanted).toContain(first?.productId);
    expect(first?.reason).toContain(reason);
  });
});

describe('cards that were searched for', () => {
  test('the reason names every need that is met, and no other', () => {
    expect(cardsFor('300元以内 降噪的耳机')[0]?.reason).toBe('符合：300 元以内、隔绝噪音');
    expect(cardsFor('waterproof jacket under $200')[0]?.reason).toBe('Matches: under $200, waterproof');
  });

  test('what is sold out comes later and says so', () => {
    const cards = cardsFor('防晒霜');
    expect(cards.find(({ productId }) => productId === 'p1029')).toMatchObject({ inStock: false });
    expect(cardsFor('不油的防晒').map(({ reason }) => reason)).toContain('符合：清爽不油腻、防晒（暂时缺货）');
    expect(cardsFor('sunscreen in stock').map(({ productId }) => productId)).not.toContain('p2029');
  });

  test('nothing above the price that was named, whatever else fits', () => {
    const dear = cardsFor('jacket under $20').filter(({ price }) => Number(price?.amount) > 20);
    expect(dear).toEqual([]);
  });

  test('a cheaper one is compared with the product that was named', () => {
    const [boots] = cardsFor('有便宜点的吗', ['p1010']);
    expect(Number(boots?.price?.amount)).toBeLessThan(459);
    expect(cardsFor('这双有货吗', ['p1010'])).toEqual([]);
  });

  test.each([
    '怎么退货',
    '什么时候发货',
    '转人工',
    'where is my order',
    'I want a refund',
    '好的谢谢',
    '在吗',
    'thanks',
  ])('%s is no search', (text) => {
    expect(cardsFor(text)).toEqual([]);
  });
});
