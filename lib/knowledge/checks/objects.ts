import * as z from 'zod';
import { Answer, Entry } from '../../domain/entry.ts';
import type { ColumnMapping, MappedColumn, RowProblem } from '../../domain/import-job.ts';
import { findPersonalData } from '../../domain/personal-data/find.ts';
import { joinLines } from '../cells.ts';
import { unreadable } from '../check-text.ts';
import type { EntryColumn } from '../columns.ts';
import { derivedId, type EntryRow, type RowContext, type Shared, warningsOf } from '../entry-rows.ts';
import { shown } from '../files/limits.ts';
import type { Table } from '../files/types.ts';
import { type CellProblem, cellProblem } from './cell-checks.ts';
import { type Place, problemAt } from './finding.ts';
import { secretIn } from './review.ts';
import type { RowsRead } from './table-rows.ts';
import { readTable } from './table-rows.ts';

type Placed = { row: number; value: unknown };
const Written = z.record(z.string(), z.unknown());
type Written = z.infer<typeof Written>;

const text = (value: unknown): string => shown(typeof value === 'string' ? value : (JSON.stringify(value) ?? ''));

/** In the shape of an entry: its answers are a list. Else it is a row of one, whose columns are its fields. */
const isEntryShaped = (value: Written): boolean => Array.isArray(value['answers']);

/** An answer may be written as its text. */
const answersOf = (answers: unknown): unknown =>
  Array.isArray(answers) ? answers.map((one) => (typeof one === 'string' ? { text: one } : one)) : answers;

function completed(value: Written): Written {
  const language = value['language'] === 'zh' || value['language'] === 'en' ? value['language'] : undefined;
  const question = value['question'];
  const id = value['id'] ?? (typeof question === 'string' ? derivedId(question, language) : undefined);
  return { ...value, id, intent: value['intent'] ?? id, answers: answersOf(value['answers']) };
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((inner, step) => {
    const record = Written.safeParse(inner);
    return record.success ? record.data[String(step)] : Array.isArray(inner) ? inner[Number(step)] : undefined;
  }, value);
}

/** Fields of an entry that are checked as the cells of a row are, and where they stand. */
function checkedFields(entry: Entry): { path: string; column: EntryColumn; value: string | undefined }[] {
  return [
    { path: 'question', column: 'question', value: entry.question },
    { path: 'ask', column: 'ask', value: entry.ask },
    ...entry.answers.flatMap((answer, index) => [
      { path: `answers.${index}.text`, column: 'answer' as const, value: answer.text },
      { path: `answers.${index}.when`, column: 'when' as const, value: answer.when },
      { path: `answers.${index}.attachments`, column: 'attachments' as const, value: joinLines(answer.attachments) },
    ]),
  ];
}

/** A cell that holds nothing is not there; a field may be there and hold nothing. */
function fieldProblem(column: EntryColumn, value: string, context: RowContext): CellProblem | undefined {
  const reason = column === 'question' || column === 'answer' ? unreadable(value) : undefined;
  return reason === undefined ? cellProblem(column, value, context) : { reason };
}

function problemsOf(row: number, entry: Entry, context: RowContext): RowProblem[] {
  const wrong = checkedFields(entry).flatMap(({ path, column, value }) => {
    const problem = value === undefined || value === '' ? undefined : fieldProblem(column, value, context);
    return problem === undefined ? [] : [{ row, column: path, ...problem, value: shown(problem.value ?? value ?? '') }];
  });
  const secrets = entry.answers.flatMap((answer, index) => {
    const secret = secretIn(findPersonalData(answer.text));
    return secret === undefined ? [] : [{ ...secret, row, column: `answers.${index}.text` }];
  });
  const reversed = entry.answers.flatMap(({ validFrom, validUntil }, index) =>
    validFrom !== undefined && validUntil !== undefined && Date.parse(validFrom) >= Date.parse(validUntil)
      ? [
          {
            row,
            column: `answers.${index}.validUntil`,
            value: validUntil,
            reason: 'it ends before it begins',
            fix: 'exchange the two dates',
          },
        ]
      : [],
  );
  return [...wrong, ...secrets, ...reversed];
}

const PATHS: Readonly<Partial<Record<EntryColumn, string>>> = {
  similar_questions: 'similarQuestions',
  answer: 'text',
  when: 'when',
  products: 'cards',
  attachments: 'attachments',
};

const placeOf = (row: number, answer: number | undefined): Place => ({
  row,
  label: (column) => {
    const field = PATHS[column] ?? column;
    const ofAnswer = ['text', 'when', 'cards', 'attachments'].includes(field);
    return ofAnswer && answer !== undefined ? `answers.${answer}.${field}` : field;
  },
});

/** Without the fields that are there and hold nothing. */
const definedOnly = (fields: object): Shared =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));

/** An entry as the rows it would be in a table, one an answer. */
function rowsOf(row: number, entry: Entry, derived: boolean, context: RowContext): EntryRow[] {
  const { id, answers, similarQuestions, ...written } = entry;
  const shared: Shared = definedOnly(written);
  return answers.map((answer, index) => ({
    place: placeOf(row, index),
    id,
    derived,
    shared: index === 0 ? shared : {},
    similarQuestions: index === 0 ? similarQuestions : [],
    answer,
    warnings:
      entry.passage === undefined
        ? warningsOf(index === 0 ? shared : {}, answer, findPersonalData(answer.text), context)
        : [],
  }));
}

const FIELDS: ReadonlySet<string> = new Set(Object.keys(Entry.shape));
const ANSWER_FIELDS: ReadonlySet<string> = new Set(Object.keys(Answer.shape));

const unknownIn = (fields: Written, known: ReadonlySet<string>, prefix: string): [string, unknown][] =>
  Object.entries(fields)
    .filter(([field]) => !known.has(field))
    .map(([field, value]) => [`${prefix}${field}`, value]);

/** Fields that an entry does not have: named, since nothing is read from them. */
function unknownFields(value: Written): [field: string, value: unknown][] {
  const answers: unknown[] = Array.isArray(value['answers']) ? value['answers'] : [];
  const ofAnswers = answers.flatMap((answer) => {
    const written = Written.safeParse(answer);
    return written.success ? unknownIn(written.data, ANSWER_FIELDS, 'answers.') : [];
  });
  return [...unknownIn(value, FIELDS, ''), ...ofAnswers];
}

/** Names the fields that nothing is read from, as the columns of a table are named. */
function noteUnknown(value: Written, noted: Map<string, MappedColumn>): void {
  for (const [header, inner] of unknownFields(value)) {
    const known = noted.get(header) ?? { header, column: null, samples: [] };
    if (known.samples.length < 3) known.samples.push(text(inner));
    noted.set(header, known);
  }
}

function readEntry({ row, value }: { row: number; value: Written }, context: RowContext): EntryRow[] | RowProblem[] {
  const whole = completed({
    ...value,
    language: value['language'] ?? context.language,
    policy: value['policy'] ?? context.policy,
  });
  const parsed = Entry.safeParse(whole);
  if (!parsed.success) {
    return parsed.error.issues.map((issue) => ({
      row,
      column: issue.path.join('.'),
      value: text(valueAt(whole, issue.path)),
      reason: issue.message,
    }));
  }
  const problems = problemsOf(row, parsed.data, context);
  return problems.length > 0 ? problems : rowsOf(row, parsed.data, value['id'] === undefined, context);
}

const isRead = (read: EntryRow[] | RowProblem[]): read is EntryRow[] => read.every((one) => 'place' in one);

const cellOf = (value: unknown): string => {
  if (Array.isArray(value)) return value.map(cellOf).join('\n');
  if (value === null || value === undefined) return '';
  return (typeof value === 'object' ? JSON.stringify(value) : String(value)).trim();
};

/** Flat objects as the table they are rows of. */
function tableOf(objects: readonly { row: number; value: Written }[]): Table {
  const headers = [...new Set(objects.flatMap(({ value }) => Object.keys(value)))];
  return {
    headers,
    rows: objects.map(({ row, value }) => ({ row, cells: headers.map((header) => cellOf(value[header])) })),
  };
}

/** Two entries of one id would overwrite each other. */
function sameId(row: number, rows: readonly EntryRow[], seen: Map<string, number>): RowProblem | undefined {
  const [first] = rows;
  if (first === undefined || first.derived) return undefined;
  const before = seen.get(first.id);
  if (before === undefined) {
    seen.set(first.id, row);
    return undefined;
  }
  const reason = `entry ${before} has the same id`;
  return problemAt(placeOf(row, undefined), { column: 'id', value: first.id, reason, fix: 'give it another id' });
}

function readEntries(objects: readonly { row: number; value: Written }[], context: RowContext): RowsRead {
  const read: RowsRead = { rows: [], rejected: [], columns: [], ignored: [], problems: [] };
  const seen = new Map<string, number>();
  const unknown = new Map<string, MappedColumn>();
  for (const object of objects) {
    noteUnknown(object.value, unknown);
    const rows = readEntry(object, context);
    const twice = isRead(rows) ? sameId(object.row, rows, seen) : undefined;
    if (twice !== undefined) read.rejected.push(twice);
    else if (isRead(rows)) read.rows.push(...rows);
    else read.rejected.push(...rows);
  }
  return { ...read, columns: [...unknown.values()], ignored: [...unknown.keys()] };
}

/** Objects of a file: entries as they are stored, rows of a table by name, or both. What is neither is named. */
export function readObjects(
  objects: readonly Placed[],
  mapping: ColumnMapping | undefined,
  context: RowContext,
): RowsRead {
  const rejected: RowProblem[] = [];
  const written = objects.flatMap(({ row, value }) => {
    const record = Written.safeParse(value);
    if (record.success) return [{ row, value: record.data }];
    rejected.push({
      row,
      column: '',
      value: text(value),
      reason: 'not an entry',
      fix: 'write {"question": "…", "answer": "…"}',
    });
    return [];
  });
  const whole = readEntries(
    written.filter(({ value }) => isEntryShaped(value)),
    context,
  );
  const flat = written.filter(({ value }) => !isEntryShaped(value));
  const rows = flat.length === 0 ? undefined : readTable(tableOf(flat), mapping, context, true);
  return {
    rows: [...whole.rows, ...(rows?.rows ?? [])],
    rejected: [...rejected, ...whole.rejected, ...(rows?.rejected ?? [])],
    columns: [...(rows?.columns ?? []), ...whole.columns],
    ignored: [...(rows?.ignored ?? []), ...whole.ignored],
    problems: rows?.problems ?? [],
  };
}
