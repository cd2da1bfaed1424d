/** What an agent says of themselves, and what the team sees of it. */
import { CuecardError } from '../../domain/error.ts';
import type { AgentId, TenantId } from '../../domain/ids.ts';
import { type AgentRecord, type AgentView, type Presence, routingOf } from '../../domain/routing.ts';
import type { Caller } from '../../domain/tenant.ts';
import { beaten, newAgent, told, viewOfAgent } from '../../handoff/routing/agents.ts';
import { type FlowDeps, hintPresence, tryStart } from '../flow.ts';
import { type AgentDeps, changeAgent } from './change-agent.ts';

export type PresenceDeps = AgentDeps &
  Pick<FlowDeps, 'readTenant' | 'start' | 'hintDesks'> & {
    /** Whether another heartbeat of this tenant may start routing already. */
    mayRoute(tenant: TenantId): boolean;
  };

/** What a team lead sets of an agent. A list of none is what was never set: every skill, every language. */
export type AgentPatch = Partial<Pick<AgentRecord, 'name' | 'skills' | 'languages' | 'capacity'>>;

export function presenceRoom(deps: PresenceDeps) {
  const view = async (tenant: TenantId, agent: AgentRecord): Promise<AgentView> =>
    viewOfAgent(agent, routingOf((await deps.readTenant(tenant))?.settings.routing), deps.now());
  const here = async (tenant: TenantId, agent: AgentRecord) => {
    const seen = await view(tenant, agent);
    const { leaseUntil } = agent;
    return { presence: seen.presence, ...(leaseUntil === undefined ? {} : { leaseUntil }), agent: seen };
  };

  return {
    /** Online, away or off. A heartbeat only says that they are still there. */
    async set(tenant: TenantId, caller: Caller, presence: Presence, isHeartbeat = false) {
      const id = caller.agentId;
      const say = isHeartbeat ? beaten : told;
      const make = (): AgentRecord => newAgent(id, deps.now());
      const command = (agent: AgentRecord): AgentRecord => say(agent, presence, caller.name, deps.now());
      const changed = await changeAgent(deps, tenant, id, command, make);
      const { before, agent } = changed ?? { before: make(), agent: make() };
      const isNews = before.presence !== agent.presence || before.leaving !== agent.leaving;
      if (isNews) await hintPresence(deps, tenant, id);
      if (isNews || (presence !== 'off' && deps.mayRoute(tenant))) {
        await tryStart(deps, 'route', { tenant, agent: id });
      }
      return here(tenant, agent);
    },
    async get(tenant: TenantId, caller: Caller) {
      return here(tenant, (await deps.agents.get(tenant, caller.agentId)) ?? newAgent(caller.agentId, deps.now()));
    },
    /** Everybody who ever was at a desk here, by id. */
    async list(tenant: TenantId): Promise<{ items: AgentView[] }> {
      const routing = routingOf((await deps.readTenant(tenant))?.settings.routing);
      const agents = await deps.agents.list(tenant);
      return { items: agents.map((agent) => viewOfAgent(agent, routing, deps.now())) };
    },
    /** An agent may be set up before they are first seen. */
    async change(tenant: TenantId, id: AgentId, patch: AgentPatch): Promise<AgentView> {
      const stated = Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined));
      const changed = await changeAgent(
        deps,
        tenant,
        id,
        (agent) => ({ ...agent, ...stated }),
        () => newAgent(id, deps.now()),
      );
      if (changed === undefined) throw new CuecardError('not_found', `no agent ${id}`);
      await tryStart(deps, 'route', { tenant });
      return view(tenant, changed.agent);
    },
  };
}
