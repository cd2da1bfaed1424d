/** What a file turned out to hold, before anybody says what it means. */
import type { RowProblem } from '../../domain/import-job.ts';

/** A sheet, or a whole CSV. Cells are trimmed text; `row` counts as the spreadsheet does, from 1. */
export type Table = {
  sheet?: string;
  headers: readonly string[];
  rows: readonly { row: number; cells: readonly string[] }[];
};

/** A page of prose: what stands under each heading, and what was written as question and answer. */
export type Article = {
  title: string;
  url?: string;
  sections: readonly { row: number; path: readonly string[]; text: string }[];
  answered: readonly { row: number; path: readonly string[]; question: string; answer: string }[];
};

export type FileContent = {
  /** `csv`, `xlsx`, `json`, `jsonl`, `yaml`, `markdown`, `html`, `zendesk`, `chatwoot`. */
  detected: string;
  /** Rows that could not be read at all. */
  rejected: readonly RowProblem[];
  /** What was left out on purpose and should be known: hidden sheets, rows above a header, switched-off macros. */
  warnings?: readonly RowProblem[];
} & (
  | { kind: 'tables'; tables: readonly Table[] }
  /** Objects in the shape of an entry, or of a row of one; `row` is the place in the list, or the line, from 1. */
  | { kind: 'objects'; objects: readonly { row: number; value: unknown }[] }
  | { kind: 'articles'; articles: readonly Article[] }
);
