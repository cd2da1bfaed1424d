import type { TenantId } from '../../domain/ids.ts';
import type { KnowledgeDeps } from '../deps.ts';

type Deps = Pick<KnowledgeDeps, 'drafts' | 'imports'>;

/** Imports looked back at. A generation is dropped when its successor takes over; this finds what was written late. */
const LOOKED_AT = 100;

/** A `replace` stages its entries under its own id. */
export const stagedGeneration = (importId: string): string => `g_${importId}`;
const FIRST_GENERATION = 'g0';

/**
 * Deletes entries that lie in a generation of the past: an edit that was cut off after it wrote into a generation that
 * had just been replaced. The imports of now are left alone: theirs may be about to take over.
 */
export async function dropOldGenerations({ drafts, imports }: Deps, tenant: TenantId): Promise<void> {
  const { items } = await imports.page(tenant, LOOKED_AT);
  const over = items.filter(
    ({ job }) => job.mode === 'replace' && job.kind !== 'catalog' && (job.status === 'done' || job.status === 'failed'),
  );
  // Read after the imports: one that is over has taken over by now, or never will.
  const { generation, retired } = await drafts.head(tenant);
  const past = new Set([FIRST_GENERATION, ...retired, ...over.map(({ job }) => stagedGeneration(job.id))]);
  past.delete(generation);
  for (const old of past) await drafts.drop(tenant, old);
}
