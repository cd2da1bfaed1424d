import type { Answer, Entry } from '../../domain/entry.ts';
import { joinLines, joinNames } from '../cells.ts';
import { ENTRY_COLUMNS, type EntryColumn } from '../columns.ts';

type Cells = Partial<Record<EntryColumn, string | undefined>>;

const answerCells = (answer: Answer): Cells => ({
  answer: answer.text,
  when: answer.when,
  valid_from: answer.validFrom,
  valid_until: answer.validUntil,
  channels: joinNames(answer.channels),
  shop: answer.shop,
  attachments: joinLines(answer.attachments),
  products: joinNames(answer.cards),
});

const entryCells = (entry: Entry): Cells => ({
  intent: entry.intent,
  question: entry.question,
  similar_questions: joinLines(entry.similarQuestions),
  ask: entry.ask,
  language: entry.language,
  category: entry.category,
  policy: entry.policy,
  shortcut: entry.shortcut,
  note: entry.note,
  off: entry.off === true ? 'yes' : undefined,
  article: entry.passage?.article,
  path: entry.passage?.path.join('\n'),
  article_url: entry.passage?.url,
  pack: entry.pack,
});

/** What is gathered from other files and never written by ours. */
const READ_ONLY: ReadonlySet<EntryColumn> = new Set(['keywords']);

/** The columns of an export, in order. */
export const SHEET_COLUMNS = (Object.keys(ENTRY_COLUMNS) as EntryColumn[]).filter((column) => !READ_ONLY.has(column));

/** An entry as rows of a sheet: an answer each; what belongs to the whole entry stands in the first. */
export function sheetRows(entry: Entry): string[][] {
  return entry.answers.map((answer, index) => {
    const cells: Cells = { id: entry.id, ...(index === 0 ? entryCells(entry) : {}), ...answerCells(answer) };
    return SHEET_COLUMNS.map((column) => cells[column] ?? '');
  });
}
