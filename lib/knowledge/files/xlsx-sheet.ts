import { CuecardError } from '../../domain/error.ts';
import { LIMITS } from './limits.ts';
import { formatNumber } from './number-format.ts';
import { unescaped } from './xlsx-parts.ts';
import { readXml, type XmlHandler } from './xml.ts';

export type SheetContext = {
  strings: readonly string[];
  formats: readonly (string | undefined)[];
  epoch1904: boolean;
};

/** What is wrong with one cell; the row that holds it cannot be read. */
export type CellProblem = { column: number; value: string; reason: string; fix: string };
/** A row with at least one cell that shows something; `cells` has holes where nothing stands. */
export type SheetRow = { row: number; cells: string[]; problems: CellProblem[] };
export type Merge = { fromRow: number; toRow: number; column: number };

const LAST_ROW = 1_048_576;
const LAST_COLUMN = 16_384;
const MOST_MERGES = 100_000;

/** `AB12` as a column from 0 and a row; undefined for anything else. */
export function addressOf(reference: string): { column: number; row: number } | undefined {
  const [, letters, digits] = /^\$?([A-Za-z]{1,3})\$?(\d{1,7})$/.exec(reference) ?? [];
  if (letters === undefined || digits === undefined) return undefined;
  let column = 0;
  for (const letter of letters.toUpperCase()) column = column * 26 + letter.charCodeAt(0) - 64;
  const row = Number(digits);
  return column <= LAST_COLUMN && row >= 1 && row <= LAST_ROW ? { column: column - 1, row } : undefined;
}

/** `B`, as a spreadsheet names its second column. */
export function columnName(column: number): string {
  const rest = Math.floor(column / 26);
  return `${rest > 0 ? columnName(rest - 1) : ''}${String.fromCharCode(65 + (column % 26))}`;
}

type Cell = { column: number; type: string; style: number; value: string; text: string; formula: boolean };

const BOOLEANS: Readonly<Record<string, string>> = { '0': 'FALSE', '1': 'TRUE' };

function numberText({ value, style }: Cell, { formats, epoch1904 }: SheetContext): string {
  if (value.trim() === '') return '';
  const number = Number(value);
  return Number.isFinite(number) ? formatNumber(number, formats[style], epoch1904) : value;
}

/** By the cell's type; `str` is a formula's text, `d` an ISO date. */
const TEXTS: Readonly<Record<string, (cell: Cell, context: SheetContext) => string>> = {
  s: ({ value }, { strings }) => strings[Number(value)] ?? '',
  inlineStr: ({ text }) => unescaped(text),
  str: ({ value }) => unescaped(value),
  e: ({ value }) => value,
  b: ({ value }) => BOOLEANS[value.trim()] ?? value,
  d: ({ value }) => value.replace('T', ' ').replace(/(:\d\d):00(?:\.0+)?Z?$/, '$1'),
};

/** The text a cell shows; of formulas the result that was stored with them, never worked out here. */
const textOf = (cell: Cell, context: SheetContext): string => (TEXTS[cell.type] ?? numberText)(cell, context);

function problemOf(cell: Cell, text: string): CellProblem | undefined {
  const { column } = cell;
  if (cell.type === 'e') {
    return {
      column,
      value: text,
      reason: `the cell shows the error ${text}`,
      fix: 'write a value in place of the formula',
    };
  }
  if (!cell.formula || cell.value !== '' || cell.type === 'str') return undefined;
  return {
    column,
    value: '',
    reason: 'the cell is a formula without a stored result, and formulas are never worked out here',
    fix: 'open the file in Excel, save it, and upload that; or paste the column as values',
  };
}

const tooWide = (column: number): CuecardError =>
  new CuecardError(
    'too_large',
    `something stands in column ${columnName(column)}; at most ${LIMITS.columns} columns are read: delete what stands beside the table`,
  );

/** A sheet that is being read: where it stands, and what it has shown so far. */
type State = {
  rows: SheetRow[];
  merges: Merge[];
  row: number;
  column: number;
  current: SheetRow;
  cell: Cell | undefined;
};

/** Cells without an address stand beside the one before. */
function openCell(state: State, { r, t, s }: Readonly<Record<string, string>>): void {
  const column = r === undefined ? state.column + 1 : (addressOf(r)?.column ?? state.column + 1);
  state.column = column;
  state.cell = { column, type: t ?? 'n', style: Number(s ?? 0), value: '', text: '', formula: false };
}

function closeCell(state: State, context: SheetContext): void {
  const { cell, current } = state;
  state.cell = undefined;
  if (cell === undefined) return;
  const text = textOf(cell, context).replace(/\r\n?/g, '\n').trim();
  const problem = problemOf(cell, text);
  if (text === '' && problem === undefined) return;
  if (cell.column >= LIMITS.columns) throw tooWide(cell.column);
  current.cells[cell.column] = text;
  if (problem !== undefined) current.problems.push(problem);
}

function openRow(state: State, { r }: Readonly<Record<string, string>>): void {
  const stated = Number(r);
  state.row = Number.isInteger(stated) && stated >= 1 && stated <= LAST_ROW ? stated : state.row + 1;
  state.column = -1;
  state.current = { row: state.row, cells: [], problems: [] };
}

/** One more than the limit, for the header. */
function closeRow(state: State): void {
  if (state.current.cells.length === 0 && state.current.problems.length === 0) return;
  state.rows.push(state.current);
  if (state.rows.length > LIMITS.rows + 1) {
    throw new CuecardError('too_large', `the sheet has more than ${LIMITS.rows} rows: split the file`);
  }
}

/** Down its first column alone: a cell merged across is one cell with room, merged down it speaks for each row. */
function merge(state: State, { ref = '' }: Readonly<Record<string, string>>): void {
  const [first = '', last = ''] = ref.split(':');
  const [from, to] = [addressOf(first), addressOf(last)];
  if (from === undefined || to === undefined || to.row <= from.row || state.merges.length >= MOST_MERGES) return;
  state.merges.push({ fromRow: from.row, toRow: to.row, column: from.column });
}

type Reading = { into: 'value' | 'text' | undefined; silent: boolean };
type Opener = (state: State, reading: Reading, attributes: Readonly<Record<string, string>>) => void;

const OPEN: Readonly<Record<string, Opener>> = {
  row: (state, _, attributes) => openRow(state, attributes),
  c: (state, _, attributes) => openCell(state, attributes),
  mergeCell: (state, _, attributes) => merge(state, attributes),
  f: ({ cell }) => {
    if (cell !== undefined) cell.formula = true;
  },
  v: (_, reading) => {
    reading.into = 'value';
  },
  t: (_, reading) => {
    reading.into = 'text';
  },
  rPh: (_, reading) => {
    reading.silent = true;
  },
};

type Closer = (state: State, reading: Reading, context: SheetContext) => void;
const stopReading: Closer = (_, reading) => {
  reading.into = undefined;
};

const CLOSE: Readonly<Record<string, Closer>> = {
  v: stopReading,
  t: stopReading,
  rPh: (_, reading) => {
    reading.silent = false;
  },
  c: (state, _, context) => closeCell(state, context),
  row: (state) => closeRow(state),
};

function handlerOf(state: State, context: SheetContext): XmlHandler {
  const reading: Reading = { into: undefined, silent: false };
  return {
    open: (name, attributes) => OPEN[name]?.(state, reading, attributes),
    text(piece) {
      if (state.cell === undefined || reading.into === undefined || reading.silent) return;
      state.cell[reading.into] += piece;
    },
    close: (name) => CLOSE[name]?.(state, reading, context),
  };
}

/** Reads one sheet; empty rows and cells cost nothing but their reading. Raises `too_large` beyond a limit. */
export function readSheet(
  chunks: Iterable<Uint8Array>,
  context: SheetContext,
): { rows: SheetRow[]; merges: readonly Merge[] } {
  const current: SheetRow = { row: 0, cells: [], problems: [] };
  const state: State = { rows: [], merges: [], row: 0, column: -1, current, cell: undefined };
  readXml(chunks, handlerOf(state, context));
  return { rows: state.rows.sort((a, b) => a.row - b.row), merges: state.merges };
}
