/** Who writes what and when: a load as data, made before it runs. */
import { generator } from '../../lib/engine/hash.ts';
import { EN_LINES, PLAIN_LINES, ZH_LINES } from '../support/lines.ts';

export type Part = { kind: string; text?: string; orderNumber?: string };
/** One customer's message. `atMs` counts from the start of the load. */
export type Send = { atMs: number; conversation: string; message: string; text?: string; parts?: Part[] };

/** A conversation hears from its customer about every so many seconds. */
const SECONDS_BETWEEN = 10;
const ORDER_SHARE = 0.1;
const PLAIN_SHARE = 0.35;

const pick = <T>(values: readonly T[], random: () => number): T => {
  const value = values[Math.floor(random() * values.length)];
  if (value === undefined) throw new Error('nothing to pick from');
  return value;
};

/** About as real shops see it: a third acknowledges, one in ten sends an order card, the rest ask, in two languages. */
function content(random: () => number): Pick<Send, 'text' | 'parts'> {
  const kind = random();
  if (kind < ORDER_SHARE) {
    const orderNumber = `CC20261119${String(Math.floor(random() * 100_000)).padStart(5, '0')}`;
    return { parts: [{ kind: 'order_card', orderNumber }] };
  }
  if (kind < ORDER_SHARE + PLAIN_SHARE) return { text: pick(PLAIN_LINES, random) };
  return { text: pick(random() < 0.5 ? ZH_LINES : EN_LINES, random) };
}

/** Moments (ms) of a rate that grows evenly from `from` to `to` messages a second within `seconds`. */
export function moments(from: number, to: number, seconds: number): number[] {
  const total = Math.round(((from + to) / 2) * seconds);
  const slope = (to - from) / seconds;
  // The n-th message comes when the area under the rate is n.
  const when = (n: number): number =>
    slope === 0 ? n / from : (Math.sqrt(from * from + 2 * slope * n) - from) / slope;
  return Array.from({ length: total }, (_, n) => when(n) * 1000);
}

/** Messages at these moments, spread at random over as many conversations as such a rate has. */
export function plan(prefix: string, at: readonly number[], peakRate: number, seed: number): Send[] {
  const random = generator(seed);
  const conversations = Math.max(1, Math.round(peakRate * SECONDS_BETWEEN));
  return at.map((atMs, index) => ({
    atMs,
    conversation: `${prefix}-${Math.floor(random() * conversations)}`,
    message: `${prefix}-m${index}`,
    ...content(random),
  }));
}

/** Every conversation of a load with its messages. */
export function byConversation(sends: readonly Send[]): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const { conversation, message } of sends) {
    found.set(conversation, [...(found.get(conversation) ?? []), message]);
  }
  return found;
}
