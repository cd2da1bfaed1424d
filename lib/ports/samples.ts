import type { TenantId } from '../domain/ids.ts';
import type { SampledTurn } from '../domain/sampled-turn.ts';

/** Some of the turns that customers asked lately. Each has a place among few on its day (UTC), which the next takes. */
export type TurnSamples = {
  put(tenant: TenantId, place: number, turn: SampledTurn): Promise<void>;
  /** Of the days (`YYYY-MM-DD`) from one to the other, both included. */
  between(tenant: TenantId, from: string, to: string): Promise<SampledTurn[]>;
};
