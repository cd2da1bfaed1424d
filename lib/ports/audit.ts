import type { AuditEvent } from '../domain/audit.ts';
import type { TenantId } from '../domain/ids.ts';
import type { Page } from './page.ts';

/** Decisions in the order of their time; nothing is changed or taken out again. */
export type AuditStore = {
  /** The same event again is the same item. */
  append(tenant: TenantId, event: AuditEvent): Promise<void>;
  /** Newest first. */
  page(tenant: TenantId, limit: number, cursor?: string): Promise<Page<AuditEvent>>;
};
