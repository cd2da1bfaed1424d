/** Who writes what and when: conversations that stay open, duplicates among their messages, one in eight asking for a person. */
import { generator } from '../../lib/engine/hash.ts';
import type { Send } from '../stack/plan.ts';
import { EN_LINES, PLAIN_LINES, ZH_LINES } from '../support/lines.ts';

const PERSON_LINES = ['转人工', '我要找人工客服', '有真人吗', 'I want to talk to a person', 'agent please'];
const PERSON_SHARE = 0.12;
const PLAIN_SHARE = 0.35;
/** Deliveries that the platform repeats although they were taken. */
const TWICE_SHARE = 0.03;
const TWICE_MS = 700;

function pick<T>(values: readonly T[], random: () => number): T {
  const value = values[Math.floor(random() * values.length)];
  if (value === undefined) throw new Error('nothing to pick from');
  return value;
}

function line(random: () => number): string {
  const kind = random();
  if (kind < PERSON_SHARE) return pick(PERSON_LINES, random);
  if (kind < PERSON_SHARE + PLAIN_SHARE) return pick(PLAIN_LINES, random);
  return pick(random() < 0.5 ? ZH_LINES : EN_LINES, random);
}

export const conversationName = (index: number): string => `load-${index}`;

/** One message of each conversation, evenly within `seconds`, so that all are open. */
export function openings(conversations: number, seconds: number, seed: number): Send[] {
  const random = generator(seed);
  return Array.from({ length: conversations }, (_, index) => ({
    atMs: (index * seconds * 1000) / conversations,
    conversation: conversationName(index),
    message: `open-${index}`,
    text: random() < 0.3 ? pick(PERSON_LINES, random) : line(random),
  }));
}

/** Messages at these moments (ms) over open conversations; some are delivered a second time. */
export function chatter(prefix: string, at: readonly number[], conversations: number, seed: number): Send[] {
  const random = generator(seed);
  const sends = at.map((atMs, index) => ({
    atMs,
    conversation: conversationName(Math.floor(random() * conversations)),
    message: `${prefix}-${index}`,
    text: line(random),
  }));
  const repeated = sends
    .filter(() => random() < TWICE_SHARE)
    .map((send) => ({ ...send, atMs: send.atMs + TWICE_MS * random() }));
  return [...sends, ...repeated].sort((a, b) => a.atMs - b.atMs);
}
