/**
 * The one retry authority: what is due and nobody finished is started again. It moves the work on before it starts it,
 * so that two sweeps at once, or a start that fails, cost a delay and never a loss.
 */
import type { DueWork } from '../ports.ts';
import { type FlowDeps, tryStart } from './flow.ts';

export type SweepDeps = Pick<FlowDeps, 'work' | 'start' | 'now' | 'random'>;
/** `more`: there was more than one run takes. */
export type Swept = { started: number; more: boolean };

/** Of each shard in one run. */
const PER_SHARD = 100;
const FIRST_PAUSE_MS = 20_000;
const MAX_PAUSE_MS = 3_600_000;

/** How long the work that was started `attempts` times before is left alone. */
function pauseAfter(attempts: number, random: number): number {
  return Math.round(Math.min(MAX_PAUSE_MS, FIRST_PAUSE_MS * 2 ** Math.min(attempts, 10)) * (1 + random / 4));
}

export async function sweep(deps: SweepDeps): Promise<Swept> {
  const now = deps.now();
  const shards = Array.from({ length: deps.work.shards }, (_, shard) => deps.work.due(shard, now, PER_SHARD));
  const due = await Promise.all(shards);
  let started = 0;
  for (const work of due.flat()) if (await startAgain(deps, work, now)) started += 1;
  return { started, more: due.some((items) => items.length === PER_SHARD) };
}

async function startAgain(deps: SweepDeps, due: DueWork, now: number): Promise<boolean> {
  if ((await deps.work.defer(due, now + pauseAfter(due.attempts, deps.random()))) === 'conflict') return false;
  await tryStart(deps, due.work.name, due.work.payload);
  return true;
}
