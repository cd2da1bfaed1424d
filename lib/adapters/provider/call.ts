/** Calls to a provider under a deadline: tries again what may pass, and never throws. */
import * as z from 'zod';
import { CuecardError } from '../../domain/error.ts';
import type { Clock, Sleep } from '../../ports/clock.ts';
import type { Unavailable } from '../../ports/models.ts';
import type { Breaker } from './breaker.ts';

/** `random` gives 0 up to 1. */
export type Time = { now: Clock; sleep: Sleep; random: () => number };

/** Something that went wrong, with ids and counts, never with text. */
export type ProviderEvent = {
  event: 'provider_unavailable' | 'provider_retry' | 'provider_store';
  provider: string;
  reason: string;
  attempt?: number;
  waitMs?: number;
};
export type Report = (event: ProviderEvent) => void;

export type Provider = { name: string; time: Time; breaker: Breaker; report: Report };

/** What a call gave, or why it gave nothing. */
export type Given<T> = { kind: 'ok'; value: T } | Unavailable;

export const unavailable = (reason: Unavailable['reason']): Unavailable => ({ kind: 'unavailable', reason });

/** Epoch ms at which a whole operation ends. */
export type Until = number;

/** How an error is to be taken. `waitMs`: what the provider asked for. `why`: for the log. */
export type Verdict = { again: boolean; waitMs?: number | undefined; why: string };

export type Policy = {
  /** Tries in all. */
  attempts: number;
  /** A single try that takes longer is given up for another, ms. */
  attemptMs: number;
  judge: (error: unknown) => Verdict;
};

const BASE_WAIT_MS = 200;
const LONGEST_WAIT_MS = 8_000;

/** Full jitter (Brooker, Exponential Backoff and Jitter, 2015), never less than a tenth of its span. */
function backoffMs(attempt: number, random: () => number): number {
  const span = Math.min(LONGEST_WAIT_MS, BASE_WAIT_MS * 2 ** (attempt - 1));
  return span * (0.1 + 0.9 * random());
}

/** Gets a signal that ends it, and ms after which a client may end it by itself: later than the signal does. */
export type Call<T> = (signal: AbortSignal, ms: number) => Promise<T>;

/** A client that counts for itself is never first: its word for "too late" is an error like any other. */
const CLIENT_AFTER_MS = 1_000;

type Tried<T> = { kind: 'ok'; value: T } | { kind: 'late' } | { kind: 'error'; error: unknown };

/** One try. It ends in `ms` even if the client does not heed its signal. */
async function once<T>(ms: number, call: Call<T>): Promise<Tried<T>> {
  const aborter = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<Tried<T>>((done) => {
    timer = setTimeout(() => done({ kind: 'late' }), ms);
  });
  const answered = (async () => call(aborter.signal, ms + CLIENT_AFTER_MS))().then(
    (value): Tried<T> => ({ kind: 'ok', value }),
    (error: unknown): Tried<T> => ({ kind: 'error', error }),
  );
  const outcome = await Promise.race([answered, late]);
  clearTimeout(timer);
  aborter.abort();
  return outcome;
}

/** An answer that is not what the contract says is not asked for again: it would come again. */
function judged(error: unknown, judge: Policy['judge']): Verdict {
  if (error instanceof CuecardError) return { again: false, why: error.message };
  if (error instanceof z.ZodError) {
    return { again: false, why: `malformed answer at ${error.issues[0]?.path.join('.') || 'its root'}` };
  }
  return judge(error);
}

/**
 * Tries until it goes well, may not be tried again, or the next try would begin too late. A provider that rests is not
 * called at all.
 */
export async function calling<T>(provider: Provider, policy: Policy, until: Until, call: Call<T>): Promise<Given<T>> {
  if (!provider.breaker.lets()) return unavailable('failed');
  const given = await trying(provider, policy, until, call);
  provider.breaker.note(given.kind === 'ok' ? 'well' : 'badly');
  return given;
}

/** After a try that went badly: how long to wait for the next, or undefined when there is none. */
function nextIn({ name, time, report }: Provider, policy: Policy, until: Until, attempt: number, verdict: Verdict) {
  const waitMs = verdict.waitMs ?? backoffMs(attempt, time.random);
  const again = verdict.again && attempt < policy.attempts && time.now() + waitMs < until;
  if (again) report({ event: 'provider_retry', provider: name, reason: verdict.why, attempt, waitMs });
  else report({ event: 'provider_unavailable', provider: name, reason: verdict.why, attempt });
  return again ? waitMs : undefined;
}

async function trying<T>(provider: Provider, policy: Policy, until: Until, call: Call<T>): Promise<Given<T>> {
  const { time } = provider;
  for (let attempt = 1; until > time.now(); attempt += 1) {
    const tried = await once(Math.min(until - time.now(), policy.attemptMs), call);
    if (tried.kind === 'ok') return tried;
    const late = tried.kind === 'late';
    const waitMs = nextIn(provider, policy, until, attempt, late ? LATE : judged(tried.error, policy.judge));
    if (waitMs === undefined) return unavailable(late ? 'timeout' : 'failed');
    await time.sleep(waitMs);
  }
  return unavailable('timeout');
}

/** A whole operation of a port: ended at its deadline, whatever waits within, and nothing thrown past it. */
export async function within<T>(
  { name, time, report }: Provider,
  deadlineMs: number,
  work: (until: Until) => Promise<Given<T>>,
): Promise<Given<T>> {
  const done = await once(deadlineMs, () => work(time.now() + deadlineMs));
  if (done.kind === 'ok') return done.value;
  const reason =
    done.kind === 'late'
      ? LATE.why
      : judged(done.error, () => ({ again: false, why: `threw ${nameOf(done.error)}` })).why;
  report({ event: 'provider_unavailable', provider: name, reason });
  return unavailable(done.kind === 'late' ? 'timeout' : 'failed');
}

const LATE: Verdict = { again: true, why: 'no answer in time' };

/** The kind of an error for the log: its message may quote what was sent. */
export const nameOf = (error: unknown): string => (error instanceof Error ? error.name : typeof error);
