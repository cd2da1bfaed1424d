import { createHash } from 'node:crypto';
import type { Answer, Entry, Policy } from '../domain/entry.ts';
import type { RowProblem } from '../domain/knowledge.ts';
import type { Language } from '../domain/language.ts';
import { exactKey, normalize } from '../engine/normalize.ts';
import { languageOf, policyOf, splitLines, splitNames } from './cells.ts';
import { conditionProblem, slotProblem } from './check-text.ts';
import type { EntryColumn } from './columns.ts';
import type { Row } from './read-csv.ts';
import { parseValidity } from './validity.ts';

/** What belongs to the whole entry, not to one answer; the first row that has it says it. */
export type Shared = Partial<{
  question: string;
  intent: string;
  language: Language;
  category: string;
  policy: Policy;
  ask: string;
  shortcut: string;
  note: string;
}>;

/** One good row: an answer, and what the row says of its entry. */
export type EntryRow = {
  row: number;
  id: string;
  /** The id was made from the question: then the question alone tells two entries apart. */
  derived: boolean;
  shared: Shared;
  similarQuestions: string[];
  answer: Answer;
};

export type Report = (row: number, column: EntryColumn, value: string, reason: string) => RowProblem;
export type RowContext = { timeZone: string; report: Report };

export const questionKey = (question: string): string => exactKey(normalize(question));

/** The same question always gets the same id, so that a file without ids can be imported again. */
export function derivedId(question: string, language: Language | undefined): string {
  const hash = createHash('sha256').update(`${language ?? ''}\n${questionKey(question)}`);
  return `q_${hash.digest('hex').slice(0, 12)}`;
}

const LIMITS: Readonly<Partial<Record<EntryColumn, number>>> = {
  id: 200,
  intent: 200,
  question: 1_000,
  answer: 5_000,
  when: 500,
  ask: 1_000,
  category: 100,
  shop: 100,
  shortcut: 50,
  note: 5_000,
};

type Check = (value: string, context: RowContext) => string | undefined;

const CHECKS: Readonly<Partial<Record<EntryColumn, Check>>> = {
  id: (value) => (/^[\p{L}\p{N}._:@+=/-]+$/u.test(value) ? undefined : 'letters, digits and . _ : @ + = / - only'),
  similar_questions: (value) => {
    const long = splitLines(value).find((question) => question.length > 1_000);
    return long === undefined ? undefined : 'a similar question is longer than 1000 characters';
  },
  answer: slotProblem,
  when: conditionProblem,
  ask: slotProblem,
  language: (value) => (languageOf(value) === undefined ? 'not a language we know: zh or en' : undefined),
  policy: (value) => (policyOf(value) === undefined ? 'not a policy: auto, assist or human' : undefined),
  valid_from: (value, { timeZone }) => dateProblem(value, timeZone),
  valid_until: (value, { timeZone }) => dateProblem(value, timeZone),
};

const dateProblem = (value: string, timeZone: string): string | undefined =>
  parseValidity(value, timeZone, 'start') === undefined ? 'not a date: write 2026-11-11 20:00' : undefined;

function cellProblem(column: EntryColumn, value: string, context: RowContext): string | undefined {
  const limit = LIMITS[column];
  if (limit !== undefined && value.length > limit) {
    return `too long: ${value.length} characters, at most ${limit}`;
  }
  return CHECKS[column]?.(value, context);
}

function period(cells: Row<EntryColumn>['cells'], timeZone: string): Pick<Answer, 'validFrom' | 'validUntil'> {
  const from = parseValidity(cells.get('valid_from') ?? '', timeZone, 'start');
  const until = parseValidity(cells.get('valid_until') ?? '', timeZone, 'end');
  return {
    ...(from === undefined ? {} : { validFrom: from }),
    ...(until === undefined ? {} : { validUntil: until }),
  };
}

/** Everything wrong with a row's own cells. */
function problemsOf({ row, cells }: Row<EntryColumn>, context: RowContext): RowProblem[] {
  const problems: RowProblem[] = [];
  for (const [column, value] of cells) {
    const reason = cellProblem(column, value, context);
    if (reason !== undefined) problems.push(context.report(row, column, value, reason));
  }
  if (!cells.has('answer')) problems.push(context.report(row, 'answer', '', 'the answer is missing'));
  if (!cells.has('question') && !cells.has('id')) {
    problems.push(context.report(row, 'question', '', 'the question is missing'));
  }
  const { validFrom, validUntil } = period(cells, context.timeZone);
  if (validFrom !== undefined && validUntil !== undefined && Date.parse(validFrom) >= Date.parse(validUntil)) {
    const value = cells.get('valid_until') ?? '';
    problems.push(context.report(row, 'valid_until', value, 'it ends before it begins'));
  }
  return problems;
}

const named = <Name extends string, Value>(name: Name, value: Value | undefined): { [K in Name]?: Value } =>
  (value === undefined ? {} : { [name]: value }) as { [K in Name]?: Value };

function answerOf(cells: Row<EntryColumn>['cells'], timeZone: string): Answer {
  const list = (column: EntryColumn, split: (cell: string) => string[]): string[] | undefined => {
    const cell = cells.get(column);
    return cell === undefined ? undefined : split(cell);
  };
  return {
    text: cells.get('answer') ?? '',
    ...named('when', cells.get('when')),
    ...period(cells, timeZone),
    ...named('channels', list('channels', splitNames)),
    ...named('shop', cells.get('shop')),
    ...named('attachments', list('attachments', splitLines)),
    ...named('cards', list('products', splitNames)),
  };
}

function sharedOf(cells: Row<EntryColumn>['cells']): Shared {
  return {
    ...named('question', cells.get('question')),
    ...named('intent', cells.get('intent')),
    ...named('language', languageOf(cells.get('language') ?? '')),
    ...named('category', cells.get('category')),
    ...named('policy', policyOf(cells.get('policy') ?? '')),
    ...named('ask', cells.get('ask')),
    ...named('shortcut', cells.get('shortcut')),
    ...named('note', cells.get('note')),
  };
}

/** A row as an answer of its entry, or everything that is wrong with it. */
export function readEntryRow(row: Row<EntryColumn>, context: RowContext): EntryRow | RowProblem[] {
  const problems = problemsOf(row, context);
  if (problems.length > 0) return problems;
  const shared = sharedOf(row.cells);
  const id = row.cells.get('id');
  return {
    row: row.row,
    id: id ?? derivedId(shared.question ?? '', shared.language),
    derived: id === undefined,
    shared,
    similarQuestions: splitLines(row.cells.get('similar_questions') ?? ''),
    answer: answerOf(row.cells, context.timeZone),
  };
}

/** What decides when an answer is used: two answers that agree in it compete. */
export const circumstances = (answer: Answer): string =>
  JSON.stringify([
    answer.when?.replace(/\s+/g, ' ') ?? '',
    answer.validFrom ?? '',
    answer.validUntil ?? '',
    [...(answer.channels ?? [])].sort(),
    answer.shop ?? '',
  ]);

/** The entry that good rows of one id make; the first row holds the question. */
export function entryOf(id: string, shared: Shared, rows: readonly EntryRow[]): Entry {
  const question = shared.question ?? '';
  const own = questionKey(question);
  const similar = new Map<string, string>();
  for (const text of rows.flatMap((row) => row.similarQuestions)) {
    const key = questionKey(text);
    if (key !== own && !similar.has(key)) similar.set(key, text);
  }
  return {
    id: id as Entry['id'],
    intent: shared.intent ?? id,
    ...named('language', shared.language),
    ...named('category', shared.category),
    question,
    similarQuestions: [...similar.values()],
    answers: rows.map((row) => row.answer),
    ...named('ask', shared.ask),
    policy: shared.policy ?? 'auto',
    ...named('shortcut', shared.shortcut),
    ...named('note', shared.note),
  };
}
