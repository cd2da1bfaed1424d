/** Who works for a tenant, how they are let in, and what is kept of what they saw. */
import { type Me, pagesOf } from '../domain/access.ts';
import type { TenantId } from '../domain/ids.ts';
import type { Caller } from '../domain/tenant.ts';

/** Who calls, as the page shows it. */
export const me = (tenant: TenantId, { agentId, name, role, expiresAt }: Caller): Me => ({
  tenant,
  agentId,
  role,
  pages: pagesOf(role),
  ...(name === undefined ? {} : { name }),
  ...(expiresAt === undefined ? {} : { expiresAt: new Date(expiresAt).toISOString() }),
});
