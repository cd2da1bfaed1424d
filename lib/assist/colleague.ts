/** Refusals because of a colleague say their name, where the team's list knows it. */
import { CuecardError } from '../domain/error.ts';
import { AgentId, type TenantId } from '../domain/ids.ts';
import type { FlowDeps } from './flow.ts';

/** What `change` gives, or its refusal with the name in place of the id that it begins with. */
export async function byName<T>(
  { agents }: Pick<FlowDeps, 'agents'>,
  tenant: TenantId,
  change: Promise<T>,
): Promise<T> {
  try {
    return await change;
  } catch (error) {
    if (!(error instanceof CuecardError) || agents === undefined) throw error;
    const agent = AgentId.safeParse(error.members['agentId']);
    const name = agent.success ? (await agents.get(tenant, agent.data))?.name : undefined;
    if (!agent.success || name === undefined || !error.message.startsWith(agent.data)) throw error;
    throw new CuecardError(error.kind, `${name}${error.message.slice(agent.data.length)}`, {
      members: error.members,
      cause: error,
    });
  }
}
