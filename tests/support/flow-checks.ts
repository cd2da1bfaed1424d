/** What must hold of a conversation: between two heads, when a call begins, and when all is done. */
import { expect } from 'vitest';
import type { Assist } from '../../lib/domain/assist.ts';
import type { Head, OutboxItem, Turn } from '../../lib/domain/conversation.ts';
import type { InboundEvent } from '../../lib/domain/event.ts';
import { CLAIM_MS } from '../../lib/handoff/outbox.ts';
import type { ConversationStore } from '../../lib/ports/conversations.ts';
import { CONVERSATION, TENANT } from './conversation.ts';

/** Heads, items and calls as they were seen. */
export type Seen = {
  heads: Head[];
  items: Map<string, OutboxItem>;
  /** Ids of items in the order in which they entered the outbox. */
  order: string[];
  delivered: string[];
  /** Calls under way: since when. */
  calling: Map<string, number>;
  messages: Set<string>;
  /** Every message id that a head ever held: a head itself holds the newest only. */
  registered: Set<string>;
  recalled: Set<string>;
  /** The newest revision of every turn. */
  revisions: Map<string, number>;
};

export const nothingSeen = (): Seen => ({
  heads: [],
  items: new Map(),
  order: [],
  delivered: [],
  calling: new Map(),
  messages: new Set(),
  registered: new Set(),
  recalled: new Set(),
  revisions: new Map(),
});

const turnsOf = (head: Head): Turn[] => [...(head.backlog ?? []), ...(head.turn === undefined ? [] : [head.turn])];

function noteHead(seen: Seen, after: Head): void {
  seen.heads.push(after);
  for (const { id } of after.recent) seen.registered.add(id);
}

/** One version, one owner an epoch, and a bot that commits only where it owns and nothing newer came. */
export function checkChange(seen: Seen, before: Head | undefined, after: Head): void {
  noteHead(seen, after);
  expect(after.version).toBe((before?.version ?? 0) + 1);
  expect(after.epoch).toBeGreaterThanOrEqual(before?.epoch ?? 0);
  expect(after.customerSeq).toBeGreaterThanOrEqual(before?.customerSeq ?? 0);
  if (before !== undefined && before.owner !== after.owner) expect(after.epoch).toBeGreaterThan(before.epoch);
  for (const item of after.outbox.filter(({ id }) => !seen.items.has(id))) {
    seen.items.set(item.id, item);
    seen.order.push(item.id);
    if (item.kind === 'bot_reply') checkCommit(before, after, item);
  }
  for (const { id, revision } of turnsOf(after)) {
    seen.revisions.set(id, Math.max(seen.revisions.get(id) ?? 0, revision));
  }
}

function checkCommit(before: Head | undefined, after: Head, item: OutboxItem): void {
  expect([after.owner, after.epoch, after.customerSeq]).toEqual(['bot', item.epoch, item.customerSeq]);
  expect([before?.owner, before?.epoch, before?.customerSeq]).toEqual(['bot', item.epoch, item.customerSeq]);
}

type Called = { replyId: string; author: { type: string }; kind: string; epoch: number };

/** The first of the outbox, by one deliverer at a time, and a bot's line only where a bot may speak. */
export function checkAttempt(seen: Seen, head: Head | undefined, type: string, data: Called, now: number): void {
  expect(head?.outbox[0]?.id).toBe(data.replyId);
  const since = seen.calling.get(data.replyId);
  if (since !== undefined) expect(now - since).toBeGreaterThanOrEqual(CLAIM_MS);
  if (type !== 'reply.requested' || data.author.type !== 'bot') return;
  expect([head?.owner, head?.epoch]).toEqual([data.kind === 'notice' ? 'queue' : 'bot', data.epoch]);
}

/** An agent whose message was accepted has been entered into a head: no bot will speak under an older epoch. */
export function checkAccepted({ registered }: Seen, event: InboundEvent): void {
  if (event.type !== 'message.created' || event.data.author.type !== 'agent') return;
  expect([...registered]).toContain(event.data.messageId);
}

/** No revision was stored twice or went back, and of every turn the newest one is there. */
export function checkAssists({ revisions }: Seen, history: readonly Assist[]): void {
  const newest = new Map<string, number>();
  for (const { turnId, revision } of history) {
    expect(revision).toBeGreaterThan(newest.get(turnId) ?? 0);
    newest.set(turnId, revision);
  }
  for (const [turn, revision] of newest) expect([turn, revision]).toEqual([turn, revisions.get(turn)]);
}

export async function checkEnd(seen: Seen, store: ConversationStore, head: Head | undefined): Promise<void> {
  expect([head?.pending, head?.backlog, head?.dueAt]).toEqual([undefined, undefined, undefined]);
  expect(head?.outbox ?? []).toEqual([]);
  // Nobody is at a desk here: nobody is asked, and what waits was seen to.
  expect(head?.offer).toBeUndefined();
  if (head?.owner === 'queue') expect(head.handoff?.tendedAt).toBeDefined();
  expect(seen.heads.some(({ owner }) => owner === 'agent:echo')).toBe(false);
  const assists = (await store.assists(TENANT, CONVERSATION)).map(({ assist }) => assist);
  checkMessages(seen, assists);
  checkOpenTurn(seen, head, assists);
  await checkSpoken(seen, store);
}

/** Every message is in the assist of exactly one turn, unless it was withdrawn. */
function checkMessages(seen: Seen, assists: readonly Assist[]): void {
  const assisted = assists.flatMap(({ messageIds }) => messageIds as string[]);
  expect(new Set(assisted).size).toBe(assisted.length);
  expect([...seen.messages].filter((id) => !assisted.includes(id) && !seen.recalled.has(id))).toEqual([]);
}

/** What is still open stands as it would be decided now: nothing withdrawn in it, and no answer that the bot owes. */
function checkOpenTurn(seen: Seen, head: Head | undefined, assists: readonly Assist[]): void {
  const { turn } = head ?? {};
  if (turn === undefined) return;
  expect(turn.messageIds.filter((id) => seen.recalled.has(id))).toEqual([]);
  const assist = assists.find(({ turnId }) => turnId === turn.id);
  expect(assist?.messageIds).toEqual(turn.messageIds);
  if (head?.owner !== 'bot') return;
  expect(['none', 'suggest']).toContain(assist?.decision.kind);
  expect(['no_question', 'mode_assist']).toContain(assist?.decision.reason);
}

/** What became of everything we said is on record; no turn is answered twice; nothing overtook anything. */
async function checkSpoken(seen: Seen, store: ConversationStore): Promise<void> {
  const { messages } = await store.load(TENANT, CONVERSATION, 10_000);
  expect(messages.filter(({ text }) => text === 'echoed')).toEqual([]);
  const fates = new Map<string, string | undefined>(messages.map(({ id, delivery }) => [id, delivery]));
  const spoken = [...seen.items.values()].filter(({ kind }) => kind !== 'handoff' && kind !== 'suggestion');
  for (const { id } of spoken) expect(['delivered', 'failed', 'dropped']).toContain(fates.get(id));
  const answered = spoken.filter(({ kind }) => kind === 'bot_reply').map(({ assistId }) => assistId);
  expect(new Set(answered).size).toBe(answered.length);
  const positions = seen.delivered.map((id) => seen.order.indexOf(id));
  expect(positions).toEqual([...positions].sort((a, b) => a - b));
}
