/** One contract, both stores: what happened, by tenant and hour. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dynamodbHourCounts, withRoom } from '../../../lib/adapters/dynamodb/hour-counts.ts';
import { hourKey } from '../../../lib/adapters/dynamodb/keys.ts';
import { getItem } from '../../../lib/adapters/dynamodb/table.ts';
import { intentName, skillName } from '../../../lib/domain/hour-names.ts';
import { TenantId } from '../../../lib/domain/ids.ts';
import type { HourCounts } from '../../../lib/ports/counts.ts';
import { startTable, type TestTable } from '../../support/dynalite.ts';
import { memoryHourCounts } from '../../support/memory-hour-counts.ts';

let table: TestTable;
beforeAll(async () => {
  table = await startTable();
}, 30_000);
afterAll(() => table.stop());

const STORES: [string, () => HourCounts][] = [
  ['in memory', memoryHourCounts],
  ['DynamoDB', () => dynamodbHourCounts(table.table)],
];
let count = 0;
const another = (): TenantId => {
  count += 1;
  return TenantId.parse(`hours-${count}`);
};
const [NINE, TEN, ELEVEN] = ['2026-11-22T09', '2026-11-22T10', '2026-11-22T11'];

describe.each(STORES)('hours %s', (_, open) => {
  it('add up by name, whatever was there', async () => {
    const [store, tenant] = [open(), another()];
    await store.add(tenant, NINE, { turn: 1, [intentName('order.cancel')]: 1 });
    await store.add(tenant, NINE, { turn: 2, [intentName('order.cancel')]: 1, [skillName('first', '退货 组')]: 1 });
    await store.add(tenant, NINE, { turn: -1, 'wait.ms': 1_500 });
    expect(await store.between(tenant, NINE, NINE)).toEqual([
      { hour: NINE, counts: { turn: 2, 'i#order.cancel': 2, 'first@退货 组': 1, 'wait.ms': 1_500 } },
    ]);
  });

  it('are read in order, both ends included, and nobody else’s', async () => {
    const [store, tenant, other] = [open(), another(), another()];
    for (const hour of [ELEVEN, NINE, TEN]) await store.add(tenant, hour, { turn: 1 });
    await store.add(other, TEN, { turn: 7 });
    expect((await store.between(tenant, NINE, TEN)).map(({ hour }) => hour)).toEqual([NINE, TEN]);
    expect(await store.between(tenant, '2026-11-21T00', '2026-11-21T23')).toEqual([]);
  });

  it('lose nothing where many add at once', async () => {
    const [store, tenant] = [open(), another()];
    const names = ['a', 'b', 'c'].map(intentName);
    await Promise.all(
      Array.from({ length: 30 }, (_at, at) => store.add(tenant, NINE, { turn: 1, [names[at % 3] ?? '']: 1 })),
    );
    const [hour] = await store.between(tenant, NINE, NINE);
    expect(hour?.counts).toEqual({ turn: 30, 'i#a': 10, 'i#b': 10, 'i#c': 10 });
  });
});

describe('the room of an hour', () => {
  it('ends: what finds none is counted under other, and nothing is lost', async () => {
    const [store, tenant] = [dynamodbHourCounts(table.table), another()];
    for (let at = 0; at < 80; at += 1) {
      await store.add(tenant, NINE, { turn: 1, [intentName(`topic.${at}`)]: 1, [skillName('first', `s${at % 2}`)]: 1 });
    }
    const item = (await getItem(table.table, hourKey(tenant, NINE))) ?? {};
    const intents = Object.keys(item).filter((name) => name.startsWith('i#'));
    expect(intents).toHaveLength(65);
    expect(item['i#other']).toBe(16);
    expect([item['turn'], item['first@s0'], item['first@s1']]).toEqual([80, 40, 40]);
    await store.add(tenant, NINE, { [intentName('topic.3')]: 1 });
    expect((await store.between(tenant, NINE, NINE))[0]?.counts['i#topic.3']).toBe(2);
  });

  it('goes with the item after more than a year', async () => {
    const tenant = another();
    await dynamodbHourCounts(table.table).add(tenant, NINE, { turn: 1 });
    const item = await getItem(table.table, hourKey(tenant, NINE));
    const days = (Number(item?.['expiresAt']) - Date.parse(`${NINE}:00:00Z`) / 1_000) / 86_400;
    expect(Math.floor(days)).toBe(400);
  });

  it('keeps sums whatever does not fit', () => {
    const counts = { turn: 3, [intentName('new')]: 2, [intentName('known')]: 1, [skillName('wait.ms', 'x')]: 50 };
    const full = new Set([...Array.from({ length: 64 }, (_, at) => intentName(`t${at}`)), intentName('known')]);
    expect(withRoom(counts, full)).toEqual({ turn: 3, 'i#other': 2, 'i#known': 1, 'wait.ms@x': 50 });
  });
});
