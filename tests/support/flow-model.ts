/** The message way under a hostile scheduler: everything that may happen to one conversation, in any order. */
import {
  claimConversation,
  closeConversation,
  type DeskDeps,
  releaseConversation,
  sendReply,
  transferConversation,
} from '../../lib/assist/desk-actions.ts';
import { locateAssist } from '../../lib/assist/locate.ts';
import { receive } from '../../lib/assist/receive.ts';
import { sweep } from '../../lib/assist/sweep.ts';
import type { Head } from '../../lib/domain/conversation.ts';
import { CuecardError } from '../../lib/domain/error.ts';
import type { InboundEvent } from '../../lib/domain/event.ts';
import { type AgentId, MessageId } from '../../lib/domain/ids.ts';
import type { CallPlatform } from '../../lib/ports/callback.ts';
import type { ConversationStore } from '../../lib/ports/conversations.ts';
import { agent, CONVERSATION, created, TENANT, tenantOf } from './conversation.ts';
import { checkAccepted, checkAssists, checkAttempt, checkChange, checkEnd, nothingSeen } from './flow-checks.ts';
import { flowDriver } from './flow-driver.ts';
import { type Cut, CutOff, type Flow } from './interleaving.ts';
import { memoryAgents } from './memory-agents.ts';
import { memoryStore } from './memory-conversations.ts';

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
  const store = memoryStore(locateAssist);
  const { agents } = memoryAgents();
  const tenant = tenantOf({ callbackUrl: 'https://platform.example/hook', quietWindowMs, routing: { tellEveryMs: 0 } });
  const driver = flowDriver(seed, () => ({
    conversations: watched,
    work: store.work,
    agents,
    tenant,
    isPromise: () => undefined,
    platformOf,
  }));
  const { time, must, nextId } = driver;
  const sent: Sent[] = [];
  const retries: Sent[] = [];
  const outcomes: ('failed' | 'refused')[] = [];
  const seen = nothingSeen();
  let head: Head | undefined;

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

  /** The platform repeats what was not accepted. */
  function send(delivery: Sent): void {
    driver.spawn(
      (deps) => receive(deps, TENANT, delivery.deliveryId, delivery.event),
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
    driver.spawn(
      (deps) => DESK[action](deps, agent(who)),
      (result) => {
        if ('ok' in result || result.error instanceof CuecardError || result.error instanceof CutOff) return;
        must(() => {
          throw result.error;
        });
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
    sweep: () => driver.spawn((deps) => sweep(deps)),
    pass: ({ ms }) => time.pass(ms),
    lose: ({ starts }) => driver.lose(starts),
    crash: ({ cut }) => driver.crash(cut),
    platform: (command) => {
      outcomes.push(...command.outcomes);
    },
    run: ({ steps }) => driver.run(steps),
  };

  /** Everything that can happen without a sweep; then a sweep when the next work is due. True when all is done. */
  async function settled(): Promise<boolean> {
    await driver.run(MAX_STEPS);
    for (const delivery of retries.splice(0)) send(delivery);
    const [next] = await store.work.due(0, Number.MAX_SAFE_INTEGER, 1);
    if (!driver.isIdle()) return false;
    if (next === undefined) return true;
    time.pass(Math.max(0, next.dueAt - time.now()));
    driver.spawn((deps) => sweep(deps));
    return false;
  }

  /** Nothing more goes wrong until all is done. */
  async function drain(): Promise<void> {
    driver.lose(0);
    driver.crash(undefined);
    outcomes.length = 0;
    for (let round = 0; round < MAX_ROUNDS; round += 1) if (await settled()) return;
    throw new Error('something is never done');
  }

  async function play(commands: readonly Command[]): Promise<void> {
    for (const command of commands) await (happen[command.kind] as (command: Command) => void | Promise<void>)(command);
    await drain();
    driver.check();
    checkAssists(seen, store.history);
    await checkEnd(seen, store.conversations, head);
  }

  return { play, seen, store };
}
