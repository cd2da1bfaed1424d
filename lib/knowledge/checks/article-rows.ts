import type { Entry } from '../../domain/entry.ts';
import type { RowProblem } from '../../domain/import-job.ts';
import type { EntryColumn } from '../columns.ts';
import { type EntryRow, type RowContext, readEntryRow } from '../entry-rows.ts';
import type { Article } from '../files/types.ts';
import { type Finding, type Place, problemAt } from './finding.ts';
import { goneFrom, type Passage, passagesOf } from './passages.ts';
import type { ReadContext } from './read-context.ts';
import { HEADER_ROW, nothingRead } from './sheets.ts';
import type { RowsRead } from './table-rows.ts';

const placeOf = (row: number): Place => ({ row, label: (column) => column });

/** A question and its answer on a page, as a row of a table would have them. */
function answeredRow(
  { title, url }: Article,
  { question, answer }: Article['answered'][number],
  place: Place,
  context: RowContext,
): EntryRow | Finding[] {
  const note = url === undefined ? '' : url;
  const cells: [EntryColumn, string][] = [
    ['question', question.trim()],
    ['answer', answer.trim()],
    ['category', title.trim().slice(0, 100)],
    ['note', note],
  ];
  return readEntryRow(place, new Map(cells.filter(([, value]) => value !== '')), context);
}

function answeredRows(articles: readonly Article[], context: RowContext): RowsRead {
  const read = nothingRead();
  for (const [article, one] of articles.flatMap((page) => page.answered.map((pair) => [page, pair] as const))) {
    const place = placeOf(one.row);
    const made = answeredRow(article, one, place, context);
    if (Array.isArray(made)) read.rejected.push(...made.map((finding) => problemAt(place, finding)));
    else read.rows.push(made);
  }
  return read;
}

export type ArticlesRead = { read: RowsRead; passages: Passage[]; gone: Entry[]; rows: number; warnings: RowProblem[] };

/** Pages as entries where they ask and answer, as passages elsewhere. */
export function readArticles(articles: readonly Article[], context: ReadContext, row: RowContext): ArticlesRead {
  const passages = articles.flatMap((article) => passagesOf(article, context.language));
  const gone = goneFrom(articles, passages, context.existing ?? []);
  return {
    read: answeredRows(articles, row),
    passages,
    gone,
    rows: articles.reduce((sum, { answered, sections }) => sum + answered.length + sections.length, 0),
    warnings: gone.map((entry) => ({
      row: HEADER_ROW,
      column: 'article',
      value: entry.question,
      reason: `no longer in the page: its passage ${entry.id} goes out of the draft`,
    })),
  };
}
