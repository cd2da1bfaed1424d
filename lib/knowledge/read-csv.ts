import type { ColumnNames } from './columns.ts';
import { readCsvRows } from './files/csv.ts';
import { decodeText } from './files/decode-text.ts';
import { openBinary } from './files/detect.ts';
import { LIMITS, shown as shownValue } from './files/limits.ts';
import { tableOf } from './files/table.ts';
import { knownHeaders, type Row as NamedRow, type NamedTable, nameColumns } from './named-table.ts';

export type CsvTable<Name extends string> = NamedTable<Name>;
export type Row<Name extends string> = NamedRow<Name>;
export const shown = shownValue;

export const MAX_ROWS = LIMITS.rows;

/**
 * Reads a CSV whose first row with content names its columns. Bad rows are named, the others kept.
 * Throws `invalid` when a required column is missing or there are too many rows, `unsupported_media` when it is no text.
 */
export function readCsv<Name extends string>(
  bytes: Uint8Array,
  columns: ColumnNames<Name>,
  required: readonly Name[],
): CsvTable<Name> {
  openBinary(bytes);
  const { text, encoding } = decodeText(bytes);
  const known = knownHeaders(columns);
  const { table, rejected } = tableOf(readCsvRows(text, encoding, known), known, { counted: { characters: 0 } });
  return nameColumns(table, rejected, columns, required);
}
