import { Entry } from '../../domain/entry.ts';
import { CuecardError } from '../../domain/error.ts';
import type { EntryId, TenantId } from '../../domain/ids.ts';
import type { KeptEntry } from '../../domain/kept-entry.ts';
import type { KnowledgeDeps } from '../deps.ts';
import { installedTags, readKept } from './installed.ts';
import { presentEntries } from './present.ts';

type Deps = Pick<KnowledgeDeps, 'drafts' | 'objects' | 'now'>;

const ATTEMPTS = 20;

/** Changes an entry from what it is now; `undefined` in and out: there is none. Raises what `change` raises. */
async function changeEntry(
  { drafts, now }: Deps,
  tenant: TenantId,
  id: EntryId,
  by: string,
  change: (entry: Entry | undefined) => Promise<Entry> | Entry,
): Promise<KeptEntry> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const { generation } = await drafts.head(tenant);
    const kept = await drafts.kept(tenant, generation, id);
    const next = await change(kept === undefined ? undefined : Entry.parse(kept));
    const swapped = await drafts.swap(tenant, generation, id, {
      expected: kept?.revision,
      next,
      touch: { by, at: now() },
    });
    // A `replace` that flipped the draft in between left the edit where nobody looks: it is made again.
    if (swapped.status === 'ok' && (await drafts.touch(tenant, generation)) === 'ok') {
      const written = await drafts.kept(tenant, generation, id);
      return written ?? { ...next, revision: swapped.revision ?? '' };
    }
  }
  throw new CuecardError('unavailable', `entry ${id} is being changed too often: try again`);
}

const none = (id: EntryId): CuecardError => new CuecardError('not_found', `no entry ${id}`);

/** Keeps the entry and leaves it out of releases, or takes it in again. Raises `not_found`. */
export function switchEntry(deps: Deps, tenant: TenantId, id: EntryId, to: 'on' | 'off', by: string) {
  return changeEntry(deps, tenant, id, by, (entry) => {
    if (entry === undefined) throw none(id);
    const { off: _, ...rest } = entry;
    return to === 'off' ? { ...rest, off: true } : rest;
  });
}

/** The pack's words of an entry, as the tenant installed them; of one that was deleted, whichever pack has it. */
async function wordsOf(deps: Deps, tenant: TenantId, id: EntryId, mark: string | undefined): Promise<Entry> {
  const marks =
    mark === undefined ? [...installedTags(await presentEntries(deps, tenant)).values()].map(([tag]) => tag) : [mark];
  const packs = await Promise.all(marks.map((tag) => readKept(deps, tenant, tag)));
  const words = packs.flatMap((pack) => pack?.entries ?? []).find((entry) => entry.id === id);
  if (words !== undefined) return words;
  if (mark === undefined) throw none(id);
  throw new CuecardError('conflict', `the words of ${id} in ${mark} are not kept: there is nothing to go back to`);
}

/**
 * Back to the pack's words, on or off as it was. An entry that was deleted comes back. Raises `not_found`, or `conflict`
 * for one that the shop wrote itself.
 */
export function resetEntry(deps: Deps, tenant: TenantId, id: EntryId, by: string) {
  return changeEntry(deps, tenant, id, by, async (entry) => {
    if (entry !== undefined && entry.pack === undefined) {
      throw new CuecardError('conflict', `${id} is of no pack: there is nothing to go back to`);
    }
    const words = await wordsOf(deps, tenant, id, entry?.pack);
    return { ...words, ...(entry?.off === undefined ? {} : { off: entry.off }) };
  });
}

/** The entries that a release is made of. */
export const inForce = (entries: readonly Entry[]): Entry[] => entries.filter((entry) => entry.off !== true);
