import { CuecardError } from '../../domain/error.ts';
import type { EntryId, TenantId } from '../../domain/ids.ts';
import type { ReleaseRequest } from '../../domain/release.ts';
import { refuseSlips } from '../checks/slips.ts';
import type { KnowledgeDeps } from '../deps.ts';
import { deleteEntry, type Edit, getEntry, putEntry } from '../draft.ts';
import { listEntries } from '../list-entries.ts';
import { activateRelease, createRelease, getRelease, listReleases } from '../release.ts';
import { listAudit } from './audit.ts';
import { knowledgeDiff } from './knowledge-diff.ts';

type Paging = { cursor?: string | undefined; limit?: number | undefined };
type Revision = Edit['revision'];

/** The body's own revision wins over the header's: a body is what the editor saw. */
function revisionIn(body: Record<string, unknown>, header: Revision): Revision {
  const { revision = header } = body;
  if (revision === undefined || revision === null || typeof revision === 'string') return revision;
  throw new CuecardError('invalid', 'the revision is the text that came with the entry', {
    errors: [{ path: 'body.revision', message: 'a text, or null for an entry that is new' }],
  });
}

/** The draft's entries, what separates it from what is live, and the releases made of it. */
export function draftRoom(deps: KnowledgeDeps) {
  const edit = (by: string, revision: Revision): Edit => ({ by, revision, at: deps.now() });
  return {
    listEntries: (tenant: TenantId, listing: Parameters<typeof listEntries>[2]) => listEntries(deps, tenant, listing),
    readEntry: (tenant: TenantId, id: EntryId) => getEntry(deps.drafts, tenant, id),
    /** The path names the entry; the body may leave the id out, and the intent, which then is the id. */
    writeEntry: (tenant: TenantId, id: EntryId, body: Record<string, unknown>, by: string, revision?: Revision) => {
      if (body['id'] !== undefined && body['id'] !== id) {
        throw new CuecardError('invalid', `the body is of entry ${String(body['id'])}, the path of ${id}`);
      }
      refuseSlips(body);
      return putEntry(deps.drafts, tenant, { intent: id, ...body, id }, edit(by, revisionIn(body, revision)));
    },
    deleteEntry: (tenant: TenantId, id: EntryId, by: string, revision?: Revision) =>
      deleteEntry(deps.drafts, tenant, id, edit(by, revision)),
    createRelease: (tenant: TenantId, request: ReleaseRequest, by: string) => createRelease(deps, tenant, request, by),
    listReleases: (tenant: TenantId, listing: Paging) => listReleases(deps, tenant, listing),
    readRelease: (tenant: TenantId, id: string) => getRelease(deps, tenant, id),
    activateRelease: (tenant: TenantId, id: string, by: string, override?: { reason: string }) =>
      activateRelease(deps, tenant, id, by, override),
    diff: (tenant: TenantId, asked: Parameters<typeof knowledgeDiff>[2]) => knowledgeDiff(deps, tenant, asked),
    audit: (tenant: TenantId, listing: Parameters<typeof listAudit>[2]) => listAudit(deps, tenant, listing),
  };
}
