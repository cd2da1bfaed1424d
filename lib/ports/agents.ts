import type { AgentId, TenantId } from '../domain/ids.ts';
import type { AgentRecord } from '../domain/routing.ts';

/** The people at the desks. Each change is one put conditional on the version read. */
export type AgentStore = {
  get(tenant: TenantId, agent: AgentId): Promise<AgentRecord | undefined>;
  /** Read consistently. */
  list(tenant: TenantId): Promise<AgentRecord[]>;
  /** The new one has the next version; `expected` undefined: none is stored. Due when its lease ends. */
  put(tenant: TenantId, agent: AgentRecord, expected: number | undefined): Promise<'ok' | 'conflict'>;
};
