import type { TenantId } from '../domain/ids.ts';

/** Tokens that a tenant has used of providers on a day (UTC, `YYYY-MM-DD`). */
export type UsageStore = {
  /** Counts tokens before they are spent, unless the day's sum would pass `limit`. Atomic. */
  reserve(tenant: TenantId, day: string, tokens: number, limit: number): Promise<'ok' | 'over_budget'>;
  /** Adds what a call used beyond what was reserved, negative when it used less. */
  settle(tenant: TenantId, day: string, difference: number): Promise<void>;
  read(tenant: TenantId, day: string): Promise<number>;
};
