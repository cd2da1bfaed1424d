import { CuecardError } from '../domain/error.ts';
import type { RowProblem } from '../domain/import-job.ts';
import { type ColumnMap, type ColumnNames, mapColumns } from './columns.ts';
import { shown } from './files/limits.ts';
import type { KnownHeaders } from './files/table.ts';
import type { Table } from './files/types.ts';

/** A data row: its number in the spreadsheet and its non-empty cells by canonical column name, trimmed. */
export type Row<Name extends string> = { row: number; cells: ReadonlyMap<Name, string> };

export type NamedTable<Name extends string> = {
  rows: Row<Name>[];
  /** Data rows that hold anything, good and bad. */
  count: number;
  rejected: RowProblem[];
  ignoredColumns: readonly string[];
  /** A column as the file names it, else its canonical name. */
  label(name: Name): string;
};

/** How many of a row's cells name a column of these. */
export const knownHeaders =
  <Name extends string>(columns: ColumnNames<Name>): KnownHeaders =>
  (cells) =>
    mapColumns(columns, cells).at.size;

function requireColumns<Name extends string>(
  map: ColumnMap<Name>,
  required: readonly Name[],
  headers: readonly string[],
): void {
  if (map.twice.length > 0) {
    throw new CuecardError('invalid', `two columns mean ${map.twice.join(', ')}: keep one of them`);
  }
  const missing = required.filter((name) => !map.at.has(name));
  if (missing.length === 0) return;
  const found = headers.filter((header) => header !== '').map(shown);
  throw new CuecardError(
    'invalid',
    `the first row must name the columns ${required.join(' and ')}; missing: ${missing.join(', ')}; ` +
      `found: ${found.length === 0 ? 'nothing' : found.slice(0, 30).join(', ')}`,
  );
}

function cellsOf<Name extends string>(at: ReadonlyMap<Name, number>, cells: readonly string[]): Map<Name, string> {
  const named = new Map<Name, string>();
  for (const [name, index] of at) {
    const cell = cells[index];
    if (cell !== undefined && cell !== '') named.set(name, cell);
  }
  return named;
}

/** A table by the columns it is to have. Throws `invalid` when one is missing, or there twice. */
export function nameColumns<Name extends string>(
  table: Table | undefined,
  rejected: readonly RowProblem[],
  columns: ColumnNames<Name>,
  required: readonly Name[],
): NamedTable<Name> {
  const { headers, rows } = table ?? { headers: [], rows: [] };
  const map = mapColumns(columns, headers);
  requireColumns(map, required, headers);
  return {
    rows: rows.map(({ row, cells }) => ({ row, cells: cellsOf(map.at, cells) })),
    count: rows.length + rejected.length,
    rejected: [...rejected],
    ignoredColumns: map.unknown,
    label: (name) => headers[map.at.get(name) ?? -1] ?? name,
  };
}
