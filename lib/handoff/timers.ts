/** Everything of a conversation that comes due by itself is a time on its head: whatever dies, the sweep finds it. */
import type { Head } from '../domain/conversation.ts';
import { slaTimes } from './sla.ts';

/** When the next timer of a conversation comes due (epoch ms): an offer, a promise, a place to tell, an SLA. */
export function nextTimer(head: Head): number | undefined {
  const times = [...offerTimes(head), ...promiseTimes(head), ...slaTimes(head)].filter((time) => time !== undefined);
  return times.length === 0 ? undefined : Math.min(...times);
}

const offerTimes = ({ owner, offer, handoff }: Head): (number | undefined)[] =>
  owner === 'queue' ? [offer?.until, handoff?.overflowAt, handoff?.tellAt, handoff?.opensAt] : [];

const promiseTimes = ({ promise }: Head): (number | undefined)[] =>
  promise === undefined || promise.remindedAt !== undefined ? [] : [Date.parse(promise.dueAt)];
