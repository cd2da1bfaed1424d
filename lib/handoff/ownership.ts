/** Who holds the conversation, and what becomes of it when an agent writes, takes it, lets go of it or is done with it. */

import type { Head, Owner } from '../domain/conversation.ts';
import type { Handoff, Sla } from '../domain/handoff.ts';
import { AgentId } from '../domain/ids.ts';
import { GENERAL_SKILL } from '../domain/routing.ts';
import { addSent, dropPending, ownedByAgent, type Refusal, withLast, withOwner, without } from './head.ts';
import { closeTurn, reopenTurn } from './turn.ts';

const MINUTE_MS = 60_000;

export const agentOwner = (agent: string): Owner => `agent:${agent}`;

export const ownedBy = (head: Head, agent: string): boolean => head.owner === agentOwner(agent);

/** The agent who holds it. */
export const holderOf = ({ owner }: Pick<Head, 'owner'>): AgentId | undefined => {
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

/** Whether an offer stands that is not this agent's: whose, and until when. */
export function offeredToAnother({ owner, offer }: Head, agent: AgentId, now: number): Refusal | undefined {
  if (owner !== 'queue' || offer === undefined || offer.agentId === agent || offer.until <= now) return undefined;
  const until = new Date(offer.until).toISOString();
  const seconds = Math.ceil((offer.until - now) / 1_000);
  return { agent: offer.agentId, refused: `is being asked to take it, for another ${seconds} s (until ${until})` };
}

/**
 * What of a hand-off holds for the next agent, too. `reason`, how it came from one to the other, is why it is theirs; why
 * the customer came to a person first stands in the conversation.
 */
export function handedOn(
  known: Handoff | undefined,
  reason: 'transferred' | 'taken_over',
): Omit<Handoff, 'at' | 'note' | 'from'> {
  if (known === undefined) return { reason, skill: GENERAL_SKILL, priority: 5 };
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

/** Whose it is, or is about to be, where it is somebody else's: words to the customer would take it out of their hands. */
export function colleagues(head: Head, agent: AgentId, now: number): Refusal | undefined {
  if (ownedByAgent(head) && !ownedBy(head, agent)) return refuse(head);
  return offeredToAnother(head, agent, now);
}
