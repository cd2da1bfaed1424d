import * as z from 'zod';
import type { Entry } from '../../domain/entry.ts';
import { CuecardError } from '../../domain/error.ts';
import type { TenantId } from '../../domain/ids.ts';
import { Golden, SnapshotMeta } from '../../domain/knowledge.ts';
import type { KnowledgeDeps } from '../deps.ts';
import { packName } from '../plan.ts';
import type { Pack } from './pack.ts';

/**
 * What a release needs of a pack beside its entries. It is kept when the pack is installed: a deployment that brings a
 * newer pack does not change what a tenant installed, and a release reads no pack files.
 */
const InstalledPack = SnapshotMeta.extend({ golden: z.array(Golden) });
export type InstalledPack = z.infer<typeof InstalledPack>;

type Deps = Pick<KnowledgeDeps, 'objects' | 'loadPack'>;

/** `ecommerce@1.2.0`. Entries come from outside too, so a tag is checked before it becomes part of a key. */
const TAG = /^[a-z][a-z0-9-]{0,62}@\d+\.\d+\.\d+$/;
const keyOf = (tenant: TenantId, tag: string): string => `packs/${tenant}/${tag}.json`;

export async function keepPack({ objects }: Pick<Deps, 'objects'>, tenant: TenantId, pack: Pack): Promise<void> {
  const { phrases, skills, golden } = pack;
  const kept: InstalledPack = { phrases, skills, golden };
  await objects.put(keyOf(tenant, `${pack.name}@${pack.version}`), new TextEncoder().encode(JSON.stringify(kept)));
}

/** Undefined for a tag of no pack that we know: its entries are like any others. */
async function readPack(deps: Deps, tenant: TenantId, tag: string): Promise<InstalledPack | undefined> {
  const kept = await deps.objects.get(keyOf(tenant, tag));
  if (kept !== undefined) return InstalledPack.parse(JSON.parse(new TextDecoder().decode(kept)));
  try {
    return await deps.loadPack(packName(tag) ?? tag);
  } catch (error) {
    if (error instanceof CuecardError && error.kind === 'not_found') return undefined;
    throw error;
  }
}

/** The packs behind a draft's entries, by name. */
export async function installedPacks(
  deps: Deps,
  tenant: TenantId,
  entries: readonly Entry[],
): Promise<InstalledPack[]> {
  const tags = [...new Set(entries.flatMap((entry) => entry.pack ?? []))].filter((tag) => TAG.test(tag)).sort();
  const packs = await Promise.all(tags.map((tag) => readPack(deps, tenant, tag)));
  return packs.filter((pack) => pack !== undefined);
}
