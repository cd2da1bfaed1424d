import type { Answer, Entry } from '../domain/entry.ts';
import type { TenantId } from '../domain/ids.ts';
import type { DraftStore } from '../ports.ts';
import { ENTRY_COLUMNS, type EntryColumn } from './columns.ts';

export type ExportFormat = 'csv' | 'json';

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

/** The separator cannot be in an item of the list. */
const joined = (items: readonly string[] | undefined): string =>
  (items ?? []).map((item) => item.replace(/[\n|｜]+/g, ' / ')).join('|');

type Cells = Partial<Record<EntryColumn, string | undefined>>;

const answerCells = (answer: Answer): Cells => ({
  answer: answer.text,
  when: answer.when,
  valid_from: answer.validFrom,
  valid_until: answer.validUntil,
  channels: joined(answer.channels),
  shop: answer.shop,
  attachments: joined(answer.attachments),
  products: joined(answer.cards),
});

/** An answer a row; what belongs to the whole entry stands in its first. */
function rowsOf(entry: Entry): Cells[] {
  const first: Cells = {
    intent: entry.intent,
    question: entry.question,
    similar_questions: joined(entry.similarQuestions),
    ask: entry.ask,
    language: entry.language,
    category: entry.category,
    policy: entry.policy,
    shortcut: entry.shortcut,
    note: entry.note,
  };
  return entry.answers.map((answer, index) => ({
    id: entry.id,
    ...(index === 0 ? first : {}),
    ...answerCells(answer),
  }));
}

const COLUMNS = Object.keys(ENTRY_COLUMNS) as EntryColumn[];

/** Entries as a spreadsheet that imports to the same entries. */
export function entriesToCsv(entries: readonly Entry[]): string {
  const rows = entries.flatMap(rowsOf).map((cells) => COLUMNS.map((column) => quoted(cells[column] ?? '')).join(','));
  return `${BOM}${[COLUMNS.join(','), ...rows].join('\r\n')}\r\n`;
}

/** The whole draft as a file that can be imported again. */
export async function exportEntries(drafts: DraftStore, tenant: TenantId, format: ExportFormat): Promise<string> {
  const { generation } = await drafts.head(tenant);
  const entries = await drafts.all(tenant, generation);
  return format === 'csv' ? entriesToCsv(entries) : `${JSON.stringify(entries, null, 2)}\n`;
}
