import { CuecardError, type ErrorKind } from '../domain/error.ts';
import type { TenantId } from '../domain/ids.ts';
import type { Clock } from '../ports/clock.ts';
import type { HeldJob, JobStore } from '../ports/jobs.ts';
import { HOLD_MS, MAX_ATTEMPTS } from './deps.ts';

/** Another run took the job over: this one must stop without writing anything more. */
class LostJob extends Error {}

/** What went wrong for good: the same input would fail again, so the job fails and says why. */
const FINAL: ReadonlySet<ErrorKind> = new Set<ErrorKind>([
  'invalid',
  'unsupported_media',
  'too_large',
  'not_found',
  'forbidden',
]);

/** A job in the hands of one run. Every `save` extends the hold, and throws when the hold was lost. */
export type Running<T> = {
  tenant: TenantId;
  id: string;
  job(): T;
  save(changes: Partial<T>): Promise<void>;
  finish(changes: Partial<T>): Promise<void>;
};

function running<T>(store: JobStore<T>, tenant: TenantId, id: string, taken: HeldJob<T>, now: Clock): Running<T> {
  let held = taken;
  const change = (changes: Partial<T>): HeldJob<T> => {
    held = { ...held, job: { ...held.job, ...changes } };
    return held;
  };
  const must = (outcome: 'ok' | 'lost'): void => {
    if (outcome === 'lost') throw new LostJob(`job ${id} was taken over`);
  };
  return {
    tenant,
    id,
    job: () => held.job,
    save: async (changes) => must(await store.save(tenant, id, change(changes), now() + HOLD_MS)),
    finish: async (changes) => must(await store.finish(tenant, id, change(changes))),
  };
}

/** The reason a job fails for good, or undefined when trying again may help. */
function verdict(error: unknown, attempt: number): string | undefined {
  if (error instanceof CuecardError && FINAL.has(error.kind)) return error.message;
  if (attempt < MAX_ATTEMPTS) return undefined;
  return `gave up after ${attempt} attempts: ${error instanceof Error ? error.message : String(error)}`;
}

export type JobRun<T> = {
  store: JobStore<T>;
  now: Clock;
  /** Does the work; must be safe to do again after having been cut off anywhere. */
  run(running: Running<T>): Promise<void>;
  /** Leaves nothing half-done behind, and says how a failed job reads. */
  fail(running: Running<T>, reason: string): Promise<Partial<T>>;
};

/**
 * Runs a due job once, unless another run holds it. A failure that another attempt may mend leaves the job due (it is
 * held until then) and is thrown for the log; every other one ends the job.
 */
export async function runJob<T>(tenant: TenantId, id: string, { store, now, run, fail }: JobRun<T>): Promise<void> {
  const held = await store.claim(tenant, id, now(), now() + HOLD_MS);
  if (held === undefined) return;
  const hands = running(store, tenant, id, held, now);
  try {
    await run(hands);
  } catch (error) {
    if (error instanceof LostJob) return;
    const reason = verdict(error, held.attempt);
    if (reason === undefined) throw error;
    await hands.finish(await fail(hands, reason));
  }
}
