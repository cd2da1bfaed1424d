/** The one way an agent's item is changed: a pure command, put on the condition of the version it was read at. */
import { CuecardError } from '../../domain/error.ts';
import type { AgentId, TenantId } from '../../domain/ids.ts';
import type { AgentRecord } from '../../domain/routing.ts';
import { sealAgent } from '../../handoff/routing/agents.ts';
import type { AgentStore } from '../../ports/agents.ts';
import type { FlowDeps, HeadDeps } from '../flow.ts';

export type AgentDeps = Pick<HeadDeps, 'now' | 'sleep' | 'random'> & { agents: AgentStore };
/** The very same when nothing changed. */
export type ChangedAgent = { before: AgentRecord; agent: AgentRecord };

/** Routers, an agent's own acts and heartbeats meet here; so many times somebody may be faster. */
const MAX_CONFLICTS = 16;
const FIRST_PAUSE_MS = 3;
const MAX_PAUSE_MS = 150;

/** A store for those who may do without one. */
export const withAgents = <T extends Pick<FlowDeps, 'agents'>>(deps: T): (T & { agents: AgentStore }) | undefined =>
  deps.agents === undefined ? undefined : { ...deps, agents: deps.agents };

/**
 * Changes an agent; undefined where there is no record and `make` makes none. Raises `unavailable` when others are always
 * faster.
 */
export async function changeAgent(
  deps: AgentDeps,
  tenant: TenantId,
  id: AgentId,
  command: (agent: AgentRecord) => AgentRecord,
  make?: () => AgentRecord,
): Promise<ChangedAgent | undefined> {
  for (let turn = 0; turn < MAX_CONFLICTS; turn += 1) {
    const stored = await deps.agents.get(tenant, id);
    const before = stored ?? make?.();
    if (before === undefined) return undefined;
    const agent = sealAgent(before, command(before));
    if (agent === before) return { before, agent };
    if ((await deps.agents.put(tenant, agent, stored?.version)) === 'ok') return { before, agent };
    await deps.sleep(Math.ceil(Math.min(MAX_PAUSE_MS, FIRST_PAUSE_MS * 2 ** turn) * (0.5 + deps.random() / 2)));
  }
  throw new CuecardError('unavailable', `agent ${id} changes too fast; try again`);
}
