import type { RowProblem } from '../domain/import-job.ts';
import { Product } from '../domain/product.ts';
import type { ColumnNames } from './columns.ts';
import { mapColumns } from './columns.ts';
import { textOfHtml } from './files/html-text.ts';
import { shown } from './files/limits.ts';
import type { Table } from './files/types.ts';
import { type NamedTable, nameColumns, type Row } from './named-table.ts';

export type ProductsRead = {
  products: Product[];
  rows: number;
  rejected: RowProblem[];
  ignoredColumns: readonly string[];
};

/**
 * Shopify's product export, by its documented columns, the older and the newer names. A product has a row a variant
 * and a row a further picture, all with its handle; title and description stand in the first.
 */
const SHOPIFY_COLUMNS = {
  handle: ['URL handle'],
  title: [],
  body: ['Body (HTML)', 'Body HTML', 'Description'],
  vendor: [],
  category: ['Product Category', 'Custom Product Type'],
  type: [],
  tags: [],
  option1_name: [],
  option1_value: [],
  option2_name: [],
  option2_value: [],
  option3_name: [],
  option3_value: [],
  sku: ['Variant SKU'],
  tracker: ['Variant Inventory Tracker', 'Inventory tracker'],
  quantity: ['Variant Inventory Qty', 'Inventory quantity'],
  policy: ['Variant Inventory Policy', 'Continue selling when out of stock'],
  price: ['Variant Price'],
  currency: [],
  image: ['Image Src', 'Product image URL'],
  status: [],
} as const satisfies ColumnNames<string>;
type Column = keyof typeof SHOPIFY_COLUMNS;

/** A shop's export names no currency; a column `Currency` may be added. */
const DEFAULT_CURRENCY = 'USD';
const MOST_DESCRIBED = 5_000;
const MOST_ALIASES = 50;
const MOST_VARIANTS = 200;
const MOST_NAMED = 100;
const OPTIONS = [1, 2, 3] as const;
const DEFAULT_TITLE = 'Default Title';

/** Whether a header is Shopify's: handle and title, and what only its exports have. */
export function isShopify(headers: readonly string[]): boolean {
  const { at } = mapColumns(SHOPIFY_COLUMNS, headers);
  return at.has('handle') && at.has('title') && (at.has('option1_name') || at.has('option1_value') || at.has('body'));
}

type Label = NamedTable<Column>['label'];
type Group = { handle: string; rows: Row<Column>[] };

const problemOf = (row: number, column: string, value: string, reason: string): RowProblem => ({
  row,
  column,
  value: shown(value),
  reason,
});

const isPrice = (cell: string): boolean => /^\d{1,12}(?:\.\d{1,4})?$/.test(cell);
/** Negative where a shop has sold more than it had. */
const isCount = (cell: string): boolean => /^-?\d{1,9}$/.test(cell);
const isAddress = (cell: string): boolean => ['https:', 'http:'].includes(URL.parse(cell)?.protocol ?? '');

const CHECKS: readonly [Column, (cell: string) => boolean, string][] = [
  ['price', isPrice, 'not a price: write 19.99'],
  ['quantity', isCount, 'not a whole number of pieces'],
  ['image', isAddress, 'not a web address'],
  ['currency', (cell) => /^[A-Za-z]{3}$/.test(cell), 'not a currency: write USD'],
];

function rowProblems({ row, cells }: Row<Column>, label: Label): RowProblem[] {
  return CHECKS.flatMap(([column, isGood, reason]) => {
    const cell = cells.get(column);
    return cell === undefined || isGood(cell) ? [] : [problemOf(row, label(column), cell, reason)];
  });
}

function groupsOf(rows: readonly Row<Column>[], label: Label): { groups: Group[]; rejected: RowProblem[] } {
  const byHandle = new Map<string, Group>();
  const rejected: RowProblem[] = [];
  for (const row of rows) {
    const handle = row.cells.get('handle');
    if (handle === undefined) rejected.push(problemOf(row.row, label('handle'), '', 'the handle is missing'));
    else {
      const group = byHandle.get(handle) ?? { handle, rows: [] };
      group.rows.push(row);
      byHandle.set(handle, group);
    }
  }
  return { groups: [...byHandle.values()], rejected };
}

const distinct = (values: readonly (string | undefined)[]): string[] => [
  ...new Set(values.filter((value) => value !== undefined)),
];

/** `Size: S,M,L` of all variants; names stand in the first row. */
function optionsOf(rows: readonly Row<Column>[]): [string, string][] {
  return OPTIONS.flatMap((number): [string, string][] => {
    const name = rows[0]?.cells.get(`option${number}_name`);
    const values = distinct(rows.map(({ cells }) => cells.get(`option${number}_value`)));
    return name === undefined || values.length === 0 || values[0] === DEFAULT_TITLE ? [] : [[name, values.join(',')]];
  });
}

type Price = { amount: string; currency: string } | undefined;

/** `White / M`, its pieces where somebody counts them, its price where that is not the product's. */
function variantOf(row: Row<Column>, price: Price): Record<string, unknown>[] {
  const values = OPTIONS.flatMap((number) => row.cells.get(`option${number}_value`) ?? []);
  if (values.length === 0 || values[0] === DEFAULT_TITLE) return [];
  const amount = row.cells.get('price');
  const own = price === undefined || amount === price.amount ? undefined : amount;
  return [
    {
      name: values.join(' / ').slice(0, MOST_NAMED),
      ...given('stock', stockOf([row])),
      ...given('price', own && { ...price, amount: own }),
    },
  ];
}

function variantsOf(rows: readonly Row<Column>[], price: Price): Record<string, unknown>[] | undefined {
  const variants = rows.flatMap((row) => variantOf(row, price));
  return variants.length === 0 ? undefined : variants.slice(0, MOST_VARIANTS);
}

/** All variants' pieces; unknown when nobody counts them, or when the shop goes on selling what it has not. */
function stockOf(rows: readonly Row<Column>[]): number | undefined {
  const counted = rows.filter(({ cells }) => cells.has('quantity'));
  const tracked = counted.filter(({ cells }) => cells.has('tracker'));
  const known = tracked.length > 0 ? tracked : counted.filter(({ cells }) => cells.get('quantity') !== '0');
  if (known.length === 0) return undefined;
  const pieces = known.reduce((sum, { cells }) => sum + Math.max(0, Number(cells.get('quantity'))), 0);
  const goesOn = known.some(({ cells }) => /^(?:continue|true)$/i.test(cells.get('policy') ?? ''));
  return pieces === 0 && goesOn ? undefined : pieces;
}

function cheapest(rows: readonly Row<Column>[]): string | undefined {
  return distinct(rows.map(({ cells }) => cells.get('price'))).sort((a, b) => Number(a) - Number(b))[0];
}

const given = <Value>(name: string, value: Value | undefined): Record<string, Value> =>
  value === undefined ? {} : { [name]: value };

function productOf({ handle, rows }: Group, updatedAt: string): unknown {
  const first = rows.find(({ cells }) => cells.has('title')) ?? rows[0];
  const cell = (name: Column) => first?.cells.get(name);
  const skus = distinct(rows.map(({ cells }) => cells.get('sku')));
  const amount = cheapest(rows);
  const currency = (cell('currency') ?? DEFAULT_CURRENCY).toUpperCase();
  const price = amount === undefined ? undefined : { amount, currency };
  const body = cell('body');
  const extras = (['vendor', 'tags'] as const).flatMap((name): [string, string][] => {
    const value = cell(name);
    return value === undefined ? [] : [[name, value]];
  });
  return {
    id: handle,
    title: cell('title'),
    aliases: skus.slice(1, MOST_ALIASES + 1),
    attributes: Object.fromEntries([...optionsOf(rows), ...extras]),
    updatedAt,
    ...given('sku', skus[0]),
    ...given('category', cell('type') ?? cell('category')?.split('>').at(-1)?.trim()),
    ...given('description', body === undefined ? undefined : textOfHtml(body).slice(0, MOST_DESCRIBED)),
    ...given('price', price),
    ...given('stock', stockOf(rows)),
    ...given('variants', variantsOf(rows, price)),
    ...given(
      'imageUrl',
      rows.map(({ cells }) => cells.get('image')).find((image) => image !== undefined),
    ),
  };
}

const COLUMN_OF: Readonly<Record<string, Column>> = {
  id: 'handle',
  imageUrl: 'image',
  description: 'body',
  stock: 'quantity',
};

/** Why a group as such is no product; its first row stands for it. */
function groupProblem({ rows }: Group, label: Label): RowProblem | undefined {
  const row = rows[0]?.row ?? 0;
  const status = rows.map(({ cells }) => cells.get('status')).find((value) => value !== undefined);
  if (status !== undefined && !/^active$/i.test(status)) {
    return problemOf(row, label('status'), status, 'only active products are imported');
  }
  if (rows.some(({ cells }) => cells.has('title'))) return undefined;
  return problemOf(row, label('title'), '', 'no row of this handle has a title');
}

function readGroup(group: Group, label: Label, updatedAt: string): Product | RowProblem[] {
  const unfit = groupProblem(group, label);
  if (unfit !== undefined) return [unfit];
  const problems = group.rows.flatMap((row) => rowProblems(row, label));
  if (problems.length > 0) return problems;
  const parsed = Product.safeParse(productOf(group, updatedAt));
  if (parsed.success) return parsed.data;
  return parsed.error.issues.map(({ path, message }) => {
    const field = String(path[0]);
    const column = COLUMN_OF[field] ?? (field in SHOPIFY_COLUMNS ? (field as Column) : 'handle');
    return problemOf(group.rows[0]?.row ?? 0, label(column), group.rows[0]?.cells.get(column) ?? '', message);
  });
}

/** Products of a Shopify export, every bad row named; a product with a bad row is left out whole, never half. */
export function readShopify(
  found: Table | undefined,
  unreadable: readonly RowProblem[],
  updatedAt: string,
): ProductsRead {
  const table = nameColumns<Column>(found, unreadable, SHOPIFY_COLUMNS, ['handle', 'title']);
  const { groups, rejected } = groupsOf(table.rows, table.label);
  const products: Product[] = [];
  const problems = [...table.rejected, ...rejected];
  for (const group of groups) {
    const read = readGroup(group, table.label, updatedAt);
    if (Array.isArray(read)) problems.push(...read);
    else products.push(read);
  }
  problems.sort((a, b) => a.row - b.row);
  return { products, rows: table.count, rejected: problems, ignoredColumns: table.ignoredColumns };
}
