/** A Chinese shop's catalogue end to end: read, compiled, opened, asked. */
import { existsSync } from 'node:fs';
import { expect, test } from 'vitest';
import { CHINESE_NEEDS } from '../../../bench/products/chinese-needs.ts';
import { readLitemall } from '../../../bench/products/litemall.ts';
import { compileProducts } from '../../../lib/engine/products/compile.ts';
import { openProducts } from '../../../lib/engine/products/open.ts';
import { loadNeeds } from '../../../lib/knowledge/load-needs.ts';

const FILE = new URL('../../../../shared/data/litemall/litemall_data.sql', import.meta.url);
const DEEP = 10;
const LEAST = 0.8;

test('three of four questions to a Chinese shop find a product that does first', async (context) => {
  if (!existsSync(FILE)) return context.skip('there is no ../shared/data/litemall to read');
  const products = readLitemall(FILE);
  expect(products).toHaveLength(239);
  const index = openProducts(compileProducts(products, await loadNeeds('knowledge')));
  const ranks = CHINESE_NEEDS.map(({ query, does }) => {
    const found = index.search({ text: query, limit: DEEP }).hits.map(({ id }) => id);
    return found.findIndex((id) => products.some((product) => product.id === id && does(product)));
  });
  const mrr = ranks.reduce((sum, at) => sum + (at < 0 ? 0 : 1 / (at + 1)), 0) / ranks.length;
  expect(mrr).toBeGreaterThanOrEqual(LEAST);
  expect(ranks.filter((at) => at === 0).length / ranks.length).toBeGreaterThanOrEqual(0.75);
});
