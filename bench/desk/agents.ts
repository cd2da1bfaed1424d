/** All agents, in a process of their own (started by `team.ts`), so that they do not wait for those who write. */
import * as z from 'zod';
import { generator } from '../../lib/engine/hash.ts';
import { http } from '../stack/webhook.ts';
import { type Day, startAgent } from './agent.ts';
import { type AgentPlace, emptyTally } from './agent-calls.ts';

const Order = z.union([
  z.object({ start: z.custom<AgentPlace[]>(), seed: z.number() }),
  /** Gives the tally since the last time and begins a new one. */
  z.object({ report: z.literal(true) }),
  /** Nobody writes any more: the desks are cleared. */
  z.object({ finish: z.literal(true) }),
  z.object({ stop: z.literal(true) }),
]);

const client = http();
const tally = emptyTally();
let days: Day[] = [];

async function obey(order: z.infer<typeof Order>): Promise<unknown> {
  if ('start' in order) {
    const random = generator(order.seed);
    days = order.start.map((place) => startAgent(client, place, random, tally));
    return {};
  }
  if ('report' in order) {
    const told = structuredClone(tally);
    Object.assign(tally, emptyTally());
    return told;
  }
  if ('finish' in order) {
    for (const day of days) day.finish();
    return {};
  }
  await Promise.all(days.map((day) => day.stop()));
  client.close();
  return {};
}

process.on('message', (message) => {
  obey(Order.parse(message)).then(
    (told) => process.send?.({ told }),
    (error: unknown) => process.send?.({ error: error instanceof Error ? error.message : String(error) }),
  );
});
process.on('disconnect', () => process.exit(0));
