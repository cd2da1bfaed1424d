import type { ColumnMapping, MappedColumn, RowProblem } from '../../domain/import-job.ts';
import type { EntryColumn } from '../columns.ts';
import { type EntryRow, type RowContext, readEntryRow } from '../entry-rows.ts';
import type { Table } from '../files/types.ts';
import { type Place, problemAt } from './finding.ts';
import { type MappingProblem, mapTable, type TableMapping } from './mapping.ts';

export type RowsRead = {
  rows: EntryRow[];
  rejected: RowProblem[];
  columns: MappedColumn[];
  ignored: string[];
  problems: MappingProblem[];
};

function cellsOf(at: TableMapping['at'], cells: readonly string[]): Map<EntryColumn, string> {
  const named = new Map<EntryColumn, string>();
  for (const [column, places] of at) {
    const value = places
      .map((place) => cells[place] ?? '')
      .filter((cell) => cell !== '')
      .join('\n');
    if (value !== '') named.set(column, value);
  }
  return named;
}

/** Whether a table can hold entries at all: something asks and something answers. */
const isUsable = ({ at, problems }: TableMapping): boolean =>
  problems.length === 0 && at.has('answer') && (at.has('question') || at.has('id'));

const missing = ({ at, problems }: TableMapping): MappingProblem[] =>
  problems.length > 0
    ? problems
    : (['question', 'answer'] as const)
        .filter((column) => !at.has(column))
        .map((column) => ({
          header: column,
          reason: `no column holds the ${column}`,
          fix: `name one of the columns ${column}, or say with the mapping which one it is`,
        }));

/**
 * The rows of a table as answers of entries; nothing of it where its columns do not say enough, and why not. Of objects
 * each names its own columns: there `sparse` rows are judged one by one.
 */
export function readTable(
  table: Table,
  mapping: ColumnMapping | undefined,
  context: RowContext,
  sparse = false,
): RowsRead {
  const mapped = mapTable(table, mapping);
  const read: RowsRead = { rows: [], rejected: [], columns: mapped.columns, ignored: mapped.ignored, problems: [] };
  const usable = sparse ? mapped.problems.length === 0 : isUsable(mapped);
  if (!usable) return { ...read, problems: missing(mapped) };
  for (const { row, cells } of table.rows) {
    const place: Place = { row, label: mapped.label, ...(table.sheet === undefined ? {} : { sheet: table.sheet }) };
    const made = readEntryRow(place, cellsOf(mapped.at, cells), context);
    if (Array.isArray(made)) read.rejected.push(...made.map((finding) => problemAt(place, finding)));
    else read.rows.push(made);
  }
  return read;
}
