/** Routing under a hostile scheduler: many conversations, many agents, several routers, and everything that may die. */
import { expect } from 'vitest';
import { answerTurn } from '../../lib/assist/answer-turn.ts';
import { deliver } from '../../lib/assist/deliver.ts';
import {
  claimConversation,
  closeConversation,
  releaseConversation,
  sendReply,
  transferConversation,
} from '../../lib/assist/desk-actions.ts';
import type { FlowDeps } from '../../lib/assist/flow.ts';
import { locateAssist } from '../../lib/assist/locate.ts';
import { receive } from '../../lib/assist/receive.ts';
import { route } from '../../lib/assist/route.ts';
import { acceptOffer, declineOffer, takeOverConversation } from '../../lib/assist/routing/desk-offers.ts';
import { presenceRoom } from '../../lib/assist/routing/presence.ts';
import { sweep } from '../../lib/assist/sweep.ts';
import type { Head } from '../../lib/domain/conversation.ts';
import { ConversationId } from '../../lib/domain/ids.ts';
import { type AgentRecord, type Presence, routingOf } from '../../lib/domain/routing.ts';
import { capacityOf, hasRoom, holderOf, isPresent, slotOf } from '../../lib/handoff/routing/agents.ts';
import { isWaiting, suits } from '../../lib/handoff/routing/choose.ts';
import type { AgentStore } from '../../lib/ports/agents.ts';
import type { ConversationStore } from '../../lib/ports/conversations.ts';
import type { Starts } from '../../lib/ports/starts.ts';
import { agent, created, START, TENANT, tenantOf } from './conversation.ts';
import { memoryCustomers, scriptedRespond } from './flow-world.ts';
import { type Cut, type Flow, scheduler } from './interleaving.ts';
import { memoryAgents } from './memory-agents.ts';
import { memoryStore } from './memory-conversations.ts';
import { memoryOutcomes } from './memory-outcomes.ts';

export const TEAM = [
  { id: 'ann', capacity: 1 },
  { id: 'bob', capacity: 2, skills: ['returns'] },
  { id: 'cid', capacity: 2, skills: ['invoices'], languages: ['en' as const] },
  { id: 'dee', capacity: 3 },
];
export const CONVERSATIONS = ['c-0', 'c-1', 'c-2', 'c-3', 'c-4', 'c-5'].map((id) => ConversationId.parse(id));

type Act = 'accept' | 'decline' | 'claim' | 'release' | 'close' | 'send' | 'returns' | 'toDee' | 'takeOver';
export type RoutingCommand =
  | { kind: 'customer'; of: number; text: string }
  | { kind: 'presence'; who: number; presence: Presence }
  | { kind: 'act'; who: number; of: number; act: Act }
  | { kind: 'assigned'; who: number; of: number }
  | { kind: 'route' | 'sweep' }
  | { kind: 'pass'; ms: number }
  | { kind: 'lose'; starts: number }
  | { kind: 'crash'; cut: Cut }
  | { kind: 'run'; steps: number };

type Started = { [Name in keyof Starts]: { name: Name; payload: Starts[Name] } }[keyof Starts];
const MAX_STEPS = 30_000;
const ROUNDS = 24;

export function routingModel(seed: number, mode: 'offer' | 'assign') {
  const time = scheduler(seed, START);
  const store = memoryStore(locateAssist);
  const people = memoryAgents();
  const work = people.workBeside(store.work);
  const customers = memoryCustomers();
  const counted = memoryOutcomes();
  const routing = { mode, tellEveryMs: 0, capacity: 2 };
  const tenant = tenantOf({ callbackUrl: 'https://platform.example/hook', quietWindowMs: 0, routing });
  const started: Started[] = [];
  const broken: unknown[] = [];
  const owners = new Map<string, string>();
  /** When a conversation got its owner, and when an agent began to leave, in puts. */
  const ownedSince = new Map<string, number>();
  const leavingSince = new Map<string, number>();
  let puts = 0;
  let count = 0;
  let losing = 0;
  let cut: Cut | undefined;

  /** A flow would take a failed expectation for a failing port: it is kept and thrown at the end. */
  const must = (expectation: () => void): void => {
    try {
      expectation();
    } catch (error) {
      broken.push(error);
    }
  };
  const nextCut = (): Cut | undefined => {
    const taken = cut;
    cut = undefined;
    return taken;
  };
  const nextId = (prefix: string): string => {
    count += 1;
    return `${prefix}${count}`;
  };
  const recordOf = (id: string): AgentRecord | undefined => people.all().find(({ agentId }) => agentId === id);

  const conversations: ConversationStore = {
    ...store.conversations,
    async putHead(id, head, expected) {
      const before = await store.conversations.head(id, head.id);
      const put = await store.conversations.putHead(id, head, expected);
      if (put === 'conflict') return put;
      puts += 1;
      must(() => {
        const known = owners.get(`${head.id}#${head.epoch}`);
        if (known !== undefined) expect(head.owner, 'one owner an epoch').toBe(known);
        expect(head.version).toBe((before?.version ?? 0) + 1);
        if (head.offer !== undefined) {
          expect(head.owner, 'only what waits is offered').toBe('queue');
          const asked = recordOf(head.offer.agentId);
          expect(asked && slotOf(asked, head.id), 'an offer has its place').toBeDefined();
        }
      });
      owners.set(`${head.id}#${head.epoch}`, head.owner);
      if (before?.owner !== head.owner) ownedSince.set(head.id, puts);
      return put;
    },
  };

  const agents: AgentStore = {
    ...people.agents,
    async put(id, next, expected) {
      const before = await people.agents.get(id, next.agentId);
      const put = await people.agents.put(id, next, expected);
      if (put === 'conflict') return put;
      puts += 1;
      must(() => {
        const routed = next.slots.some(
          (slot) => slot.until !== undefined && slotOf(before ?? next, slot.conversation)?.until !== slot.until,
        );
        if (routed)
          expect(next.slots.length, 'never more than they can hold').toBeLessThanOrEqual(
            capacityOf(next, routingOf(routing)),
          );
      });
      if (next.leaving === true && before?.leaving !== true) leavingSince.set(next.agentId, puts);
      if (before?.leaving === true && next.leaving !== true && next.presence === 'off') await checkLeft(next.agentId);
      return put;
    },
  };

  /** Who has left holds nothing that they held when they began to leave. */
  async function checkLeft(id: string): Promise<void> {
    const since = leavingSince.get(id) ?? 0;
    for (const conversation of CONVERSATIONS) {
      const head = await store.conversations.head(TENANT, conversation);
      if (head === undefined || holderOf(head) !== id) continue;
      must(() => expect(ownedSince.get(conversation), `${id} left ${conversation}`).toBeGreaterThan(since));
    }
  }

  function depsFor(flow: Flow): FlowDeps & { agents: AgentStore } {
    return {
      conversations: gated(conversations, flow),
      work: gated(work, flow),
      agents: gated(agents, flow),
      customers: gated(customers, flow),
      outcomes: gated(counted, flow),
      readTenant: async () => tenant,
      openKnowledge: async () => ({ knowledge: undefined, catalog: undefined }),
      densify: async () => ({ dense: [], degraded: [] }),
      respond: async (situation) => scriptedRespond(situation),
      readProducts: () => async () => [],
      isPromise: (text) => (text.includes('moment') ? 1 : undefined),
      start: (name, payload) => flow.operate(() => void started.push({ name, payload } as Started)),
      hintDesks: async () => undefined,
      callPlatform: () => flow.operate(() => 'delivered' as const),
      now: time.now,
      sleep: flow.sleep,
      newId: nextId,
      random: time.random,
    };
  }

  const at = <T>(list: readonly T[], of: number): T => list[of % list.length] as T;
  const spawn = (body: (deps: FlowDeps & { agents: AgentStore }) => Promise<unknown>): void =>
    time.spawn((flow) => body(depsFor(flow)), nextCut());

  function act(who: string, conversation: ConversationId, what: Act): void {
    const place = { tenant: TENANT, conversation };
    const by = { id: agent(who) };
    spawn((deps) => {
      switch (what) {
        case 'accept':
          return acceptOffer(deps, place, by);
        case 'decline':
          return declineOffer(deps, place, by);
        case 'claim':
          return claimConversation(deps, place, by);
        case 'release':
          return releaseConversation(deps, place, by);
        case 'close':
          return closeConversation(deps, place, by);
        case 'send':
          return sendReply(deps, place, by, { text: count % 2 === 0 ? 'one moment' : 'an answer' });
        case 'returns':
          return transferConversation(deps, place, by, { to: { skill: 'returns' } });
        case 'toDee':
          return transferConversation(deps, place, by, { to: { agent: agent('dee') } });
        case 'takeOver':
          return takeOverConversation(deps, place, by);
      }
    });
  }

  function presence(who: string, said: Presence): void {
    spawn((deps) =>
      presenceRoom({ ...deps, mayRoute: () => true }).set(
        TENANT,
        { role: 'agent', tenant: TENANT, agentId: agent(who) },
        said,
      ),
    );
  }

  const happen: {
    [Kind in RoutingCommand['kind']]: (command: Extract<RoutingCommand, { kind: Kind }>) => void | Promise<void>;
  } = {
    customer: ({ of, text }) => {
      const event = created(nextId('m'), text, { conversation: at(CONVERSATIONS, of) });
      spawn((deps) => receive(deps, TENANT, nextId('d'), event));
    },
    assigned: ({ who, of }) => {
      const data = { conversationId: at(CONVERSATIONS, of), agentId: agent(at(TEAM, who).id) };
      spawn((deps) => receive(deps, TENANT, nextId('d'), { type: 'conversation.assigned', data }));
    },
    presence: (command) => presence(at(TEAM, command.who).id, command.presence),
    act: (command) => act(at(TEAM, command.who).id, at(CONVERSATIONS, command.of), command.act),
    route: () => spawn((deps) => route(deps, { tenant: TENANT })),
    sweep: () => spawn((deps) => sweep(deps)),
    pass: ({ ms }) => time.pass(ms),
    lose: ({ starts }) => {
      losing = starts;
    },
    crash: (command) => {
      cut = command.cut;
    },
    run: ({ steps }) => run(steps),
  };

  function startOne(): boolean {
    const [next] = started.splice(time.pick(started.length), 1);
    if (next === undefined) return false;
    losing -= 1;
    if (losing >= 0) return true;
    spawn(async (deps) => {
      if (next.name === 'assist') return answerTurn(deps, TENANT, next.payload.conversation, next.payload.message);
      if (next.name === 'deliver') return deliver(deps, next.payload);
      return next.name === 'route' ? route(deps, next.payload) : undefined;
    });
    return true;
  }

  async function run(steps: number): Promise<void> {
    for (let step = 0; step < steps; step += 1) {
      if (started.length > 0 && time.pick(3) === 0) startOne();
      else if (!(await time.step()) && !startOne()) return;
    }
  }

  /** All that is under way, then what comes due until `until`. */
  async function settle(): Promise<void> {
    await run(MAX_STEPS);
    expect(time.idle() && started.length === 0, 'all that was started ends').toBe(true);
  }

  /**
   * Nothing more goes wrong. Whoever is at their desk stays there and takes what they are asked to take; a sweep a minute,
   * a heartbeat every twenty seconds.
   */
  async function drain(): Promise<void> {
    losing = 0;
    cut = undefined;
    await settle();
    for (let at = 0; at < ROUNDS; at += 1) await round(at % 3 === 2);
  }

  async function round(sweeps: boolean): Promise<void> {
    time.pass(20_000);
    const there = people.all().filter((one) => isPresent(one, time.now()));
    for (const { agentId, presence: said } of there) presence(agentId, said);
    if (sweeps) spawn((deps) => sweep(deps));
    await settle();
    for (const { id, offer } of await heads()) if (offer !== undefined) act(offer.agentId, id, 'accept');
    await settle();
  }

  async function heads(): Promise<Head[]> {
    const all = await Promise.all(CONVERSATIONS.map((id) => store.conversations.head(TENANT, id)));
    return all.filter((head) => head !== undefined);
  }

  async function checkEnd(): Promise<void> {
    const [now, all, stored] = [time.now(), people.all(), await heads()];
    for (const head of stored) {
      expect(head.outbox).toEqual([]);
      const able = (one: AgentRecord): boolean =>
        isWaiting(head, now) && hasRoom(one, routingOf(routing), now) && suits(one, head, now);
      const free = all.filter(able).map(({ agentId }) => agentId);
      expect(free, `${head.id} waits beside`).toEqual([]);
    }
    for (const { agentId, leaving, presence: told, slots } of all) {
      expect(leaving, `${agentId} has left`).toBeUndefined();
      const held = told === 'off' ? [] : stored.filter((head) => holderOf(head) === agentId).map(({ id }) => id);
      expect(slots.map((slot) => slot.conversation).sort(), `${agentId} holds`).toEqual(held.sort());
    }
  }

  async function play(commands: readonly RoutingCommand[]): Promise<void> {
    for (const { id, ...rest } of TEAM) {
      const record = {
        agentId: agent(id),
        version: 1,
        presence: 'off' as const,
        at: new Date(START).toISOString(),
        slots: [],
      };
      await people.agents.put(TENANT, { ...record, ...rest }, undefined);
    }
    for (const command of commands) {
      await (happen[command.kind] as (command: RoutingCommand) => void | Promise<void>)(command);
    }
    await drain();
    if (broken.length > 0) throw broken[0];
    await checkEnd();
  }

  return { play, store, people };
}

/** Every operation of a port happens when the scheduler says so. */
function gated<T extends object>(port: T, flow: Flow): T {
  return new Proxy(port, {
    get(target, name, receiver) {
      const value = Reflect.get(target, name, receiver);
      if (typeof value !== 'function') return value;
      return (...args: unknown[]) => flow.operate(() => Reflect.apply(value, target, args));
    },
  });
}
