/** The knowledge that managers work on. */

import type { Entry } from '../domain/entry.ts';
import type { EntryId, TenantId } from '../domain/ids.ts';
import type { KeptEntry } from '../domain/kept-entry.ts';
import type { DraftHead } from '../domain/knowledge.ts';
import type { Page } from './page.ts';

/** Who changed an entry, and when (epoch ms). */
export type Touch = { by: string; at: number };

/**
 * The draft. What imports write of a generation is written without conditions; an edit by a person is conditional on what
 * they read. Everything else that must not race is in the head.
 */
export type DraftStore = {
  /** Makes an empty draft if there is none. */
  head(tenant: TenantId): Promise<DraftHead>;
  /** Puts the head if its stored version is `expected`; the new one has the next version. */
  putHead(tenant: TenantId, head: DraftHead, expected: number): Promise<'ok' | 'conflict'>;
  /** Counts one change, if the draft still is of this generation. */
  touch(tenant: TenantId, generation: string): Promise<'ok' | 'conflict'>;
  entry(tenant: TenantId, generation: string, id: EntryId): Promise<Entry | undefined>;
  /** The entry with its revision. */
  kept(tenant: TenantId, generation: string, id: EntryId): Promise<KeptEntry | undefined>;
  /** By id, at most `limit`. */
  page(tenant: TenantId, generation: string, limit: number, cursor?: string): Promise<Page<KeptEntry>>;
  /** All entries, read consistently, by id. */
  all(tenant: TenantId, generation: string): Promise<Entry[]>;
  write(
    tenant: TenantId,
    generation: string,
    changes: { puts?: readonly Entry[]; deletes?: readonly EntryId[]; touch?: Touch },
  ): Promise<void>;
  /**
   * Puts an entry, or deletes it where `next` is undefined, if what is stored is still of this revision (`undefined`:
   * nothing is stored). The revision it now has, undefined once deleted.
   */
  swap(
    tenant: TenantId,
    generation: string,
    id: EntryId,
    change: { expected: string | undefined; next: Entry | undefined; touch?: Touch },
  ): Promise<{ status: 'ok' | 'conflict'; revision?: string | undefined }>;
  /** Deletes every entry of a generation that is no longer the draft's. */
  drop(tenant: TenantId, generation: string): Promise<void>;
};
