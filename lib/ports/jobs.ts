/** Long work that survives the run that does it. */

import type { TenantId } from '../domain/ids.ts';
import type { Page } from './page.ts';

/** A job and which run of it holds it: `attempt` fences a run that was taken for dead. */
export type HeldJob<T> = { job: T; attempt: number };

/** Long work, kept as one item that stays due until it is finished. */
export type JobStore<T> = {
  create(tenant: TenantId, id: string, job: T, dueAt: number): Promise<void>;
  read(tenant: TenantId, id: string): Promise<HeldJob<T> | undefined>;
  /** Takes a due job until `until` (epoch ms). Undefined when it is unknown, finished, or held by another run. */
  claim(tenant: TenantId, id: string, now: number, until: number): Promise<HeldJob<T> | undefined>;
  /** Saves a held job and holds it until `until`; `lost` when a later run has taken it. */
  save(tenant: TenantId, id: string, held: HeldJob<T>, until: number): Promise<'ok' | 'lost'>;
  /** Saves a job that is not due again. */
  finish(tenant: TenantId, id: string, held: HeldJob<T>): Promise<'ok' | 'lost'>;
  /** Newest first. */
  page(tenant: TenantId, limit: number, cursor?: string): Promise<Page<HeldJob<T>>>;
};
