/** Judged product searches: `../shared/data/homedepot`, read in place and never copied. */
import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import * as z from 'zod';
import { Product } from '../../lib/domain/product.ts';
import { generator } from '../../lib/engine/hash.ts';

/** A search, and the products that people found to fit it (id to grade, 1-3). */
export type Judged = { query: string; grades: ReadonlyMap<string, number> };

/** Graded at least so, a product counts as fitting. */
export const FITS = 2.33;

const Row = z.object({ product_uid: z.string(), search_term: z.string(), relevance: z.coerce.number() });
const Listed = z.object({ product_uid: z.string(), product_title: z.string() });
const rows = (file: URL): unknown[] => parse(readFileSync(file, 'utf8'), { columns: true });

/** Every title of the shop. */
export function readTitles(folder: URL): Product[] {
  return z
    .array(Listed)
    .parse(rows(new URL('products.csv', folder)))
    .map((row) => Product.parse({ id: row.product_uid, title: row.product_title, updatedAt: '2026-11-01T00:00:00Z' }));
}

function readJudged(folder: URL): Judged[] {
  const byQuery = new Map<string, Map<string, number>>();
  for (const row of z.array(Row).parse(rows(new URL('judged.csv', folder)))) {
    const grades = byQuery.get(row.search_term) ?? new Map<string, number>();
    byQuery.set(row.search_term, grades.set(row.product_uid, row.relevance));
  }
  return Array.from(byQuery, ([query, grades]) => ({ query, grades }));
}

export const fitting = ({ grades }: Judged): Set<string> =>
  new Set([...grades].filter(([, grade]) => grade >= FITS).map(([id]) => id));

/** The queries that anything fits, in two halves by a seeded shuffle: to tune on, and to report on. */
export function halves(folder: URL, seed: number): { tuning: Judged[]; held: Judged[] } {
  const random = generator(seed);
  const order = readJudged(folder)
    .map((judged) => ({ judged, key: random() }))
    .sort((a, b) => a.key - b.key)
    .map(({ judged }) => judged);
  const middle = Math.floor(order.length / 2);
  const answerable = (some: readonly Judged[]) => some.filter((judged) => fitting(judged).size > 0);
  return { tuning: answerable(order.slice(0, middle)), held: answerable(order.slice(middle)) };
}
