import type { Entry } from '../domain/entry.ts';
import { CuecardError } from '../domain/error.ts';
import type { TenantId } from '../domain/ids.ts';
import type { KnowledgeDeps } from './deps.ts';

const ATTEMPTS = 200;
const PAUSE_MS = 250;

/** The draft at one moment, and the change counter of that moment. */
export type DraftAt = { entries: Entry[]; changes: number };

/** What a release takes of a draft: an entry that is switched off is kept in the draft alone. */
export const releasable = (entries: readonly Entry[]): Entry[] => entries.filter(({ off }) => off !== true);

/**
 * All entries as they were together: while an import is writing, or when the head moved while they were read, they are
 * read again. Raises `unavailable` when that never comes to rest; the release stays due.
 */
export async function loadDraft(
  { drafts, sleep }: Pick<KnowledgeDeps, 'drafts' | 'sleep'>,
  tenant: TenantId,
): Promise<DraftAt> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const before = await drafts.head(tenant);
    if (before.writing.length > 0) {
      await sleep(PAUSE_MS);
      continue;
    }
    const entries = await drafts.all(tenant, before.generation);
    const after = await drafts.head(tenant);
    const still = after.generation === before.generation && after.changes === before.changes;
    if (still && after.writing.length === 0) return { entries: releasable(entries), changes: after.changes };
  }
  throw new CuecardError('unavailable', 'the draft is being changed too often to be released');
}
