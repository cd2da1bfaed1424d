import type { ImportJob, MappedColumn, RowProblem } from '../domain/import-job.ts';
import type { KnowledgeDeps } from './deps.ts';
import { shown } from './files/limits.ts';
import type { Running } from './job.ts';

/** So many bad rows stay on the job's own item; the whole list is an object of its own. */
const KEPT_ON_ITEM = 50;
const MOST_COLUMNS = 200;

type Reading = {
  rows: number;
  rejected: readonly RowProblem[];
  ignoredColumns: readonly string[];
  warnings?: readonly RowProblem[];
  mapping?: readonly MappedColumn[];
  detected?: string;
};

const bounded = (problem: RowProblem): RowProblem => ({
  ...problem,
  column: shown(problem.column),
  value: shown(problem.value),
});

const boundedColumn = (column: MappedColumn): MappedColumn => ({ ...column, header: shown(column.header) });

/** Keeps what reading the file found, before anything is written because of it. */
export async function saveReading(
  deps: Pick<KnowledgeDeps, 'objects'>,
  running: Running<ImportJob>,
  { rows, ignoredColumns, detected, mapping = [], ...found }: Reading,
): Promise<void> {
  const rejected = found.rejected.map(bounded);
  const warnings = (found.warnings ?? []).map(bounded);
  const keep = async (name: string, list: readonly RowProblem[]): Promise<string | undefined> => {
    if (list.length <= KEPT_ON_ITEM) return undefined;
    const key = `imports/${running.tenant}/${running.id}/${name}.json`;
    await deps.objects.put(key, new TextEncoder().encode(JSON.stringify(list)));
    return key;
  };
  const [rejectedKey, warningsKey] = [await keep('rejected', rejected), await keep('warnings', warnings)];
  return running.save({
    rows,
    ignoredColumns: ignoredColumns.slice(0, MOST_COLUMNS).map(shown),
    rejected: rejected.slice(0, KEPT_ON_ITEM),
    rejectedTotal: rejected.length,
    warnings: warnings.slice(0, KEPT_ON_ITEM),
    warningsTotal: warnings.length,
    mapping: mapping.slice(0, MOST_COLUMNS).map(boundedColumn),
    ...(detected === undefined ? {} : { detected }),
    ...(rejectedKey === undefined ? {} : { rejectedKey }),
    ...(warningsKey === undefined ? {} : { warningsKey }),
  });
}
