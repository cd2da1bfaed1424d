/** What agents did with turns. */

import type { ConversationId, TenantId } from '../domain/ids.ts';

/** What agents did with a turn that asked something: sent a suggestion of it, or found none that fits. */
export type Outcome = 'fitted' | 'unfitted';

export type TurnPlace = { tenant: TenantId; conversation: ConversationId; startSeq: number };

export type OutcomeStore = {
  /** Counts a turn on its day (UTC), once; `fitted` takes the place of `unfitted`, never the other way round. */
  count(turn: TurnPlace, outcome: Outcome, at: number): Promise<void>;
  /** Notes a dismissed suggestion; all of the turn's that were dismissed so far. */
  dismiss(turn: TurnPlace, suggestionId: string, at: number): Promise<ReadonlySet<string>>;
  /** Turns counted on the days (`YYYY-MM-DD`) from one to the other, both included. */
  sum(tenant: TenantId, from: string, to: string): Promise<Record<Outcome, number>>;
};
