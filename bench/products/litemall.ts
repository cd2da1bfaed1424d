/** A Chinese shop: `../shared/data/litemall`, read in place and never copied. */
import { readFileSync } from 'node:fs';
import { Product } from '../../lib/domain/product.ts';

/** The values of one row of an `INSERT`: strings unescaped, others as they stand. */
function valuesOf(row: string): string[] {
  const values: string[] = [];
  for (const [, quoted, plain] of row.matchAll(/'((?:[^'\\]|\\.|'')*)'|([^,\s']+)/gs)) {
    values.push(quoted === undefined ? (plain ?? '') : quoted.replace(/\\(.)/gs, '$1').replaceAll("''", "'"));
  }
  return values;
}

/** Rows of a table: the dump writes many `(…),(…)` behind one `INSERT`. */
function rowsOf(dump: string, table: string): string[][] {
  const inserts = dump.matchAll(new RegExp(`^INSERT INTO \`${table}\` VALUES (.*);$`, 'gm'));
  return [...inserts].flatMap(([, rows = '']) =>
    Array.from(rows.matchAll(/\(((?:'(?:[^'\\]|\\.|'')*'|[^')])*)\)/gs), ([, row = '']) => valuesOf(row)),
  );
}

/** Products with their brief, price, category and attributes. */
export function readLitemall(file: URL): Product[] {
  const dump = readFileSync(file, 'utf8');
  const categories = new Map(rowsOf(dump, 'litemall_category').map(([id, name]) => [id, name]));
  const attributes = new Map<string, Record<string, string>>();
  for (const [, goods = '', name = '', value = ''] of rowsOf(dump, 'litemall_goods_attribute')) {
    attributes.set(goods, { ...attributes.get(goods), [name]: value });
  }
  return rowsOf(dump, 'litemall_goods').map((row) => {
    const [id = '', , title = '', category = ''] = row;
    return Product.parse({
      id,
      title,
      language: 'zh',
      category: categories.get(category),
      description: row[7],
      price: { amount: row[16], currency: 'CNY' },
      stock: 1,
      attributes: attributes.get(id) ?? {},
      updatedAt: '2026-11-01T00:00:00Z',
    });
  });
}
