import { CuecardError } from '../../domain/error.ts';
import type { RowProblem } from '../../domain/import-job.ts';
import { LIMITS } from './limits.ts';
import { type KnownHeaders, type RawRow, tableOf } from './table.ts';
import type { Table } from './types.ts';
import { readFormats, readStrings, readWorkbook, type SheetPlace, workbookPart } from './xlsx-parts.ts';
import { columnName, type Merge, readSheet, type SheetContext, type SheetRow } from './xlsx-sheet.ts';
import type { Zip } from './zip.ts';

export type Tables = { tables: Table[]; rejected: RowProblem[]; warnings: RowProblem[] };

/** Merges of one column, the upper first; the last that begins at or above a row is the one that may hold it. */
function mergeAt(merges: readonly Merge[], row: number): Merge | undefined {
  let [low, high] = [0, merges.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((merges[middle]?.fromRow ?? 0) <= row) low = middle + 1;
    else high = middle;
  }
  const found = merges[low - 1];
  return found !== undefined && row <= found.toRow && row > found.fromRow ? found : undefined;
}

/** Repeats what a merged cell shows in every row it spans that holds something else. */
function fillDown(rows: readonly SheetRow[], merges: readonly Merge[]): void {
  if (merges.length === 0) return;
  const at = new Map(rows.map((row) => [row.row, row]));
  for (const [column, ofColumn] of Map.groupBy(merges, (merge) => merge.column)) {
    const sorted = ofColumn.sort((a, b) => a.fromRow - b.fromRow);
    for (const row of rows) {
      const merge = mergeAt(sorted, row.row);
      const text = merge === undefined ? undefined : at.get(merge.fromRow)?.cells[column];
      if (text !== undefined) row.cells[column] ??= text;
    }
  }
}

const rawRow = ({ row, cells, problems }: SheetRow): RawRow => {
  const [problem] = problems;
  return { row, cells: Array.from(cells, (cell) => cell ?? ''), ...(problem === undefined ? {} : { problem }) };
};

/** A sheet is a grid without end: what stands beside the header has no name, and is a column of that letter. */
const padded = (row: RawRow, width: number): RawRow =>
  row.cells.length >= width
    ? row
    : { ...row, cells: [...row.cells, ...Array<string>(width - row.cells.length).fill('')] };

/** A column without a header that holds something is known by its letter, so that it can be named as left out. */
function lettered(table: Table): Table {
  const used = new Set(table.rows.flatMap(({ cells }) => cells.flatMap((cell, at) => (cell === '' ? [] : [at]))));
  return {
    ...table,
    headers: table.headers.map((header, at) => (header === '' && used.has(at) ? `(${columnName(at)})` : header)),
  };
}

const hidden = ({ name }: SheetPlace): RowProblem => ({
  sheet: name,
  row: 1,
  column: '',
  value: '',
  reason: 'the sheet is hidden and is not read',
  fix: 'show the sheet in Excel if its rows are meant',
});

function readOne(zip: Zip, place: SheetPlace, context: SheetContext): RawRow[] {
  const part = zip.part(place.part);
  if (part === undefined)
    throw new CuecardError('invalid', `the sheet ${place.name} is missing in the file: save it again`);
  const { rows, merges } = readSheet(part, context);
  fillDown(rows, merges);
  return rows.map(rawRow);
}

/**
 * The visible sheets of a workbook that hold anything. Numbers are read as their cells show them, dates as
 * `2026-11-11 20:00`, formulas by the result stored with them. Raises `invalid` or `too_large`.
 */
export function readXlsx(zip: Zip, known: KnownHeaders): Tables {
  const book = readWorkbook(zip, workbookPart(zip) ?? '');
  const visible = book.sheets.filter((sheet) => !sheet.hidden);
  const context = {
    strings: readStrings(zip, book.strings),
    formats: readFormats(zip, book.styles),
    epoch1904: book.epoch1904,
  };
  const counted = { characters: 0 };
  const found: Tables = { tables: [], rejected: [], warnings: book.sheets.filter((sheet) => sheet.hidden).map(hidden) };
  for (const place of visible) {
    const raw = readOne(zip, place, context);
    const width = raw.reduce((widest, { cells }) => Math.max(widest, cells.length), 0);
    const sheet = book.sheets.length > 1 ? place.name : undefined;
    const { table, rejected, warnings } = tableOf(
      raw.map((row) => padded(row, width)),
      known,
      { sheet, counted },
    );
    if (table !== undefined) found.tables.push(lettered(table));
    found.rejected.push(...rejected);
    found.warnings.push(...warnings);
  }
  const rows = found.tables.reduce((sum, table) => sum + table.rows.length, 0);
  if (rows > LIMITS.rows)
    throw new CuecardError('too_large', `the file has ${rows} rows, at most ${LIMITS.rows} are read`);
  return found;
}
