/** The message way under a hostile scheduler: everything that may happen to one conversation, in any order. */
import { answerTurn } from '../../lib/assist/answer-turn.ts';
import { deliver } from '../../lib/assist/deliver.ts';
import {
  claimConversation,
  closeConversation,
  type DeskDeps,
  releaseConversation,
  sendReply,
  transferConversation,
} from '../../lib/assist/desk-actions.ts';
import type { FlowDeps } from '../../lib/assist/flow.ts';
import { locateAssist } from '../../lib/assist/locate.ts';
import { receive } from '../../lib/assist/receive.ts';
import { route } from '../../lib/assist/route.ts';
import { sweep } from '../../lib/assist/sweep.ts';
import type { Head } from '../../lib/domain/conversation.ts';
import { CuecardError } from '../../lib/domain/error.ts';
import type { InboundEvent } from '../../lib/domain/event.ts';
import { type AgentId, MessageId } from '../../lib/domain/ids.ts';
import type { AgentStore } from '../../lib/ports/agents.ts';
import type { CallPlatform } from '../../lib/ports/callback.ts';
import type { ConversationStore } from '../../lib/ports/conversations.ts';
import type { Starts } from '../../lib/ports/starts.ts';
import { agent, CONVERSATION, created, START, TENANT, tenantOf } from './conversation.ts';
import { checkAccepted, checkAssists, checkAttempt, checkChange, checkEnd, nothingSeen } from './flow-checks.ts';
import { memoryCustomers, scriptedRespond } from './flow-world.ts';
import { type Cut, CutOff, type Flow, scheduler } from './interleaving.ts';
import { memoryAgents } from './memory-agents.ts';
import { memoryStore } from './memory-conversations.ts';
import { memoryOutcomes } from './memory-outcomes.ts';

export type Command =
  | { kind: 'customer'; text: string }
  | { kind: 'agent'; who: string; text: string }
  | { kind: 'assigned'; who: string }
  | { kind: 'released' | 'closed' }
  | { kind: 'recall' | 'duplicate' | 'echo'; of: number }
  | { kind: 'desk'; who: string; action: keyof typeof DESK }
  | { kind: 'sweep' }
  | { kind: 'pass'; ms: number }
  /** Of the functions started next, how many never run. */
  | { kind: 'lose'; starts: number }
  /** The next flow dies. */
  | { kind: 'crash'; cut: Cut }
  /** What the platform answers to its next calls. */
  | { kind: 'platform'; outcomes: ('failed' | 'refused')[] }
  /** Operations that happen before the next command. */
  | { kind: 'run'; steps: number };

type Started = { [Name in keyof Starts]: { name: Name; payload: Starts[Name] } }[keyof Starts];
type Sent = { deliveryId: string; event: InboundEvent };

const PLACE = { tenant: TENANT, conversation: CONVERSATION };
const MAX_ROUNDS = 400;
const MAX_STEPS = 20_000;
const in_ = { conversationId: CONVERSATION };

const DESK = {
  claim: (deps: DeskDeps, id: AgentId): Promise<unknown> => claimConversation(deps, PLACE, { id }),
  release: (deps: DeskDeps, id: AgentId): Promise<unknown> => releaseConversation(deps, PLACE, { id }),
  close: (deps: DeskDeps, id: AgentId): Promise<unknown> => closeConversation(deps, PLACE, { id }),
  transfer: (deps: DeskDeps, id: AgentId): Promise<unknown> =>
    transferConversation(deps, PLACE, { id }, { to: { skill: 'returns' } }),
  send: (deps: DeskDeps, id: AgentId): Promise<unknown> => sendReply(deps, PLACE, { id }, { text: 'an answer' }),
};

/** Of a list, the one that a number points at. */
const pointed = <T>(list: readonly T[], of: number): T | undefined => list[of % Math.max(1, list.length)];

export function conversationModel(seed: number, quietWindowMs: number) {
  const time = scheduler(seed, START);
  const store = memoryStore(locateAssist);
  const customers = memoryCustomers();
  const { agents } = memoryAgents();
  const counted = memoryOutcomes();
  const tenant = tenantOf({ callbackUrl: 'https://platform.example/hook', quietWindowMs, routing: { tellEveryMs: 0 } });
  const started: Started[] = [];
  const sent: Sent[] = [];
  const retries: Sent[] = [];
  const outcomes: ('failed' | 'refused')[] = [];
  const seen = nothingSeen();
  const broken: unknown[] = [];
  let losing = 0;
  let cut: Cut | undefined;
  let count = 0;
  let head: Head | undefined;

  /** A flow would take a failed expectation for a failing port: it is kept and thrown at the end. */
  function must(expectation: () => void): void {
    try {
      expectation();
    } catch (error) {
      broken.push(error);
    }
  }

  function nextCut(): Cut | undefined {
    const taken = cut;
    cut = undefined;
    return taken;
  }

  function nextId(prefix: string): string {
    count += 1;
    return `${prefix}${count}`;
  }

  const watched: ConversationStore = {
    ...store.conversations,
    async putHead(id, next, expected) {
      const put = await store.conversations.putHead(id, next, expected);
      if (put === 'conflict') return put;
      must(() => checkChange(seen, head, next));
      head = next;
      return put;
    },
  };

  /** The attempt counts from the instant it begins; when it is answered is the scheduler's. */
  function platformOf(flow: Flow): CallPlatform {
    return async (_, { body }) => {
      if (flow.isCut()) throw new CutOff('cut off');
      const { type, data } = JSON.parse(body);
      must(() => checkAttempt(seen, head, type, data, time.now()));
      const outcome = outcomes.shift() ?? 'delivered';
      if (outcome === 'delivered' && !seen.delivered.includes(data.replyId)) seen.delivered.push(data.replyId);
      seen.calling.set(data.replyId, time.now());
      return flow.operate(() => {
        seen.calling.delete(data.replyId);
        return outcome;
      });
    };
  }

  function depsFor(flow: Flow): FlowDeps & { agents: AgentStore } {
    return {
      conversations: gated(watched, flow),
      work: gated(store.work, flow),
      agents: gated(agents, flow),
      customers: gated(customers, flow),
      outcomes: gated(counted, flow),
      readTenant: async () => tenant,
      openKnowledge: async () => ({ knowledge: undefined, catalog: undefined }),
      densify: async () => ({ dense: [], degraded: [] }),
      respond: async (situation) => scriptedRespond(situation),
      readProducts: () => async () => [],
      isPromise: () => undefined,
      start: (name, payload) => flow.operate(() => void started.push({ name, payload } as Started)),
      hintDesks: async () => undefined,
      callPlatform: platformOf(flow),
      now: time.now,
      sleep: flow.sleep,
      newId: nextId,
      random: time.random,
    };
  }

  /** The platform repeats what was not accepted. */
  function send(delivery: Sent): void {
    time.spawn(
      (flow) => receive(depsFor(flow), TENANT, delivery.deliveryId, delivery.event),
      nextCut(),
      (result) => {
        if ('error' in result) retries.push(delivery);
        else must(() => checkAccepted(seen, delivery.event));
      },
    );
  }

  function platform(event: InboundEvent): void {
    const delivery = { deliveryId: `d${sent.length}`, event };
    sent.push(delivery);
    send(delivery);
  }

  function desk(who: string, action: keyof typeof DESK): void {
    time.spawn(
      (flow) => DESK[action](depsFor(flow), agent(who)),
      nextCut(),
      (result) => {
        const expected = 'ok' in result || result.error instanceof CuecardError || result.error instanceof CutOff;
        if (!expected) broken.push(result);
      },
    );
  }

  const customer = (text: string): void => {
    const id = nextId('m');
    seen.messages.add(id);
    platform(created(id, text));
  };

  const recall = (of: number): void => {
    const id = pointed([...seen.messages], of);
    if (id === undefined) return;
    seen.recalled.add(id);
    platform({ type: 'message.recalled', data: { ...in_, messageId: MessageId.parse(id) } });
  };

  /** By the same delivery, or by another that brings the same. */
  const duplicate = (of: number): void => {
    const again = pointed(sent, of);
    if (again !== undefined) send(of % 2 === 0 ? again : { ...again, deliveryId: `${again.deliveryId}-again` });
  };

  const echo = (of: number): void => {
    const replyId = pointed(
      seen.delivered.filter((id) => id.startsWith('bot:')),
      of,
    );
    if (replyId !== undefined) platform(created(nextId('e'), 'echoed', { by: { type: 'agent', id: 'echo' }, replyId }));
  };

  const happen: { [Kind in Command['kind']]: (command: Extract<Command, { kind: Kind }>) => void | Promise<void> } = {
    customer: ({ text }) => customer(text),
    agent: ({ who, text }) => platform(created(nextId('a'), text, { by: { type: 'agent', id: who } })),
    assigned: ({ who }) => platform({ type: 'conversation.assigned', data: { ...in_, agentId: agent(who) } }),
    released: () => platform({ type: 'conversation.released', data: in_ }),
    closed: () => platform({ type: 'conversation.closed', data: in_ }),
    recall: ({ of }) => recall(of),
    duplicate: ({ of }) => duplicate(of),
    echo: ({ of }) => echo(of),
    desk: ({ who, action }) => desk(who, action),
    sweep: () => time.spawn((flow) => sweep(depsFor(flow)), nextCut()),
    pass: ({ ms }) => time.pass(ms),
    lose: ({ starts }) => {
      losing = starts;
    },
    crash: (command) => {
      cut = command.cut;
    },
    platform: (command) => {
      outcomes.push(...command.outcomes);
    },
    run: ({ steps }) => run(steps),
  };

  /** Starts one of the functions that wait to be started, or loses it. */
  function startOne(): boolean {
    const [next] = started.splice(time.pick(started.length), 1);
    if (next === undefined) return false;
    losing -= 1;
    if (losing >= 0) return true;
    time.spawn((flow) => {
      const deps = depsFor(flow);
      if (next.name === 'assist') return answerTurn(deps, TENANT, CONVERSATION, next.payload.message);
      return next.name === 'route' ? route(deps, next.payload) : deliver(deps, PLACE);
    }, nextCut());
    return true;
  }

  /** Some operations, and functions that start among them. */
  async function run(steps: number): Promise<void> {
    for (let at = 0; at < steps; at += 1) {
      if (started.length > 0 && time.pick(3) === 0) startOne();
      else if (!(await time.step()) && !startOne()) return;
    }
  }

  /** Everything that can happen without a sweep; then a sweep when the next work is due. True when all is done. */
  async function settled(): Promise<boolean> {
    await run(MAX_STEPS);
    for (const delivery of retries.splice(0)) send(delivery);
    const [next] = await store.work.due(0, Number.MAX_SAFE_INTEGER, 1);
    if (!time.idle() || started.length > 0) return false;
    if (next === undefined) return true;
    time.pass(Math.max(0, next.dueAt - time.now()));
    time.spawn((flow) => sweep(depsFor(flow)));
    return false;
  }

  /** Nothing more goes wrong until all is done. */
  async function drain(): Promise<void> {
    losing = 0;
    cut = undefined;
    outcomes.length = 0;
    for (let round = 0; round < MAX_ROUNDS; round += 1) if (await settled()) return;
    throw new Error('something is never done');
  }

  async function play(commands: readonly Command[]): Promise<void> {
    for (const command of commands) await (happen[command.kind] as (command: Command) => void | Promise<void>)(command);
    await drain();
    if (broken.length > 0) throw broken[0];
    checkAssists(seen, store.history);
    await checkEnd(seen, store.conversations, head);
  }

  return { play, seen, store };
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
