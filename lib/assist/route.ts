/**
 * Brings conversations and people together: the function `route`. It is started when a conversation enters the queue, when
 * an offer is declined, when room is free again, by heartbeats, and by the sweep for whatever has come due. Every run does
 * the whole of its work over again from what is stored; runs side by side are safe, and a run that dies is made up for.
 */
import { CuecardError } from '../domain/error.ts';
import { isWaiting } from '../handoff/routing/choose.ts';
import { openedUpTo } from '../handoff/routing/opened.ts';
import type { Starts } from '../ports/starts.ts';
import type { FlowDeps } from './flow.ts';
import { tendAgent } from './routing/agents.ts';
import { matchQueue } from './routing/match.ts';
import { type TendDeps, tendConversation } from './routing/tend.ts';

export type RouteDeps = TendDeps &
  Pick<FlowDeps, 'readTenant'> & {
    /** `matchQueue`, one run at a time for a tenant where several would meet in one instance. */
    match?: typeof matchQueue;
  };

export async function route(deps: RouteDeps, { tenant: id, conversation, agent }: Starts['route']): Promise<void> {
  const tenant = await deps.readTenant(id);
  if (tenant === undefined) throw new CuecardError('not_found', `no tenant ${id}`);
  if (agent !== undefined) await tendAgent(deps, tenant, agent);
  const match = deps.match ?? matchQueue;
  if (conversation === undefined) return match(deps, tenant);
  const head = await tendConversation(deps, tenant, conversation);
  if (head !== undefined && isWaiting(head, openedUpTo(tenant.settings, deps.now())))
    await match(deps, tenant, conversation);
}
