import type { Entry } from '../domain/entry.ts';
import { CuecardError } from '../domain/error.ts';
import type { ImportFormat, RowProblem } from '../domain/knowledge.ts';
import { ENTRY_COLUMNS, type EntryColumn } from './columns.ts';
import { type EntryRow, type Report, readEntryRow } from './entry-rows.ts';
import { groupRows } from './group-rows.ts';
import { readCsv, shown } from './read-csv.ts';
import { readJsonEntries } from './read-json.ts';

/** `timeZone` is the tenant's: dates without an offset are read on its clocks. */
export type ReadContext = { timeZone: string };

export type ReadResult = {
  entries: Entry[];
  /** Data rows that hold anything. */
  rows: number;
  /** In the order of the file. */
  rejected: RowProblem[];
  ignoredColumns: readonly string[];
};

/** Formats this product names but does not read yet. */
export function refuseFormat(format: ImportFormat): asserts format is 'csv' | 'json' {
  if (format !== 'csv' && format !== 'json') {
    throw new CuecardError('unsupported_media', `${format} is not supported yet: upload CSV or JSON`);
  }
}

function readCsvEntries(bytes: Uint8Array, { timeZone }: ReadContext): ReadResult {
  const table = readCsv<EntryColumn>(bytes, ENTRY_COLUMNS, ['question', 'answer']);
  const report: Report = (row, column, value, reason) => ({
    row,
    column: table.label(column),
    value: shown(value),
    reason,
  });
  const good: EntryRow[] = [];
  const rejected: RowProblem[] = [...table.rejected];
  for (const row of table.rows) {
    const read = readEntryRow(row, { timeZone, report });
    if (Array.isArray(read)) rejected.push(...read);
    else good.push(read);
  }
  const grouped = groupRows(good, report);
  rejected.push(...grouped.rejected);
  return { entries: grouped.entries, rows: table.count, rejected, ignoredColumns: table.ignoredColumns };
}

/**
 * Entries of an uploaded file. Every bad row is named with its column, value and reason, and costs no good one.
 * Throws `invalid` when the file as a whole cannot be read, `unsupported_media` for a format or content that is no text.
 */
export function readEntries(bytes: Uint8Array, format: ImportFormat, context: ReadContext): ReadResult {
  refuseFormat(format);
  const result: ReadResult =
    format === 'csv' ? readCsvEntries(bytes, context) : { ...readJsonEntries(bytes), ignoredColumns: [] };
  return { ...result, rejected: result.rejected.toSorted((a, b) => a.row - b.row) };
}
