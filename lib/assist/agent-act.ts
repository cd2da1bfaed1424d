/** The one way in which an agent's act changes a conversation: here for all of them, from the desk and from an offer. */
import type { Head } from '../domain/conversation.ts';
import { CuecardError } from '../domain/error.ts';
import { AgentId, type TenantId } from '../domain/ids.ts';
import type { Refusal } from '../handoff/head.ts';
import { type Changed, changeHead, type FlowDeps, type HeadDeps, type Place } from './flow.ts';
import { goOn } from './receive.ts';
import type { AfterChangeDeps } from './routing/after-change.ts';

export type Agent = { id: AgentId; name?: string | undefined };
export type ActDeps = HeadDeps & AfterChangeDeps & Pick<FlowDeps, 'hintDesks'>;

/** Changes it, and starts what follows from that. Raises `conflict` with the colleague's name where it is theirs. */
export async function actOn(deps: ActDeps, place: Place, command: (head: Head) => Head | Refusal): Promise<Changed> {
  const changed = await byName(deps, place.tenant, changeHead(deps, place, command));
  await goOn(deps, place, changed);
  return changed;
}

/** What `change` gives, or its refusal with the name in place of the id that it begins with. */
async function byName<T>({ agents }: Pick<FlowDeps, 'agents'>, tenant: TenantId, change: Promise<T>): Promise<T> {
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
