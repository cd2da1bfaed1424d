import type { Entry } from '../../domain/entry.ts';
import type { MappedColumn, RowProblem } from '../../domain/import-job.ts';
import type { EntryRow, RowContext } from '../entry-rows.ts';
import type { FileContent } from '../files/types.ts';
import { groupRows } from '../group-rows.ts';
import { type ArticlesRead, readArticles } from './article-rows.ts';
import { collisionsOf } from './collisions.ts';
import { problemAt } from './finding.ts';
import { readObjects } from './objects.ts';
import type { ReadContext } from './read-context.ts';
import { readTables } from './sheets.ts';

export type ReadResult = {
  entries: Entry[];
  /** Data rows that hold anything. */
  rows: number;
  /** In the order of the file. */
  rejected: RowProblem[];
  /** What was taken in and should be looked at. */
  warnings: RowProblem[];
  ignoredColumns: readonly string[];
  mapping: MappedColumn[];
  /** What the content turned out to be. */
  detected?: string;
  /** Passages of the file's pages whose sections are no longer in them: they go out of the draft. */
  gone: Entry['id'][];
  /** Why nothing at all could be read; `mapping` then says what was found. */
  problem?: string;
};

/** What agents' macros say was never meant to be sent by a machine. */
const ASSISTED: ReadonlySet<string> = new Set(['zendesk', 'chatwoot']);

function rowContext(content: FileContent, context: ReadContext): RowContext {
  const set = (names: readonly string[] | undefined) => (names === undefined ? undefined : new Set(names));
  const [facts, slots, productIds] = [set(context.facts), set(context.slots), set(context.productIds)];
  return {
    timeZone: context.timeZone,
    ...(context.language === undefined ? {} : { language: context.language }),
    ...(ASSISTED.has(content.detected) ? { policy: 'assist' } : {}),
    known: {
      ...(facts === undefined ? {} : { facts }),
      ...(slots === undefined ? {} : { slots }),
      ...(productIds === undefined ? {} : { productIds }),
    },
  };
}

type Parts = ArticlesRead & { problem?: string };

function readParts(content: FileContent, context: ReadContext, row: RowContext): Parts {
  if (content.kind === 'articles') return readArticles(content.articles, context, row);
  const none = { passages: [], gone: [] };
  if (content.kind === 'tables') {
    const { read, left, rows, problem } = readTables(content.tables, context, row);
    return { read, ...none, rows, warnings: left, ...(problem === undefined ? {} : { problem }) };
  }
  const read = readObjects(content.objects, context.mapping, row);
  const { problems } = read;
  const unusable = read.rows.length === 0 && read.rejected.length === 0 && problems.length > 0;
  const problem = unusable ? problems.map(({ reason, fix }) => `${reason}: ${fix}`).join('; ') : undefined;
  return { read, ...none, rows: content.objects.length, warnings: [], ...(problem === undefined ? {} : { problem }) };
}

/** Sheets in the order they are read, rows from above. */
function inOrder(problems: readonly RowProblem[], content: FileContent): RowProblem[] {
  const sheets = content.kind === 'tables' ? content.tables.map(({ sheet }) => sheet) : [];
  return problems.toSorted((a, b) => sheets.indexOf(a.sheet) - sheets.indexOf(b.sheet) || a.row - b.row);
}

const warningsOf = (rows: readonly EntryRow[]): RowProblem[] =>
  rows.flatMap(({ place, warnings }) => warnings.map((finding) => problemAt(place, finding)));

/**
 * The entries of a file that was read. Every bad row is named with its column, value, reason and fix, and costs no good
 * one; what can be used but should be looked at is a warning. Pure; never throws.
 */
export function entriesOf(content: FileContent, context: ReadContext): ReadResult {
  const row = rowContext(content, context);
  const parts = readParts(content, context, row);
  const grouped = groupRows(parts.read.rows, row.policy);
  const groupedOut = grouped.rejected.map(({ row: { place }, finding }) => problemAt(place, finding));
  const entries = grouped.entries.map(({ entry }) => entry);
  const warnings = [
    ...(content.warnings ?? []),
    ...parts.warnings,
    ...warningsOf(grouped.entries.flatMap(({ rows }) => rows)),
    ...collisionsOf(grouped.entries, context.existing ?? []),
  ];
  return {
    entries: [...entries, ...parts.passages.map(({ entry }) => entry)],
    rows: parts.rows + content.rejected.length,
    rejected: inOrder([...content.rejected, ...parts.read.rejected, ...groupedOut], content),
    warnings: inOrder(warnings, content),
    ignoredColumns: [...new Set(parts.read.ignored)],
    mapping: parts.read.columns,
    detected: content.detected,
    gone: parts.gone.map(({ id }) => id),
    ...(parts.problem === undefined ? {} : { problem: parts.problem }),
  };
}
