import type { RowProblem } from '../domain/import-job.ts';

/** Excel opens a file as UTF-8 only when it begins with this. */
const BOM = '\uFEFF';
const COLUMNS = ['sheet', 'row', 'column', 'value', 'reason', 'fix'] as const;

/** A cell that a spreadsheet would run as a formula is led by an apostrophe, as in exports. */
const neutralised = (cell: string): string => (/^[\s']*[=+\-@\t\r|%]/.test(cell) ? `'${cell}` : cell);

const quoted = (cell: string): string => {
  const safe = neutralised(cell);
  return /[",;\n\r\t]|^\s|\s$/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
};

/** Rows that could not be used, and how to mend each, as a spreadsheet to work through. */
export function rejectedCsv(problems: readonly RowProblem[]): string {
  const lines = problems.map((problem) => COLUMNS.map((column) => quoted(String(problem[column] ?? ''))).join(','));
  return `${BOM}${[COLUMNS.join(','), ...lines].join('\r\n')}\r\n`;
}
