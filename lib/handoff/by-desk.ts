/** What agents do at our own desk, as commands on the head: each gives the head as it is then, or why it may not be. */
import type { Head, OutboxItem } from '../domain/conversation.ts';
import type { Handoff } from '../domain/handoff.ts';
import type { AgentId } from '../domain/ids.ts';
import type { Author, Part } from '../domain/message.ts';
import type { WrapUp } from '../domain/wrap-up.ts';
import {
  addSent,
  enqueue,
  isKnown,
  ownedByAgent,
  type Refusal,
  recognise,
  spokenAt,
  withOwner,
  without,
} from './head.ts';
import { outboxFull } from './outbox.ts';
import {
  agentOwner,
  agentWrote,
  closed,
  colleagues,
  handedOn,
  offeredToAnother,
  ownedBy,
  refuse,
  released,
} from './ownership.ts';

const REPLY_LIFE_MS = 24 * 3_600_000;
/** A note is still worth having days later. */
const WRAP_UP_LIFE_MS = 7 * 24 * 3_600_000;

/**
 * An agent takes a conversation from the queue or from the bot. Taking one's own again changes nothing; while somebody
 * else is being asked to take it, nobody may be faster.
 */
export function claim(head: Head, agent: AgentId, now: number): Head | Refusal {
  if (ownedBy(head, agent)) return head;
  const asked = offeredToAnother(head, agent, now);
  if (asked !== undefined) return asked;
  return head.owner === 'bot' || head.owner === 'queue' ? withOwner(head, agentOwner(agent)) : refuse(head);
}

/** Who gives a conversation back is not the first to be asked whether they take it. */
export function releaseByDesk(head: Head, agent: AgentId): Head | Refusal {
  if (!ownedBy(head, agent)) return refuse(head);
  const free = released(head);
  const { handoff } = free;
  if (free.owner !== 'queue' || handoff === undefined) return free;
  const passed = [...(handoff.passed ?? []).filter((one) => one !== agent), agent];
  return { ...free, handoff: { ...handoff, passed: passed.slice(-50) } };
}

/** `wrapUp`: what the agent noted; it stays on the head and goes to the platform after everything said before. */
export type Closing = { author: Author; agent: AgentId; wrapUp: WrapUp | undefined };

export function closeByDesk(head: Head, { author, agent, wrapUp }: Closing, now: number): Head | Refusal {
  const theirs = colleagues(head, agent, now);
  if (theirs !== undefined) return theirs;
  if (wrapUp === undefined) return closedThere(head, author, now);
  if (outboxFull(head, wrapUp.note)) return { refused: 'too many replies wait to be delivered: close without a note' };
  const done = closed(head);
  const id = `wrap:${done.epoch}`;
  // Each closing has one note; the very same again is a repeated call. One that was closed without may get its note later.
  if (isKnown(done, id))
    return isSame(head.wrapUp, wrapUp) ? head : { refused: 'the conversation has its note already' };
  const item: OutboxItem = { ...closing(done, id, author, now), text: wrapUp.note, wrapUp };
  return recognise(enqueue({ ...done, wrapUp }, item), id);
}

/** A platform with a desk of its own is told of the end, noted or not: it is closed there as well. */
function closedThere(head: Head, author: Author, now: number): Head {
  const done = closed(head);
  if (done === head || head.platformAt === undefined || outboxFull(head, '')) return done;
  return enqueue(done, closing(done, `closed:${done.epoch}`, author, now));
}

const closing = (done: Head, id: string, author: Author, now: number): OutboxItem => ({
  id,
  kind: 'wrap_up',
  text: '',
  author,
  epoch: done.epoch,
  customerSeq: done.customerSeq,
  createdAt: spokenAt(done, now),
  expiresAt: now + WRAP_UP_LIFE_MS,
  attempts: 0,
  nextAt: now,
});

/** Both come from one schema, which orders their fields. */
const isSame = (a: WrapUp | undefined, b: WrapUp): boolean => JSON.stringify(a) === JSON.stringify(b);

export type Transfer = { to: { agent: AgentId } | { skill: string }; note?: string };

/** Passes one's own conversation, or one nobody holds yet, to another agent or back to the queue of a skill. */
export function transfer(head: Head, agent: AgentId, { to, note }: Transfer, now: number): Head | Refusal {
  if (head.owner === 'closed' || (ownedByAgent(head) && !ownedBy(head, agent))) return refuse(head);
  // Passing it to oneself is a claim by another name.
  const asked = 'agent' in to && to.agent === agent ? offeredToAnother(head, agent, now) : undefined;
  if (asked !== undefined) return asked;
  const handoff: Handoff = {
    ...handedOn(head.handoff, 'transferred'),
    ...('skill' in to ? { skill: to.skill } : {}),
    ...(note === undefined ? {} : { note }),
    at: new Date(now).toISOString(),
    from: agent,
  };
  const owner = 'agent' in to ? agentOwner(to.agent) : 'queue';
  return { ...without(withOwner(head, owner), 'offer'), handoff };
}

export type DeskMessage = {
  id: string;
  author: Author;
  agent: AgentId;
  text: string;
  promised: number | undefined;
  /** Product cards beside the text. */
  cards?: readonly Part[];
  answerKey?: string;
  assistId?: string;
  suggestionId?: string;
};

const textPart = ({ text, cards = [] }: DeskMessage): Part[] =>
  cards.some((card) => card.text === text) ? [] : [{ kind: 'text', text }];

/**
 * An agent's reply from the desk: it takes what nobody holds and goes to the platform. What a colleague holds, or is being
 * asked to take, stays theirs. Sending the same id again changes nothing.
 */
export function sendByDesk(head: Head, message: DeskMessage, now: number): Head | Refusal {
  if (isKnown(head, message.id) || head.outbox.some(({ id }) => id === message.id)) return head;
  const theirs = colleagues(head, message.agent, now);
  if (theirs !== undefined) return theirs;
  if (outboxFull(head, message.text)) return { refused: 'too many replies wait to be delivered' };
  const taken = addSent(agentWrote(head, message, now), message.answerKey);
  const item: OutboxItem = {
    id: message.id,
    kind: 'agent_reply',
    text: message.text,
    author: message.author,
    epoch: taken.epoch,
    customerSeq: taken.customerSeq,
    createdAt: spokenAt(head, now),
    expiresAt: now + REPLY_LIFE_MS,
    attempts: 0,
    nextAt: now,
    ...(message.cards === undefined ? {} : { parts: [...textPart(message), ...message.cards] }),
    ...(message.assistId === undefined ? {} : { assistId: message.assistId }),
    ...(message.suggestionId === undefined ? {} : { suggestionId: message.suggestionId }),
  };
  return recognise(enqueue(taken, item), message.id);
}
