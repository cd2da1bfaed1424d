import type { ImportJob, RowProblem } from '../domain/knowledge.ts';
import type { KnowledgeDeps } from './deps.ts';
import type { Running } from './job.ts';

/** So many bad rows stay on the job's own item; the whole list is an object of its own. */
const KEPT_ON_ITEM = 50;

type Reading = { rows: number; rejected: readonly RowProblem[]; ignoredColumns: readonly string[] };

/** Keeps what reading the file found, before anything is written because of it. */
export async function saveReading(
  deps: Pick<KnowledgeDeps, 'objects'>,
  running: Running<ImportJob>,
  { rows, rejected, ignoredColumns }: Reading,
): Promise<void> {
  const report = {
    rows,
    ignoredColumns: [...ignoredColumns],
    rejected: rejected.slice(0, KEPT_ON_ITEM),
    rejectedTotal: rejected.length,
  };
  if (rejected.length <= KEPT_ON_ITEM) return running.save(report);
  const rejectedKey = `imports/${running.tenant}/${running.id}/rejected.json`;
  await deps.objects.put(rejectedKey, new TextEncoder().encode(JSON.stringify(rejected)));
  return running.save({ ...report, rejectedKey });
}
