import type { AuditEvent } from '../domain/audit.ts';
import type { TenantId } from '../domain/ids.ts';
import type { Page } from './page.ts';

/** `from` is in it, `until` is not; `action` is one, or the part before the dot. */
export type AuditFilter = {
  person?: string | undefined;
  action?: string | undefined;
  subject?: string | undefined;
  from?: string | undefined;
  until?: string | undefined;
};

/** Decisions in the order of their time; nothing is changed or taken out again. */
export type AuditStore = {
  /** The same event again is the same item. */
  append(tenant: TenantId, event: AuditEvent): Promise<void>;
  /** Newest first. Narrowed, a page may hold less than `limit`, or nothing, and still a cursor: so far back it looked. */
  page(tenant: TenantId, limit: number, cursor?: string, filter?: AuditFilter): Promise<Page<AuditEvent>>;
};
