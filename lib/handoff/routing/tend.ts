/** What is due of a conversation by itself: offers, promises, places in the queue. */
import type { Head } from '../../domain/conversation.ts';
import type { FullRouting } from '../../domain/routing.ts';
import { type QueueTalk, queueTalk } from '../queue-talk.ts';
import { durationsOf, timesFrom } from '../terms.ts';
import { nextTimer } from '../timers.ts';
import { expired } from './offers.ts';

/** Whether there is anything to see to: a timer has come due, or routing has never seen this hand-off. */
export const isDue = (head: Head, now: number): boolean =>
  (head.owner === 'queue' && head.handoff !== undefined && head.handoff.tendedAt === undefined) ||
  (nextTimer(head) ?? Number.POSITIVE_INFINITY) <= now;

/** Sees to everything that is due at `now`; the very head when nothing is. What was promised is marked as the head is sealed. */
export function tend(head: Head, routing: FullRouting, talk: QueueTalk, now: number): Head {
  if (!isDue(head, now)) return head;
  const told = queueTalk(timed(reminded(expired(head, now), now), routing), talk, now);
  const { handoff } = told;
  // Also where nothing else changed: the put is what marks a broken promise, and what keeps a time from being due again.
  return handoff === undefined ? { ...told } : { ...told, handoff: { ...handoff, tendedAt: now } };
}

/** A promise ran out: the desk is told once. */
function reminded(head: Head, now: number): Head {
  const { promise } = head;
  if (promise === undefined || promise.remindedAt !== undefined || Date.parse(promise.dueAt) > now) return head;
  return { ...head, promise: { ...promise, remindedAt: new Date(now).toISOString() } };
}

/** Who was passed on, or whose agent is gone, waits under the same terms as who was handed over. */
function timed(head: Head, routing: FullRouting): Head {
  const { handoff } = head;
  if (head.owner !== 'queue' || handoff === undefined || handoff.tendedAt !== undefined) return head;
  const at = Date.parse(handoff.at);
  const { skill, opensAt } = handoff;
  const terms = { ...durationsOf(routing, skill), ...(opensAt === undefined ? {} : { opensAt }) };
  return { ...head, handoff: { ...timesFrom(at, skill, terms), ...handoff } };
}
