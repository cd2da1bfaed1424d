import type { Entry } from '../../domain/entry.ts';
import type { TenantId } from '../../domain/ids.ts';
import type { KnowledgeDeps } from '../deps.ts';

/** The draft's entries as they are now. */
export async function presentEntries({ drafts }: Pick<KnowledgeDeps, 'drafts'>, tenant: TenantId): Promise<Entry[]> {
  const { generation } = await drafts.head(tenant);
  return drafts.all(tenant, generation);
}
