import middy from '@middy/core';
import type * as z from 'zod';
import { inTime } from './in-time.ts';
import { count, logger } from './log.ts';

/** What we read of a function's context. */
type Context = { getRemainingTimeInMillis(): number };

/** What is left to log and answer before the function is cut off. */
const RESERVE_MS = 1_500;

/**
 * A function that nobody waits for. It always ends in time and never throws: what it leaves undone stays due in the
 * store, and the sweep, the one retry authority, starts it again. A failure is logged and counted; an alarm watches the count.
 */
export function background<Schema extends z.ZodType>(
  name: string,
  schema: Schema,
  run: (input: z.infer<Schema>) => Promise<unknown>,
) {
  return middy().handler(async (input: unknown, context: Context): Promise<{ done: boolean }> => {
    const started = performance.now();
    try {
      await inTime(run(schema.parse(input)), context.getRemainingTimeInMillis() - RESERVE_MS);
      return { done: true };
    } catch (error) {
      logger.error('background_failed', { name, ms: Math.round(performance.now() - started), error: error as Error });
      count('BackgroundFailed');
      return { done: false };
    }
  });
}
