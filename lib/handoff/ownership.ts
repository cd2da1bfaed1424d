/** Who holds the conversation: commands of agents, by the desk or by the platform. */
import type { Handoff, Head, OutboxItem, Owner } from '../domain/conversation.ts';
import type { AgentId } from '../domain/ids.ts';
import type { Author } from '../domain/message.ts';
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

export const agentOwner = (agent: string): Owner => `agent:${agent}`;

const ownedBy = (head: Head, agent: string): boolean => head.owner === agentOwner(agent);

function refuse(head: Head): Refusal {
  return {
    refused: head.owner === 'closed' ? 'the conversation is closed' : `the conversation belongs to ${head.owner}`,
  };
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
  const base = withLast(addSent(without(answered, 'promise'), said.text), 'agent', said.text);
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
  const waiting = head.handoff !== undefined && head.handoff.answeredAt === undefined;
  if (waiting) return without(withOwner(head, 'queue'), 'promise');
  return reopenTurn(without(withOwner(head, 'bot'), 'handoff', 'promise'));
}

export function closed(head: Head): Head {
  if (head.owner === 'closed') return head;
  return without(withOwner(closeTurn(head), 'closed'), 'handoff', 'promise');
}

/** An agent takes a conversation from the queue or from the bot. Taking one's own again changes nothing. */
export function claim(head: Head, agent: AgentId): Head | Refusal {
  if (ownedBy(head, agent)) return head;
  return head.owner === 'bot' || head.owner === 'queue' ? withOwner(head, agentOwner(agent)) : refuse(head);
}

export const releaseByDesk = (head: Head, agent: AgentId): Head | Refusal =>
  ownedBy(head, agent) ? released(head) : refuse(head);

export function closeByDesk(head: Head, agent: AgentId): Head | Refusal {
  return ownedByAgent(head) && !ownedBy(head, agent) ? refuse(head) : closed(head);
}

export type Transfer = { to: { agent: AgentId } | { skill: string }; note?: string };

/** Passes one's own conversation, or one nobody holds yet, to another agent or back to the queue of a skill. */
export function transfer(head: Head, agent: AgentId, { to, note }: Transfer, now: number): Head | Refusal {
  if (head.owner === 'closed' || (ownedByAgent(head) && !ownedBy(head, agent))) return refuse(head);
  const known = head.handoff;
  const handoff: Handoff = {
    reason: known?.reason ?? 'needs_person',
    skill: 'skill' in to ? to.skill : (known?.skill ?? 'general'),
    priority: known?.priority ?? 5,
    at: new Date(now).toISOString(),
    ...(known?.assistId === undefined ? {} : { assistId: known.assistId }),
    ...(note === undefined ? {} : { note }),
  };
  const owner = 'agent' in to ? agentOwner(to.agent) : 'queue';
  return { ...withOwner(head, owner), handoff };
}

export type DeskMessage = {
  id: string;
  author: Author;
  agent: AgentId;
  text: string;
  promised: number | undefined;
  answerKey?: string;
  assistId?: string;
  suggestionId?: string;
};

/** An agent's reply from the desk: it takes the conversation and goes to the platform. Sending the same id again changes nothing. */
export function sendByDesk(head: Head, message: DeskMessage, now: number): Head | Refusal {
  if (isKnown(head, message.id) || head.outbox.some(({ id }) => id === message.id)) return head;
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
    ...(message.assistId === undefined ? {} : { assistId: message.assistId }),
    ...(message.suggestionId === undefined ? {} : { suggestionId: message.suggestionId }),
  };
  return recognise(enqueue(taken, item), message.id);
}
