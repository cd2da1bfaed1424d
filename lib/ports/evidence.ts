/** What shows that the knowledge lacks something. */

import type { EditEvidence, GapEvidence, Tally } from '../domain/evidence.ts';
import type { ConversationId, EntryId, TenantId } from '../domain/ids.ts';

/** What shows that the knowledge lacks something, a partition a tenant and day. Every change is one write and repeatable. */
export type EvidenceStore = {
  /** Of a turn: what is known of it already stays, kinds add up, a later text or reply takes the place of an earlier. */
  note(tenant: TenantId, evidence: GapEvidence): Promise<void>;
  /** The turn was answered after all. */
  forget(tenant: TenantId, id: string, at: string): Promise<void>;
  edited(tenant: TenantId, edit: EditEvidence): Promise<void>;
  /** What an agent did with an entry's suggestion in a turn; the last word counts. */
  chosen(tenant: TenantId, choice: Choice): Promise<void>;
  /** The newest of the days (UTC, `YYYY-MM-DD`) given newest first, at most about `limit` of each. */
  read(
    tenant: TenantId,
    days: readonly string[],
    limit: number,
  ): Promise<{ gaps: GapEvidence[]; edits: EditEvidence[] }>;
  /** Uses and dismissals of the days, by what was asked and which entry was suggested. */
  tallies(tenant: TenantId, days: readonly string[]): Promise<Tally[]>;
  /** Everything of a conversation: `turns` are its assists' first sequence numbers and instants. */
  erase(
    tenant: TenantId,
    conversation: ConversationId,
    turns: readonly { startSeq: number; at: string }[],
  ): Promise<void>;
};

/** `id` names turn and suggestion; `at` is the assist's instant (ISO 8601). */
export type Choice = { id: string; at: string; entryId: EntryId; intent: string; event: 'used' | 'dismissed' };
