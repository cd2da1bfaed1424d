/** Agents and routing on the real wire: conditional writes, the queue's index, work that comes due. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { dynamodbAgents } from '../../../lib/adapters/dynamodb/agents.ts';
import { dynamodbConversations } from '../../../lib/adapters/dynamodb/conversations.ts';
import { agentKey } from '../../../lib/adapters/dynamodb/keys.ts';
import { putItem } from '../../../lib/adapters/dynamodb/table.ts';
import { dynamodbWork } from '../../../lib/adapters/dynamodb/work.ts';
import { claimConversation } from '../../../lib/assist/desk-actions.ts';
import type { FlowDeps } from '../../../lib/assist/flow.ts';
import { locateAssist } from '../../../lib/assist/locate.ts';
import { route } from '../../../lib/assist/route.ts';
import { presenceRoom } from '../../../lib/assist/routing/presence.ts';
import type { Head } from '../../../lib/domain/conversation.ts';
import { ConversationId, TenantId } from '../../../lib/domain/ids.ts';
import type { AgentRecord } from '../../../lib/domain/routing.ts';
import type { Tenant } from '../../../lib/domain/tenant.ts';
import { newHead, seal } from '../../../lib/handoff/head.ts';
import { whosePlace } from '../../../lib/handoff/routing/agents.ts';
import type { AgentStore } from '../../../lib/ports/agents.ts';
import type { DueWork } from '../../../lib/ports/starts.ts';
import { agent, START, tenantOf } from '../../support/conversation.ts';
import { startTable, type TestTable } from '../../support/dynalite.ts';
import { world } from '../../support/flow-world.ts';

let server: TestTable;
beforeAll(async () => {
  server = await startTable();
}, 30_000);
afterAll(() => server.stop());

let tenants = 0;
/** Stores of a tenant of its own. */
function shop() {
  tenants += 1;
  const tenant = TenantId.parse(`shop-${tenants}`);
  const conversations = dynamodbConversations(server.table, { retentionSeconds: 86_400, locate: locateAssist });
  return { tenant, conversations, agents: dynamodbAgents(server.table), work: dynamodbWork(server.table) };
}

const record = (id: string, more: Partial<AgentRecord> = {}): AgentRecord => ({
  agentId: agent(id),
  version: 1,
  presence: 'online',
  at: new Date(START).toISOString(),
  leaseUntil: START + 3_600_000,
  slots: [],
  ...more,
});

async function dueOf(work: ReturnType<typeof shop>['work'], tenant: TenantId, now: number): Promise<DueWork[]> {
  const shards = await Promise.all(Array.from({ length: work.shards }, (_, shard) => work.due(shard, now, 1_000)));
  return shards.flat().filter((one) => one.work.payload.tenant === tenant);
}

describe('an agent’s item', () => {
  test('is put by whoever read it last, and by nobody else', async () => {
    const { tenant, agents } = shop();
    expect(await agents.put(tenant, record('ann'), undefined)).toBe('ok');
    expect(await agents.put(tenant, record('ann'), undefined)).toBe('conflict');
    expect(await agents.put(tenant, record('ann', { version: 2, presence: 'away' }), 1)).toBe('ok');
    expect(await agents.put(tenant, record('ann', { version: 2 }), 1)).toBe('conflict');
    expect(await agents.get(tenant, agent('ann'))).toMatchObject({ version: 2, presence: 'away' });
    expect(await agents.get(tenant, agent('bob'))).toBeUndefined();
  });

  test('is listed with its team and with no other', async () => {
    const [one, other] = [shop(), shop()];
    for (const id of ['bob', 'ann']) await one.agents.put(one.tenant, record(id), undefined);
    await other.agents.put(other.tenant, record('cid'), undefined);
    expect((await one.agents.list(one.tenant)).map(({ agentId }) => agentId)).toEqual(['ann', 'bob']);
  });

  test('of before agents were routed to is read, and put once', async () => {
    const { tenant, agents } = shop();
    const { agentId, presence, at } = record('ann');
    await putItem(server.table, { ...agentKey(tenant, agentId), agentId, presence, at });
    expect(await agents.list(tenant)).toEqual([{ agentId, presence, at, version: 0, slots: [] }]);
    expect(await agents.put(tenant, record('ann'), 0)).toBe('ok');
    expect(await agents.put(tenant, record('ann'), 0)).toBe('conflict');
  });

  test('is due when its lease ends and while it is leaving, and then no more', async () => {
    const { tenant, agents, work } = shop();
    await agents.put(tenant, record('ann', { leaseUntil: START + 60_000 }), undefined);
    expect(await dueOf(work, tenant, START + 59_999)).toEqual([]);
    expect(await dueOf(work, tenant, START + 60_000)).toMatchObject([
      { work: { name: 'route', payload: { agent: 'ann' } } },
    ]);
    const { leaseUntil: _, ...gone } = record('ann', { version: 2, presence: 'off', leaving: true });
    await agents.put(tenant, gone, 1);
    expect(await dueOf(work, tenant, START)).toHaveLength(1);
    const { leaving: __, ...left } = gone;
    await agents.put(tenant, { ...left, version: 3 }, 2);
    expect(await dueOf(work, tenant, START + 1e9)).toEqual([]);
  });
});

/** A conversation in the queue, as a hand-off leaves it. */
function waiting(id: string, more: Partial<NonNullable<Head['handoff']>> = {}): Head {
  const at = new Date(START).toISOString();
  const handoff = { reason: 'asked_for_person' as const, skill: 'general', priority: 5, at, ...more };
  const fresh = newHead(ConversationId.parse(id), START);
  return seal(fresh, { ...fresh, owner: 'queue', epoch: 1, handoff }, START);
}

describe('the queue', () => {
  test('is in order of priority, then of who had a person already, then of waiting', async () => {
    const { tenant, conversations } = shop();
    const later = new Date(START + 1_000).toISOString();
    const heads = [
      waiting('late', { at: later }),
      waiting('early'),
      waiting('back', { at: later, front: true }),
      waiting('vip', { at: later, priority: 9 }),
    ];
    for (const head of heads) await conversations.putHead(tenant, head, undefined);
    const { items } = await conversations.list(tenant, 'queue', 10);
    expect(items.map(({ id }) => id)).toEqual(['vip', 'back', 'early', 'late']);
  });

  test('makes each conversation due for routing until it was seen to', async () => {
    const { tenant, conversations, work } = shop();
    await conversations.putHead(tenant, waiting('c-1'), undefined);
    expect(await dueOf(work, tenant, START)).toEqual([]);
    expect(await dueOf(work, tenant, START + 10_000)).toMatchObject([
      { work: { name: 'route', payload: { conversation: 'c-1' } } },
    ]);
  });
});

const AGENTS = 50;
/** `WAITING=500` is a sale's morning; fewer show the same in a fraction of the time. */
const WAITING = Number(process.env['WAITING'] ?? 150);

/** Fifty agents who together can hold just those who wait; and the flows over them. */
async function rush(settings: Partial<Tenant['settings']> = {}) {
  const { tenant: id, conversations, agents } = shop();
  const heads = Array.from({ length: WAITING }, (_, n) => waiting(`c-${n}`, { priority: n % 7 }));
  await inParallel(heads, 50, (head) => conversations.putHead(id, head, undefined));
  const people = Array.from({ length: AGENTS }, (_, n) => record(`a-${n}`, { capacity: WAITING / AGENTS }));
  await inParallel(people, 50, (one) => agents.put(id, one, undefined));
  const tenant = { ...tenantOf(settings), id };
  const { deps } = world({ store: { conversations, work: dynamodbWork(server.table) } });
  const flow: FlowDeps & { agents: AgentStore } = { ...deps, agents, readTenant: async () => tenant };
  const held = async (): Promise<Map<string, string[]>> => {
    const all = new Map<string, string[]>();
    for (let cursor: string | undefined, more = true; more; ) {
      const page = await conversations.list(id, 'queue', 100, cursor);
      for (const head of page.items) add(all, head);
      cursor = page.cursor;
      more = cursor !== undefined;
    }
    for (const { agentId } of people) {
      for (const head of (await conversations.list(id, `agent:${agentId}`, 100)).items) add(all, head);
    }
    return all;
  };
  return { id, flow, conversations, agents, heads, people, held };
}

function add(all: Map<string, string[]>, head: Head): void {
  const holder = whosePlace(head) ?? 'nobody';
  all.set(holder, [...(all.get(holder) ?? []), head.id]);
}

/** At most `width` at once. */
async function inParallel<T>(list: readonly T[], width: number, work: (one: T) => Promise<unknown>): Promise<void> {
  const rest = [...list];
  const lane = async (): Promise<void> => {
    for (let next = rest.shift(); next !== undefined; next = rest.shift()) await work(next);
  };
  await Promise.all(Array.from({ length: width }, lane));
}

describe('fifty agents before five hundred conversations', () => {
  test('claiming side by side: each is one agent’s, none is left', async () => {
    const { id, flow, heads, people, held } = await rush({ routing: { mode: 'pull' } });
    let refused = 0;
    await inParallel(people, AGENTS, async ({ agentId }) => {
      // Two agents are after every conversation, in the same order.
      const mine = heads.filter((_, n) => n % (AGENTS / 2) === Number(agentId.slice(2)) % (AGENTS / 2));
      for (const head of mine) {
        const place = { tenant: id, conversation: head.id };
        await claimConversation(flow, place, { id: agentId }).catch((error) => {
          if (error.kind !== 'conflict') throw error;
          refused += 1;
        });
      }
    });
    const all = await held();
    expect(all.get('nobody')).toBeUndefined();
    const taken = [...all.values()].flat();
    expect([taken.length, new Set(taken).size]).toEqual([WAITING, WAITING]);
    expect(refused).toBe(WAITING);
  }, 120_000);

  test('offered by two routers at once: each to one agent, nobody over capacity, none left', async () => {
    const { id, flow, agents, held } = await rush();
    await Promise.all(Array.from({ length: 2 }, () => route(flow, { tenant: id })));
    const all = await held();
    expect(all.get('nobody')).toBeUndefined();
    expect([...all.values()].map((mine) => mine.length)).toEqual(Array(AGENTS).fill(WAITING / AGENTS));
    for (const { agentId, slots } of await agents.list(id)) {
      expect(slots.map((slot) => slot.conversation as string).sort()).toEqual(all.get(agentId)?.sort());
    }
  }, 120_000);
});

test('presence on the real store is one item, however it is told', async () => {
  const { tenant, conversations, agents } = shop();
  const { deps } = world({ store: { conversations, work: dynamodbWork(server.table) } });
  const room = presenceRoom({
    ...deps,
    agents,
    readTenant: async () => ({ ...tenantOf(), id: tenant }),
    mayRoute: () => true,
  });
  const ann = { role: 'agent' as const, tenant, agentId: agent('ann'), name: 'Ann' };
  await Promise.all(Array.from({ length: 5 }, () => room.set(tenant, ann, 'online')));
  expect(await room.list(tenant)).toMatchObject({
    items: [{ agentId: 'ann', name: 'Ann', presence: 'online', load: 0, capacity: 5 }],
  });
  expect((await room.set(tenant, ann, 'off')).presence).toBe('off');
  expect(await room.get(tenant, ann)).toMatchObject({ presence: 'off', agent: { agentId: 'ann' } });
});
