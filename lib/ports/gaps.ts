import type { TenantId } from '../domain/ids.ts';
import type { GapRecord, GapsState, ProposalRecord } from '../domain/learning.ts';

/** Gaps and proposals as managers see them. The job writes what it found; `status` is the managers'. */
export type GapStore = {
  state(tenant: TenantId): Promise<GapsState | undefined>;
  putState(tenant: TenantId, state: GapsState): Promise<void>;
  gaps(tenant: TenantId): Promise<GapRecord[]>;
  gap(tenant: TenantId, id: string): Promise<GapRecord | undefined>;
  proposals(tenant: TenantId): Promise<ProposalRecord[]>;
  proposal(tenant: TenantId, id: string): Promise<ProposalRecord | undefined>;
  /** Writes all but the status; a new one is open. */
  write(tenant: TenantId, found: { gaps?: readonly GapRecord[]; proposals?: readonly ProposalRecord[] }): Promise<void>;
  /** Takes away those that no evidence speaks for any more. */
  drop(tenant: TenantId, gone: { gaps?: readonly string[]; proposals?: readonly string[] }): Promise<void>;
  /** `conflict` when the status is not `from`, or there is none. */
  setGapStatus(tenant: TenantId, id: string, to: GapRecord['status'], count: number): Promise<'ok' | 'conflict'>;
  setProposalStatus(
    tenant: TenantId,
    id: string,
    from: ProposalRecord['status'],
    to: ProposalRecord['status'],
  ): Promise<'ok' | 'conflict'>;
};
