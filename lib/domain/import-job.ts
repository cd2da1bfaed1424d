import * as z from 'zod';
import { Language } from './language.ts';
import { PackChoices } from './pack-update.ts';

/** One thing that is wrong with one row of an upload. `row` is the spreadsheet's (the header is row 1). */
export const RowProblem = z.object({
  /** Of a workbook with several sheets. */
  sheet: z.string().optional(),
  row: z.number().int().positive(),
  /** The column as the file names it. */
  column: z.string(),
  value: z.string(),
  reason: z.string(),
  /** How to mend it, where that can be said. */
  fix: z.string().optional(),
});
export type RowProblem = z.infer<typeof RowProblem>;

/** What the sender believes the file to be; its content decides. JSON lines and platforms' exports are JSON. */
export const ImportFormat = z.enum(['auto', 'csv', 'xlsx', 'json', 'yaml', 'md', 'html']);
export type ImportFormat = z.infer<typeof ImportFormat>;

/** `merge` keeps what the file does not name; `replace` makes the draft exactly the file. */
export const ImportMode = z.enum(['merge', 'replace']);
export type ImportMode = z.infer<typeof ImportMode>;

export const ImportKind = z.enum(['entries', 'catalog', 'pack']);
export type ImportKind = z.infer<typeof ImportKind>;

/** `waiting` for the file of a presigned upload. */
export const ImportStatus = z.enum(['waiting', 'queued', 'running', 'done', 'failed']);
export type ImportStatus = z.infer<typeof ImportStatus>;

const count = z.number().int().nonnegative();

export const ImportCounts = z.object({ added: count, changed: count, unchanged: count, removed: count });
export type ImportCounts = z.infer<typeof ImportCounts>;

/** One header of a table and the column it was read as; `null`: nothing was read from it. */
export const MappedColumn = z.object({
  sheet: z.string().optional(),
  header: z.string(),
  column: z.string().nullable(),
  /** The first values below it. */
  samples: z.array(z.string()),
});
export type MappedColumn = z.infer<typeof MappedColumn>;

/** Who reads which header as what: `{"Frage": "question", "intern": null}`. Wins over what headers seem to say. */
export const ColumnMapping = z.record(z.string().max(200), z.string().max(50).nullable());
export type ColumnMapping = z.infer<typeof ColumnMapping>;

/** What became of an import. `rows` are the data rows that were read, empty ones left out. */
export const ImportReport = ImportCounts.extend({
  id: z.string(),
  kind: ImportKind,
  format: ImportFormat.optional(),
  pack: z.string().optional(),
  mode: ImportMode,
  dryRun: z.boolean(),
  status: ImportStatus,
  createdAt: z.iso.datetime(),
  finishedAt: z.iso.datetime().optional(),
  rows: count,
  /** The first of them; `rejectedTotal` counts all. */
  rejected: z.array(RowProblem),
  rejectedTotal: count,
  /** Columns that nothing was read from. */
  ignoredColumns: z.array(z.string()),
  /** What the content turned out to be: `csv`, `xlsx`, `jsonl`, `zendesk`, `chatwoot`, `markdown`, … */
  detected: z.string().optional(),
  mapping: z.array(MappedColumn).optional(),
  /** What was taken in and should be looked at: near-duplicates, overlapping conditions, promises, personal data. */
  warnings: z.array(RowProblem).optional(),
  warningsTotal: count.optional(),
  progress: z.object({ stage: z.string(), done: count, total: count }).optional(),
  /** Why a failed import failed. */
  error: z.string().optional(),
});
export type ImportReport = z.infer<typeof ImportReport>;

/** An import as it is kept. What is decided once is stored, so that every run of it does the same. */
export const ImportJob = ImportReport.extend({
  by: z.string(),
  timeZone: z.string(),
  uploadKey: z.string().optional(),
  /** Where the whole list of rejected rows lies once the file has been read. */
  rejectedKey: z.string().optional(),
  /** Where the whole list of warnings lies. */
  warningsKey: z.string().optional(),
  /** The counts are final: writing has begun. */
  planned: z.boolean(),
  /** What the file is to be read with: whose header means what, and the language of rows that name none. */
  asked: z.object({ mapping: ColumnMapping.optional(), language: Language.optional() }).optional(),
  /** Of one that waits for its file: when it stops waiting. */
  expiresAt: z.iso.datetime().optional(),
  /** Of a pack, by its marks (`name@version`): what is merged into the draft, and what was installed before. */
  packMerge: z
    .object({
      to: z.string(),
      from: z.string().optional(),
      choices: PackChoices,
      /** Puts back what the shop has deleted. */
      restores: z.boolean(),
    })
    .optional(),
});
export type ImportJob = z.infer<typeof ImportJob>;
