import type { TenantId } from '../domain/ids.ts';
import type { JobKind } from '../domain/job.ts';
import type { KnowledgeDeps } from './deps.ts';

/** Starting is a favour to the impatient: a due job is started by the sweep anyway. */
export async function tryStart(
  deps: Pick<KnowledgeDeps, 'start'>,
  tenant: TenantId,
  kind: JobKind,
  id: string,
): Promise<void> {
  try {
    await deps.start('work', { tenant, kind, id });
  } catch {
    // The job stays due; nothing is lost but a moment.
  }
}
