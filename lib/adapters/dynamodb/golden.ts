import * as z from 'zod';
import type { GoldenStore } from '../../ports/release.ts';
import { goldenKey } from './keys.ts';
import { getItem, putItem, putNew, type Table } from './table.ts';

const Stored = z.object({ version: z.number().int(), key: z.string(), total: z.number().int() });

export function dynamodbGolden(table: Table): GoldenStore {
  return {
    async read(tenant) {
      const item = await getItem(table, goldenKey(tenant));
      return item === undefined ? undefined : Stored.parse(item);
    },
    put(tenant, list, expected) {
      const item = { ...goldenKey(tenant), ...list };
      if (expected === undefined) return putNew(table, item);
      return putItem(table, item, {
        expression: '#version = :expected',
        names: { '#version': 'version' },
        values: { ':expected': expected },
      });
    },
  };
}
