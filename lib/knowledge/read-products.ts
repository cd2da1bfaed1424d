import { createHash } from 'node:crypto';
import { CuecardError } from '../domain/error.ts';
import type { RowProblem } from '../domain/import-job.ts';
import { type Money, Product, type ProductVariant } from '../domain/product.ts';
import { languageOf, splitLines } from './cells.ts';
import { PRODUCT_COLUMNS, type ProductColumn } from './columns.ts';
import { shown } from './files/limits.ts';
import { readFile } from './files/read-file.ts';
import type { KnownHeaders } from './files/table.ts';
import type { FileContent, Table } from './files/types.ts';
import { knownHeaders, type NamedTable, nameColumns, type Row } from './named-table.ts';
import { isShopify, type ProductsRead, readShopify } from './read-shopify.ts';

type Cells = Row<ProductColumn>['cells'];

const CURRENCY_SIGNS: Readonly<Record<string, string>> = {
  '¥': 'CNY',
  '￥': 'CNY',
  元: 'CNY',
  $: 'USD',
  '€': 'EUR',
  '£': 'GBP',
};
const DEFAULT_CURRENCY = 'CNY';

/** `¥1,999.00`, `1999`, `19.9 USD`: the amount, and the currency if the cell says it. */
function readPrice(cell: string, currency: string | undefined): Money | undefined {
  const sign = Object.keys(CURRENCY_SIGNS).find((known) => cell.includes(known));
  const code = /[A-Za-z]{3}/.exec(cell)?.[0].toUpperCase();
  const amount = cell.replace(/[¥￥元$€£,，\sA-Za-z]/g, '');
  const said = currency?.toUpperCase() ?? code ?? (sign === undefined ? undefined : CURRENCY_SIGNS[sign]);
  const money = { amount, currency: said ?? DEFAULT_CURRENCY };
  return /^\d+(\.\d{1,4})?$/.test(amount) && /^[A-Z]{3}$/.test(money.currency) ? money : undefined;
}

const readStock = (cell: string): number | undefined =>
  /^\d{1,9}$/.test(cell.replaceAll(',', '')) ? Number(cell.replaceAll(',', '')) : undefined;

/** `材质=100%棉|颜色=白,黑`. Undefined when a piece is no pair. */
function readAttributes(cell: string): Record<string, string> | undefined {
  const pairs = splitLines(cell).map((piece) => /^([^=＝:：]+)[=＝:：](.*)$/.exec(piece));
  if (pairs.some((pair) => pair === null)) return undefined;
  return Object.fromEntries(pairs.map((pair) => [(pair?.[1] ?? '').trim(), (pair?.[2] ?? '').trim()]));
}

/** `M=3|L=0`, or `M|L` where nobody counts. Undefined when a piece cannot be read or a name stands twice. */
function readVariants(cell: string): ProductVariant[] | undefined {
  const variants = splitLines(cell).map((piece): ProductVariant | undefined => {
    const [, name = '', , count] = /^([^=＝:：]+)([=＝:：](.*))?$/.exec(piece) ?? [];
    const stock = count === undefined ? undefined : readStock(count.trim());
    if (name.trim() === '' || (count !== undefined && stock === undefined)) return undefined;
    return { name: name.trim(), ...(stock === undefined ? {} : { stock }) };
  });
  const read = variants.filter((variant) => variant !== undefined);
  const isWhole = read.length === variants.length && new Set(read.map(({ name }) => name)).size === read.length;
  return isWhole ? read : undefined;
}

/** All variants' pieces; unknown where one of them is not counted. */
function piecesOf(variants: readonly ProductVariant[] | undefined): number | undefined {
  if (variants === undefined || variants.length === 0) return undefined;
  return variants.reduce<number | undefined>(
    (sum, { stock }) => (sum === undefined || stock === undefined ? undefined : sum + stock),
    0,
  );
}

const isWebAddress = (cell: string): boolean => {
  const url = URL.parse(cell);
  return url !== null && (url.protocol === 'https:' || url.protocol === 'http:');
};
const isImage = (cell: string): boolean => isWebAddress(cell) || /^data:image\/[a-z0-9.+-]+[;,]/i.test(cell);

const CHECKS: Readonly<Partial<Record<ProductColumn, (cell: string, cells: Cells) => string | undefined>>> = {
  id: (cell) => (/^[\p{L}\p{N}._:@+=/-]{1,200}$/u.test(cell) ? undefined : 'letters, digits and . _ : @ + = / - only'),
  language: (cell) => (languageOf(cell) === undefined ? 'not a language we know: zh or en' : undefined),
  price: (cell, cells) =>
    readPrice(cell, cells.get('currency')) === undefined
      ? 'not a price: write 1999.00 and a currency like CNY'
      : undefined,
  stock: (cell) => (readStock(cell) === undefined ? 'not a whole number of pieces' : undefined),
  variants: (cell) =>
    readVariants(cell) === undefined ? 'write name=pieces, separated by |, each name once' : undefined,
  image: (cell) => (isImage(cell) ? undefined : 'not a web address or an inline picture'),
  url: (cell) => (isWebAddress(cell) ? undefined : 'not a web address'),
  attributes: (cell) => (readAttributes(cell) === undefined ? 'write name=value, separated by |' : undefined),
};

const derivedId = (cells: Cells): string =>
  `p_${createHash('sha256')
    .update(cells.get('sku') ?? cells.get('title') ?? '')
    .digest('hex')
    .slice(0, 12)}`;

const optional = <Name extends string, Value>(name: Name, value: Value | undefined): { [K in Name]?: Value } =>
  (value === undefined ? {} : { [name]: value }) as { [K in Name]?: Value };

/** A product as its cells say it; shape and lengths are checked by the schema afterwards. */
function productOf(cells: Cells, updatedAt: string): unknown {
  const price = cells.get('price');
  const stock = cells.get('stock');
  const variants = readVariants(cells.get('variants') ?? '');
  return {
    id: cells.get('id') ?? derivedId(cells),
    title: cells.get('title'),
    aliases: splitLines(cells.get('aliases') ?? ''),
    attributes: readAttributes(cells.get('attributes') ?? '') ?? {},
    updatedAt,
    ...optional('sku', cells.get('sku')),
    ...optional('language', languageOf(cells.get('language') ?? '')),
    ...optional('category', cells.get('category')),
    ...optional('description', cells.get('description')),
    ...optional('price', price === undefined ? undefined : readPrice(price, cells.get('currency'))),
    ...optional('stock', stock === undefined ? piecesOf(variants) : readStock(stock)),
    ...optional('variants', variants?.length === 0 ? undefined : variants),
    ...optional('imageUrl', cells.get('image')),
    ...optional('url', cells.get('url')),
  };
}

function cellProblems({ row, cells }: Row<ProductColumn>, label: NamedTable<ProductColumn>['label']): RowProblem[] {
  const problems: RowProblem[] = [];
  for (const [column, value] of cells) {
    const reason = CHECKS[column]?.(value, cells);
    if (reason !== undefined) problems.push({ row, column: label(column), value: shown(value), reason });
  }
  if (!cells.has('title')) {
    problems.push({ row, column: label('title'), value: '', reason: 'the title is missing' });
  }
  return problems;
}

const COLUMN_OF: Readonly<Record<string, ProductColumn>> = { imageUrl: 'image' };

function readRow(
  row: Row<ProductColumn>,
  label: NamedTable<ProductColumn>['label'],
  updatedAt: string,
): Product | RowProblem[] {
  const problems = cellProblems(row, label);
  if (problems.length > 0) return problems;
  const parsed = Product.safeParse(productOf(row.cells, updatedAt));
  if (parsed.success) return parsed.data;
  return parsed.error.issues.map((issue) => {
    const field = String(issue.path[0]);
    const column = COLUMN_OF[field] ?? (field as ProductColumn);
    return { row: row.row, column: label(column), value: shown(row.cells.get(column) ?? ''), reason: issue.message };
  });
}

/** Headers of ours and of Shopify's export alike. */
const known: KnownHeaders = (cells) =>
  Math.max(knownHeaders(PRODUCT_COLUMNS)(cells), isShopify(cells) ? cells.length : 0);

/** The sheet that names products, else the first. Raises `invalid` when the file is no table. */
function tableIn(content: FileContent): Table | undefined {
  if (content.kind !== 'tables') {
    throw new CuecardError(
      'invalid',
      `a catalogue is read from a table (CSV or XLSX); the file is ${content.detected}`,
    );
  }
  return content.tables.find(({ headers }) => known(headers) > 1) ?? content.tables[0];
}

/** Products of an uploaded table (CSV or XLSX): our own columns, or Shopify's export, told by its header. */
export function readProducts(bytes: Uint8Array, updatedAt: string): ProductsRead {
  const content = readFile(bytes, { hint: 'csv', known });
  const table = tableIn(content);
  const rejected = content.rejected.filter(({ sheet }) => sheet === table?.sheet);
  return isShopify(table?.headers ?? [])
    ? readShopify(table, rejected, updatedAt)
    : readOwnProducts(table, rejected, updatedAt);
}

/**
 * Products of a table with our columns, every bad row named. Only the title is required; a product without id is known by its
 * SKU, else by its title. Throws `invalid` or `unsupported_media` when the file as a whole cannot be read.
 */
function readOwnProducts(found: Table | undefined, unreadable: readonly RowProblem[], updatedAt: string): ProductsRead {
  const table = nameColumns<ProductColumn>(found, unreadable, PRODUCT_COLUMNS, ['title']);
  const products: Product[] = [];
  const rejected: RowProblem[] = [...table.rejected];
  const rowOf = new Map<string, number>();
  for (const row of table.rows) {
    const read = readRow(row, table.label, updatedAt);
    if (Array.isArray(read)) {
      rejected.push(...read);
      continue;
    }
    const first = rowOf.get(read.id);
    if (first !== undefined) {
      rejected.push({
        row: row.row,
        column: table.label('id'),
        value: read.id,
        reason: `row ${first} has the same id`,
      });
      continue;
    }
    rowOf.set(read.id, row.row);
    products.push(read);
  }
  rejected.sort((a, b) => a.row - b.row);
  return { products, rows: table.count, rejected, ignoredColumns: table.ignoredColumns };
}
