/** What happened, counted by hour. */
import { once } from '../adapters/memory.ts';
import { createTally } from '../assist/tally.ts';
import type { HourCounts } from '../ports/counts.ts';
import { settings } from './clients.ts';

/** By a client that repeats nothing by itself: an `ADD` is not done twice because its answer was lost. */
export const hourCounts = /* @__PURE__ */ once(async (): Promise<HourCounts> => {
  const [{ dynamoDbClient }, { dynamodbHourCounts }, { tableName, dynamodbEndpoint }] = await Promise.all([
    import('./sdk/dynamodb.ts'),
    import('../adapters/dynamodb/hour-counts.ts'),
    settings(),
  ]);
  return dynamodbHourCounts({ name: tableName, client: dynamoDbClient(dynamodbEndpoint, 1) });
});

/** Gathers what an instance counts; the store behind it is opened when the first count is written. */
export const tally = /* @__PURE__ */ createTally({ add: async (...counts) => (await hourCounts()).add(...counts) });

/** Runs, then writes what was counted. Without counts nothing is written. */
export function tallied<Args extends readonly unknown[], Result>(run: (...args: Args) => Promise<Result>) {
  return (...args: Args): Promise<Result> => run(...args).finally(tally.flush);
}

/** The same for every call of a room. */
export function talliedRoom<Room extends Record<string, (...args: never[]) => Promise<unknown>>>(room: Room): Room {
  return Object.fromEntries(Object.entries(room).map(([name, call]) => [name, tallied(call)])) as Room;
}
