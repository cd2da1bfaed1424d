/** Phrases from the table that a team keeps them in: CSV, a workbook, or JSON. Bad rows are named, the others taken in. */
import { createHash } from 'node:crypto';
import type { DeskPhrase, PhraseImport } from '../domain/contract/desk-session.ts';
import { badParameter, codeOf } from '../domain/desk-phrases.ts';
import { CuecardError } from '../domain/error.ts';
import type { ImportMode, RowProblem } from '../domain/import-job.ts';
import { languageOf } from './cells.ts';
import { type ColumnNames, foldHeader, headersOf } from './columns.ts';
import { shown } from './files/limits.ts';
import { readFile } from './files/read-file.ts';
import { knownHeaders, nameColumns, type Row } from './named-table.ts';

export const PHRASE_COLUMNS = {
  id: ['编号'],
  shortcut: ['快捷码', '快捷键', '代码', 'code', 'short code'],
  title: ['标题', '名称', 'name', 'question'],
  text: ['内容', '话术', '文本', '正文', '快捷短语', 'content', 'message', 'phrase', 'reply', 'answer', '答案', '回复'],
  language: ['语言', 'lang'],
} as const satisfies ColumnNames<string>;
type Column = keyof typeof PHRASE_COLUMNS;

const MAX_TEXT = 2_000;
const MAX_SHORTCUT = 50;
const MAX_TITLE = 200;
/** Phrases of one list. */
const MAX_PHRASES = 500;

type Read = { phrases: DeskPhrase[]; rejected: RowProblem[] };

/** What a file holds. Raises `invalid`, `too_large` or `unsupported_media`, saying what to do. */
export function readPhrases(bytes: Uint8Array): Read {
  const content = readFile(bytes, { hint: undefined, known: knownHeaders(PHRASE_COLUMNS) });
  if (content.kind === 'articles')
    throw new CuecardError('invalid', 'this is a page of prose: phrases come in a table');
  const tables =
    content.kind === 'tables'
      ? content.tables.map((table) => nameColumns<Column>(table, [], PHRASE_COLUMNS, ['text']))
      : [{ rows: content.objects.map(rowOf), label: (name: Column): string => name }];
  const result: Read = { phrases: [], rejected: [...content.rejected] };
  const codes = new Map<string, number>();
  for (const { rows, label } of tables) for (const row of rows) take(row, label, codes, result);
  return result;
}

const NAMES = headersOf(PHRASE_COLUMNS);

function rowOf({ row, value }: { row: number; value: unknown }): Row<Column> {
  const cells = new Map<Column, string>();
  const fields = typeof value === 'object' && value !== null ? Object.entries(value) : [];
  for (const [header, cell] of fields) {
    const name = NAMES.get(foldHeader(header));
    if (name !== undefined && (typeof cell === 'string' || typeof cell === 'number'))
      cells.set(name, String(cell).trim());
  }
  return { row, cells };
}

function take(
  { row, cells }: Row<Column>,
  label: (name: Column) => string,
  codes: Map<string, number>,
  result: Read,
): void {
  const problem = problemOf(cells, codes);
  if (problem !== undefined) {
    const value = shown(cells.get(problem.column) ?? '');
    result.rejected.push({ row, column: label(problem.column), value, reason: problem.reason });
    return;
  }
  const phrase = phraseOf(cells);
  if (phrase.shortcut !== undefined) codes.set(codeOf(phrase.shortcut), row);
  result.phrases.push(phrase);
}

type Problem = { column: Column; reason: string };

function problemOf(cells: ReadonlyMap<Column, string>, codes: ReadonlyMap<string, number>): Problem | undefined {
  const text = cells.get('text') ?? '';
  if (text === '') return { column: 'text', reason: 'the phrase has no text' };
  if (text.length > MAX_TEXT)
    return { column: 'text', reason: `too long: ${text.length} characters, at most ${MAX_TEXT}` };
  const bad = badParameter(text);
  if (bad !== undefined) return { column: 'text', reason: bad };
  const language = cells.get('language');
  if (language !== undefined && languageOf(language) === undefined)
    return { column: 'language', reason: 'write zh or en' };
  return codeProblem(cells.get('shortcut'), codes);
}

function codeProblem(shortcut: string | undefined, codes: ReadonlyMap<string, number>): Problem | undefined {
  if (shortcut === undefined) return undefined;
  if (shortcut.length > MAX_SHORTCUT || /\s/.test(shortcut)) {
    return { column: 'shortcut', reason: `a code has at most ${MAX_SHORTCUT} characters and no spaces` };
  }
  const row = codes.get(codeOf(shortcut));
  return row === undefined ? undefined : { column: 'shortcut', reason: `row ${row} has this code already` };
}

/** The same row is the same phrase whenever it is read: by its id, its code, or its words. */
function phraseOf(cells: ReadonlyMap<Column, string>): DeskPhrase {
  const text = cells.get('text') ?? '';
  const [shortcut, title, id] = [cells.get('shortcut'), cells.get('title')?.slice(0, MAX_TITLE), cells.get('id')];
  const language = languageOf(cells.get('language') ?? '');
  const told = id?.slice(0, 100) ?? (shortcut === undefined ? (title ?? text) : codeOf(shortcut));
  return {
    id: id?.slice(0, 100) ?? `phr_${createHash('sha256').update(told).digest('base64url').slice(0, 16)}`,
    text,
    ...(title === undefined ? {} : { title }),
    ...(shortcut === undefined ? {} : { shortcut }),
    ...(language === undefined ? {} : { language }),
  };
}

const key = ({ shortcut, id }: DeskPhrase): string =>
  shortcut === undefined ? `id ${id}` : `code ${codeOf(shortcut)}`;
const isSame = (a: DeskPhrase, b: DeskPhrase): boolean =>
  a.text === b.text && a.title === b.title && a.shortcut === b.shortcut && a.language === b.language;

/** A list with what a file brings: one code, one phrase. `replace` leaves nothing else. Raises `too_large`. */
export function mergePhrases(
  list: readonly DeskPhrase[],
  { phrases, rejected }: Read,
  mode: ImportMode,
): { list: DeskPhrase[]; report: PhraseImport } {
  const known = new Map(list.map((phrase) => [key(phrase), phrase]));
  const byId = new Map(list.map((phrase) => [phrase.id, phrase]));
  const before = (phrase: DeskPhrase): DeskPhrase | undefined => known.get(key(phrase)) ?? byId.get(phrase.id);
  const brought = new Map(phrases.map((phrase) => [before(phrase)?.id ?? phrase.id, phrase]));
  const kept = mode === 'merge' ? list.filter(({ id }) => !brought.has(id)) : [];
  const next = [...kept, ...[...brought].map(([id, phrase]) => ({ ...phrase, id }))];
  if (next.length > MAX_PHRASES) throw new CuecardError('too_large', `a list holds at most ${MAX_PHRASES} phrases`);
  const changed = phrases.filter(
    (phrase) => before(phrase) !== undefined && !isSame(before(phrase) ?? phrase, phrase),
  ).length;
  const added = phrases.filter((phrase) => before(phrase) === undefined).length;
  return {
    list: next,
    report: {
      added,
      changed,
      unchanged: phrases.length - added - changed,
      removed: mode === 'merge' ? 0 : list.filter(({ id }) => !brought.has(id)).length,
      rejected: rejected.slice(0, MAX_PHRASES),
    },
  };
}
