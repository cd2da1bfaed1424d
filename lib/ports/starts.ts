/** Functions that are started without waiting, and the work the sweep starts again. */

import type { AgentId, ConversationId, TenantId } from '../domain/ids.ts';
import type { JobKind } from '../domain/job.ts';

/** The functions that are started asynchronously, each with a payload of ids only. */
export type Starts = {
  assist: { tenant: TenantId; conversation: ConversationId; message: string };
  deliver: { tenant: TenantId; conversation: ConversationId };
  /** Timers of a conversation and offers to agents; without a conversation, whatever of the tenant waits. */
  route: { tenant: TenantId; conversation?: ConversationId | undefined; agent?: AgentId | undefined };
  work: { tenant: TenantId; kind: JobKind; id: string };
  /** Reads from the tenant's platform what no webhook has brought. */
  catchUp: { tenant: TenantId };
};

/** Starts a function without waiting for it. May fail: the work item stays due and the sweep starts it again. */
export type Start = <Name extends keyof Starts>(name: Name, payload: Starts[Name]) => Promise<void>;

/** Work that is due and nobody has finished. */
export type DueWork = {
  key: { pk: string; sk: string };
  dueAt: number;
  /** How often the sweep has started it before. */
  attempts: number;
  work: { [Name in keyof Starts]: { name: Name; payload: Starts[Name] } }[keyof Starts];
};

export type WorkStore = {
  shards: number;
  /** Due at `now`, the longest due first. */
  due(shard: number, now: number, limit: number): Promise<DueWork[]>;
  /** Moves work on that is still due as it was read; `conflict` when somebody else did, or it is done. */
  defer(work: DueWork, until: number): Promise<'ok' | 'conflict'>;
};
