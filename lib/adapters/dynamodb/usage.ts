import * as z from 'zod';
import type { UsageStore } from '../../ports/usage.ts';
import { usageKey } from './keys.ts';
import { getItem, type Table, updateItem } from './table.ts';

const SECONDS_A_DAY = 86_400;
/** Counts outlive the year's invoices. */
const KEPT_DAYS = 400;

const Counted = z.object({ tokens: z.number() });

const expiresAt = (day: string): number => Math.floor(Date.parse(day) / 1_000) + KEPT_DAYS * SECONDS_A_DAY;

/**
 * A number a tenant and day, changed by `ADD` alone. The condition stands in the same write: of two calls that together
 * would pass the limit, the table lets one through.
 */
export function dynamodbUsage(table: Table): UsageStore {
  const add = (tenant: string, day: string, tokens: number, condition?: { most: number }) =>
    updateItem(table, usageKey(tenant, day), {
      expression: 'ADD tokens :tokens SET expiresAt = :expires',
      values: {
        ':tokens': tokens,
        ':expires': expiresAt(day),
        ...(condition === undefined ? {} : { ':most': condition.most }),
      },
      ...(condition === undefined ? {} : { condition: 'attribute_not_exists(tokens) OR tokens <= :most' }),
    });
  return {
    async reserve(tenant, day, tokens, limit) {
      if (tokens > limit) return 'over_budget';
      const { status } = await add(tenant, day, tokens, { most: limit - tokens });
      return status === 'ok' ? 'ok' : 'over_budget';
    },
    async settle(tenant, day, difference) {
      await add(tenant, day, difference);
    },
    async read(tenant, day) {
      const item = await getItem(table, usageKey(tenant, day));
      return item === undefined ? 0 : Counted.parse(item).tokens;
    },
  };
}
