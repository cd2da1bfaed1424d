import type { TenantId } from '../../domain/ids.ts';
import type { PackSummary } from '../../domain/pack.ts';
import type { KnowledgeDeps } from '../deps.ts';
import { installedTags, readKept } from './installed.ts';
import type { Pack } from './pack.ts';
import { presentEntries } from './present.ts';
import { compareVersions, versionOf } from './version.ts';

type Deps = Pick<KnowledgeDeps, 'drafts' | 'objects' | 'loadPack'> & { packNames(): Promise<string[]> };

async function summary(deps: Deps, tenant: TenantId, pack: Pack, tag: string | undefined): Promise<PackSummary> {
  const { name, version, languages, entries } = pack;
  const own = { name, version, languages, entries: entries.length };
  if (tag === undefined) return own;
  const at = (await readKept(deps, tenant, tag))?.at;
  const installed = { version: versionOf(tag), ...(at === undefined ? {} : { at }) };
  const newer = compareVersions(version, installed.version) > 0;
  return { ...own, installed, ...(newer ? { update: version } : {}) };
}

/** The packs of this deployment, by name. What is installed is read off the draft's entries. */
export async function listPacks(deps: Deps, tenant: TenantId): Promise<{ items: PackSummary[] }> {
  const [names, present] = await Promise.all([deps.packNames(), presentEntries(deps, tenant)]);
  const packs = await Promise.all(names.map((name) => deps.loadPack(name)));
  const tags = installedTags(present);
  const items = await Promise.all(packs.map((pack) => summary(deps, tenant, pack, tags.get(pack.name)?.[0])));
  return { items };
}
