import type { Entry } from '../domain/entry.ts';
import type { TenantId } from '../domain/ids.ts';
import type { DraftStore } from '../ports/draft.ts';
import { SHEET_COLUMNS, sheetRows } from './checks/sheet-rows.ts';

export type ExportFormat = 'csv' | 'xlsx' | 'json';

/** Excel opens a file as UTF-8 only when it begins with this. */
const BOM = '\uFEFF';

/**
 * A cell that a spreadsheet would run as a formula is led by an apostrophe, which shows it as text; reading takes one
 * apostrophe away again. A text that has such apostrophes itself gets one more, so that both ways agree.
 */
const neutralised = (cell: string): string => (/^'*[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell);

const quoted = (cell: string): string => {
  const safe = neutralised(cell);
  return /[",;\n\r\t]|^\s|\s$/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
};

const lineOf = (cells: readonly string[]): string => `${cells.map(quoted).join(',')}\r\n`;

/** A spreadsheet that imports to the same entries, piece by piece. */
function* csvPieces(pages: Iterable<readonly Entry[]>): Generator<string> {
  yield BOM + lineOf(SHEET_COLUMNS);
  for (const page of pages) yield page.flatMap(sheetRows).map(lineOf).join('');
}

export const entriesToCsv = (entries: readonly Entry[]): string => [...csvPieces([entries])].join('');

/** One entry a line within the list: large files can be read and compared by line. */
function* jsonPieces(pages: Iterable<readonly Entry[]>): Generator<string> {
  let before = '[\n';
  for (const page of pages) {
    for (const entry of page) {
      yield before + JSON.stringify(entry);
      before = ',\n';
    }
  }
  yield before === '[\n' ? '[]\n' : '\n]\n';
}

const WIDTHS: Readonly<Record<string, number>> = { question: 40, similar_questions: 40, answer: 60, when: 24 };

/**
 * The workbook's writer keeps its texts in a plain object, where `constructor` and its like stand already and would come
 * out as code. With a blank behind them they are texts like others; a reader trims it away.
 */
const asCell = (value: string): string => (value in Object.prototype ? `${value} ` : value);

/** A workbook of one sheet. Every cell is of the type text, so that none of them is ever a formula. */
export async function entriesToXlsx(entries: readonly Entry[]): Promise<Uint8Array> {
  const { default: writeXlsxFile } = await import('write-excel-file/node');
  const cell = (value: string) => (value === '' ? null : { type: String, value: asCell(value) });
  const header = SHEET_COLUMNS.map((value) => ({ type: String, value, fontWeight: 'bold' as const }));
  const rows = entries.flatMap(sheetRows).map((cells) => cells.map(cell));
  const columns = SHEET_COLUMNS.map((name) => ({ width: WIDTHS[name] ?? 14 }));
  return writeXlsxFile([header, ...rows], { sheet: 'entries', columns, stickyRowsCount: 1 }).toBuffer();
}

const encode = (pieces: Iterable<string>): Uint8Array => {
  const encoder = new TextEncoder();
  return Buffer.concat(Array.from(pieces, (piece) => encoder.encode(piece)));
};

const WRITE: Readonly<Record<ExportFormat, (entries: readonly Entry[]) => Uint8Array | Promise<Uint8Array>>> = {
  csv: (entries) => encode(csvPieces([entries])),
  json: (entries) => encode(jsonPieces([entries])),
  xlsx: entriesToXlsx,
};

/** Entries as a file that imports to the same ones. */
export const writeEntries = async (entries: readonly Entry[], format: ExportFormat): Promise<Uint8Array> =>
  WRITE[format](entries);

/** The whole draft as a file that can be imported again. */
export async function exportEntries(drafts: DraftStore, tenant: TenantId, format: ExportFormat): Promise<Uint8Array> {
  const { generation } = await drafts.head(tenant);
  return writeEntries(await drafts.all(tenant, generation), format);
}
