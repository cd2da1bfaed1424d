import type { Entry } from '../../domain/entry.ts';
import { CuecardError } from '../../domain/error.ts';
import type { EntryId, TenantId } from '../../domain/ids.ts';
import { putEntry } from '../draft.ts';
import type { LearnDeps } from './deps.ts';

/** Which entries were written, and which were in the draft before and stay as they are. */
export type Drafted = { written: EntryId[]; kept: EntryId[] };

/** Adds entries to the draft, never in the place of one. */
export async function draftEntries(
  deps: Pick<LearnDeps, 'drafts' | 'now'>,
  tenant: TenantId,
  entries: readonly Entry[],
  by: string,
): Promise<Drafted> {
  const drafted: Drafted = { written: [], kept: [] };
  for (const entry of entries) {
    drafted[(await addEntry(deps, tenant, entry, by)) ? 'written' : 'kept'].push(entry.id);
  }
  return drafted;
}

/** False when there is an entry of this id. Raises `invalid` for an entry that cannot be kept. */
async function addEntry(
  { drafts, now }: Pick<LearnDeps, 'drafts' | 'now'>,
  tenant: TenantId,
  entry: Entry,
  by: string,
): Promise<boolean> {
  try {
    await putEntry(drafts, tenant, entry, { revision: null, by, at: now() });
    return true;
  } catch (error) {
    if (error instanceof CuecardError && error.kind === 'conflict') return false;
    throw error;
  }
}
