import type { TenantRole } from '../../../lib/domain/access.ts';

/** From who may do least. */
export const ROLES: readonly TenantRole[] = ['agent', 'supervisor', 'manager', 'admin'];
