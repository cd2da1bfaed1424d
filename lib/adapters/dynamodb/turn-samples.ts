import { SampledTurn } from '../../domain/sampled-turn.ts';
import type { TurnSamples } from '../../ports/samples.ts';
import { sampleKey, samplesPk } from './keys.ts';
import { putItem, queryAll, type Table } from './table.ts';

const SECONDS_A_DAY = 86_400;
/** Longer than a gate looks back, so that a day is not half there. */
const KEPT_DAYS = 15;

/** A partition a tenant; a day's turns stand in a bounded number of places, the later in place of the earlier. */
export function dynamodbTurnSamples(table: Table): TurnSamples {
  return {
    async put(tenant, place, turn) {
      const day = new Date(turn.at).toISOString().slice(0, 10);
      const expiresAt = Math.floor(turn.at / 1_000) + KEPT_DAYS * SECONDS_A_DAY;
      await putItem(table, { ...sampleKey(tenant, day, place), turn: JSON.stringify(turn), expiresAt });
    },
    async between(tenant, from, to) {
      const items = await queryAll(table, {
        key: {
          expression: 'pk = :pk AND sk BETWEEN :from AND :to',
          values: { ':pk': samplesPk(tenant), ':from': sampleKey(tenant, from, 0).sk, ':to': `day#${to}#~` },
        },
      });
      return items.map((item) => SampledTurn.parse(JSON.parse(String(item['turn']))));
    },
  };
}
