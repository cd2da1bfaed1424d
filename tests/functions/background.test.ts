import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import * as z from 'zod';
import { background } from '../../functions/support/background.ts';
import { logger } from '../../functions/support/log.ts';

const Job = z.object({ id: z.string() });
const JOB = { id: 'job-1' };

let failures: { name: string; error: Error }[];
let counted: string[];
beforeEach(() => {
  failures = [];
  counted = [];
  vi.useFakeTimers();
  vi.spyOn(logger, 'error').mockImplementation((...[event, fields]) => {
    if (event === 'background_failed') failures.push(fields as never);
  });
  // Metrics are lines of the log.
  vi.spyOn(process.stdout, 'write').mockImplementation((line) => {
    counted.push(String(line));
    return true;
  });
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

/** Calls it as Lambda does, with this much time left. */
const call = (run: (job: { id: string }) => Promise<unknown>, event: unknown = JOB, remaining = 10_000) =>
  background('probe', Job, run)(event as never, { getRemainingTimeInMillis: () => remaining } as never);

test('what is done is said to be done', async () => {
  const seen: unknown[] = [];
  expect(await call(async (job) => seen.push(job))).toEqual({ done: true });
  expect(seen).toEqual([JOB]);
  expect([failures, counted]).toEqual([[], []]);
});

test('a throw is told in the log and counted, and never leaves the function', async () => {
  expect(await call(() => Promise.reject(new Error('no table')))).toEqual({ done: false });
  expect(failures).toMatchObject([{ name: 'probe', error: { message: 'no table' } }]);
  expect(counted.join()).toContain('BackgroundFailed');
});

test('a throw before the first await is no different', async () => {
  const run = (): Promise<unknown> => {
    throw new Error('at once');
  };
  expect(await call(run)).toEqual({ done: false });
  expect(failures).toHaveLength(1);
});

test('what hangs is given up while there is still time to say so', async () => {
  const outcome = call(() => new Promise(() => undefined));
  await vi.advanceTimersByTimeAsync(8_400);
  expect(failures).toEqual([]);
  await vi.advanceTimersByTimeAsync(200);
  expect(await outcome).toEqual({ done: false });
  expect(failures).toMatchObject([{ error: { message: 'not done after 8500 ms' } }]);
});

test('work that fails after it was given up is nobody’s unhandled rejection', async () => {
  const unhandled = vi.fn();
  process.on('unhandledRejection', unhandled);
  const outcome = call(async () => {
    await new Promise((done) => setTimeout(done, 60_000));
    throw new Error('much too late');
  });
  await vi.advanceTimersByTimeAsync(120_000);
  expect(await outcome).toEqual({ done: false });
  vi.useRealTimers();
  await new Promise((done) => setImmediate(done));
  process.off('unhandledRejection', unhandled);
  expect(unhandled).not.toHaveBeenCalled();
});

test('a payload that is no job is a failure like any other', async () => {
  const run = vi.fn();
  expect(await call(run, { id: 7 })).toEqual({ done: false });
  expect(run).not.toHaveBeenCalled();
});
