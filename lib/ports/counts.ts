import type { TenantId } from '../domain/ids.ts';

/** What happened, counted by hour (`YYYY-MM-DDTHH`, UTC). A count may be lost with a crash; none is counted twice. */
export type HourCounts = {
  add(tenant: TenantId, hour: string, counts: Readonly<Record<string, number>>): Promise<void>;
  /** Both hours included, in order. */
  between(tenant: TenantId, from: string, to: string): Promise<{ hour: string; counts: Record<string, number> }[]>;
};
