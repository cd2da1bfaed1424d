/** A whole message way around a store: time, functions and platform are the test's. */

import { answerTurn } from '../../lib/assist/answer-turn.ts';
import { deliver } from '../../lib/assist/deliver.ts';
import type { FlowDeps } from '../../lib/assist/flow.ts';
import { assistId, replayId } from '../../lib/assist/ids.ts';
import { locateAssist } from '../../lib/assist/locate.ts';
import { receive } from '../../lib/assist/receive.ts';
import { route } from '../../lib/assist/route.ts';
import type { Situation } from '../../lib/assist/situation.ts';
import { sweep } from '../../lib/assist/sweep.ts';
import type { Assist, Decision } from '../../lib/domain/assist.ts';
import type { Customer } from '../../lib/domain/customer.ts';
import type { InboundEvent } from '../../lib/domain/event.ts';
import type { ConversationId } from '../../lib/domain/ids.ts';
import type { Tenant } from '../../lib/domain/tenant.ts';
import type { CallPlatform } from '../../lib/ports/callback.ts';
import type { ConversationStore } from '../../lib/ports/conversations.ts';
import type { CustomerStore } from '../../lib/ports/customers.ts';
import type { Hint } from '../../lib/ports/desks.ts';
import type { OutcomeStore } from '../../lib/ports/outcomes.ts';
import type { Starts, WorkStore } from '../../lib/ports/starts.ts';
import { assistOf, CONVERSATION, START, TENANT, tenantOf } from './conversation.ts';
import { type MemoryStore, memoryStore } from './memory-conversations.ts';
import { memoryOutcomes } from './memory-outcomes.ts';

export type Started = { [Name in keyof Starts]: { name: Name; payload: Starts[Name] } }[keyof Starts];
export type Call = { id: string; type: string; data: Record<string, unknown> };

/** Customers who are never forgotten, one object each. */
export function memoryCustomers(): CustomerStore {
  const known = new Map<string, Customer>();
  return {
    get: async (_, id) => known.get(id),
    async merge(_, patch, at) {
      const stated = Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined));
      const merged = { ...known.get(patch.id), ...stated, id: patch.id, updatedAt: at };
      known.set(patch.id, merged);
      return merged;
    },
  };
}

/** What a situation's assist decides: by the last word of the turn, as a script for tests. */
function scripted(text: string, owner: string): Partial<Decision> {
  if (owner !== 'bot') return { kind: 'suggest', reason: owner === 'queue' ? 'owner_queue' : 'owner_agent' };
  if (text.endsWith('person')) return { kind: 'handoff', reason: 'asked_for_person', skill: 'general', priority: 6 };
  if (text.endsWith('unknown')) return { kind: 'handoff', reason: 'nothing_fits', skill: 'general', priority: 4 };
  if (text.endsWith('ok')) return { kind: 'none', reason: 'no_question' };
  if (text.endsWith('maybe')) return { kind: 'suggest', reason: 'mode_assist' };
  return { kind: 'auto_reply', reason: 'confident', reply: { text: `re: ${text}`, suggestionId: 'sug_1' } };
}

/** Stands for the real `respond`: a pure function of the situation. */
export function scriptedRespond(situation: Situation): Assist {
  const { turn, conversationId, at, customerSeq, degraded, owner, tenant } = situation;
  const text = turn.parts.map((part) => part.text ?? '').join(' ');
  const automatic = tenant.settings.mode === 'auto' || tenant.settings.mode === 'hybrid';
  const decision = scripted(text, owner);
  const muted: Partial<Decision> =
    decision.kind === 'auto_reply' && !automatic ? { kind: 'suggest', reason: 'mode_assist' } : decision;
  return assistOf({ ...turn, startSeq: 1, messageIds: [...turn.messageIds] }, muted, {
    id: assistId(conversationId, turn.id, turn.revision),
    replay: replayId(conversationId, turn.id, turn.revision),
    conversationId,
    customerSeq,
    createdAt: new Date(at).toISOString(),
    degraded: [...degraded],
  });
}

/** Counts calls by operation, to hold them against the budget. */
function counted<T extends ConversationStore | CustomerStore | OutcomeStore | WorkStore>(
  store: T,
  counts: Map<string, number>,
): T {
  return new Proxy(store, {
    get(target, name, receiver) {
      const value = Reflect.get(target, name, receiver);
      if (typeof value !== 'function') return value;
      return (...args: unknown[]) => {
        counts.set(String(name), (counts.get(String(name)) ?? 0) + 1);
        return Reflect.apply(value, target, args);
      };
    },
  });
}

export type WorldOptions = {
  settings?: Partial<Tenant['settings']>;
  store?: MemoryStore | Pick<MemoryStore, 'conversations' | 'work'>;
  deps?: Partial<FlowDeps>;
  /** What the platform answers, call by call; then `delivered`. */
  outcomes?: Awaited<ReturnType<CallPlatform>>[];
};

export function world({
  settings = {},
  store = memoryStore(locateAssist),
  deps: given = {},
  outcomes = [],
}: WorldOptions = {}) {
  let now = START;
  const counts = new Map<string, number>();
  const started: Started[] = [];
  const calls: Call[] = [];
  const hints: Hint[] = [];
  const tenant = tenantOf({ callbackUrl: 'https://platform.example/hook', ...settings });
  const deps: FlowDeps = {
    conversations: counted(store.conversations, counts),
    work: counted(store.work, counts),
    customers: counted(memoryCustomers(), counts),
    outcomes: counted(memoryOutcomes(), counts),
    readTenant: async (id) => (id === TENANT ? tenant : undefined),
    openKnowledge: async () => ({ knowledge: undefined, catalog: undefined }),
    densify: async () => ({ dense: [], degraded: [] }),
    respond: async (situation) => scriptedRespond(situation),
    readProducts: () => async () => [],
    isPromise: (text) => (text.includes('moment') ? 3 : undefined),
    start: async (name, payload) => {
      started.push({ name, payload } as Started);
    },
    hintDesks: async (_, hint) => {
      hints.push(hint);
    },
    callPlatform: async (_, { id, body }) => {
      const { type, data } = JSON.parse(body);
      calls.push({ id, type, data });
      return outcomes.shift() ?? (tenant.settings.callbackUrl === undefined ? 'no_callback' : 'delivered');
    },
    now: () => now,
    sleep: async (ms) => {
      now += ms;
    },
    newId: (prefix) => `${prefix}${now}`,
    random: () => 0,
    ...given,
  };
  const operations = (): number => [...counts.values()].reduce((sum, count) => sum + count, 0);

  async function runOne({ name, payload }: (typeof started)[number]): Promise<void> {
    if (name === 'assist') await answerTurn(deps, payload.tenant, payload.conversation, payload.message);
    if (name === 'deliver') await deliver(deps, payload);
    if (name === 'route' && deps.agents !== undefined) await route({ ...deps, agents: deps.agents }, payload);
  }

  /** Runs what was started, as the functions would. */
  async function settle(): Promise<void> {
    for (let next = started.shift(); next !== undefined; next = started.shift()) await runOne(next);
  }

  return {
    deps,
    tenant,
    store,
    started,
    calls,
    hints,
    counts,
    operations,
    settle,
    place: { tenant: TENANT, conversation: CONVERSATION },
    now: () => now,
    pass: (ms: number) => {
      now += ms;
    },
    /** Every event comes a millisecond after the last. */
    receive(event: InboundEvent, deliveryId = `d-${now}`) {
      now += 1;
      return receive(deps, TENANT, deliveryId, event);
    },
    sweep: () => sweep(deps),
    head: async (conversation: ConversationId = CONVERSATION) => {
      const head = await store.conversations.head(TENANT, conversation);
      if (head === undefined) throw new Error('no head');
      return head;
    },
    assists: async () => (await store.conversations.assists(TENANT, CONVERSATION)).map(({ assist }) => assist),
    messages: async () => (await store.conversations.load(TENANT, CONVERSATION, 100)).messages,
  };
}
