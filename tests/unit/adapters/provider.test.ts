/** What every provider's calls are made of, apart from any provider. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { breaker } from '../../../lib/adapters/provider/breaker.ts';
import { calling, type Given, type Policy, unavailable, within } from '../../../lib/adapters/provider/call.ts';
import { inLanes, runs } from '../../../lib/adapters/provider/lanes.ts';
import { isPassing, retryAfterMs } from '../../../lib/adapters/provider/retry-after.ts';
import { provider } from '../../support/providers.ts';

describe('how long a provider asks to wait', () => {
  const now = Date.parse('2026-11-22T08:00:00Z');
  const asked = (headers: Record<string, string>) => retryAfterMs((name) => headers[name], now);
  it.each([
    [{ 'retry-after': '3' }, 3_000],
    [{ 'retry-after': '0.5' }, 500],
    [{ 'retry-after': 'Sun, 22 Nov 2026 08:00:10 GMT' }, 10_000],
    [{ 'retry-after': 'Sun, 22 Nov 2026 07:00:00 GMT' }, 0],
    [{ 'retry-after-ms': '120', 'retry-after': '1' }, 120],
    [{ 'retry-after': 'soon' }, undefined],
    [{ 'retry-after': '-3' }, undefined],
    [{}, undefined],
  ])('%o: %s ms', (headers, ms) => {
    expect(asked(headers)).toBe(ms);
  });
  it('is worth it for a passing trouble only', () => {
    expect([408, 425, 429, 500, 503].every(isPassing)).toBe(true);
    expect([400, 401, 403, 404, 422].some(isPassing)).toBe(false);
  });
});

describe('runs', () => {
  it('hold every item once, in order, within both limits', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 40 })),
        fc.integer({ min: 1, max: 9 }),
        fc.integer({ min: 1, max: 90 }),
        (items, count, most) => {
          const all = runs(items, { count, most, size: (item) => item });
          expect(all.flat()).toEqual(items);
          for (const run of all) {
            expect(run.length).toBeLessThanOrEqual(count);
            expect(run.length === 1 || run.reduce((sum, item) => sum + item, 0) <= most).toBe(true);
          }
        },
      ),
    );
  });
});

describe('lanes', () => {
  it('keep the order and never run wider', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(20)), fc.integer({ min: 1, max: 5 }), async (items, width) => {
        let [running, widest] = [0, 0];
        const given = await inLanes(items, width, async (item): Promise<Given<number>> => {
          running += 1;
          widest = Math.max(widest, running);
          for (let turn = 0; turn < item; turn += 1) await Promise.resolve();
          running -= 1;
          return { kind: 'ok', value: item };
        });
        expect(given).toEqual({ kind: 'ok', value: items });
        expect(widest).toBeLessThanOrEqual(width);
      }),
    );
  });
  it('begin nothing after one that gave nothing', async () => {
    const begun: number[] = [];
    const given = await inLanes([0, 1, 2, 3, 4, 5], 2, async (item): Promise<Given<number>> => {
      begun.push(item);
      return item === 1 ? unavailable('over_budget') : { kind: 'ok', value: item };
    });
    expect(given).toEqual(unavailable('over_budget'));
    expect(begun.length).toBeLessThan(4);
  });
});

describe('a breaker', () => {
  it('lets one through after its rest, and all after one that went well', () => {
    let at = 0;
    const made = breaker({ now: () => at, failures: 2, restMs: 10 });
    made.note('badly');
    expect(made.lets()).toBe(true);
    made.note('badly');
    expect(made.lets()).toBe(false);
    at = 10;
    expect([made.lets(), made.lets()]).toEqual([true, false]);
    made.note('well');
    expect([made.lets(), made.lets()]).toEqual([true, true]);
  });
});

describe('a call', () => {
  const policy: Policy = { attempts: 3, attemptMs: 30, judge: () => ({ again: true, why: 'trouble' }) };

  it('ends at its deadline even if what it calls heeds no signal and never ends', async () => {
    const { provider: made } = provider();
    const given = await calling(
      made,
      { ...policy, attempts: 1 },
      made.time.now() + 40,
      () => new Promise(() => undefined),
    );
    expect(given).toEqual(unavailable('timeout'));
  });
  it('is late by its own clock, whatever a client that counts for itself says first', async () => {
    const { provider: made } = provider();
    const client = (ms: number) => new Promise((_, fail) => setTimeout(() => fail(new Error('timed out')), ms - 10));
    const given = await calling(made, { ...policy, attempts: 1 }, made.time.now() + 60, (_, ms) => client(ms));
    expect(given).toEqual(unavailable('timeout'));
  });
  it('of which one try hangs is tried again', async () => {
    const { provider: made } = provider();
    let tries = 0;
    const given = await calling(made, policy, made.time.now() + 60_000, () => {
      tries += 1;
      return tries === 1 ? new Promise(() => undefined) : Promise.resolve('here');
    });
    expect(given).toEqual({ kind: 'ok', value: 'here' });
  });
  it('tells its signal when it is over', async () => {
    const { provider: made } = provider();
    let signal: AbortSignal | undefined;
    await calling(made, { ...policy, attempts: 1 }, made.time.now() + 20, (its) => {
      signal = its;
      return new Promise(() => undefined);
    });
    expect(signal?.aborted).toBe(true);
  });
  it('never waits past its deadline', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 5_000 }),
        fc.option(fc.nat(10_000), { nil: undefined }),
        async (deadlineMs, waitMs) => {
          const { provider: made, slept } = provider();
          const failing: Policy = { attempts: 9, attemptMs: 1_000, judge: () => ({ again: true, waitMs, why: 'x' }) };
          await calling(made, failing, made.time.now() + deadlineMs, () => Promise.reject(new Error('x')));
          expect(slept.reduce((sum, ms) => sum + ms, 0)).toBeLessThanOrEqual(deadlineMs);
        },
      ),
    );
  });
  it('that throws anything at all throws nothing further, and quotes nothing', async () => {
    const { provider: made, events } = provider();
    const thrown = [new Error('secret'), 'secret', undefined, z.object({ a: z.string() }).safeParse({ a: 1 }).error];
    for (const error of thrown) {
      expect(await within(made, 1_000, () => Promise.reject(error))).toEqual(unavailable('failed'));
    }
    expect(events.length).toBe(thrown.length);
    expect(JSON.stringify(events)).not.toContain('secret');
  });
});
