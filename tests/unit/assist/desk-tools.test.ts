/** What stands beside an agent at work, wired: each tool reads the conversation, the customer and the catalogue it needs. */
import { describe, expect, test } from 'vitest';
import { deskRoom } from '../../../lib/assist/desk.ts';
import { sendReply, transferConversation } from '../../../lib/assist/desk-actions.ts';
import { readConversation } from '../../../lib/assist/desk-read.ts';
import {
  checkReply,
  type DeskToolsDeps,
  openingRule,
  readOpening,
  searchCards,
} from '../../../lib/assist/desk-tools.ts';
import { wrapUpDraft } from '../../../lib/assist/wrap-up.ts';
import type { Part } from '../../../lib/domain/message.ts';
import { DEFAULT_OPENING } from '../../../lib/domain/opening.ts';
import type { Product } from '../../../lib/domain/product.ts';
import type { Settings } from '../../../lib/domain/tenant.ts';
import { agent, created, customerId, TENANT } from '../../support/conversation.ts';
import { scriptedRespond, world } from '../../support/flow-world.ts';
import { catalog, entry, knowledgeOf, PRODUCTS } from './fixture.ts';

const [, shoe, child] = PRODUCTS;
const knowledge = knowledgeOf([
  entry({
    id: 'stock.zh',
    intent: 'presale.stock',
    language: 'zh',
    question: '有现货吗？',
    similarQuestions: ['还有货吗', '有库存吗', '这款有没有现货'],
    answers: [{ text: '页面能拍就有货' }],
  }),
]);

/** A conversation that was received through the real way, and the tools around it. */
async function desk(settings: Partial<Settings> = {}, said: string | Part[] = '逐风跑步鞋还有货吗') {
  const read: string[][] = [];
  const shop = world({
    settings: { mode: 'assist', ...settings },
    deps: {
      respond: async (situation) => {
        const assist = scriptedRespond(situation);
        return { ...assist, understanding: { ...assist.understanding, language: 'zh' } };
      },
      readProducts: () => async (ids) => {
        read.push([...ids]);
        return PRODUCTS.filter(({ id }) => ids.includes(id));
      },
    },
  });
  const message = created('m1', typeof said === 'string' ? said : '', { language: 'zh' });
  const { text: _, ...rest } = message.data;
  await shop.receive(typeof said === 'string' ? message : { ...message, data: { ...rest, parts: said } });
  await shop.settle();
  const deps: DeskToolsDeps = {
    ...shop.deps,
    catalog: async () => catalog,
    library: async () => ({ knowledge, catalog }),
  };
  return { ...shop, deps, flow: shop.deps, read };
}
const kinds = (warnings: readonly { kind: string }[]) => warnings.map(({ kind }) => kind);

describe('a look at a reply', () => {
  test('holds what it names against the catalogue as it is now', async () => {
    const { deps, place, read } = await desk();
    const [warning] = await checkReply(deps, place, { text: '逐风跑步鞋有货的，直接拍' });
    expect(warning).toMatchObject({ kind: 'stock' });
    expect(read).toEqual([[shoe?.id]]);
  });

  test('a price without a name is that of the product the customer showed', async () => {
    const { deps, place } = await desk({}, [{ kind: 'product_card', productId: 'p3', text: child?.title }]);
    const [warning] = await checkReply(deps, place, { text: '现在的价格是159元' });
    expect(warning).toMatchObject({ kind: 'price', expected: expect.stringContaining('199') });
    expect(await checkReply(deps, place, { text: '现在的价格是199元' })).toEqual([]);
  });

  test('a product of the order is meant by a word of its title; of several cards none is "it"', async () => {
    const { deps, place, flow } = await desk({}, [
      { kind: 'product_card', productId: 'p2' },
      { kind: 'product_card', productId: 'p3' },
    ]);
    expect(await checkReply(deps, place, { text: '这款现在有货' })).toEqual([]);
    const orders = [{ number: '313021098954', status: 'shipped', items: [{ title: child?.title, quantity: 1 }] }];
    const { place: other, deps: at } = await desk({}, '我的快递到哪了');
    await at.customers.merge(TENANT, { id: customerId, orders } as never, new Date(flow.now()).toISOString());
    expect(kinds(await checkReply(at, other, { text: '儿童款现在只要159元' }))).toEqual(['price']);
    expect(await checkReply(at, other, { text: '儿童款是199元' })).toEqual([]);
    expect(await checkReply(at, other, { text: '退您159元' })).toEqual([]);
  });

  test('knows the shop’s facts and the language of the conversation', async () => {
    const { deps, place } = await desk({ shopFacts: { dispatch_time: { zh: '48小时内', en: 'within 48 hours' } } });
    expect(kinds(await checkReply(deps, place, { text: '亲，我们72小时内发货哦' }))).toEqual(['fact']);
    const english = { text: 'We will have a look at this for you today' };
    const spoken = await checkReply(deps, place, { ...english, language: 'zh' });
    expect(kinds(spoken)).toEqual(['language']);
    expect(await checkReply(deps, place, { ...english, language: 'en' })).toEqual([]);
  });

  test('without a catalogue or products, everything else is still looked at', async () => {
    const { deps, place } = await desk();
    const broken = { ...deps, catalog: () => Promise.reject(new Error('down')) };
    expect(kinds(await checkReply(broken, place, { text: '逐风跑步鞋有货，你这个白痴' }))).toEqual(['abusive']);
    const unread = { ...deps, readProducts: () => () => Promise.reject(new Error('down')) };
    expect(await checkReply(unread, place, { text: '逐风跑步鞋有货的' })).toEqual([]);
  });

  test('knows what was sent a moment ago', async () => {
    const { deps, flow, place } = await desk();
    const text = '这款今天下午就能给您安排发出';
    expect(await checkReply(deps, place, { text })).toEqual([]);
    await sendReply(flow, place, { id: agent('ann') }, { text });
    expect(kinds(await checkReply(deps, place, { text: `${text}。` }))).toEqual(['repeated']);
    expect(await checkReply(deps, place, { text: '请稍等' })).toEqual([]);
  });

  test('of a conversation there never was is refused', async () => {
    const { deps, place } = await desk();
    const nowhere = { ...place, conversation: 'c-none' as typeof place.conversation };
    await expect(checkReply(deps, nowhere, { text: '好的' })).rejects.toMatchObject({ kind: 'not_found' });
  });
});

describe('before the first word', () => {
  const seen = { id: customerId, recentViews: ['p2', 'p2'], cart: ['p3'], tags: ['VIP'] };

  test('cards of cart and views with the facts of now, the likely question, and a score by the tenant’s rule', async () => {
    const lead = { ...DEFAULT_OPENING.lead, perTag: { VIP: 40 } };
    const { deps, place, flow, now } = await timed({ opening: { lead } });
    await flow.customers.merge(TENANT, seen as never, now());
    const opening = await readOpening(deps, place, false);
    expect(opening.cards.map(({ productId }) => productId).sort()).toEqual(['p2', 'p3']);
    expect(opening.lead.parts).toContainEqual(expect.objectContaining({ points: 40 }));
    expect(opening.likely[0]?.suggestion?.source.id).toBe('stock.zh');
  });

  test('nothing of it is shown to an agent in shadow mode, all of it to who leads', async () => {
    const { deps, place, flow, now } = await timed({ mode: 'shadow' });
    await flow.customers.merge(TENANT, seen as never, now());
    expect(await readOpening(deps, place, true)).toMatchObject({ likely: [], cards: [] });
    expect((await readOpening(deps, place, false)).cards).not.toEqual([]);
  });

  test('without the library there are still the cards', async () => {
    const { deps, place, flow, now } = await timed();
    await flow.customers.merge(TENANT, seen as never, now());
    const opening = await readOpening({ ...deps, library: () => Promise.reject(new Error('down')) }, place, false);
    expect(opening.cards).toHaveLength(2);
    expect(opening.likely.every(({ suggestion }) => suggestion === undefined)).toBe(true);
  });

  test('a part of the rule that a tenant leaves out is the default’s', async () => {
    const { flow } = await desk({ opening: { enabled: false } as never });
    const tenant = await flow.readTenant(TENANT);
    expect(tenant && openingRule(tenant)).toEqual({ ...DEFAULT_OPENING, enabled: false });
  });

  async function timed(settings: Partial<Settings> = {}) {
    const made = await desk(settings);
    return { ...made, now: () => new Date(made.flow.now()).toISOString() };
  }
});

test('in shadow mode an agent reads nothing that could be said, who leads reads it', async () => {
  const next = { phase: 'hold' as const, text: '稍等' };
  const procedure = { steps: [{ text: '拍照' }], missing: [] };
  const shop = world({
    settings: { mode: 'shadow' },
    deps: { respond: async (situation) => ({ ...scriptedRespond(situation), next, procedure }) },
  });
  await shop.receive(created('m1', 'a person'));
  await shop.settle();
  const read = (role: string) =>
    deskRoom(shop.deps).read(TENANT, { tenant: TENANT, role, agentId: agent('ann') } as never, shop.place.conversation);
  await transferConversation(shop.deps, shop.place, { id: agent('ann') }, { to: { skill: 'returns' } });
  const seen = await read('agent');
  expect(seen.package).toMatchObject({ suggestions: [] });
  expect(JSON.stringify(seen)).not.toMatch(/稍等|拍照|It leaves today/);
  const led = JSON.stringify(await read('supervisor'));
  for (const words of ['稍等', '拍照', 'It leaves today']) expect(led).toContain(words);
});

test('a wrap-up is drafted from what was stored of the conversation', async () => {
  const { deps, place, flow } = await desk({}, '我的快递到哪了 maybe');
  await sendReply(flow, place, { id: agent('ann') }, { text: '明天送到。' });
  const tools = {
    drafter: async () => undefined,
    productsIn: async () => [],
    read: () => readConversation(deps, place),
  };
  const { draft, kind } = await wrapUpDraft(tools, TENANT);
  expect(kind).toBe('rules');
  expect(draft.note).toBe('诉求：我的快递到哪了 maybe\n处理：明天送到。');
  expect(draft.disposition).toBe('solved');
});

describe('products for an agent’s words', () => {
  const none = async (): Promise<Product[]> => [];

  test('come as cards with why and with the facts of now', async () => {
    const { deps } = await desk();
    const { items } = await searchCards(deps, TENANT, { q: '跑步鞋', limit: 5 }, none);
    expect(items.map(({ productId }) => productId)).toEqual(expect.arrayContaining(['p2', 'p3']));
    expect(items.find(({ productId }) => productId === 'p2')).toMatchObject({ inStock: false });
  });

  test('without an index those of the list, no more than asked for', async () => {
    const { deps } = await desk();
    const bare = { ...deps, catalog: async () => undefined };
    const { items } = await searchCards(bare, TENANT, { q: '鞋', limit: 2 }, async () => [...PRODUCTS]);
    expect(items.map(({ productId }) => productId)).toEqual(PRODUCTS.slice(0, 2).map(({ id }) => id));
  });
});
