import { CuecardError } from '../../domain/error.ts';
import { EvaluationRow } from '../../domain/evaluation.ts';
import type { RowProblem } from '../../domain/import-job.ts';
import { languageOf } from '../cells.ts';
import type { FileContent, Table } from '../files/types.ts';

/** More are split into several runs, which can be compared as well. */
export const MAX_ROWS = 20_000;
export const MAX_BYTES = 4 * 1024 * 1024;

type Column = 'question' | 'expected' | 'language';

/** What people head these columns with; of several that are there the first named counts. */
export const EVALUATION_COLUMNS: Readonly<Record<Column, readonly string[]>> = {
  question: [
    'question',
    'text',
    'query',
    'utterance',
    'message',
    '问题',
    '用户问题',
    '客户问题',
    '测试问题',
    '提问',
    '问法',
    '句子',
    '标准问',
  ],
  expected: [
    'expected',
    'expected entry',
    'expected intent',
    'entry',
    'entry id',
    'intent',
    'label',
    'id',
    '期望',
    '预期',
    '期望结果',
    '期望条目',
    '期望意图',
    '预期意图',
    '条目',
    '意图',
    '标签',
    '编号',
  ],
  language: ['language', 'lang', '语言'],
};
const COLUMNS = ['question', 'expected', 'language'] as const satisfies readonly Column[];

const fold = (header: string): string =>
  header
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s_\-*\uFEFF]/g, '');

/** Where each column stands, 0-based. */
function columnsIn(headers: readonly string[]): Partial<Record<Column, number>> {
  const folded = headers.map(fold);
  const found = COLUMNS.flatMap((column) => {
    const name = EVALUATION_COLUMNS[column].map(fold).find((one) => folded.includes(one));
    return name === undefined ? [] : [[column, folded.indexOf(name)] as const];
  });
  return Object.fromEntries(found);
}

export type Rows = { rows: EvaluationRow[]; rejected: RowProblem[] };

/** A row as it was written, before anybody believes it. `names`: the columns as the file calls them. */
type Raw = {
  sheet?: string;
  row: number;
  cells: Readonly<Record<Column, string>>;
  names: Readonly<Record<Column, string>>;
};

const FIXES: Readonly<Record<Column, string>> = {
  question: 'write what a customer would, in at most 4,000 characters',
  expected: "write an entry's id, an intent, or none",
  language: 'write zh or en, or leave it empty',
};

const SHOWN = 200;

function problemOf({ sheet, row, cells, names }: Raw, column: Column, reason: string): RowProblem {
  const value = cells[column].slice(0, SHOWN).toWellFormed();
  return { ...(sheet === undefined ? {} : { sheet }), row, column: names[column], value, reason, fix: FIXES[column] };
}

function reasonsAgainst({ cells: { question, expected, language } }: Raw): [Column, string][] {
  const reasons: [Column, string][] = [];
  if (question === '') reasons.push(['question', 'the question is missing']);
  if (question.length > 4_000) reasons.push(['question', `the question has ${question.length} characters`]);
  if (expected === '') reasons.push(['expected', 'what is expected is missing']);
  if (expected.length > 200) reasons.push(['expected', 'no entry and no intent has so long a name']);
  if (language !== '' && languageOf(language) === undefined)
    reasons.push(['language', 'this is not a language we know']);
  return reasons;
}

function checked(raws: readonly Raw[]): Rows {
  const rows: EvaluationRow[] = [];
  const rejected: RowProblem[] = [];
  for (const raw of raws) {
    const reasons = reasonsAgainst(raw);
    rejected.push(...reasons.map(([column, reason]) => problemOf(raw, column, reason)));
    const language = languageOf(raw.cells.language);
    const { question, expected } = raw.cells;
    if (reasons.length > 0) continue;
    rows.push(
      EvaluationRow.parse({ row: raw.row, question, expected, ...(language === undefined ? {} : { language }) }),
    );
  }
  return { rows, rejected };
}

function fromTable({ sheet, headers, rows }: Table): Raw[] {
  const at = columnsIn(headers);
  const { question, expected } = at;
  if (question === undefined || expected === undefined) return [];
  const names = namesIn(headers, at);
  return rows.map(({ row, cells }) => ({
    ...(sheet === undefined ? {} : { sheet }),
    row,
    names,
    cells: {
      question: textAt(cells, question),
      expected: textAt(cells, expected),
      language: textAt(cells, at.language),
    },
  }));
}

function namesIn(headers: readonly string[], at: Partial<Record<Column, number>>): Raw['names'] {
  const name = (column: Column): string => headers[at[column] ?? -1] ?? column;
  return { question: name('question'), expected: name('expected'), language: name('language') };
}

const textAt = (cells: readonly string[], at: number | undefined): string =>
  at === undefined ? '' : (cells[at] ?? '').trim();

function fromObject({ row, value }: { row: number; value: unknown }): Raw {
  const fields = typeof value === 'object' && value !== null ? Object.entries(value) : [];
  const headers = fields.map(([name]) => name);
  const at = columnsIn(headers);
  const cells = fields.map(([, one]) => (typeof one === 'string' || typeof one === 'number' ? String(one) : ''));
  return {
    row,
    names: namesIn(headers, at),
    cells: {
      question: textAt(cells, at.question),
      expected: textAt(cells, at.expected),
      language: textAt(cells, at.language),
    },
  };
}

function refuseMany(count: number): void {
  if (count <= MAX_ROWS) return;
  throw new CuecardError('too_large', `the file has ${count} rows, at most ${MAX_ROWS} are asked at once: split it`);
}

const WANTED =
  'the first row names the columns question and expected (问题, 期望); the rows below hold a question, and the id of its entry, its intent, or none';

/** Raises `invalid` where no table has the columns, naming those that it has. */
function checkColumns(tables: readonly Table[]): void {
  if (tables.some(({ headers }) => hasBoth(headers))) return;
  const [first] = tables;
  const missing = COLUMNS.slice(0, 2).filter((column) => columnsIn(first?.headers ?? [])[column] === undefined);
  const found = (first?.headers ?? []).filter((header) => header !== '').slice(0, SHOWN_HEADERS);
  const have = found.length === 0 ? '' : `; the columns are ${found.join(', ')}`;
  throw new CuecardError('invalid', `no column is called ${missing.join(' or ')}${have}: ${WANTED}`);
}

const SHOWN_HEADERS = 20;

function hasBoth(headers: readonly string[]): boolean {
  const { question, expected } = columnsIn(headers);
  return question !== undefined && expected !== undefined;
}

/** Rows of a file that was read. Raises `invalid` where it holds none, `too_large` above `MAX_ROWS`. */
export function rowsOf(content: FileContent): Rows {
  if (content.kind === 'articles') throw new CuecardError('invalid', `this is prose and no table: ${WANTED}`);
  if (content.kind === 'tables') checkColumns(content.tables);
  const raws = content.kind === 'tables' ? content.tables.flatMap(fromTable) : content.objects.map(fromObject);
  refuseMany(raws.length);
  const { rows, rejected } = checked(raws);
  const all = [...content.rejected, ...rejected];
  if (rows.length === 0 && all.length === 0) throw new CuecardError('invalid', `there are no rows: ${WANTED}`);
  return { rows, rejected: all };
}
