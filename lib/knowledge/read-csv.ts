import { parse } from 'csv-parse/sync';
import { CuecardError } from '../domain/error.ts';
import type { RowProblem } from '../domain/knowledge.ts';
import { type ColumnMap, type ColumnNames, mapColumns } from './columns.ts';
import { decodeText } from './decode-text.ts';

/** A data row: its number in the spreadsheet and its non-empty cells by canonical column name, trimmed. */
export type Row<Name extends string> = { row: number; cells: ReadonlyMap<Name, string> };

export type CsvTable<Name extends string> = {
  rows: Row<Name>[];
  /** Data rows that hold anything, good and bad. */
  count: number;
  rejected: RowProblem[];
  ignoredColumns: readonly string[];
  /** A column as the file names it, else its canonical name. */
  label(name: Name): string;
};

export const MAX_ROWS = 50_000;
const DELIMITERS = [',', ';', '\t'] as const;
/** An unclosed quote swallows what follows; reading resumes on the next line. Each time reads the rest anew. */
const MAX_BROKEN_ROWS = 50;
const SHOWN_CHARACTERS = 200;

/** A cell as a report shows it: bounded. */
export const shown = (value: string): string =>
  value.length <= SHOWN_CHARACTERS ? value : `${value.slice(0, SHOWN_CHARACTERS)}…`;

type Line = { record: string[]; raw: string; info: { lines: number } };
/** A record with its 1-based row; `broken` when a quotation mark in it is never closed. */
type Record_ = { row: number; cells: readonly string[]; broken: boolean };

const parseLines = (text: string, delimiter: string, options: { to?: number } = {}): Line[] =>
  parse(text, {
    delimiter,
    record_delimiter: '\n',
    relax_column_count: true,
    relax_quotes: true,
    skip_records_with_error: true,
    trim: true,
    info: true,
    raw: true,
    ...options,
  }) as unknown as Line[];

/** Whether quotes are where the format wants them. */
function isStrict(raw: string, delimiter: string): boolean {
  try {
    parse(raw, { delimiter, record_delimiter: '\n', relax_column_count: true, trim: true });
    return true;
  } catch {
    return false;
  }
}

/** Lenient quoting leaves a stray quote in the cell; with a line break behind it, it swallowed other rows. */
const swallowed = ({ record, raw }: Line, delimiter: string): boolean =>
  record.some((cell) => cell.startsWith('"') && cell.includes('\n')) && !isStrict(raw, delimiter);

function skipLines(text: string, lines: number): string {
  let start = 0;
  for (let line = 0; line < lines; line++) {
    const end = text.indexOf('\n', start);
    if (end === -1) return '';
    start = end + 1;
  }
  return text.slice(start);
}

const firstLine = (text: string): string => text.slice(0, (text.indexOf('\n') + 1 || text.length + 1) - 1);

/** Reads up to the first broken quote: the good lines, and how many lines of the text they take. */
function goodLines(text: string, delimiter: string): { lines: Line[]; taken: number; broken: boolean } {
  const lines = parseLines(text, delimiter);
  const bad = lines.findIndex((line) => swallowed(line, delimiter));
  const good = bad === -1 ? lines : lines.slice(0, bad);
  const taken = good.at(-1)?.info.lines ?? 0;
  return { lines: good, taken, broken: skipLines(text, taken).trim() !== '' };
}

/** All records with their rows. A row whose quote is never closed is given up alone; the ones after it are read. */
function readRecords(text: string, delimiter: string): Record_[] {
  const records: Record_[] = [];
  let rest = text;
  for (let broken = 0; broken <= MAX_BROKEN_ROWS; broken++) {
    const good = goodLines(rest, delimiter);
    for (const line of good.lines) records.push({ row: records.length + 1, cells: line.record, broken: false });
    if (!good.broken) return records;
    rest = skipLines(rest, good.taken);
    records.push({ row: records.length + 1, cells: [firstLine(rest)], broken: true });
    rest = skipLines(rest, 1);
  }
  const first = records.find((record) => record.broken)?.row;
  throw new CuecardError(
    'invalid',
    `more than ${MAX_BROKEN_ROWS} rows have a quotation mark that is never closed, the first is row ${first}: save the file as CSV again`,
  );
}

const isEmpty = (cells: readonly string[]): boolean => cells.every((cell) => cell === '');

/** Excel's own hint `sep=;` is no row: Excel hides it, so rows count from the line after it. */
const withoutHint = (text: string): string => text.replace(/^sep=.\n/i, '');

function pickDelimiter<Name extends string>(columns: ColumnNames<Name>, text: string): string {
  const header = text.trimStart();
  const known = (delimiter: string): number =>
    mapColumns(columns, parseLines(header, delimiter, { to: 1 })[0]?.record ?? []).at.size;
  return [...DELIMITERS].sort((a, b) => known(b) - known(a))[0] ?? ',';
}

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

const problem = (record: Record_, column: string, value: string, reason: string): RowProblem => ({
  row: record.row,
  column,
  value: shown(value),
  reason,
});

/** What is wrong with a record as such, before any column is looked at. */
function recordProblem(record: Record_, headers: readonly string[], encoding: string): RowProblem | undefined {
  if (record.broken) {
    return problem(record, '', record.cells[0] ?? '', 'a quotation mark in this row is never closed');
  }
  const beyond = record.cells.slice(headers.length).find((cell) => cell !== '');
  if (beyond !== undefined) {
    const reason = `the row has ${record.cells.length} cells, the header ${headers.length}: put quotes around a cell that contains the separator`;
    return problem(record, '', beyond, reason);
  }
  const garbled = record.cells.findIndex((cell) => cell.includes('\uFFFD'));
  if (garbled === -1) return undefined;
  return problem(record, headers[garbled] ?? '', record.cells[garbled] ?? '', `not readable as ${encoding}`);
}

/** The apostrophe that keeps a spreadsheet from running a cell as a formula; the export puts it there. */
const NEUTRALISED = /^'(?='*[=+\-@\t\r])/;

function cellsOf<Name extends string>(at: ReadonlyMap<Name, number>, cells: readonly string[]): Map<Name, string> {
  const named = new Map<Name, string>();
  for (const [name, index] of at) {
    const cell = cells[index]?.replace(NEUTRALISED, '');
    if (cell !== undefined && cell !== '') named.set(name, cell);
  }
  return named;
}

/**
 * Reads a CSV whose first row with content names its columns. Bad rows are named, the others kept.
 * Throws `invalid` when a required column is missing or there are too many rows, `unsupported_media` when it is no text.
 */
export function readCsv<Name extends string>(
  bytes: Uint8Array,
  columns: ColumnNames<Name>,
  required: readonly Name[],
): CsvTable<Name> {
  const { text: decoded, encoding } = decodeText(bytes);
  const text = withoutHint(decoded.replace(/\r\n?/g, '\n'));
  const records = readRecords(text, pickDelimiter(columns, text));
  const first = records.findIndex((record) => !isEmpty(record.cells));
  const headers = records[first]?.cells ?? [];
  const map = mapColumns(columns, headers);
  requireColumns(map, required, headers);
  const data = records.slice(first + 1).filter((record) => !isEmpty(record.cells));
  if (data.length > MAX_ROWS) {
    throw new CuecardError('too_large', `the file has ${data.length} rows, at most ${MAX_ROWS} are read`);
  }
  const rows: Row<Name>[] = [];
  const rejected: RowProblem[] = [];
  for (const record of data) {
    const bad = recordProblem(record, headers, encoding);
    if (bad === undefined) rows.push({ row: record.row, cells: cellsOf(map.at, record.cells) });
    else rejected.push(bad);
  }
  const label = (name: Name): string => headers[map.at.get(name) ?? -1] ?? name;
  return { rows, count: data.length, rejected, ignoredColumns: map.unknown, label };
}
