import * as z from 'zod';
import type { TenantId } from '../../domain/ids.ts';
import type { Outcome, OutcomeStore, TurnPlace } from '../../ports/outcomes.ts';
import { type Key, outcomesKey, outcomesPk, turnOutcomeKey } from './keys.ts';
import { queryAll, type Table, updateItem } from './table.ts';

const SECONDS_A_DAY = 86_400;
/** Counts are asked for over weeks. */
const KEPT_DAYS = 90;

const Counted = z.object({ fitted: z.number().default(0), unfitted: z.number().default(0) });
const Marked = z.object({ day: z.string() });
const Dismissed = z.object({ dismissed: z.set(z.string()) });

const dayOf = (at: number): string => new Date(at).toISOString().slice(0, 10);

/**
 * Two items. A mark beside the turn's assist says what was counted for it; the numbers of a tenant's day stand in a
 * partition of their own, changed by `ADD` alone. The mark is conditional and written first, so one turn is never counted
 * twice, whoever repeats or races; a crash between the two writes loses one turn of a statistic.
 */
export function dynamodbOutcomes(table: Table, { retentionSeconds }: { retentionSeconds: number }): OutcomeStore {
  const add = async (tenant: TenantId, day: string, counts: { fitted: number; unfitted: number }): Promise<void> => {
    await updateItem(table, outcomesKey(tenant, day), {
      expression: 'ADD fitted :fitted, unfitted :unfitted SET expiresAt = :expires',
      values: {
        ':fitted': counts.fitted,
        ':unfitted': counts.unfitted,
        ':expires': Math.floor(Date.parse(day) / 1_000) + KEPT_DAYS * SECONDS_A_DAY,
      },
    });
  };
  const markOf = ({ tenant, conversation, startSeq }: TurnPlace): Key => turnOutcomeKey(tenant, conversation, startSeq);
  const expiry = (at: number): number => Math.floor(at / 1_000) + retentionSeconds;

  return {
    async count(turn, outcome, at) {
      const day = dayOf(at);
      const first = await updateItem(table, markOf(turn), {
        expression: 'SET outcome = :outcome, #day = :day, expiresAt = :expires',
        names: { '#day': 'day' },
        values: { ':outcome': outcome, ':day': day, ':expires': expiry(at) },
        condition: 'attribute_not_exists(outcome)',
      });
      if (first.status === 'ok') return add(turn.tenant, day, ONE[outcome]);
      if (outcome === 'unfitted') return;
      const better = await updateItem(table, markOf(turn), {
        expression: 'SET outcome = :fitted',
        values: { ':fitted': 'fitted', ':unfitted': 'unfitted' },
        condition: 'outcome = :unfitted',
      });
      if (better.status === 'ok') await add(turn.tenant, Marked.parse(better.item).day, { fitted: 1, unfitted: -1 });
    },
    async dismiss(turn, suggestionId, at) {
      const noted = await updateItem(table, markOf(turn), {
        expression: 'ADD dismissed :one SET expiresAt = :expires',
        values: { ':one': new Set([suggestionId]), ':expires': expiry(at) },
      });
      return noted.status === 'ok' ? Dismissed.parse(noted.item).dismissed : new Set();
    },
    async sum(tenant, from, to) {
      const items = await queryAll(table, {
        key: {
          expression: 'pk = :pk AND sk BETWEEN :from AND :to',
          values: {
            ':pk': outcomesPk(tenant),
            ':from': outcomesKey(tenant, from).sk,
            ':to': outcomesKey(tenant, to).sk,
          },
        },
      });
      const days = items.map((item) => Counted.parse(item));
      const total = (name: Outcome): number => days.reduce((sum, day) => sum + day[name], 0);
      return { fitted: total('fitted'), unfitted: total('unfitted') };
    },
  };
}

const ONE: Readonly<Record<Outcome, { fitted: number; unfitted: number }>> = {
  fitted: { fitted: 1, unfitted: 0 },
  unfitted: { fitted: 0, unfitted: 1 },
};
