import type { RowProblem } from '../../domain/import-job.ts';
import type { EntryColumn } from '../columns.ts';
import { shown } from '../files/limits.ts';

/** Something about one cell of a row, for the person who wrote it. */
export type Finding = { column: EntryColumn; value: string; reason: string; fix?: string };

/** Where a row stands, and what its file calls a column. */
export type Place = { sheet?: string; row: number; label(column: EntryColumn): string };

export const problemAt = (place: Place, { column, value, reason, fix }: Finding): RowProblem => ({
  ...(place.sheet === undefined ? {} : { sheet: place.sheet }),
  row: place.row,
  column: place.label(column),
  value: shown(value),
  reason,
  ...(fix === undefined ? {} : { fix }),
});

/** `row 3`, or `row 3 of "FAQ"`. */
export const placeName = ({ row, sheet }: Place): string =>
  sheet === undefined ? `row ${row}` : `row ${row} of "${sheet}"`;
