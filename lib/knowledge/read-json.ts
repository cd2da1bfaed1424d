import * as z from 'zod';
import { Entry } from '../domain/entry.ts';
import { CuecardError } from '../domain/error.ts';
import type { RowProblem } from '../domain/knowledge.ts';
import { conditionProblem, slotProblem } from './check-text.ts';
import { decodeText } from './decode-text.ts';
import { circumstances, derivedId, questionKey } from './entry-rows.ts';
import { MAX_ROWS, shown } from './read-csv.ts';

/** One value of the file and the row it is reported under: its place in the list, or its line. */
type Value = { row: number; value: unknown };

/** An entry as a file may write it: id and intent are optional, a single `answer` stands for `answers`. */
const Written = z.record(z.string(), z.unknown());

const text = (value: unknown): string => shown(typeof value === 'string' ? value : (JSON.stringify(value) ?? ''));

function withDefaults(value: unknown): unknown {
  const written = Written.safeParse(value);
  if (!written.success) return value;
  const { answer, ...entry } = written.data;
  const language = entry.language === 'zh' || entry.language === 'en' ? entry.language : undefined;
  const id = entry.id ?? (typeof entry.question === 'string' ? derivedId(entry.question, language) : undefined);
  return {
    ...entry,
    id,
    intent: entry.intent ?? id,
    answers: entry.answers ?? (typeof answer === 'string' ? [{ text: answer }] : undefined),
  };
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((inner, step) => {
    const record = Written.safeParse(inner);
    return record.success ? record.data[String(step)] : Array.isArray(inner) ? inner[Number(step)] : undefined;
  }, value);
}

function textProblems(row: number, entry: Entry): RowProblem[] {
  const checks = [
    { column: 'ask', value: entry.ask ?? '', reason: entry.ask === undefined ? undefined : slotProblem(entry.ask) },
    ...entry.answers.flatMap((answer, index) => [
      { column: `answers.${index}.text`, value: answer.text, reason: slotProblem(answer.text) },
      {
        column: `answers.${index}.when`,
        value: answer.when ?? '',
        reason: answer.when === undefined ? undefined : conditionProblem(answer.when),
      },
    ]),
  ];
  return checks.flatMap(({ column, value, reason }) =>
    reason === undefined ? [] : [{ row, column, value: shown(value), reason }],
  );
}

function parseEntry({ row, value }: Value): Entry | RowProblem[] {
  const completed = withDefaults(value);
  const parsed = Entry.safeParse(completed);
  if (!parsed.success) {
    return parsed.error.issues.map((issue) => ({
      row,
      column: issue.path.join('.'),
      value: text(valueAt(completed, issue.path)),
      reason: issue.message,
    }));
  }
  const problems = textProblems(row, parsed.data);
  return problems.length > 0 ? problems : parsed.data;
}

/** Names an entry whose id, or whose question in the same circumstances, an earlier one has. */
function duplicate(row: number, entry: Entry, claims: Map<string, number>): RowProblem | undefined {
  const question = `${entry.language ?? ''}\n${questionKey(entry.question)}`;
  const keys = [`id ${entry.id}`, ...entry.answers.map((answer) => `${question}\n${circumstances(answer)}`)];
  const claimed = keys.find((key) => claims.has(key));
  if (claimed === undefined) {
    for (const key of keys) claims.set(key, row);
    return undefined;
  }
  const same = claimed.startsWith('id ') ? 'id' : 'question';
  const reason = `entry ${claims.get(claimed)} has the same ${same}${same === 'id' ? '' : ' in the same circumstances'}`;
  return { row, column: same, value: shown(entry[same]), reason };
}

function parseLines(source: string): { values: Value[]; rejected: RowProblem[] } {
  const values: Value[] = [];
  const rejected: RowProblem[] = [];
  source.split('\n').forEach((line, index) => {
    if (line.trim() === '') return;
    try {
      values.push({ row: index + 1, value: JSON.parse(line) });
    } catch {
      rejected.push({ row: index + 1, column: '', value: shown(line), reason: 'not JSON' });
    }
  });
  return { values, rejected };
}

const Envelope = z.union([
  z.array(z.unknown()),
  z.object({ entries: z.array(z.unknown()) }).transform(({ entries }) => entries),
]);

function parseWhole(source: string): unknown {
  try {
    return JSON.parse(source);
  } catch {
    return undefined;
  }
}

/** A list, `{entries: []}`, one entry, or one entry a line. */
function readValues(source: string): { values: Value[]; rejected: RowProblem[] } {
  const whole = parseWhole(source);
  const list = Envelope.safeParse(whole);
  if (list.success) {
    return { values: list.data.map((value, index) => ({ row: index + 1, value })), rejected: [] };
  }
  const lines = parseLines(source);
  if (lines.values.length > 0 && typeof lines.values[0]?.value === 'object') return lines;
  throw new CuecardError('invalid', 'the file is no JSON list of entries, no {"entries": []} and no JSON lines');
}

export type JsonEntries = { entries: Entry[]; rows: number; rejected: RowProblem[] };

/** Reads entries in the shape of `Entry`; `row` counts from 1 in the list, or is the line of JSON lines. */
export function readJsonEntries(bytes: Uint8Array): JsonEntries {
  const { values, rejected } = readValues(decodeText(bytes).text);
  const rows = values.length + rejected.length;
  if (rows > MAX_ROWS)
    throw new CuecardError('too_large', `the file has ${rows} entries, at most ${MAX_ROWS} are read`);
  const claims = new Map<string, number>();
  const entries: Entry[] = [];
  for (const value of values) {
    const parsed = parseEntry(value);
    const problems = Array.isArray(parsed) ? parsed : duplicate(value.row, parsed, claims);
    if (problems !== undefined) rejected.push(...[problems].flat());
    else if (!Array.isArray(parsed)) entries.push(parsed);
  }
  return { entries, rows, rejected };
}
