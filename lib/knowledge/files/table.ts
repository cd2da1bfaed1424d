import { CuecardError } from '../../domain/error.ts';
import type { RowProblem } from '../../domain/import-job.ts';
import { LIMITS, shown } from './limits.ts';
import type { Table } from './types.ts';

/** A row as it stands in the file, before anybody knows whether it is the header. */
export type RawRow = {
  row: number;
  cells: readonly string[];
  /** Why it cannot be read, if so; `column` counts from 0. */
  problem?: { column?: number; value: string; reason: string; fix?: string };
};

export type TableRead = { table: Table | undefined; rejected: RowProblem[]; warnings: RowProblem[] };

/** How many of these cells name a column that is known. */
export type KnownHeaders = (cells: readonly string[]) => number;

/** Titles and remarks above a table take a few rows. */
const HEADER_WITHIN = 20;

/** Marks of direction and width that nobody sees, which a header may have come with. */
const headerText = (cell: string): string =>
  cell
    .replace(/[\p{Cf}\p{Cc}]+/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim();

/** The first of the upper rows that names the most known columns; the first of all when none names any. */
function headerAt(rows: readonly RawRow[], known: KnownHeaders): number {
  let best = { at: 0, score: 0 };
  rows.slice(0, HEADER_WITHIN).forEach(({ cells }, at) => {
    const score = known(cells.map(headerText));
    if (score > best.score) best = { at, score };
  });
  return best.at;
}

/** A second row that only names columns again, as in sheets with an English and a Chinese header. */
function isSecondHeader(row: RawRow | undefined, known: KnownHeaders): boolean {
  const named = row?.cells.filter((cell) => cell !== '') ?? [];
  return named.length >= 2 && known(named.map(headerText)) === named.length;
}

const inSheet = (sheet: string | undefined) => (sheet === undefined ? {} : { sheet });

/** Control characters that no text holds: a file that was converted badly, or a copy from a terminal. */
const CONTROLS = /[^\P{Cc}\t\n\r]/gu;
const clean = (cell: string): string => (cell.search(CONTROLS) === -1 ? cell : cell.replace(CONTROLS, '').trim());

function cellProblem(cells: readonly string[], headers: readonly string[]): RawRow['problem'] {
  const beyond = cells.slice(headers.length).findIndex((cell) => cell !== '');
  if (beyond !== -1) {
    const value = cells[headers.length + beyond] ?? '';
    const reason = `the row has ${cells.length} cells, the header ${headers.length}: put quotes around a cell that contains the separator`;
    return { value, reason };
  }
  const long = cells.findIndex((cell) => cell.length > LIMITS.cell);
  if (long !== -1) {
    const length = cells[long]?.length ?? 0;
    return { column: long, value: cells[long] ?? '', reason: `too long: ${length} characters, at most ${LIMITS.cell}` };
  }
  const halved = cells.findIndex((cell) => !cell.isWellFormed());
  if (halved === -1) return undefined;
  return { column: halved, value: (cells[halved] ?? '').toWellFormed(), reason: 'half of a character is missing' };
}

function checkRoom(rows: readonly RawRow[], counted: { characters: number }): void {
  for (const { cells } of rows) for (const cell of cells) counted.characters += cell?.length ?? 0;
  if (counted.characters > LIMITS.characters) {
    const most = Math.round(LIMITS.characters / 1_000_000);
    throw new CuecardError('too_large', `the file holds more than ${most} million characters: split it`);
  }
}

function checkSize(headers: readonly string[], data: readonly RawRow[]): void {
  if (headers.length > LIMITS.columns) {
    throw new CuecardError('too_large', `the table has ${headers.length} columns, at most ${LIMITS.columns} are read`);
  }
  if (data.length > LIMITS.rows) {
    throw new CuecardError('too_large', `the file has ${data.length} rows, at most ${LIMITS.rows} are read`);
  }
}

type Options = { sheet?: string | undefined; counted: { characters: number } };

/**
 * Rows as a table with its header, bad ones named. `counted` adds up over the sheets of a file. Raises `too_large`.
 */
export function tableOf(raw: readonly RawRow[], known: KnownHeaders, { sheet, counted }: Options): TableRead {
  checkRoom(raw, counted);
  const at = headerAt(raw, known);
  const header = raw[at];
  if (header === undefined) return { table: undefined, rejected: [], warnings: [] };
  const headers = header.cells.map(headerText);
  const second = known(headers) > 0 && isSecondHeader(raw[at + 1], known) ? raw[at + 1] : undefined;
  const data = raw.slice(at + (second === undefined ? 1 : 2));
  checkSize(headers, data);
  return {
    ...dividedRows(data, headers, sheet),
    warnings: notesAbove(raw.slice(0, at), second, sheet),
  };
}

function dividedRows(
  data: readonly RawRow[],
  headers: readonly string[],
  sheet: string | undefined,
): Pick<TableRead, 'table' | 'rejected'> {
  const rows: Table['rows'][number][] = [];
  const rejected: RowProblem[] = [];
  for (const { row, cells: written, problem } of data) {
    const cells = written.map(clean);
    const bad = problem ?? cellProblem(cells, headers);
    if (bad === undefined) rows.push({ row, cells });
    else rejected.push(rejection(row, bad, headers, sheet));
  }
  return { table: { ...inSheet(sheet), headers, rows }, rejected };
}

function rejection(
  row: number,
  { column, value, reason, fix }: NonNullable<RawRow['problem']>,
  headers: readonly string[],
  sheet: string | undefined,
): RowProblem {
  const name = column === undefined ? '' : (headers[column] ?? '');
  return { ...inSheet(sheet), row, column: name, value: shown(value), reason, ...(fix === undefined ? {} : { fix }) };
}

function notesAbove(above: readonly RawRow[], second: RawRow | undefined, sheet: string | undefined): RowProblem[] {
  const note = ({ row, cells }: RawRow, reason: string): RowProblem => ({
    ...inSheet(sheet),
    row,
    column: '',
    value: shown(cells.find((cell) => cell !== '') ?? ''),
    reason,
  });
  return [
    ...above.map((row) => note(row, 'this row stands above the header and is not read')),
    ...(second === undefined ? [] : [note(second, 'this row names the columns once more and is not read')]),
  ];
}
