/**
 * What a change of a conversation is to routing: a place that is free again or taken by hand, and something new in the
 * queue. All of it may be lost with a crash: places are mended on the agent's next heartbeats, and the head's own timer
 * finds what is in the queue.
 */
import { isPresent, whosePlace, withoutSlot, withSlot } from '../../handoff/routing/agents.ts';
import { isWaiting } from '../../handoff/routing/choose.ts';
import { type Changed, type FlowDeps, type Place, tryStart } from '../flow.ts';
import { type AgentDeps, changeAgent, withAgents } from './change-agent.ts';

export type AfterChangeDeps = Pick<FlowDeps, 'start' | 'agents' | 'now' | 'sleep' | 'random'>;

/** Frees the place of who had it and takes one for who has it by hand. Starts routing where there is something to route. */
export async function routeOn(deps: AfterChangeDeps, place: Place, changed: Changed): Promise<void> {
  const known = withAgents(deps);
  const freed = known !== undefined && (await settleSlots(known, place, changed));
  const { before, head } = changed;
  if (entersQueue(changed)) await tryStart(deps, 'route', { tenant: place.tenant, conversation: place.conversation });
  else if (freed && before.owner !== head.owner) await tryStart(deps, 'route', { tenant: place.tenant });
}

/** Whether somebody has to be found for it now, where nobody had to before. */
const entersQueue = ({ before, head }: Changed): boolean =>
  isWaiting(head, Number.POSITIVE_INFINITY) &&
  (before.owner !== 'queue' || before.offer !== undefined || head.handoff.tendedAt === undefined);

/** True when an agent has room that they had not before. */
async function settleSlots(deps: AgentDeps, { tenant, conversation }: Place, { before, head }: Changed) {
  const [was, is] = [whosePlace(before), whosePlace(head)];
  if (was === is) return false;
  try {
    const freed =
      was === undefined
        ? undefined
        : await changeAgent(deps, tenant, was, (agent) => withoutSlot(agent, conversation, head.version));
    // What routing gives has its place already; who is not there gets the places of what they hold when they come.
    if (is !== undefined && head.owner !== 'queue') {
      const slot = { conversation, at: deps.now(), version: head.version };
      await changeAgent(deps, tenant, is, (agent) => (isPresent(agent, deps.now()) ? withSlot(agent, slot) : agent));
    }
    return freed !== undefined && freed.agent !== freed.before;
  } catch {
    // The agent's next heartbeats mend it.
    return false;
  }
}
