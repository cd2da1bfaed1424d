import { Entry } from '../domain/entry.ts';
import type { RowProblem } from '../domain/knowledge.ts';
import type { EntryColumn } from './columns.ts';
import { circumstances, type EntryRow, entryOf, questionKey, type Report, type Shared } from './entry-rows.ts';

/** DynamoDB holds 400 KB an item; an entry shares its item with keys and counters. */
export const MAX_ENTRY_BYTES = 350_000;

type Grouped = { entries: Entry[]; rejected: RowProblem[] };

/** What the whole entry says, the row that says it first, and the rows that contradict it. */
type Agreed = { shared: Shared; rows: EntryRow[]; rejected: RowProblem[] };

const SHARED_FIELDS = ['question', 'intent', 'language', 'category', 'policy', 'ask', 'shortcut'] as const;

function contradiction(known: Shared, row: EntryRow): (typeof SHARED_FIELDS)[number] | undefined {
  return SHARED_FIELDS.find(
    (field) =>
      known[field] !== undefined && row.shared[field] !== undefined && String(known[field]) !== row.shared[field],
  );
}

/** Lets the first row that says something decide; later rows may repeat it, not contradict it. */
function agree(rows: readonly EntryRow[], report: Report): Agreed {
  let shared: Shared = {};
  const saidAt = new Map<string, number>();
  const agreed: Agreed = { shared, rows: [], rejected: [] };
  for (const row of rows) {
    const field = contradiction(shared, row);
    if (field !== undefined) {
      const reason = `row ${saidAt.get(field)} says otherwise for the same entry: ${String(shared[field])}`;
      agreed.rejected.push(report(row.row, field, String(row.shared[field]), reason));
      continue;
    }
    for (const name of Object.keys(row.shared)) if (!saidAt.has(name)) saidAt.set(name, row.row);
    shared = { ...row.shared, ...shared };
    agreed.rows.push(row);
  }
  return { ...agreed, shared };
}

/** Remembers which row first claimed a question in its circumstances. */
type Claims = Map<string, { row: number; id: string; text: string }>;

function duplicate(row: EntryRow, shared: Shared, claims: Claims, report: Report): RowProblem | undefined {
  const question = shared.question ?? '';
  const key = `${shared.language ?? ''}\n${questionKey(question)}\n${circumstances(row.answer)}`;
  const claim = claims.get(key);
  if (claim === undefined) {
    claims.set(key, { row: row.row, id: row.id, text: row.answer.text });
    return undefined;
  }
  if (claim.id !== row.id || row.derived) {
    return report(row.row, 'question', question, `row ${claim.row} has the same question in the same circumstances`);
  }
  const repeated = claim.text === row.answer.text;
  return repeated ? report(row.row, 'answer', row.answer.text, `row ${claim.row} has the same answer`) : undefined;
}

const COLUMN_OF: Readonly<Record<string, EntryColumn>> = {
  similarQuestions: 'similar_questions',
  answers: 'answer',
  attachments: 'attachments',
  channels: 'channels',
  cards: 'products',
};

/** The last check, of the entry as a whole: how many of each it holds, and its size. */
function checkEntry(entry: Entry): Entry | { column: EntryColumn; reason: string } {
  const parsed = Entry.safeParse(entry);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    const known = issue?.path.map((step) => COLUMN_OF[String(step)]).filter((column) => column !== undefined);
    return { column: known?.at(-1) ?? 'question', reason: issue?.message ?? 'not a valid entry' };
  }
  const bytes = Buffer.byteLength(JSON.stringify(entry));
  if (bytes <= MAX_ENTRY_BYTES) return parsed.data;
  return { column: 'similar_questions', reason: `the entry takes ${bytes} bytes, at most ${MAX_ENTRY_BYTES}` };
}

function groupOne(id: string, rows: readonly EntryRow[], claims: Claims, report: Report): Grouped {
  const { shared, rows: agreeing, rejected } = agree(rows, report);
  if (shared.question === undefined) {
    const reason = 'the question is missing, and no other good row of this entry has it';
    return { entries: [], rejected: [...rejected, ...agreeing.map((row) => report(row.row, 'question', '', reason))] };
  }
  const kept = agreeing.filter((row) => {
    const problem = duplicate(row, shared, claims, report);
    if (problem !== undefined) rejected.push(problem);
    return problem === undefined;
  });
  const first = kept[0];
  if (first === undefined) return { entries: [], rejected };
  const entry = entryOf(id, shared, kept);
  const checked = checkEntry(entry);
  if ('id' in checked) return { entries: [checked], rejected };
  rejected.push(report(first.row, checked.column, entry.question, checked.reason));
  return { entries: [], rejected };
}

/** Rows of one id become one entry with an answer a row. */
export function groupRows(rows: readonly EntryRow[], report: Report): Grouped {
  const claims: Claims = new Map();
  const entries: Entry[] = [];
  const rejected: RowProblem[] = [];
  for (const [id, group] of Map.groupBy(rows, (row) => row.id)) {
    const grouped = groupOne(id, group, claims, report);
    entries.push(...grouped.entries);
    rejected.push(...grouped.rejected);
  }
  return { entries, rejected };
}
