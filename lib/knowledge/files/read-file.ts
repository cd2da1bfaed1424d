import { CuecardError } from '../../domain/error.ts';
import { articlesOf } from './articles.ts';
import { pickDelimiter, readCsvRows } from './csv.ts';
import { decodeText, type Encoding } from './decode-text.ts';
import { openBinary } from './detect.ts';
import { type Page, readPage } from './html.ts';
import { looksLikeJson, type Objects, readJson } from './json.ts';
import { LIMITS, megabytes } from './limits.ts';
import { looksLikeMarkdown, readMarkdown } from './markdown.ts';
import { type KnownHeaders, tableOf } from './table.ts';
import type { FileContent } from './types.ts';
import { readXlsx } from './xlsx.ts';
import { looksLikeYaml, readYaml } from './yaml.ts';

export type ReadOptions = {
  /** What the sender believes it is (`csv`, `md`, …): asked only where the content allows more than one answer. */
  hint?: string | undefined;
  /** Which headers are known, to find the header and the separator. */
  known: KnownHeaders;
};

const ofObjects = ({ detected, objects, rejected, warnings }: Objects): FileContent => ({
  kind: 'objects',
  detected,
  objects,
  rejected,
  warnings,
});

function ofCsv(text: string, encoding: Encoding, known: KnownHeaders): FileContent {
  const { table, rejected, warnings } = tableOf(readCsvRows(text, encoding, known), known, {
    counted: { characters: 0 },
  });
  return { kind: 'tables', detected: 'csv', tables: table === undefined ? [] : [table], rejected, warnings };
}

const looksLikeHtml = (text: string): boolean =>
  /^\s*(?:<\?xml[^>]*>\s*)?(?:<!--[\s\S]{0,5000}?-->\s*)*<(?:!doctype|html|head|body|div|p|h[1-6]|dl|details|table|article|main|section|ul|ol|span|meta|style|title|a|b|br|center|font)\b/i.test(
    text.slice(0, 20_000),
  );

function checkProse(text: string): void {
  if (text.length <= LIMITS.proseBytes) return;
  throw new CuecardError('too_large', `pages are read up to ${megabytes(LIMITS.proseBytes)}: split the file`);
}

/** Old systems export a page that is one table, and call it a workbook. */
function tablesOf(page: Page, known: KnownHeaders): FileContent | undefined {
  const rows = page.tables.find((table) => table.some(({ cells }) => known(cells) >= 2));
  if (rows === undefined) return undefined;
  const width = Math.max(...rows.map(({ cells }) => cells.length));
  const even = rows.map(({ cells }, index) => ({
    row: index + 1,
    cells: [...cells, ...Array<string>(width - cells.length).fill('')],
  }));
  const { table, rejected, warnings } = tableOf(even, known, { counted: { characters: 0 } });
  return { kind: 'tables', detected: 'html', tables: table === undefined ? [] : [table], rejected, warnings };
}

function ofHtml(text: string, known: KnownHeaders): FileContent {
  checkProse(text);
  const page = readPage([{ html: text }]);
  return tablesOf(page, known) ?? { kind: 'articles', detected: 'html', ...articlesOf(page), warnings: [] };
}

function ofMarkdown(text: string): FileContent {
  checkProse(text);
  return { kind: 'articles', detected: 'markdown', ...articlesOf(readMarkdown(text)), warnings: [] };
}

type Guess = 'csv' | 'yaml' | 'markdown';

/** Texts that could be several things: what names known columns is a table, then what has the marks of a kind. */
function guess(text: string, { hint, known }: ReadOptions): Guess {
  const table = pickDelimiter(text, known);
  if (table.known >= 2) return 'csv';
  if (looksLikeYaml(text)) return 'yaml';
  if (looksLikeMarkdown(text)) return 'markdown';
  if (hint === 'md' || hint === 'html') return 'markdown';
  return hint === 'yaml' ? 'yaml' : 'csv';
}

const SPREADSHEET_XML = /<\?mso-application[^>]*Excel|urn:schemas-microsoft-com:office:spreadsheet/i;

function ofText(text: string, encoding: Encoding, options: ReadOptions): FileContent {
  if (text.trim() === '') throw new CuecardError('invalid', 'the file is empty');
  if (looksLikeJson(text)) return ofObjects(readJson(text));
  if (SPREADSHEET_XML.test(text.slice(0, 2_000))) {
    throw new CuecardError(
      'unsupported_media',
      'the file is an XML spreadsheet of Excel 2003, which is not read: save it as an Excel workbook (.xlsx) and upload that',
    );
  }
  if (looksLikeHtml(text)) return ofHtml(text, options.known);
  const kind = guess(text, options);
  if (kind === 'yaml') return ofObjects(readYaml(text));
  return kind === 'markdown' ? ofMarkdown(text) : ofCsv(text, encoding, options.known);
}

/** Readers of nested texts call themselves; what overflows their stack is nested past all use. */
const tooDeep = (cause: RangeError): CuecardError =>
  new CuecardError('invalid', 'the file is nested too deeply to be read', { cause });

/**
 * What a file holds, by its content: neither its name nor what the sender says is believed. Rows that cannot be read are
 * named, the others kept. Runs for seconds on hostile files: call it in a worker (`read-in-worker.ts`). Raises
 * `unsupported_media`, `too_large` or `invalid` with what to do.
 */
export function readFile(bytes: Uint8Array, options: ReadOptions): FileContent {
  if (bytes.length === 0) throw new CuecardError('invalid', 'the file is empty');
  if (bytes.length > LIMITS.bytes) {
    throw new CuecardError(
      'too_large',
      `the file has ${megabytes(bytes.length)}, at most ${megabytes(LIMITS.bytes)} are read`,
    );
  }
  try {
    const zip = openBinary(bytes);
    if (zip !== undefined) return { kind: 'tables', detected: 'xlsx', ...readXlsx(zip, options.known) };
    const { text, encoding } = decodeText(bytes);
    return ofText(text.replace(/^\uFEFF/, ''), encoding, options);
  } catch (error) {
    if (error instanceof RangeError) throw tooDeep(error);
    throw error;
  }
}
