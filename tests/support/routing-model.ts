/** Routing under a hostile scheduler: many conversations, many agents, several routers, and everything that may die. */
import { expect } from 'vitest';
import {
  claimConversation,
  closeConversation,
  releaseConversation,
  sendReply,
  transferConversation,
} from '../../lib/assist/desk-actions.ts';
import type { Place } from '../../lib/assist/flow.ts';
import { locateAssist } from '../../lib/assist/locate.ts';
import { receive } from '../../lib/assist/receive.ts';
import { route } from '../../lib/assist/route.ts';
import { acceptOffer, declineOffer, takeOverConversation } from '../../lib/assist/routing/desk-offers.ts';
import { presenceRoom } from '../../lib/assist/routing/presence.ts';
import { sweep } from '../../lib/assist/sweep.ts';
import type { Head } from '../../lib/domain/conversation.ts';
import { type AgentId, ConversationId } from '../../lib/domain/ids.ts';
import { type AgentRecord, type Presence, routingOf } from '../../lib/domain/routing.ts';
import { capacityOf, hasRoom, isPresent, slotOf, whosePlace } from '../../lib/handoff/routing/agents.ts';
import { isWaiting, suits } from '../../lib/handoff/routing/choose.ts';
import type { AgentStore } from '../../lib/ports/agents.ts';
import type { ConversationStore } from '../../lib/ports/conversations.ts';
import { agent, created, START, TENANT, tenantOf } from './conversation.ts';
import { type DrivenDeps, flowDriver } from './flow-driver.ts';
import type { Cut } from './interleaving.ts';
import { memoryAgents } from './memory-agents.ts';
import { memoryStore } from './memory-conversations.ts';

export const TEAM = [
  { id: 'ann', capacity: 1 },
  { id: 'bob', capacity: 2, skills: ['returns'] },
  { id: 'cid', capacity: 2, skills: ['invoices'], languages: ['en' as const] },
  { id: 'dee', capacity: 3 },
];
export const CONVERSATIONS = ['c-0', 'c-1', 'c-2', 'c-3', 'c-4', 'c-5'].map((id) => ConversationId.parse(id));

type Acting = (deps: DrivenDeps, place: Place, by: { id: AgentId }) => Promise<unknown>;
const ACTS = {
  accept: acceptOffer,
  decline: declineOffer,
  claim: claimConversation,
  release: releaseConversation,
  close: closeConversation,
  takeOver: takeOverConversation,
  send: (deps, place, by) => sendReply(deps, place, by, { text: deps.random() < 0.5 ? 'one moment' : 'an answer' }),
  returns: (deps, place, by) => transferConversation(deps, place, by, { to: { skill: 'returns' } }),
  toDee: (deps, place, by) => transferConversation(deps, place, by, { to: { agent: agent('dee') } }),
} satisfies Record<string, Acting>;
type Act = keyof typeof ACTS;

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

const MAX_STEPS = 30_000;
const ROUNDS = 24;

export function routingModel(seed: number, mode: 'offer' | 'assign') {
  const store = memoryStore(locateAssist);
  const people = memoryAgents();
  const work = people.workBeside(store.work);
  const routing = { mode, tellEveryMs: 0, capacity: 2 };
  const tenant = tenantOf({ callbackUrl: 'https://platform.example/hook', quietWindowMs: 0, routing });
  const { time, must, nextId, spawn, ...driver } = flowDriver(seed, () => ({
    conversations,
    work,
    agents,
    tenant,
    isPromise: (text) => (text.includes('moment') ? 1 : undefined),
    platformOf: (flow) => () => flow.operate(() => 'delivered' as const),
  }));
  const owners = new Map<string, string>();
  /** When a conversation got its owner, and when an agent began to leave, in puts. */
  const ownedSince = new Map<string, number>();
  const leavingSince = new Map<string, number>();
  let puts = 0;
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
      if (head === undefined || whosePlace(head) !== id) continue;
      must(() => expect(ownedSince.get(conversation), `${id} left ${conversation}`).toBeGreaterThan(since));
    }
  }

  const at = <T>(list: readonly T[], of: number): T => list[of % list.length] as T;

  function act(who: string, conversation: ConversationId, what: Act): void {
    spawn<unknown>((deps) => ACTS[what](deps, { tenant: TENANT, conversation }, { id: agent(who) }));
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
    lose: ({ starts }) => driver.lose(starts),
    crash: ({ cut }) => driver.crash(cut),
    run: ({ steps }) => driver.run(steps),
  };

  /** All that is under way, then what comes due until `until`. */
  async function settle(): Promise<void> {
    await driver.run(MAX_STEPS);
    expect(driver.isIdle(), 'all that was started ends').toBe(true);
  }

  /**
   * Nothing more goes wrong. Whoever is at their desk stays there and takes what they are asked to take; a sweep a minute,
   * a heartbeat every twenty seconds.
   */
  async function drain(): Promise<void> {
    driver.lose(0);
    driver.crash(undefined);
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
      const held = told === 'off' ? [] : stored.filter((head) => whosePlace(head) === agentId).map(({ id }) => id);
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
    driver.check();
    await checkEnd();
  }

  return { play, store, people };
}
