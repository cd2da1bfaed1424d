/** Who holds the conversation: commands of agents, by the desk or by the platform. */
import type { Handoff, Head, OutboxItem, Owner, Sla } from '../domain/conversation.ts';
import { AgentId } from '../domain/ids.ts';
import type { Author, Part } from '../domain/message.ts';
import type { WrapUp } from '../domain/wrap-up.ts';
import {
  addSent,
  dropPending,
  enqueue,
  isKnown,
  ownedByAgent,
  type Refusal,
  recognise,
  spokenAt,
  withLast,
  withOwner,
  without,
} from './head.ts';
import { outboxFull } from './outbox.ts';
import { closeTurn, reopenTurn } from './turn.ts';

const MINUTE_MS = 60_000;
const REPLY_LIFE_MS = 24 * 3_600_000;
/** A note is still worth having days later. */
const WRAP_UP_LIFE_MS = 7 * 24 * 3_600_000;

export const agentOwner = (agent: string): Owner => `agent:${agent}`;

const ownedBy = (head: Head, agent: string): boolean => head.owner === agentOwner(agent);

/** The agent who holds it. */
export const holderOf = ({ owner }: Head): AgentId | undefined => {
  const held = AgentId.safeParse(owner.slice('agent:'.length));
  return owner.startsWith('agent:') && held.success ? held.data : undefined;
};

export function refuse(head: Head): Refusal {
  const agent = holderOf(head);
  if (agent !== undefined) {
    return { agent, refused: 'has this conversation: ask them for it, or a supervisor to take it over' };
  }
  if (head.owner === 'closed') return { refused: 'the conversation is closed' };
  return { refused: head.owner === 'queue' ? 'the conversation waits in the queue' : 'the bot has the conversation' };
}

/** `promised`: the minutes within which the text promises an answer ("稍等"). */
export type Said = { agent: AgentId; text: string; promised: number | undefined };

/** An agent wrote to the customer, here or on the platform: the conversation is theirs and the turn is answered. */
export function agentWrote(head: Head, said: Said, now: number): Head {
  const at = new Date(now).toISOString();
  const taken = dropPending(closeTurn(withOwner(head, agentOwner(said.agent))));
  const answered =
    taken.handoff === undefined || taken.handoff.answeredAt !== undefined
      ? taken
      : { ...taken, handoff: { ...taken.handoff, answeredAt: at } };
  const spoken = { ...without(answered, 'promise'), lastAgent: { id: said.agent, at: now } };
  const base = withLast(addSent(spoken, said.text), 'agent', said.text);
  if (said.promised === undefined) return base;
  const dueAt = new Date(now + said.promised * MINUTE_MS).toISOString();
  return { ...base, promise: { at, dueAt, text: said.text.slice(0, 200) } };
}

/** Another bot of the platform wrote. Where our bot would answer, the turn is answered; a person's turn stays theirs. */
export function foreignBotWrote(head: Head, text: string): Head {
  const base = withLast(addSent(head, text), 'bot', text);
  return head.owner === 'bot' ? dropPending(closeTurn(base)) : base;
}

/** The platform gave the conversation to an agent. */
export const assigned = (head: Head, agent: AgentId): Head => withOwner(head, agentOwner(agent));

/**
 * Nobody holds the conversation any more: the queue gets it back while its hand-off is unanswered, else the bot,
 * which answers what the customer is still waiting for.
 */
export function released(head: Head): Head {
  if (!ownedByAgent(head)) return head;
  const { handoff } = head;
  if (handoff !== undefined && handoff.answeredAt === undefined) {
    return { ...without(withOwner(head, 'queue'), 'promise'), handoff: without(handoff, 'tendedAt') };
  }
  return reopenTurn(without(withOwner(head, 'bot'), 'handoff', 'promise'));
}

export function closed(head: Head): Head {
  if (head.owner === 'closed') return head;
  return without(withOwner(closeTurn(head), 'closed'), 'handoff', 'promise');
}

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

/** Whether an offer stands that is not this agent's: whose, and until when. */
function offeredToAnother({ owner, offer }: Head, agent: AgentId, now: number): Refusal | undefined {
  if (owner !== 'queue' || offer === undefined || offer.agentId === agent || offer.until <= now) return undefined;
  const until = new Date(offer.until).toISOString();
  const seconds = Math.ceil((offer.until - now) / 1_000);
  return { agent: offer.agentId, refused: `is being asked to take it, for another ${seconds} s (until ${until})` };
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

/**
 * What of a hand-off holds for the next agent, too. `reason`, how it came from one to the other, is why it is theirs; why
 * the customer came to a person first stands in the conversation.
 */
export function handedOn(
  known: Handoff | undefined,
  reason: 'transferred' | 'taken_over',
): Omit<Handoff, 'at' | 'note' | 'from'> {
  if (known === undefined) return { reason, skill: 'general', priority: 5 };
  const { skill, priority, assistId, language, sla, answeredAt } = known;
  return {
    ...(answeredAt === undefined ? { since: known.since ?? Date.parse(known.at) } : {}),
    reason,
    skill,
    priority,
    ...(assistId === undefined ? {} : { assistId }),
    ...(language === undefined ? {} : { language }),
    ...(sla === undefined ? {} : { sla: stillPromised(known, sla) }),
  };
}

/** The first words were said, or the clock to them runs on. */
function stillPromised({ answeredAt }: Handoff, sla: Sla): Sla {
  return answeredAt === undefined ? sla : without(sla, 'warnAt', 'firstResponseBy', 'warnedAt');
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

/** Whose it is, or is about to be, where it is somebody else's: words to the customer would take it out of their hands. */
function colleagues(head: Head, agent: AgentId, now: number): Refusal | undefined {
  if (ownedByAgent(head) && !ownedBy(head, agent)) return refuse(head);
  return offeredToAnother(head, agent, now);
}

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
