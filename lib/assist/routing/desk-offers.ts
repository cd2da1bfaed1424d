/** What agents answer to offers, what supervisors take, and whom a conversation can be passed to. */
import type { Head } from '../../domain/conversation.ts';
import { CuecardError } from '../../domain/error.ts';
import type { AgentId, TenantId } from '../../domain/ids.ts';
import type { Refusal } from '../../handoff/head.ts';
import { isPresent } from '../../handoff/routing/agents.ts';
import { accept, decline, takeOver } from '../../handoff/routing/offers.ts';
import { type ActDeps, type Agent, actOn } from '../agent-act.ts';
import type { FlowDeps, Place } from '../flow.ts';

const act = async (deps: ActDeps, place: Place, command: (head: Head) => Head | Refusal): Promise<Head> =>
  (await actOn(deps, place, command)).head;

/** Raises `conflict` once the offer has moved on. */
export const acceptOffer = (deps: ActDeps, place: Place, { id }: Agent): Promise<Head> =>
  act(deps, place, (head) => accept(head, id));

export const declineOffer = (deps: ActDeps, place: Place, { id }: Agent): Promise<Head> =>
  act(deps, place, (head) => decline(head, id, deps.now()));

export const takeOverConversation = (deps: ActDeps, place: Place, by: Agent): Promise<Head> =>
  act(deps, place, (head) => takeOver(head, by, deps.now()));

/**
 * Raises `conflict` for an agent who is off. One nobody has heard of is taken at the caller's word, unless somebody of the
 * team is at a desk now: then everybody who could take it has been heard of.
 */
export async function mustBeThere(
  deps: Pick<FlowDeps, 'agents' | 'now'>,
  tenant: TenantId,
  id: AgentId,
): Promise<void> {
  const agent = await deps.agents?.get(tenant, id);
  if (deps.agents === undefined || (agent !== undefined && isPresent(agent, deps.now()))) return;
  if (agent !== undefined && agent.leaseUntil === undefined && agent.presence !== 'off') return;
  if (agent !== undefined)
    throw new CuecardError('conflict', `${agent.name ?? id} is off: choose somebody who is there`);
  const team = await deps.agents.list(tenant);
  if (!team.some((one) => isPresent(one, deps.now()))) return;
  throw new CuecardError('conflict', `nobody called ${id} has been at a desk here: choose somebody who is there`);
}
