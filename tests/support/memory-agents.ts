/** `AgentStore` in memory, with the conditions of the real one, and the work that it makes due. */
import type { AgentRecord } from '../../lib/domain/routing.ts';
import type { AgentStore } from '../../lib/ports/agents.ts';
import type { DueWork, WorkStore } from '../../lib/ports/starts.ts';

export type MemoryAgents = {
  agents: AgentStore;
  /** The work of other stores, and the agents' own. */
  workBeside(work: WorkStore): WorkStore;
  all(): AgentRecord[];
};

type Due = { dueAt: number; attempts: number; work: DueWork['work'] };

export function memoryAgents(): MemoryAgents {
  const kept = new Map<string, AgentRecord>();
  const due = new Map<string, Due>();

  const agents: AgentStore = {
    get: async (tenant, id) => structuredClone(kept.get(`${tenant}#${id}`)),
    list: async (tenant) =>
      structuredClone([...kept].filter(([key]) => key.startsWith(`${tenant}#`)).map(([, agent]) => agent)),
    async put(tenant, agent, expected) {
      const key = `${tenant}#${agent.agentId}`;
      if (kept.get(key)?.version !== expected) return 'conflict';
      kept.set(key, structuredClone(agent));
      const dueAt = agent.leaving === true ? Date.parse(agent.at) : agent.leaseUntil;
      const payload = { tenant, agent: agent.agentId };
      if (dueAt === undefined) due.delete(key);
      else due.set(key, { dueAt, attempts: 0, work: { name: 'route', payload } });
      return 'ok';
    },
  };

  const dueAt = (now: number): DueWork[] =>
    [...due]
      .filter(([, one]) => one.dueAt <= now)
      .map(([sk, one]) => ({ key: { pk: 'agents', sk }, dueAt: one.dueAt, attempts: one.attempts, work: one.work }));

  const workBeside = (others: WorkStore): WorkStore => ({
    shards: others.shards,
    async due(shard, now, limit) {
      const all = [...(await others.due(shard, now, limit)), ...(shard === 0 ? dueAt(now) : [])];
      return all.sort((a, b) => a.dueAt - b.dueAt).slice(0, limit);
    },
    async defer(work, until) {
      if (work.key.pk !== 'agents') return others.defer(work, until);
      const found = due.get(work.key.sk);
      if (found?.dueAt !== work.dueAt) return 'conflict';
      due.set(work.key.sk, { ...found, dueAt: until, attempts: work.attempts + 1 });
      return 'ok';
    },
  });
  return { agents, workBeside, all: () => structuredClone([...kept.values()]) };
}
