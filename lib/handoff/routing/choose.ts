/** Who is asked next. Pure and the same for everybody who computes it from the same agents. */
import type { Head } from '../../domain/conversation.ts';
import type { Handoff } from '../../domain/handoff.ts';
import type { AgentId } from '../../domain/ids.ts';
import { type AgentRecord, type FullRouting, GENERAL_SKILL } from '../../domain/routing.ts';
import { capacityOf, hasRoom, slotOf } from './agents.ts';

/** Something in the queue that somebody could be asked to take now. */
export type Waiting = Head & { owner: 'queue'; handoff: Handoff };

/** Whether a conversation waits to be offered: in the queue, nobody asked, the shop open. */
export const isWaiting = (head: Head, now: number): head is Waiting =>
  head.owner === 'queue' &&
  head.handoff !== undefined &&
  head.offer === undefined &&
  (head.handoff.opensAt ?? 0) <= now;

const overflows = ({ overflowAt }: Handoff, now: number): boolean => overflowAt !== undefined && overflowAt <= now;

/** No skills, or languages, are all of them. */
const knows = <T>(list: readonly T[] | undefined, wanted: T | undefined): boolean =>
  list === undefined || list.length === 0 || wanted === undefined || list.includes(wanted);

const isSkilled = ({ skills, languages }: AgentRecord, { handoff, language }: Waiting): boolean =>
  (handoff.skill === GENERAL_SKILL || knows(skills, handoff.skill)) && knows(languages, language);

/** Whether an agent could take it, had they room: the skill and the language, or it has waited long enough for anybody. */
export function suits(agent: AgentRecord, head: Waiting, now: number): boolean {
  const { handoff } = head;
  if (overflows(handoff, now)) return true;
  const passedItOn = handoff.from === agent.agentId && handoff.reason !== 'agent_gone';
  return !passedItOn && isSkilled(agent, head);
}

const letPass = ({ passed }: Handoff, agent: AgentId): boolean => passed?.includes(agent) === true;
/** Those who let it pass are asked again after a rest, where nobody else can be. */
const mayAskAgain = ({ againAt, overflowAt }: Handoff, now: number): boolean => (againAt ?? overflowAt ?? 0) <= now;

/**
 * Whether a place was taken for the conversation as it is now: another router is about to ask them, or died. Two routers
 * must not share one place, or the one that comes too late would free it under the other's offer.
 */
const isBeingAsked = (agent: AgentRecord, { id, version }: Waiting): boolean =>
  (slotOf(agent, id)?.version ?? -1) >= version;

/** Whom to ask, if there is anybody to ask now. */
export function choose(
  agents: readonly AgentRecord[],
  head: Waiting,
  routing: FullRouting,
  now: number,
): AgentRecord | undefined {
  const able = agents.filter(
    (agent) => hasRoom(agent, routing, now) && suits(agent, head, now) && !isBeingAsked(agent, head),
  );
  const fresh = able.filter(({ agentId }) => !letPass(head.handoff, agentId));
  const asked = fresh.length > 0 || !mayAskAgain(head.handoff, now) ? fresh : able;
  return best(asked, (a, b) => compare(a, b, head, routing, now));
}

function best<T>(list: readonly T[], order: (a: T, b: T) => number): T | undefined {
  return list.reduce<T | undefined>(
    (found, one) => (found === undefined || order(one, found) < 0 ? one : found),
    undefined,
  );
}

/** The customer's last agent, then who has the skill, then who holds least of what they can, then who waited longest. */
function compare(a: AgentRecord, b: AgentRecord, head: Waiting, routing: FullRouting, now: number): number {
  const share = (agent: AgentRecord): number => agent.slots.length / capacityOf(agent, routing);
  return (
    Number(isLast(b, head, routing, now)) - Number(isLast(a, head, routing, now)) ||
    Number(isSkilled(b, head)) - Number(isSkilled(a, head)) ||
    share(a) - share(b) ||
    (a.servedAt ?? 0) - (b.servedAt ?? 0) ||
    (a.agentId < b.agentId ? -1 : 1)
  );
}

const isLast = ({ agentId }: AgentRecord, { lastAgent }: Waiting, { stickyMs }: FullRouting, now: number): boolean =>
  lastAgent?.id === agentId && now - lastAgent.at <= stickyMs;
