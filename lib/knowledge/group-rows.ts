import { Entry, type Policy } from '../domain/entry.ts';
import { type Finding, placeName } from './checks/finding.ts';
import type { EntryColumn } from './columns.ts';
import { circumstances, type EntryRow, entryOf, questionKey, type Shared } from './entry-rows.ts';

/** DynamoDB holds 400 KB an item; an entry shares its item with keys and counters. */
export const MAX_ENTRY_BYTES = 350_000;

/** A row that cannot be used, and why. */
export type BadRow = { row: EntryRow; finding: Finding };
/** An entry and the rows its answers come from, in the order of the answers. */
export type Grouped = { entries: { entry: Entry; rows: readonly EntryRow[] }[]; rejected: BadRow[] };

/** What the whole entry says, the row that says it first, and the rows that contradict it. */
type Agreed = { shared: Shared; rows: EntryRow[]; rejected: BadRow[] };

const SHARED_FIELDS = ['question', 'intent', 'language', 'category', 'policy', 'ask', 'shortcut'] as const;

function contradiction(known: Shared, row: EntryRow): (typeof SHARED_FIELDS)[number] | undefined {
  return SHARED_FIELDS.find(
    (field) =>
      known[field] !== undefined && row.shared[field] !== undefined && String(known[field]) !== row.shared[field],
  );
}

/** Lets the first row that says something decide; later rows may repeat it, not contradict it. */
function agree(rows: readonly EntryRow[]): Agreed {
  let shared: Shared = {};
  const saidAt = new Map<string, EntryRow>();
  const agreed: Agreed = { shared, rows: [], rejected: [] };
  for (const row of rows) {
    const field = contradiction(shared, row);
    if (field !== undefined) {
      const first = saidAt.get(field)?.place ?? row.place;
      const reason = `${placeName(first)} says otherwise for the same entry: ${String(shared[field])}`;
      const finding = {
        column: field,
        value: String(row.shared[field]),
        reason,
        fix: 'give it an id of its own, or the same words',
      };
      agreed.rejected.push({ row, finding });
      continue;
    }
    for (const name of Object.keys(row.shared)) if (!saidAt.has(name)) saidAt.set(name, row);
    shared = { ...row.shared, ...shared };
    agreed.rows.push(row);
  }
  return { ...agreed, shared };
}

/** Remembers which row first claimed a question in its circumstances. */
type Claims = Map<string, EntryRow>;

function duplicate(row: EntryRow, shared: Shared, claims: Claims): Finding | undefined {
  if (shared.passage !== undefined) return undefined;
  const question = shared.question ?? '';
  const key = `${shared.language ?? ''}\n${questionKey(question)}\n${circumstances(row.answer)}`;
  const claim = claims.get(key);
  if (claim === undefined) {
    claims.set(key, row);
    return undefined;
  }
  const where = placeName(claim.place);
  const repeats = claim.answer.text === row.answer.text;
  if (claim.id === row.id && !row.derived) {
    if (!repeats) return undefined;
    return {
      column: 'answer',
      value: row.answer.text,
      reason: `${where} has the same answer`,
      fix: 'take this row out',
    };
  }
  // Two entries that are meant to be two, by their ids, are a conflict to be solved before a release, not a bad row.
  if (!repeats && !row.derived && !claim.derived) return undefined;
  const reason = `${where} has the same question in the same circumstances`;
  return { column: 'question', value: question, reason, fix: 'keep one, or give each a condition' };
}

const COLUMN_OF: Readonly<Record<string, EntryColumn>> = {
  similarQuestions: 'similar_questions',
  answers: 'answer',
  attachments: 'attachments',
  channels: 'channels',
  cards: 'products',
  id: 'id',
  passage: 'article',
};

/** A list that is too long, in words. */
function tooMany({ answers, similarQuestions }: Entry, list: PropertyKey | undefined): string | undefined {
  const many = (held: number, most: number, what: string) =>
    `the entry has ${held} ${what}, at most ${most}: make several entries of it`;
  if (list === 'answers' && answers.length > MOST.answers) return many(answers.length, MOST.answers, 'answers');
  if (list !== 'similarQuestions' || similarQuestions.length <= MOST.similarQuestions) return undefined;
  return many(similarQuestions.length, MOST.similarQuestions, 'similar questions');
}

/** As `Entry` has them. */
const MOST = { answers: 50, similarQuestions: 1_000 } as const;

/** The last check, of the entry as a whole: how many of each it holds, and its size. */
function checkEntry(entry: Entry): Entry | Finding {
  const parsed = Entry.safeParse(entry);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    const known = issue?.path.map((step) => COLUMN_OF[String(step)]).filter((column) => column !== undefined);
    return {
      column: known?.at(-1) ?? 'question',
      value: entry.question,
      reason: tooMany(entry, issue?.path[0]) ?? issue?.message ?? 'not a valid entry',
    };
  }
  const bytes = Buffer.byteLength(JSON.stringify(entry));
  if (bytes <= MAX_ENTRY_BYTES) return parsed.data;
  const reason = `the entry takes ${bytes} bytes, at most ${MAX_ENTRY_BYTES}`;
  return { column: 'similar_questions', value: entry.question, reason, fix: 'make several entries of it' };
}

const NO_QUESTION = {
  column: 'question',
  value: '',
  reason: 'the question is missing, and no other good row of this entry has it',
  fix: "write it in the entry's first row",
} as const satisfies Finding;

function groupOne(id: string, rows: readonly EntryRow[], claims: Claims, policy: Policy | undefined): Grouped {
  const { shared, rows: agreeing, rejected } = agree(rows);
  if (shared.question === undefined) {
    return { entries: [], rejected: [...rejected, ...agreeing.map((row) => ({ row, finding: NO_QUESTION }))] };
  }
  const kept = agreeing.filter((row) => {
    const finding = duplicate(row, shared, claims);
    if (finding !== undefined) rejected.push({ row, finding });
    return finding === undefined;
  });
  if (kept.length === 0) return { entries: [], rejected };
  const entry = checkEntry(entryOf(id, shared, kept, policy));
  if ('answers' in entry) return { entries: [{ entry, rows: kept }], rejected };
  return { entries: [], rejected: [...rejected, ...kept.slice(0, 1).map((row) => ({ row, finding: entry }))] };
}

/** Rows of one id become one entry with an answer a row. `policy` is that of entries which name none. */
export function groupRows(rows: readonly EntryRow[], policy?: Policy): Grouped {
  const claims: Claims = new Map();
  const entries: Grouped['entries'] = [];
  const rejected: BadRow[] = [];
  for (const [id, group] of Map.groupBy(rows, (row) => row.id)) {
    const grouped = groupOne(id, group, claims, policy);
    entries.push(...grouped.entries);
    rejected.push(...grouped.rejected);
  }
  return { entries, rejected };
}
