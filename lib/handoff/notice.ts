/** What the bot says or asks of the platform by itself: items of the outbox in its name. */
import type { Head, OutboxItem } from '../domain/conversation.ts';
import type { Author } from '../domain/message.ts';
import { enqueue, spokenAt, withLast } from './head.ts';

/** A notice that could not be delivered by then is no news any more. */
export const NOTICE_LIFE_MS = 10 * 60_000;
const BOT: Author = { type: 'bot', id: 'bot:cuecard' };

/** An item of the bot's under the head's present epoch; `life` in milliseconds. */
export function botItem(
  head: Head,
  kind: OutboxItem['kind'],
  id: string,
  text: string,
  now: number,
  life: number,
): OutboxItem {
  return {
    id,
    kind,
    text,
    author: BOT,
    epoch: head.epoch,
    customerSeq: head.customerSeq,
    createdAt: spokenAt(head, now),
    expiresAt: now + life,
    attempts: 0,
    nextAt: now,
  };
}

/** Tells the customer something that answers nothing: the turn stays open. */
export function noticed(head: Head, text: string, now: number): Head {
  const botSeq = head.botSeq + 1;
  const notice = botItem(head, 'notice', `bot:${botSeq}`, text, now, NOTICE_LIFE_MS);
  return withLast({ ...enqueue(head, notice), botSeq }, 'bot', text);
}
