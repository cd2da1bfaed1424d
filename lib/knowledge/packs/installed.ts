import * as z from 'zod';
import { Entry } from '../../domain/entry.ts';
import { CuecardError } from '../../domain/error.ts';
import type { TenantId } from '../../domain/ids.ts';
import { Golden, SnapshotMeta } from '../../domain/knowledge.ts';
import type { KnowledgeDeps } from '../deps.ts';
import { packName } from '../plan.ts';
import { Manifest, type Pack } from './pack.ts';
import { compareVersions, versionOf } from './version.ts';

/**
 * A pack as a tenant installed it: what a release needs beside the entries, and the pack's own words, which tell an
 * update what the shop has changed. A deployment that brings a newer pack changes none of it.
 */
export const InstalledPack = SnapshotMeta.extend({
  golden: z.array(Golden),
  /** Empty for what was installed before packs were kept whole. */
  entries: z.array(Entry).default([]),
  facts: Manifest.shape.facts,
  at: z.iso.datetime().optional(),
});
export type InstalledPack = z.infer<typeof InstalledPack>;

type Deps = Pick<KnowledgeDeps, 'objects' | 'loadPack'>;

/** `ecommerce@1.2.0`. Entries come from outside too, so a tag is checked before it becomes part of a key. */
const TAG = /^[a-z][a-z0-9-]{0,62}@\d+\.\d+\.\d+$/;
const keyOf = (tenant: TenantId, tag: string): string => `packs/${tenant}/${tag}.json`;

export const tagOf = ({ name, version }: Pick<Pack, 'name' | 'version'>): string => `${name}@${version}`;

export async function keepPack(
  { objects }: Pick<Deps, 'objects'>,
  tenant: TenantId,
  pack: Pack,
  at: number,
): Promise<void> {
  const { phrases, skills, golden, entries, facts } = pack;
  const kept: InstalledPack = { phrases, skills, golden, entries, facts, at: new Date(at).toISOString() };
  await objects.put(keyOf(tenant, tagOf(pack)), new TextEncoder().encode(JSON.stringify(kept)));
}

/** What was kept of a version when it was installed. */
export async function readKept(
  { objects }: Pick<Deps, 'objects'>,
  tenant: TenantId,
  tag: string,
): Promise<InstalledPack | undefined> {
  const kept = TAG.test(tag) ? await objects.get(keyOf(tenant, tag)) : undefined;
  return kept === undefined ? undefined : InstalledPack.parse(JSON.parse(new TextDecoder().decode(kept)));
}

/** Undefined for a tag of no pack that we know: its entries are like any others. */
async function readPack(deps: Deps, tenant: TenantId, tag: string): Promise<InstalledPack | undefined> {
  const kept = await readKept(deps, tenant, tag);
  if (kept !== undefined) return kept;
  try {
    return await deps.loadPack(packName(tag) ?? tag);
  } catch (error) {
    if (error instanceof CuecardError && error.kind === 'not_found') return undefined;
    throw error;
  }
}

/**
 * The versions that entries are marked with, by pack, oldest first. There are several of one pack only while an update
 * has not been written whole: until then the oldest is what is installed.
 */
export function installedTags(entries: readonly Pick<Entry, 'pack'>[]): Map<string, [string, ...string[]]> {
  const tags = [...new Set(entries.flatMap((entry) => entry.pack ?? []))].filter((tag) => TAG.test(tag)).sort();
  const byName = new Map<string, [string, ...string[]]>();
  for (const tag of tags) {
    const name = packName(tag) ?? tag;
    const [first, ...more] = [...(byName.get(name) ?? []), tag].sort((a, b) =>
      compareVersions(versionOf(a), versionOf(b)),
    );
    byName.set(name, [first ?? tag, ...more]);
  }
  return byName;
}

/** The packs behind a draft's entries, by name; of several versions of one pack, the latest. */
export async function installedPacks(
  deps: Deps,
  tenant: TenantId,
  entries: readonly Entry[],
): Promise<InstalledPack[]> {
  const tags = [...installedTags(entries).values()].map((versions) => versions.at(-1) ?? versions[0]);
  const packs = await Promise.all(tags.map((tag) => readPack(deps, tenant, tag)));
  return packs.filter((pack) => pack !== undefined);
}
