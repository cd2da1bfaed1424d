/** What happens to who waits while they wait: they are told their place again, and move up with time. */
import type { Head } from '../domain/conversation.ts';
import type { Handoff } from '../domain/handoff.ts';
import type { Language } from '../domain/language.ts';
import { without } from './head.ts';
import { noticed } from './notice.ts';
import { outboxFull } from './outbox.ts';

/** The line as it is now, and what the tenant has said of telling and of ageing. */
export type QueueTalk = {
  /** 1 is next; undefined where the line could not be read: nothing is told then. */
  place: number | undefined;
  /** Expected from now on (ms); undefined where nothing is known of it. */
  waitMs: number | undefined;
  /** `routing.tellEveryMs`; 0: told at the hand-off alone. */
  tellEveryMs: number;
  /** `routing.priorities.waitMs`: one point of priority for every so long; undefined: none. */
  agesMs: number | undefined;
  /** A place and a wait in the customer's language; an empty text tells nothing. */
  words(place: number, waitMs: number | undefined, language: Language): string;
};

/** Waiting alone moves nobody before danger (9) and law (8). */
export const MOST_BY_WAITING = 7;

/** What is due of a waiting conversation at `now`; the very head where nothing is. */
export function queueTalk(head: Head, talk: QueueTalk, now: number): Head {
  if (head.owner !== 'queue' || head.handoff === undefined) return head;
  return told(aged(head, head.handoff, talk, now), talk, now);
}

function aged(head: Head, handoff: Handoff, { agesMs }: QueueTalk, now: number): Head {
  const { raiseAt, priority } = handoff;
  if (raiseAt === undefined || raiseAt > now) return head;
  const room = Math.max(0, MOST_BY_WAITING - priority);
  if (agesMs === undefined || agesMs <= 0 || room === 0) return { ...head, handoff: without(handoff, 'raiseAt') };
  const earned = 1 + Math.floor((now - raiseAt) / agesMs);
  const next = { ...handoff, priority: priority + Math.min(room, earned) };
  if (earned >= room) return { ...head, handoff: without(next, 'raiseAt') };
  return { ...head, handoff: { ...next, raiseAt: raiseAt + earned * agesMs } };
}

function told(head: Head, { place, waitMs, tellEveryMs, words }: QueueTalk, now: number): Head {
  const { handoff } = head;
  if (handoff?.tellAt === undefined || handoff.tellAt > now) return head;
  if (tellEveryMs <= 0) return { ...head, handoff: without(handoff, 'tellAt') };
  const later: Head = { ...head, handoff: { ...handoff, tellAt: now + tellEveryMs } };
  if (place === undefined || place === handoff.toldPlace || isClosed(handoff, now)) return later;
  const text = words(place, waitMs, handoff.language ?? head.language ?? 'zh');
  if (text === '' || outboxFull(head, text)) return later;
  return noticed({ ...later, handoff: { ...handoff, tellAt: now + tellEveryMs, toldPlace: place } }, text, now);
}

/** While the shop is closed nobody moves up, and the customer has been told so. */
const isClosed = ({ opensAt }: Handoff, now: number): boolean => opensAt !== undefined && opensAt > now;
