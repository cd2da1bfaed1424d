/** Everything of a conversation that comes due by itself is a time on its head: whatever dies, the sweep finds it. */
import type { Head } from '../domain/conversation.ts';
import type { Handoff } from '../domain/handoff.ts';
import { slaTimes } from './sla.ts';

/** Whoever puts a conversation into the queue starts routing; the sweep does when that start was lost. */
const START_GRACE_MS = 10_000;

/** When the next timer of a conversation comes due (epoch ms): an offer, a promise, a place to tell, an SLA. */
export function nextTimer(head: Head): number | undefined {
  const times = [...queueTimes(head), ...promiseTimes(head), ...slaTimes(head)].filter((time) => time !== undefined);
  return times.length === 0 ? undefined : Math.min(...times);
}

const queueTimes = ({ owner, offer, handoff }: Head): (number | undefined)[] =>
  owner === 'queue' ? [offer?.until, ...(handoff === undefined ? [] : handoffTimes(handoff))] : [];

/** Times that were seen to are past for good, whatever came of it: nothing is due for ever. */
function handoffTimes({
  at,
  tendedAt,
  overflowAt,
  tellAt,
  raiseAt,
  opensAt,
  againAt,
}: Handoff): (number | undefined)[] {
  if (tendedAt === undefined) return [Date.parse(at) + START_GRACE_MS];
  return [overflowAt, tellAt, raiseAt, opensAt, againAt].filter((time) => time !== undefined && time > tendedAt);
}

const promiseTimes = ({ promise }: Head): (number | undefined)[] =>
  promise === undefined || promise.remindedAt !== undefined ? [] : [Date.parse(promise.dueAt)];
