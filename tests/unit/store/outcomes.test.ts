/** One contract, both stores: what agents did with turns, counted by tenant and day. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { outcomesKey, turnOutcomeKey } from '../../../lib/adapters/dynamodb/keys.ts';
import { dynamodbOutcomes } from '../../../lib/adapters/dynamodb/outcomes.ts';
import { getItem } from '../../../lib/adapters/dynamodb/table.ts';
import { ConversationId, TenantId } from '../../../lib/domain/ids.ts';
import type { OutcomeStore } from '../../../lib/ports/outcomes.ts';
import { startTable, type TestTable } from '../../support/dynalite.ts';
import { memoryOutcomes } from '../../support/memory-outcomes.ts';

const NOON = Date.parse('2026-11-22T12:00:00Z');
const DAY_MS = 86_400_000;
const [TODAY, TOMORROW] = ['2026-11-22', '2026-11-23'];

let table: TestTable;
beforeAll(async () => {
  table = await startTable();
}, 30_000);
afterAll(() => table.stop());

const STORES: [string, () => OutcomeStore][] = [
  ['in memory', memoryOutcomes],
  ['DynamoDB', () => dynamodbOutcomes(table.table, { retentionSeconds: 3_600 })],
];

/** Every test has a tenant of its own. */
let count = 0;
function another() {
  count += 1;
  const tenant = TenantId.parse(`shop-${count}`);
  return {
    tenant,
    turn: (startSeq: number, c = 'c#1') => ({ tenant, conversation: ConversationId.parse(c), startSeq }),
  };
}

describe.each(STORES)('outcomes %s', (_, open) => {
  it('count every turn once, however often it is told', async () => {
    const [store, { tenant, turn }] = [open(), another()];
    for (let again = 0; again < 3; again += 1) {
      await store.count(turn(1), 'fitted', NOON + again);
      await store.count(turn(2), 'unfitted', NOON + again);
      await store.count(turn(1, 'c#2'), 'unfitted', NOON + again);
    }
    expect(await store.sum(tenant, TODAY, TODAY)).toEqual({ fitted: 1, unfitted: 2 });
  });

  it('let a suggestion that is used after all take the place of what was counted, on its day, and never back', async () => {
    const [store, { tenant, turn }] = [open(), another()];
    await store.count(turn(1), 'unfitted', NOON);
    await store.count(turn(1), 'fitted', NOON + DAY_MS);
    await store.count(turn(1), 'unfitted', NOON + DAY_MS);
    expect(await store.sum(tenant, TODAY, TODAY)).toEqual({ fitted: 1, unfitted: 0 });
    expect(await store.sum(tenant, TOMORROW, TOMORROW)).toEqual({ fitted: 0, unfitted: 0 });
  });

  it('lose and double nothing when many agents act at once', async () => {
    const [store, { tenant, turn }] = [open(), another()];
    const acts = Array.from({ length: 60 }, (_, at) =>
      store.count(turn(1 + (at % 12)), at % 12 < 5 && at >= 30 ? 'fitted' : 'unfitted', NOON),
    );
    await Promise.all(acts);
    expect(await store.sum(tenant, TODAY, TODAY)).toEqual({ fitted: 5, unfitted: 7 });
  });

  it('are a tenant’s own, and of the days that are asked for', async () => {
    const [store, mine, other] = [open(), another(), another()];
    for (const [at, day] of [-1, 0, 1, 2].entries())
      await store.count(mine.turn(at + 1), 'fitted', NOON + day * DAY_MS);
    await store.count(other.turn(1), 'unfitted', NOON);
    expect(await store.sum(mine.tenant, TODAY, TOMORROW)).toEqual({ fitted: 2, unfitted: 0 });
    expect(await store.sum(other.tenant, '2026-01-01', '2026-12-31')).toEqual({ fitted: 0, unfitted: 1 });
  });

  it('note what was dismissed of a turn, by several at once, and count nothing for it', async () => {
    const [store, { tenant, turn }] = [open(), another()];
    expect([...(await store.dismiss(turn(1), 'a', NOON))]).toEqual(['a']);
    await Promise.all(['b', 'c', 'a'].map((id) => store.dismiss(turn(1), id, NOON)));
    expect([...(await store.dismiss(turn(1), 'b', NOON))].sort()).toEqual(['a', 'b', 'c']);
    expect([...(await store.dismiss(turn(2), 'd', NOON))]).toEqual(['d']);
    expect(await store.sum(tenant, TODAY, TODAY)).toEqual({ fitted: 0, unfitted: 0 });
    await store.count(turn(1), 'unfitted', NOON);
    expect(await store.sum(tenant, TODAY, TODAY)).toEqual({ fitted: 0, unfitted: 1 });
  });
});

it('both items go by themselves', async () => {
  const { tenant, turn } = another();
  await dynamodbOutcomes(table.table, { retentionSeconds: 3_600 }).count(turn(1), 'fitted', NOON);
  const [mark, day] = await Promise.all([
    getItem(table.table, turnOutcomeKey(tenant, 'c#1', 1)),
    getItem(table.table, outcomesKey(tenant, TODAY)),
  ]);
  expect(mark?.['expiresAt']).toBe(NOON / 1_000 + 3_600);
  expect(day?.['expiresAt']).toBe((Date.parse(TODAY) + 90 * DAY_MS) / 1_000);
});
