import middy from '@middy/core';
import type * as z from 'zod';
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

async function inTime<T>(work: Promise<T>, ms: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, fail) => {
    timer = setTimeout(() => fail(new Error(`not done after ${Math.round(ms)} ms`)), Math.max(0, ms));
  });
  // The work may fail after we gave up on it; that failure has been told already.
  work.catch(() => undefined);
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}
