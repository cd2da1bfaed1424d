/** Rounds of reading behind the webhooks, while everything moves. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ChatwootReached } from '../../../lib/domain/chatwoot.ts';
import { beginAt, catchUp, type Fresh } from '../../../lib/platforms/chatwoot/catch-up.ts';
import { ChatwootConversation, ChatwootMessage } from '../../../lib/platforms/chatwoot/shapes.ts';

const START_S = 1_795_000_000;
const PER_PAGE = 3;

/** An account in which one message comes before each request, if the script says so. */
function account(script: readonly number[]) {
  const times = new Map<number, { id: number; at: number }[]>();
  let clock = START_S;
  let ids = 0;
  const say = (conversation: number) => {
    ids += 1;
    times.set(conversation, [...(times.get(conversation) ?? []), { id: ids, at: clock }]);
  };
  const left = [...script];
  const step = () => {
    clock += 1;
    const next = left.shift();
    if (next !== undefined && next > 0) say(next);
  };
  const active = async (page: number) => {
    step();
    const all = [...times].map(([id, messages]) => ({ id, last_activity_at: messages.at(-1)?.at }));
    all.sort((a, b) => (b.last_activity_at ?? 0) - (a.last_activity_at ?? 0));
    const payload = all.slice((page - 1) * PER_PAGE, page * PER_PAGE).map((one) => ChatwootConversation.parse(one));
    return { conversations: payload, at: clock * 1_000 };
  };
  const messages = async (id: number, upTo = Number.POSITIVE_INFINITY) => {
    step();
    const older = (times.get(id) ?? []).filter((message) => message.id <= upTo).slice(-20);
    return older.map((message) =>
      ChatwootMessage.parse({ id: message.id, message_type: 0, content: 'x', created_at: message.at }),
    );
  };
  return {
    api: { active, messages },
    say,
    all: () => ids,
    now: () => clock * 1_000,
    wait: (seconds: number) => {
      clock += seconds;
    },
  };
}

type Account = ReturnType<typeof account>;

async function round(of: Account, reached: ChatwootReached, found: Set<number>, until = Number.POSITIVE_INFINITY) {
  const take = async ({ messages }: Fresh) => {
    for (const { id } of messages) found.add(id);
  };
  const steps = { api: of.api, take, isWanted: () => true, save: async () => 'ok' as const, now: of.now, until };
  return catchUp(steps, reached);
}

describe('rounds', () => {
  test('find every message, whatever comes and moves while they read, and however short each run is', async () => {
    const conversations = fc.integer({ min: 1, max: 9 });
    await fc.assert(
      fc.asyncProperty(
        fc.array(conversations, { minLength: 1, maxLength: 30 }),
        fc.array(fc.integer({ min: 0, max: 9 }), { maxLength: 40 }),
        fc.integer({ min: 1, max: 30 }),
        async (before, meanwhile, seconds) => {
          const shop = account(meanwhile);
          const found = new Set<number>();
          let reached = beginAt('here', shop.now());
          for (const conversation of before) {
            shop.wait(200);
            shop.say(conversation);
          }
          for (let run = 0; run < 60; run += 1) {
            shop.wait(60);
            ({ reached } = await round(shop, reached, found, shop.now() + (seconds + 4) * 1_000));
          }
          expect(found.size).toBe(shop.all());
        },
      ),
      { numRuns: 60 },
    );
  });

  test('read a conversation back to where the round before began, page by page', async () => {
    const shop = account([]);
    const found = new Set<number>();
    const reached = beginAt('here', shop.now());
    for (let count = 0; count < 55; count += 1) shop.say(1);
    await round(shop, reached, found);
    expect(found.size).toBe(55);
  });

  test('that another run has taken over end at once, and say nothing of how far they got', async () => {
    const shop = account([]);
    for (let id = 1; id <= 9; id += 1) shop.say(id);
    const steps = {
      api: shop.api,
      take: async () => undefined,
      isWanted: () => true,
      save: async () => 'lost' as const,
      now: shop.now,
      until: Number.POSITIVE_INFINITY,
    };
    expect(await catchUp(steps, beginAt('here', shop.now()))).toMatchObject({ outcome: 'lost' });
  });
});
