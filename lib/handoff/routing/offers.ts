/** What offers, their answers, supervisors and agents who are gone do to a conversation. */

import type { Head } from '../../domain/conversation.ts';
import type { Handoff } from '../../domain/handoff.ts';
import type { AgentId } from '../../domain/ids.ts';
import { GENERAL_SKILL } from '../../domain/routing.ts';
import { type Refusal, withOwner, without } from '../head.ts';
import { agentOwner, handedOn, holderOf, refuse, released } from '../ownership.ts';

/** Who let an offer pass is not asked again at once, where there is nobody else either. */
const REST_MS = 30_000;
const MAX_PASSED = 50;

export const offered = (head: Head, agentId: AgentId, until: number, now: number): Head => ({
  ...head,
  offer: { agentId, at: now, until },
});

/** An agent took it or was given it: theirs. */
export const given = (head: Head, agent: AgentId): Head => withOwner(head, agentOwner(agent));

/** Takes back an offer: its agent let it pass, and the next one is asked. */
function passedOn(head: Head, agent: AgentId, now: number): Head {
  const rest = without(head, 'offer');
  const { handoff } = head;
  if (handoff === undefined) return rest;
  const passed = [...(handoff.passed ?? []).filter((one) => one !== agent), agent].slice(-MAX_PASSED);
  return { ...rest, handoff: { ...handoff, passed, againAt: now + REST_MS } };
}

/** An offer that nobody answered in time moves on. */
export function expired(head: Head, now: number): Head {
  const { offer } = head;
  return offer === undefined || offer.until > now ? head : passedOn(head, offer.agentId, now);
}

/** Late is as good as in time while nobody else has been asked. */
export function accept(head: Head, agent: AgentId): Head | Refusal {
  if (head.owner === agentOwner(agent)) return head;
  if (head.owner === 'queue' && head.offer?.agentId === agent) return given(head, agent);
  if (head.owner === 'queue') return { refused: 'the offer has run out and moved on' };
  return refuse(head);
}

/** Saying no twice is saying it once. */
export const decline = (head: Head, agent: AgentId, now: number): Head =>
  head.owner === 'queue' && head.offer?.agentId === agent ? passedOn(head, agent, now) : head;

/**
 * A supervisor takes it, whoever holds it. What waits is claimed: why it waits stays true. Out of a colleague's hands, or
 * the bot's, it is theirs because they took it, and the note says from whom.
 */
export function takeOver(head: Head, by: { id: AgentId; name?: string | undefined }, now: number): Head | Refusal {
  if (head.owner === 'closed') return refuse(head);
  const owner = agentOwner(by.id);
  const taken = withOwner(head, owner);
  if (taken === head || (head.owner === 'queue' && head.handoff !== undefined)) return taken;
  const from = holderOf(head);
  const known = head.handoff?.note;
  const line = `${by.name ?? by.id} took over${from === undefined ? '' : ` from ${from}`}`;
  const handoff: Handoff = {
    ...handedOn(head.handoff, 'taken_over'),
    at: new Date(now).toISOString(),
    note: known === undefined ? line : `${line}\n${known}`.slice(0, MAX_NOTE),
    ...(from === undefined ? {} : { from }),
  };
  return { ...taken, handoff };
}
const MAX_NOTE = 2_000;

/** Whether somebody waits: for the first words of a person, for an answer, or for what was promised. */
const isAwaited = ({ handoff, turn, promise }: Head): boolean =>
  (handoff !== undefined && handoff.answeredAt === undefined) ||
  (turn?.messageIds.length ?? 0) > 0 ||
  promise !== undefined;

/**
 * The agent who holds it, or is asked to, is gone. Who waits goes back to the front of their class in the queue, with the
 * skill and the priority they had; where the last word was the agent's, it is as if they had released it.
 */
export function agentGone(head: Head, agent: AgentId, now: number): Head {
  if (head.owner === 'queue' && head.offer?.agentId === agent) return without(head, 'offer');
  if (head.owner !== agentOwner(agent)) return head;
  if (!isAwaited(head)) return released(head);
  const { handoff: known } = head;
  const isUnanswered = known !== undefined && known.answeredAt === undefined;
  const handoff: Handoff = {
    ...(isUnanswered ? without(known, 'tendedAt') : fresh(known, now)),
    reason: 'agent_gone',
    from: agent,
    front: true,
  };
  return { ...without(withOwner(head, 'queue'), 'promise'), handoff };
}

/** A hand-off made anew of one that was answered: its clocks begin now. */
const fresh = (known: Handoff | undefined, now: number): Handoff => ({
  reason: 'agent_gone',
  skill: known?.skill ?? GENERAL_SKILL,
  priority: known?.priority ?? 5,
  at: new Date(now).toISOString(),
  ...(known?.assistId === undefined ? {} : { assistId: known.assistId }),
  ...(known?.note === undefined ? {} : { note: known.note }),
  ...(known?.language === undefined ? {} : { language: known.language }),
});
