/**
 * The one retry authority: what is due and nobody finished is started again. It moves the work on before it starts it,
 * so that two sweeps at once, or a start that fails, cost a delay and never a loss.
 */
import type { DueWork, Starts } from '../ports/starts.ts';
import { type FlowDeps, tryStart } from './flow.ts';

export type SweepDeps = Pick<FlowDeps, 'work' | 'start' | 'now' | 'random'>;
/** `more`: there was more than one run takes. */
export type Swept = { started: number; more: boolean };

/** Of each shard at once. */
const PER_SHARD = 100;
/** What is due at a sale's peak is started in one run, so that nobody waits for the next: so many times it looks for more. */
const MAX_ROUNDS = 10;
/** A run is over before its function's time is. */
const MAX_MS = 40_000;
const FIRST_PAUSE_MS = 20_000;
const MAX_PAUSE_MS = 3_600_000;

/** How long the work that was started `attempts` times before is left alone. */
function pauseAfter(attempts: number, random: number): number {
  return Math.round(Math.min(MAX_PAUSE_MS, FIRST_PAUSE_MS * 2 ** Math.min(attempts, 10)) * (1 + random / 4));
}

/** What a customer said goes before what they are owed, and both before timers, whatever shard they lie in. */
const TURN: Readonly<Record<keyof Starts, number>> = { assist: 0, deliver: 1, route: 2, work: 3, catchUp: 3 };
const byUrgency = (a: DueWork, b: DueWork): number => TURN[a.work.name] - TURN[b.work.name] || a.dueAt - b.dueAt;

export async function sweep(deps: SweepDeps): Promise<Swept> {
  const until = deps.now() + MAX_MS;
  let swept = await sweepOnce(deps, until);
  for (let round = 1; swept.more && round < MAX_ROUNDS && deps.now() < until; round += 1) {
    const { started, more } = await sweepOnce(deps, until);
    swept = { started: swept.started + started, more };
  }
  return swept;
}

async function sweepOnce(deps: SweepDeps, until: number): Promise<Swept> {
  const now = deps.now();
  const shards = Array.from({ length: deps.work.shards }, (_, shard) => deps.work.due(shard, now, PER_SHARD));
  const due = await Promise.all(shards);
  let started = 0;
  for (const work of due.flat().toSorted(byUrgency)) {
    // What is left stays due: the next run begins with what is most urgent then.
    if (deps.now() >= until) return { started, more: true };
    if (await startAgain(deps, work, now)) started += 1;
  }
  return { started, more: due.some((items) => items.length === PER_SHARD) };
}

async function startAgain(deps: SweepDeps, due: DueWork, now: number): Promise<boolean> {
  if ((await deps.work.defer(due, now + pauseAfter(due.attempts, deps.random()))) === 'conflict') return false;
  await tryStart(deps, due.work.name, due.work.payload);
  return true;
}
