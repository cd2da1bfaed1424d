/** What the framed card's page needs: which pages may frame it. */
import type { TenantId } from '../domain/ids.ts';
import { readTenant } from './library.ts';

/** None for a tenant that names none, and none for one that does not exist: the page tells nobody which it was. */
export const embedOrigins = async (tenant: TenantId): Promise<readonly string[]> =>
  (await readTenant(tenant))?.settings.embed?.origins ?? [];
