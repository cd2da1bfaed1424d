import type { ChatwootReached } from '../domain/chatwoot.ts';
import type { TenantId } from '../domain/ids.ts';

/** `run` fences: only the newest run's word is kept. */
export type HeldCatchUp = { reached: ChatwootReached; run: number };

/** How far a tenant's Chatwoot has been read behind its webhooks: one item, due again and again. */
export type CatchUpStore = {
  /** Nothing where it has begun before. */
  begin(tenant: TenantId, reached: ChatwootReached, dueAt: number): Promise<void>;
  /** Takes it until `until` (epoch ms). Undefined where none has begun, or another run holds it. */
  claim(tenant: TenantId, now: number, until: number): Promise<HeldCatchUp | undefined>;
  /** Keeps how far a run has got; with `dueAt` it is over. `lost` when a later run has taken it, or it is gone. */
  save(tenant: TenantId, held: HeldCatchUp, dueAt?: number): Promise<'ok' | 'lost'>;
  end(tenant: TenantId): Promise<void>;
};
