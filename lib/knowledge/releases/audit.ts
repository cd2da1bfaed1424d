import type { AuditEvent } from '../../domain/audit.ts';
import type { TenantId } from '../../domain/ids.ts';
import type { LivePointer } from '../../domain/knowledge.ts';
import type { ReleaseRequest } from '../../domain/release.ts';
import { stretchOf } from '../../domain/stretch.ts';
import type { AuditFilter, AuditStore } from '../../ports/audit.ts';
import type { Page } from '../../ports/page.ts';
import type { KnowledgeDeps } from '../deps.ts';
import { pageSize } from '../search-pages.ts';

type Deps = Pick<KnowledgeDeps, 'audit' | 'now'>;

/** Notes a decision of now. `action` as in `pack.updated`. */
export async function audit(deps: Deps, tenant: TenantId, event: Omit<AuditEvent, 'at'>): Promise<void> {
  await deps.audit.append(tenant, { ...event, at: new Date(deps.now()).toISOString() });
}

const listed = (...parts: readonly (string | undefined)[]): string =>
  parts.filter((part) => part !== undefined && part !== '').join('; ');

const overrideIn = (override: { reason: string } | undefined): string | undefined =>
  override === undefined ? undefined : `override: ${override.reason}`;

export function auditCreated(
  deps: Deps,
  tenant: TenantId,
  id: string,
  request: ReleaseRequest,
  by: string,
): Promise<void> {
  const { note, override, urgent, at, publish } = request;
  const detail = listed(
    publish ? 'to go live' : 'to be looked at',
    urgent === undefined ? undefined : `urgent: ${urgent.entryId}`,
    at === undefined ? undefined : `as of ${at}`,
    note,
    overrideIn(override),
  );
  return audit(deps, tenant, { by, action: 'release.created', subject: id, detail });
}

/**
 * Notes that the pointer's release went live, as the pointer says: a run that was cut off between the two writes notes
 * the same event again.
 */
export async function auditLive(
  { audit: store }: Pick<Deps, 'audit'>,
  tenant: TenantId,
  { release, at, by = '', history, back = false }: LivePointer,
  override?: { reason: string },
): Promise<void> {
  if (at === undefined) return;
  const before = history.at(-2);
  const action = back ? 'release.rolled_back' : 'release.activated';
  const detail = listed(before === undefined ? undefined : `after ${before}`, overrideIn(override));
  await store.append(tenant, { at, by, action, subject: release, detail });
}

type Listing = AuditFilter & { limit?: number | undefined; cursor?: string | undefined };

/** Newest first. Raises `invalid` for a stretch of time that holds nothing. */
export const listAudit = async (
  { audit: store }: { audit: AuditStore },
  tenant: TenantId,
  { limit, cursor, from, until, ...filter }: Listing,
): Promise<Page<AuditEvent>> =>
  store.page(tenant, pageSize(limit, 50, 200), cursor, { ...filter, ...stretchOf({ from, until }) });
