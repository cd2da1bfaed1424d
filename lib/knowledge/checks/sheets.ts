import type { RowProblem } from '../../domain/import-job.ts';
import type { RowContext } from '../entry-rows.ts';
import type { Table } from '../files/types.ts';
import type { ReadContext } from './read-context.ts';
import { type RowsRead, readTable } from './table-rows.ts';

export const nothingRead = (): RowsRead => ({ rows: [], rejected: [], columns: [], ignored: [], problems: [] });

function joined(parts: readonly RowsRead[]): RowsRead {
  return parts.reduce(
    (all, part) => ({
      rows: [...all.rows, ...part.rows],
      rejected: [...all.rejected, ...part.rejected],
      columns: [...all.columns, ...part.columns],
      ignored: [...all.ignored, ...part.ignored],
      problems: [...all.problems, ...part.problems],
    }),
    nothingRead(),
  );
}

export const HEADER_ROW = 1;

/** A sheet that holds no entries is no error where another does: it is named, and left. */
function leftSheet({ sheet, headers }: Table, { problems }: RowsRead): RowProblem {
  const [problem] = problems;
  return {
    ...(sheet === undefined ? {} : { sheet }),
    row: HEADER_ROW,
    column: problem?.header ?? '',
    value: headers
      .filter((header) => header !== '')
      .join(', ')
      .slice(0, 200),
    reason: `the sheet is not read: ${problem?.reason ?? 'it names no columns'}`,
    ...(problem === undefined ? {} : { fix: problem.fix }),
  };
}

export type Tables = { read: RowsRead; left: RowProblem[]; problem?: string; rows: number };

/** All sheets of a file; `problem` where none of them can be read. */
export function readTables(tables: readonly Table[], context: ReadContext, row: RowContext): Tables {
  const parts = tables.map((table) => ({ table, read: readTable(table, context.mapping, row) }));
  const read = joined(parts.map((part) => part.read));
  const rows = tables.reduce((sum, table) => sum + table.rows.length, 0);
  const left = parts.filter((part) => part.read.problems.length > 0 && part.table.headers.length > 0);
  if (left.length < parts.length || rows === 0) {
    const usable = parts.some((part) => part.read.problems.length === 0);
    if (usable) return { read, rows, left: left.map((part) => leftSheet(part.table, part.read)) };
  }
  return { read, rows, left: [], problem: columnsProblem(tables, read) };
}

const FOUND = 30;

function columnsProblem(tables: readonly Table[], { problems }: RowsRead): string {
  const found = [...new Set(tables.flatMap(({ headers }) => headers.filter((header) => header !== '')))];
  const why = problems.map(({ reason, fix }) => `${reason}: ${fix}`);
  return `${[...new Set(why)].slice(0, 3).join('; ') || 'no row names the columns question and answer'}; found: ${
    found.length === 0 ? 'nothing' : found.slice(0, FOUND).join(', ')
  }`;
}
