import { parse } from 'csv-parse/sync';
import { CuecardError } from '../../domain/error.ts';
import { skipLines, withoutGaps } from './blank-lines.ts';
import type { KnownHeaders, RawRow } from './table.ts';

const DELIMITERS = [',', ';', '\t'] as const;
/** An unclosed quote swallows what follows; reading resumes on the next line. Each time reads the rest anew. */
const MAX_BROKEN_ROWS = 50;
/** Records that tell which separator a file uses. */
const SAMPLE_RECORDS = 30;
const SAMPLE_CHARACTERS = 200_000;

/** A record with its 1-based row, its first line (from 0) and the line after it; `broken` when a quote is never closed. */
type Record_ = { row: number; line: number; next: number; cells: readonly string[]; broken: boolean };

const isEmpty = (cells: readonly string[]): boolean => cells.every((cell) => cell === '');

/** Records that hold anything; rows are counted over the empty ones too. */
function parseRecords(text: string, delimiter: string, most?: number): Record_[] {
  const records: Record_[] = [];
  let line = 0;
  parse(text, {
    delimiter,
    record_delimiter: '\n',
    relax_column_count: true,
    relax_quotes: true,
    skip_records_with_error: true,
    trim: true,
    ...(most === undefined ? {} : { to: most }),
    on_record: (cells: string[], { records: row, lines }: { records: number; lines: number }) => {
      if (!isEmpty(cells)) records.push({ row, line, next: lines, cells, broken: false });
      line = lines;
      return null;
    },
  });
  return records;
}

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
function swallowed(text: string, { cells, line, next }: Record_, delimiter: string): boolean {
  if (!cells.some((cell) => cell.startsWith('"') && cell.includes('\n'))) return false;
  const rest = skipLines(text, line);
  return !isStrict(rest.slice(0, rest.length - skipLines(rest, next - line).length), delimiter);
}

/** Separators, quotes and blanks alone, as spreadsheets write empty rows. */
const holdsNothing = (text: string): boolean => !/[^\s,;"]/.test(text);

const firstLine = (text: string): string => text.slice(0, (text.indexOf('\n') + 1 || text.length + 1) - 1);

/** Reads up to the first broken quote: the good records, and how many lines and rows of the text they take. */
function goodRecords(
  text: string,
  delimiter: string,
): { records: Record_[]; lines: number; rows: number; broken: boolean } {
  const records = parseRecords(text, delimiter);
  const bad = records.findIndex((record) => swallowed(text, record, delimiter));
  const good = bad === -1 ? records : records.slice(0, bad);
  const last = good.at(-1);
  const lines = bad === -1 ? (last?.next ?? 0) : (records[bad]?.line ?? 0);
  const rows = bad === -1 ? (last?.row ?? 0) : (records[bad]?.row ?? 1) - 1;
  return { records: good, lines, rows, broken: !holdsNothing(skipLines(text, lines)) };
}

const tooBroken = (row: number): CuecardError =>
  new CuecardError(
    'invalid',
    `more than ${MAX_BROKEN_ROWS} rows have a quotation mark that is never closed, the first is row ${row}: save the file as CSV again`,
  );

/** Blank lines before a broken row are rows of their own. */
function blankBefore(text: string): number {
  let blank = 0;
  for (let at = 0; at < text.length; blank++) {
    const line = firstLine(text.slice(at));
    if (!holdsNothing(line)) return blank;
    at += line.length + 1;
  }
  return blank;
}

/** All records with their rows. A row whose quote is never closed is given up alone; the ones after it are read. */
function readRecords(text: string, delimiter: string): Record_[] {
  const all: Record_[] = [];
  let [rest, rows, lines] = [text, 0, 0];
  for (let broken = 0; broken <= MAX_BROKEN_ROWS; broken++) {
    const good = goodRecords(rest, delimiter);
    for (const record of good.records) {
      all.push({ ...record, row: rows + record.row, line: lines + record.line, next: lines + record.next });
    }
    if (!good.broken) return all;
    const blank = blankBefore(skipLines(rest, good.lines));
    rest = skipLines(rest, good.lines + blank);
    [rows, lines] = [rows + good.rows + blank + 1, lines + good.lines + blank + 1];
    all.push({ row: rows, line: lines - 1, next: lines, cells: [firstLine(rest)], broken: true });
    rest = skipLines(rest, 1);
  }
  throw tooBroken(all.find((record) => record.broken)?.row ?? 1);
}

/** Excel's own hint `sep=;` is no row: Excel hides it, so rows count from the line after it. */
const HINT = /^sep=(.)\n/i;

/** Commonest number of cells beyond one, times how many rows have it. */
function evenness(records: readonly Record_[]): number {
  const widths = Map.groupBy(records, ({ cells }) => cells.length);
  return Math.max(0, ...[...widths].map(([width, rows]) => (width > 1 ? rows.length / records.length : 0)));
}

/** The separator that names the most known columns in one row, else the one that divides all rows most evenly. */
export function pickDelimiter(
  text: string,
  known: KnownHeaders,
): { delimiter: string; known: number; evenness: number } {
  const sample = text.slice(0, SAMPLE_CHARACTERS).trimStart();
  const scored = DELIMITERS.map((delimiter) => {
    const records = parseRecords(sample, delimiter, SAMPLE_RECORDS);
    const best = Math.max(0, ...records.map(({ cells }) => known(cells)));
    return { delimiter, known: best, evenness: evenness(records) };
  });
  scored.sort((a, b) => b.known - a.known || b.evenness - a.evenness);
  return scored[0] ?? { delimiter: ',', known: 0, evenness: 0 };
}

/** The apostrophe that keeps a spreadsheet from running a cell as a formula; the export puts it there. */
const NEUTRALISED = /^'(?='*[=+\-@\t\r])/;

function rowOf({ row, cells, broken }: Record_, encoding: string): RawRow {
  if (broken) {
    return { row, cells, problem: { value: cells[0] ?? '', reason: 'a quotation mark in this row is never closed' } };
  }
  const garbled = cells.findIndex((cell) => cell.includes('\uFFFD'));
  if (garbled === -1) return { row, cells: cells.map((cell) => cell.replace(NEUTRALISED, '')) };
  const problem = { column: garbled, value: cells[garbled] ?? '', reason: `not readable as ${encoding}` };
  return { row, cells, problem };
}

/**
 * The rows of a CSV that hold anything, separated by comma, semicolon or tab, numbered as a spreadsheet numbers them.
 * Raises `invalid` when quotes are broken all over.
 */
export function readCsvRows(text: string, encoding: string, known: KnownHeaders): RawRow[] {
  const lines = text.replace(/\r\n?/g, '\n');
  const hint = HINT.exec(lines);
  const body = hint === null ? lines : lines.slice(hint[0].length);
  const { text: dense, rowAt } = withoutGaps(body);
  const hinted = DELIMITERS.find((delimiter) => delimiter === hint?.[1]);
  const records = readRecords(dense, hinted ?? pickDelimiter(dense, known).delimiter);
  return records.map((record) => rowOf({ ...record, row: record.row + rowAt(record.line) }, encoding));
}
