/** A sale's peak: what is answered automatically while more customers wait than the team can serve. */
import type { Peak } from '../domain/routing.ts';

/** `waiting`: conversations in the queue; `online`: agents at their desks; undefined where neither could be read. */
export type Load = { waiting: number; online: number };

/**
 * The topics of the peak that is on at `now` (epoch ms): of the schedule, and of a queue that is longer than the agents
 * online are said to cope with. Nobody online counts as one: an empty desk is no reason to call every hour a peak.
 */
export function peakOf(peak: Peak | undefined, load: Load | undefined, now: number): string[] {
  if (peak === undefined) return [];
  const scheduled = (peak.schedule ?? [])
    .filter(({ from, until }) => Date.parse(from) <= now && now < Date.parse(until))
    .flatMap(({ topics }) => topics);
  const crowded = isCrowded(peak, load) ? (peak.topics ?? []) : [];
  return [...new Set([...scheduled, ...crowded])];
}

function isCrowded({ waitingPerAgent }: Peak, load: Load | undefined): boolean {
  if (waitingPerAgent === undefined || load === undefined) return false;
  return load.waiting > waitingPerAgent * Math.max(1, load.online);
}

/** Whether the queue's length has a say at all: else it need not be read. */
export const dependsOnLoad = (peak: Peak | undefined): boolean =>
  peak?.waitingPerAgent !== undefined && (peak.topics ?? []).length > 0;
