/** A line through the real flow, whole or in pieces, on a store in memory and in virtual time. */
import { answerTurn } from '../../lib/assist/answer-turn.ts';
import { deliver } from '../../lib/assist/deliver.ts';
import type { FlowDeps } from '../../lib/assist/flow.ts';
import { locateAssist } from '../../lib/assist/locate.ts';
import { isPromise } from '../../lib/assist/phrases.ts';
import { receive } from '../../lib/assist/receive.ts';
import { respond } from '../../lib/assist/respond.ts';
import type { Assist } from '../../lib/domain/assist.ts';
import { ConversationId, MessageId } from '../../lib/domain/ids.ts';
import type { Tenant } from '../../lib/domain/tenant.ts';
import { memoryCustomers } from '../../tests/support/flow-world.ts';
import { memoryStore } from '../../tests/support/memory-conversations.ts';
import { memoryOutcomes } from '../../tests/support/memory-outcomes.ts';
import type { demoShop } from '../support/demo-shop.ts';
import { virtualTime } from '../support/virtual-time.ts';
import type { Pieces } from './split.ts';

/** A working day's noon in the shop's time zone. */
const START = Date.UTC(2026, 10, 11, 4);
/** From the webhook's answer to the function that it started. */
const START_MS = 5;
const CONVERSATION = ConversationId.parse('bench');

export type Shop = { tenant: Tenant; knowledge: Awaited<ReturnType<typeof demoShop>>['knowledge'] };
/** What the bot did before the customer was done; `gapMs`: how long the customer then paused. */
export type TooEarly = { kind: 'reply' | 'clarify' | 'handoff'; piece: number; gapMs: number };
/** `assist`: of the last turn. `turns`: into how many the pieces fell. */
export type Played = { assist: Assist; turns: number; early: TooEarly[] };

type Call = { type: string; at: number; clarifies: boolean; replyId: string };

function flowOf(shop: Shop, time: ReturnType<typeof virtualTime>, calls: Call[]): FlowDeps {
  const { conversations, work } = memoryStore(locateAssist);
  const deps: FlowDeps = {
    conversations,
    work,
    customers: memoryCustomers(),
    outcomes: memoryOutcomes(),
    readTenant: async () => shop.tenant,
    openKnowledge: async () => ({ knowledge: shop.knowledge, catalog: undefined }),
    densify: async () => ({ dense: [], degraded: [] }),
    respond: (situation, readProducts) => respond(situation, readProducts),
    readProducts: () => async () => [],
    isPromise,
    async start(_name, payload) {
      time.at(time.now() + START_MS, () =>
        'message' in payload
          ? answerTurn(deps, payload.tenant, payload.conversation, payload.message)
          : deliver(deps, payload as Parameters<typeof deliver>[1]),
      );
    },
    hintDesks: async () => undefined,
    async callPlatform(_, { body }) {
      const { type, data } = JSON.parse(body);
      calls.push({ type, at: time.now(), clarifies: data.choices !== undefined, replyId: data.replyId });
      return 'delivered';
    },
    now: time.now,
    sleep: time.sleep,
    newId: (prefix) => `${prefix}${time.now()}`,
    random: () => 0,
  };
  return deps;
}

function kindOf({ type, clarifies }: Call, all: readonly Call[]): TooEarly['kind'] | undefined {
  if (type === 'handoff.requested') return 'handoff';
  if (type !== 'reply.requested') return undefined;
  // The notice of a hand-off is part of it.
  if (all.some((other) => other.type === 'handoff.requested')) return undefined;
  return clarifies ? 'clarify' : 'reply';
}

function earlyOnes(calls: readonly Call[], moments: readonly number[]): TooEarly[] {
  const last = moments.at(-1) ?? 0;
  return calls.flatMap((call) => {
    const kind = call.at < last ? kindOf(call, calls) : undefined;
    const piece = moments.findLastIndex((moment) => moment <= call.at);
    const gapMs = (moments[piece + 1] ?? 0) - (moments[piece] ?? 0);
    return kind === undefined ? [] : [{ kind, piece, gapMs }];
  });
}

/** Sends the pieces, lets everything come to rest, and tells what the desk shows and what the bot did too early. */
export async function play(shop: Shop, { texts, gapsMs }: Pieces): Promise<Played> {
  const time = virtualTime(START);
  const calls: Call[] = [];
  const deps = flowOf(shop, time, calls);
  let moment = START;
  const moments = gapsMs.map((gap) => {
    moment += gap;
    return moment;
  });
  for (const [index, text] of texts.entries()) {
    const messageId = MessageId.parse(`m${index}`);
    const author = { type: 'customer' as const, id: 'customer' };
    const event = {
      type: 'message.created' as const,
      data: { conversationId: CONVERSATION, messageId, author, text },
    };
    time.at(moments[index] ?? START, () => receive(deps, shop.tenant.id, `d${index}`, event));
  }
  await time.run();
  const stored = await deps.conversations.assists(shop.tenant.id, CONVERSATION);
  const last = stored.at(-1);
  if (last === undefined) throw new Error(`no assist for ${texts.join(' / ')}`);
  return { assist: last.assist, turns: stored.length, early: earlyOnes(calls, moments) };
}
