/**
 * The head of a conversation as pure functions: `(head, command, now) -> head`, or a refusal. A function that changes
 * nothing returns the very head it was given. `seal` closes a change: one version, whatever it was made of.
 *
 *   bot ──hand-off──▶ queue ──claim, message──▶ agent:<id> ──release──▶ bot (queue while the hand-off is unanswered)
 *    ▲                                              │
 *    └───── a customer's message ◀── closed ◀───close┘          every arrow: epoch + 1
 */
import type { Head, OutboxItem, Owner, Turn } from '../domain/conversation.ts';
import { type AgentId, type ConversationId, MessageId } from '../domain/ids.ts';
import { isCall, isCourtesy } from './calls.ts';
import { episodeAfter } from './episode.ts';
import { slaTick } from './sla.ts';
import { nextTimer } from './timers.ts';

export const MAX_RECENT = 32;
export const MAX_SENT = 50;
/** Longer texts are not kept to be compared: the head is one item of at most 400 KB. */
const MAX_SENT_TEXT = 500;
const MAX_LAST_TEXT = 200;
/** The flow that wrote a change finishes it; the sweep looks only when that flow must have died. */
export const SWEEP_GRACE_MS = 10_000;

/**
 * A command that ownership does not allow; nothing changed. Where it is because of a colleague, `agent` is who, and
 * `refused` goes on from there: "ann" + "has this conversation".
 */
export type Refusal = { refused: string; agent?: AgentId };

export const refusalText = ({ refused, agent }: Refusal): string =>
  agent === undefined ? refused : `${agent} ${refused}`;

export function isRefusal(outcome: Head | Refusal): outcome is Refusal {
  return 'refused' in outcome;
}

/** A copy without the named fields: under exact optional types a field is absent, never `undefined`. */
export function without<T extends object, K extends keyof T>(value: T, ...names: K[]): Omit<T, K> {
  const copy = { ...value };
  for (const name of names) delete copy[name];
  return copy;
}

export function newHead(id: ConversationId, now: number): Head {
  const at = new Date(now).toISOString();
  return {
    id,
    version: 0,
    owner: 'bot',
    epoch: 0,
    customerSeq: 0,
    botSeq: 0,
    createdAt: at,
    updatedAt: at,
    recent: [],
    outbox: [],
    disclosed: false,
    sent: [],
    undelivered: 0,
  };
}

/** The change from `before` to `after` as it is stored: version, time, and when the sweep should look. */
export function seal(before: Head, after: Head, now: number): Head {
  if (after === before) return before;
  const told = slaTick(after, now);
  const changed = {
    ...without(told, 'dueAt', 'dueFor'),
    version: before.version + 1,
    updatedAt: new Date(now).toISOString(),
  };
  const episode = episodeAfter(before, changed);
  const sealed = episode === undefined ? changed : { ...changed, episode };
  return { ...sealed, ...nextDue(sealed, now) };
}

/** When the sweep starts which function: what a flow left undone, after its grace, or the next timer, if that is sooner. */
function nextDue(head: Head, now: number): Pick<Head, 'dueAt' | 'dueFor'> {
  const flow = flowDue(head, now);
  const timer = nextTimer(head);
  if (timer !== undefined && timer < (flow ?? Number.POSITIVE_INFINITY)) {
    return { dueAt: Math.max(now, timer), dueFor: 'route' };
  }
  if (flow === undefined) return {};
  return { dueAt: flow, dueFor: head.turn?.again === true || head.backlog !== undefined ? 'assist' : 'deliver' };
}

function flowDue(head: Head, now: number): number | undefined {
  const times = [
    ...(head.pending === undefined ? [] : [head.pending.dueAt]),
    ...head.outbox.slice(0, 1).map((item) => Math.max(item.nextAt, item.claimedUntil ?? 0)),
    ...(unassistedTurns(head).some((turn) => turn.again === true) ? [now] : []),
  ];
  return times.length === 0 ? undefined : Math.max(now, Math.min(...times)) + SWEEP_GRACE_MS;
}

/** Passes the conversation to a new owner: an offer, and what the bot was about to say, belong to the old epoch and go. */
export function withOwner(head: Head, owner: Owner): Head {
  return head.owner === owner ? head : { ...without(head, 'pending', 'offer'), owner, epoch: head.epoch + 1 };
}

export const ownedByAgent = (head: Head): boolean => head.owner.startsWith('agent:');

export function dropPending(head: Head): Head {
  return head.pending === undefined ? head : without(head, 'pending');
}

/** Turns whose newest revision has no stored assist yet, oldest first. */
export function unassistedTurns(head: Head): Turn[] {
  const open = head.turn !== undefined && head.turn.assisted < head.turn.revision ? [head.turn] : [];
  return [...(head.backlog ?? []), ...open];
}

export const isKnown = (head: Head, id: string): boolean => head.recent.some((entry) => entry.id === id);

/**
 * Notes a received id as registered. The oldest goes to make room, but never one still `due`: it would be registered
 * again. `undefined` when there is no room: the caller waits until some of the due ones are done.
 */
export function remember(head: Head, id: string, seq: number, due: ReadonlySet<string>): Head | undefined {
  return noted(head, id, seq, (entry) => !due.has(entry.id));
}

/** In place of a `customerSeq`: an id noted only to be recognised, never to be registered. */
const RECOGNISED = -1;

/** Notes an id to recognise it later. What is still due is not known here, so only others of its sort make room. */
export function recognise(head: Head, id: string): Head {
  return noted(head, id, RECOGNISED, (entry) => entry.seq === RECOGNISED) ?? head;
}

type Recent = Head['recent'][number];

function noted(head: Head, id: string, seq: number, mayGo: (entry: Recent) => boolean): Head | undefined {
  const entry = { id: MessageId.parse(id), seq };
  if (head.recent.length < MAX_RECENT) return { ...head, recent: [...head.recent, entry] };
  const evicted = head.recent.findIndex(mayGo);
  return evicted === -1 ? undefined : { ...head, recent: [...head.recent.filter((_, at) => at !== evicted), entry] };
}

/** Adds to what was already said here, so that it is not offered again. */
export function addSent(head: Head, ...said: readonly (string | undefined)[]): Head {
  const kept = said.filter((text): text is string => text !== undefined && text !== '' && text.length <= MAX_SENT_TEXT);
  return kept.length === 0 ? head : { ...head, sent: [...head.sent, ...kept].slice(-MAX_SENT) };
}

export function withLast(head: Head, author: 'customer' | 'agent' | 'bot', text: string): Head {
  const lastText = text.slice(0, MAX_LAST_TEXT);
  if (author !== 'customer') return { ...head, lastAuthor: author, lastText };
  const lastSaid = saidBefore(head, lastText);
  const rest = without(head, 'lastSaid');
  return { ...rest, lastAuthor: author, lastText, lastCustomerText: lastText, ...(lastSaid && { lastSaid }) };
}

/** What they said last of the matter, where these words are nothing of it; counted by the message it stands in. */
function saidBefore({ customerSeq, lastCustomerText, lastSaid }: Head, text: string): Head['lastSaid'] {
  const called = isCall(text);
  if (text.trim() === '' || !(called || isCourtesy(text))) return undefined;
  if (lastSaid !== undefined) return { ...lastSaid, called };
  if (lastCustomerText === undefined || lastCustomerText.trim() === '') return undefined;
  const says = !isCall(lastCustomerText) && !isCourtesy(lastCustomerText);
  return says ? { text: lastCustomerText, seq: customerSeq - 1, called } : undefined;
}

/** When a message of ours counts as written: after what it answers, also within one millisecond. */
export const spokenAt = (head: Head, now: number): number => Math.max(now, (head.turn?.lastAt ?? 0) + 1);

export function enqueue(head: Head, ...items: readonly OutboxItem[]): Head {
  return items.length === 0 ? head : { ...head, outbox: [...head.outbox, ...items] };
}
