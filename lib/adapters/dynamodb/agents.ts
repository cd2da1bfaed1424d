/** Agents: one item each, beside the tenant's other items; due when their lease ends, or while they still hold what they left. */
import { AgentRecord } from '../../domain/routing.ts';
import type { AgentStore } from '../../ports/agents.ts';
import { AGENT_PREFIX, agentKey, tenantPk, workShard } from './keys.ts';
import { getItem, type Item, putItem, queryAll, type Table } from './table.ts';

/** What is known of nobody's version is of before agents were routed to: it reads as the first. */
const readAgent = (item: Item): AgentRecord => AgentRecord.parse({ version: 0, slots: [], ...item });

const dueAt = ({ leaving, at, leaseUntil }: AgentRecord): number | undefined =>
  leaving === true ? Date.parse(at) : leaseUntil;

function agentItem(tenant: string, agent: AgentRecord) {
  const key = agentKey(tenant, agent.agentId);
  const due = dueAt(agent);
  const work =
    due === undefined
      ? {}
      : { workShard: workShard(`${key.pk}#${key.sk}`), dueAt: due, attempts: 0, work: 'agent', workId: agent.agentId };
  return { ...key, ...agent, tenant, ...work };
}

export function dynamodbAgents(table: Table): AgentStore {
  return {
    async get(tenant, agent) {
      const item = await getItem(table, agentKey(tenant, agent));
      return item === undefined ? undefined : readAgent(item);
    },
    async list(tenant) {
      const items = await queryAll(table, {
        key: {
          expression: 'pk = :pk AND begins_with(sk, :agent)',
          values: { ':pk': tenantPk(tenant), ':agent': AGENT_PREFIX },
        },
        consistent: true,
      });
      return items.map(readAgent);
    },
    put(tenant, agent, expected) {
      const names = { '#version': 'version' };
      const condition =
        expected === undefined
          ? { expression: 'attribute_not_exists(pk)' }
          : expected === 0
            ? { expression: 'attribute_not_exists(#version) OR #version = :read', names, values: { ':read': 0 } }
            : { expression: '#version = :read', names, values: { ':read': expected } };
      return putItem(table, agentItem(tenant, agent), condition);
    },
  };
}
