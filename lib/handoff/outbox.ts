/**
 * The outbox on the head: what goes to the platform, first in, first out. Only its first item is ever attempted, by
 * whoever put the claim (`claimedUntil`) on the head; the claim is also the check that the item may still be sent.
 */
import type { Head, OutboxItem } from '../domain/conversation.ts';
import { without } from './head.ts';

/** An attempt that has not reported by then is taken for dead. Longer than any call's timeout. */
export const CLAIM_MS = 30_000;
/** Before the second, third … attempt; after the last the item is parked, visibly undelivered. */
export const BACKOFF_MS = [500, 2_000, 10_000, 30_000, 120_000, 600_000] as const;
const MAX_OUTBOX = 56;
/** UTF-16 units over all waiting texts: the head is one item of at most 400 KB. */
const MAX_OUTBOX_TEXT = 60_000;

/** What became of an item. `retry`: try again later. */
export type Fate = 'delivered' | 'failed' | 'dropped' | 'retry';
export type Settled = { id: string; attempt: number; fate: Fate };

export type Plan =
  | { kind: 'idle' }
  | { kind: 'wait'; until: number }
  /** The first item must not be sent any more. */
  | { kind: 'void'; item: OutboxItem; fate: 'dropped' | 'failed' }
  /** Put `head`; if that succeeds, the attempt is yours. */
  | { kind: 'attempt'; item: OutboxItem; head: Head };

/** Whether waiting texts leave room for one more. */
export function outboxFull(head: Head, text: string): boolean {
  const waiting = head.outbox.reduce((sum, item) => sum + item.text.length, text.length);
  return head.outbox.length >= MAX_OUTBOX || waiting > MAX_OUTBOX_TEXT;
}

/** Whether ownership or a newer turn has overtaken an item. */
function overtaken(head: Head, item: OutboxItem): boolean {
  switch (item.kind) {
    case 'holder':
      return head.epoch !== item.epoch;
    case 'bot_reply':
      return head.owner !== 'bot' || head.epoch !== item.epoch;
    case 'notice':
    case 'handoff':
      return head.owner !== 'queue' || head.epoch !== item.epoch;
    case 'suggestion':
      return head.turn?.id !== item.turnId || head.turn?.revision !== item.revision;
    case 'agent_reply':
    case 'wrap_up':
      return false;
  }
}

/** What to do about the first item of the outbox. */
export function planDelivery(head: Head, now: number): Plan {
  const [item] = head.outbox;
  if (item === undefined) return { kind: 'idle' };
  // While an attempt may be under way its outcome is awaited, so that what was delivered is never recorded as dropped.
  if ((item.claimedUntil ?? 0) > now) return { kind: 'wait', until: item.claimedUntil ?? 0 };
  if (overtaken(head, item)) return { kind: 'void', item, fate: 'dropped' };
  if (item.expiresAt <= now || isLastAttempt(item)) return { kind: 'void', item, fate: 'failed' };
  if (item.nextAt > now) return { kind: 'wait', until: item.nextAt };
  const claimed = { ...item, attempts: item.attempts + 1, claimedUntil: now + CLAIM_MS };
  return { kind: 'attempt', item: claimed, head: { ...head, outbox: [claimed, ...head.outbox.slice(1)] } };
}

/** Whether an item has had its last attempt. */
export const isLastAttempt = (item: OutboxItem): boolean => item.attempts > BACKOFF_MS.length;

/**
 * Notes what became of an attempt. A success counts whoever reports it; a failure only from the newest attempt, since
 * another may be under way. `spread` (0-1) keeps many conversations from retrying at the same instant.
 */
export function settle(head: Head, settled: Settled, now: number, spread: number): Head {
  const at = head.outbox.findIndex((item) => item.id === settled.id);
  const item = head.outbox[at];
  if (item === undefined) return head;
  if (settled.fate !== 'retry') return removed(head, item, settled.fate);
  if (item.attempts !== settled.attempt) return head;
  const pause = BACKOFF_MS[Math.min(item.attempts, BACKOFF_MS.length) - 1] ?? 0;
  const later = { ...without(item, 'claimedUntil'), nextAt: now + Math.round(pause * (1 + spread / 4)) };
  return { ...head, outbox: head.outbox.with(at, later) };
}

function removed(head: Head, item: OutboxItem, fate: 'delivered' | 'failed' | 'dropped'): Head {
  const outbox = head.outbox.filter(({ id }) => id !== item.id);
  const counts = fate === 'failed' && item.kind !== 'suggestion' && item.kind !== 'holder';
  return { ...head, outbox, undelivered: head.undelivered + (counts ? 1 : 0) };
}

/** Puts a suggestion last; an older one of the same turn that still waits is replaced. */
export function enqueueSuggestion(head: Head, item: OutboxItem): Head {
  const waiting = head.outbox.filter((other) => {
    const superseded = other.kind === 'suggestion' && other.turnId === item.turnId && other.attempts === 0;
    return !superseded;
  });
  if (waiting.length >= MAX_OUTBOX) return head;
  return { ...without(head, 'outbox'), outbox: [...waiting, item] };
}
