import { describe, expect, test } from 'vitest';
import { buildCatalog, openCatalog } from '../../../lib/assist/catalog.ts';
import { densify } from '../../../lib/assist/dense.ts';
import type { Opened } from '../../../lib/assist/flow.ts';
import { openKnowledge } from '../../../lib/assist/knowledge.ts';
import { locateAssist } from '../../../lib/assist/locate.ts';
import { type PreviewDeps, preview } from '../../../lib/assist/preview.ts';
import { respond } from '../../../lib/assist/respond.ts';
import type { Assist } from '../../../lib/domain/assist.ts';
import { PreviewRequest } from '../../../lib/domain/contract/preview.ts';
import { CustomerPatch } from '../../../lib/domain/customer.ts';
import type { Entry } from '../../../lib/domain/entry.ts';
import { CuecardError } from '../../../lib/domain/error.ts';
import { ConversationId, ReleaseId } from '../../../lib/domain/ids.ts';
import type { InboundMessage } from '../../../lib/domain/message.ts';
import type { Product } from '../../../lib/domain/product.ts';
import { compile } from '../../../lib/engine/compile.ts';
import type { Embedder } from '../../../lib/ports/models.ts';
import { created, START, TENANT, tenantOf } from '../../support/conversation.ts';
import { type WorldOptions, world } from '../../support/flow-world.ts';
import { memoryStore } from '../../support/memory-conversations.ts';
import { entry, PRODUCTS } from './fixture.ts';

const EMBEDDING = { model: 'stand-in', dimensions: 8 };
const ENDS = new Date(START + 3_600_000).toISOString();

/** Letters as directions: enough for meaning to change the ranking, and the same everywhere. */
function meaning(text: string): Float32Array {
  const vector = new Float32Array(EMBEDDING.dimensions).fill(0.01);
  for (const character of text) {
    const at = (character.codePointAt(0) ?? 0) % EMBEDDING.dimensions;
    vector[at] = (vector[at] ?? 0) + 1;
  }
  const length = Math.hypot(...vector);
  return vector.map((value) => value / length);
}

const ENTRIES = [
  entry({
    id: 'track.zh',
    intent: 'delivery.track',
    language: 'zh',
    question: '我的快递到哪里了',
    similarQuestions: ['查一下物流', '包裹现在在哪里', '物流信息怎么看', '快递走到哪了', '帮我查快递'],
    ask: '请提供订单号',
    answers: [
      { text: '{{shipment.carrier}}在路上', when: '订单状态 = 已发货' },
      { text: '还没有发出', when: 'order.status in (paid, processing)' },
    ],
  }),
  entry({
    id: 'invoice.zh',
    intent: 'invoice.how',
    language: 'zh',
    question: '怎么开发票',
    similarQuestions: ['可以开发票吗', '发票在哪里申请', '我要开票', '电子发票怎么弄', '能不能给我补开发票'],
    answers: [{ text: '在订单里点申请发票' }, { text: '也可以在我的发票里申请' }],
  }),
  entry({
    id: 'gift.zh',
    intent: 'sale.gift',
    language: 'zh',
    question: '今天有什么赠品',
    similarQuestions: ['买了送什么', '有赠品吗', '活动送礼物吗', '赠品怎么领'],
    answers: [
      { text: '今天下单送围巾', validUntil: ENDS },
      { text: '现在没有赠品', validFrom: ENDS },
    ],
  }),
  entry({
    id: 'invoice.en',
    intent: 'invoice.how',
    language: 'en',
    question: 'How do I get an invoice?',
    similarQuestions: ['can you send me an invoice', 'where is my receipt', 'I need a VAT invoice', 'invoice please'],
    answers: [{ text: 'Open your order and choose "Invoice".', cards: ['p4'] }],
  }),
  entry({
    id: 'cancel.en',
    intent: 'order.cancel',
    language: 'en',
    question: 'Can I cancel my order?',
    similarQuestions: ['cancel my order', 'I want to cancel', 'stop the order please', 'how to cancel an order'],
    policy: 'assist',
    answers: [{ text: 'Yes, {{customer.name}}, until it leaves us.' }, { text: 'Yes, until it leaves us.' }],
  }),
  entry({
    id: 'care.en',
    intent: 'product.care',
    language: 'en',
    question: 'How do I clean it?',
    similarQuestions: ['can I put it in the dishwasher', 'how to wash it', 'cleaning instructions'],
    answers: [
      { text: 'A wet cloth does for shoes.', when: 'product.category = 鞋靴' },
      { text: 'Descale the {{product.title}} with vinegar.' },
    ],
  }),
];

function bytesOf(entries: readonly Entry[], withVectors: boolean): Uint8Array {
  const encoder = new TextEncoder();
  const classes = entries.map((one) => {
    const questions = [one.question, ...one.similarQuestions];
    return {
      key: one.id,
      ...(one.language === undefined ? {} : { language: one.language }),
      questions,
      answer: one.answers.map(({ text }) => text).join('\n'),
      payload: encoder.encode(JSON.stringify(one)),
      ...(withVectors ? { vectors: questions.map(meaning) } : {}),
    };
  });
  const meta = encoder.encode(JSON.stringify({ phrases: { greet: { zh: '您好', en: 'Hello' } }, skills: {} }));
  return compile({ classes, meta, outOfScopeShare: 0.3, ...(withVectors ? { embedding: EMBEDDING } : {}) }).bytes;
}

const THEN = ReleaseId.parse('rel_then');
const LATER = ReleaseId.parse('rel_later');
const LATER_ENTRIES = ENTRIES.slice(1).map((one) => ({ ...one, answers: [{ text: `new: ${one.id}` }] }));
const catalogs = new Map([
  ['catalogs/then', openCatalog(buildCatalog(PRODUCTS))],
  ['catalogs/later', openCatalog(buildCatalog(PRODUCTS.slice(0, 1)))],
]);
const embedder: Embedder = {
  embedding: EMBEDDING,
  embed: async (_, texts) => ({ kind: 'ok', vectors: texts.map(meaning) }),
};

const BYTES = { words: bytesOf(ENTRIES, false), meaning: bytesOf(ENTRIES, true), later: bytesOf(LATER_ENTRIES, false) };

/** A shop at the time of the conversation, and long after, when nothing is as it was. */
function shop(withVectors: boolean, given: WorldOptions = {}) {
  const releases = new Map([
    [THEN, openKnowledge(THEN, withVectors ? BYTES.meaning : BYTES.words)],
    [LATER, openKnowledge(LATER, BYTES.later)],
  ]);
  const lib = (release: ReleaseId, key: string): Opened => ({
    knowledge: releases.get(release),
    catalog: catalogs.get(key),
    catalogKey: key,
  });
  const dense = { embedder: async () => (withVectors ? embedder : undefined), index: async () => undefined };
  const store = memoryStore(locateAssist);
  const live = world({
    store,
    ...given,
    deps: {
      openKnowledge: async () => lib(THEN, 'catalogs/then'),
      densify: (situation) => densify(dense, situation),
      respond: (situation, read) => respond(situation, read, () => performance.now()),
      readProducts: () => async (ids) => PRODUCTS.filter(({ id }) => ids.includes(id)),
      ...given.deps,
    },
  });
  const sold = (product: Product): Product => ({ ...product, stock: 0, category: 'sold out', title: 'gone' });
  const deps: PreviewDeps = {
    tenant: async () =>
      tenantOf({ mode: 'shadow', targetPrecision: { autoReply: 0.99, suggest: 0.9 }, phrases: { greet: 'Ahoy' } }),
    library: async (_, release = LATER, key = 'catalogs/later') => {
      if (release === ReleaseId.parse('rel_0')) return { ...lib(release, key), knowledge: undefined };
      if (releases.has(release)) return lib(release, key);
      throw new CuecardError('not_found', `the snapshot of release ${release} is no longer kept`);
    },
    readProducts: () => async () => PRODUCTS.map(sold),
    densify: async () => ({ dense: [], degraded: ['embedding'] }),
    assist: async (tenant, id) =>
      JSON.parse(JSON.stringify((await store.conversations.assist(tenant, id)) ?? null)) ?? undefined,
    now: () => START + 1e12,
  };
  return { ...live, later: deps, releases };
}

type Step = Partial<InboundMessage> & { say?: string; as?: 'agent' };
const order = (number: string, status: string) => ({
  number,
  status,
  items: [{ productId: 'p1', title: 'Pourwell Electric Kettle', quantity: 1 }],
  shipment: { carrier: '顺丰', trackingNumber: `SF${number}`, status },
});

const CUSTOMERS: Record<string, object> = {
  'nobody known': {},
  'one parcel on its way': { name: 'Ines', orders: [order('10020030', 'shipped')], tags: ['vip'] },
  'two orders': { orders: [order('10020031', 'paid'), order('10020032', 'shipped')] },
  'a cart and views': { cart: ['p2'], recentViews: ['p1', 'p4'], orders: [] },
};

/** Conversations of every kind of act; each line is a turn or part of one, or an agent's. */
const DIALOGUES: Record<string, readonly Step[]> = {
  'greeting, question, thanks': [{ say: '你好' }, { say: '怎么开发票' }, { say: '好的谢谢' }],
  'a follow-up and a repetition': [
    { say: 'How do I get an invoice?' },
    { say: 'and to cancel?' },
    { say: 'and to cancel?' },
  ],
  'what is left out': [
    { say: '怎么开发票' },
    { say: '在订单里点申请发票', as: 'agent' },
    { say: '那在哪里申请呢' },
    { say: '然后呢' },
    { say: '为什么' },
  ],
  'an order number answers': [{ say: '我的快递到哪里了' }, { say: '10020032' }, { say: '在吗' }],
  'several questions at once': [
    { say: '怎么开发票？我的快递到哪里了？' },
    { say: 'cancel my order. And where is my receipt?' },
  ],
  'an order card and a complaint': [
    { parts: [{ kind: 'order_card', orderNumber: '10020030' }] },
    { say: '太慢了！！到底什么时候到' },
    { say: '转人工' },
  ],
  'goods and prices': [
    { parts: [{ kind: 'product_card', productId: 'p2' }] },
    { say: '多少钱' },
    { say: 'do you have a gooseneck kettle?' },
    { say: 'how do I clean it' },
  ],
  'an agent between': [
    { say: 'can I cancel my order' },
    { say: 'Yes. What is the order number?', as: 'agent' },
    { say: '10020031' },
    { say: 'how do I clean the Pourwell Electric Kettle' },
  ],
  'a sale that ends': [{ say: '今天有什么赠品' }, { say: '有赠品吗', channel: 'wechat', shop: 'flagship' }],
  'media, nonsense and a link': [
    { parts: [{ kind: 'image', url: 'https://x.example/i.png' }] },
    { say: 'asdf qwer zxcv' },
    { say: '😡😡' },
    { parts: [{ kind: 'voice', transcript: '怎么开发票' }] },
  ],
  'a button, typos and personal data': [
    { parts: [{ kind: 'button', text: 'Invoice', value: 'entry:invoice.en' }] },
    { say: 'i wnat an invoce plese, my mail is a@b.example, +49 170 1234567' },
  ],
};

/** Says the lines one by one; `after` each of them, when everything that it started has ended. */
async function talk(
  { receive, settle, pass }: ReturnType<typeof shop>,
  conversation: ConversationId,
  steps: readonly Step[],
  customer: object,
  after: () => Promise<void> = async () => undefined,
) {
  for (const [at, { say, as, ...more }] of steps.entries()) {
    const known = { customer: CustomerPatch.parse({ id: conversation, ...customer }) };
    const by =
      as === 'agent' ? ({ type: 'agent', id: 'ann' } as const) : ({ type: 'customer', id: conversation } as const);
    const { data, ...event } = created(`m-${at}`, '', { conversation, by, ...(as === 'agent' ? {} : known), ...more });
    const { text: _, ...message } = data;
    const said = { ...message, ...(say === undefined ? {} : { text: say }) };
    await receive({ ...event, data: said }, `${conversation}-${at}`);
    await settle();
    await after();
    pass(40_000);
  }
}

const reopened = async (deps: PreviewDeps, replay: string, more: object = {}) =>
  preview(deps, TENANT, PreviewRequest.parse({ replay, ...more }));
const untimed = ({ timings: _, ...assist }: Assist) => assist;

describe.each([
  ['by words', false, {}],
  ['by words and meaning', true, {}],
  ['with an automatic bot', false, { settings: { mode: 'auto', targetPrecision: { autoReply: 0.6, suggest: 0.3 } } }],
  [
    'with facts of a shop',
    true,
    { settings: { mode: 'assist', shopFacts: { carrier: '顺丰' }, wording: { address: '亲亲' } } },
  ],
] as const)('every live assist, %s', (_, withVectors, options) => {
  test.each(Object.entries(CUSTOMERS))('of %s reopens as it was', async (who, customer) => {
    const rig = shop(withVectors, options as WorldOptions);
    const seen = new Map<string, Assist>();
    for (const [at, [what, steps]] of Object.entries(DIALOGUES).entries()) {
      const conversation = ConversationId.parse(`c-${at}`);
      await talk(rig, conversation, steps, customer, async () => {
        for (const { assist } of await rig.store.conversations.assists(TENANT, conversation)) {
          if (seen.has(assist.replay)) continue;
          seen.set(assist.replay, assist);
          const label = `${who}, ${what}, ${JSON.stringify(assist.messageIds)}`;
          const again = await reopened(rig.later, assist.replay);
          expect(untimed(again), label).toEqual(JSON.parse(JSON.stringify(untimed(assist))));
          const { explanation, ...explained } = await reopened(rig.later, assist.replay, { explain: true });
          expect(untimed(explained), label).toEqual(untimed(again));
          expect(explanation).toBeDefined();
        }
      });
    }
    const all = [...seen.values()];
    expect(all.length).toBeGreaterThan(25);
    expect(new Set(all.map(({ understanding }) => understanding.act)).size).toBeGreaterThan(5);
    expect(all.some(({ cards }) => cards.length > 0)).toBe(true);
    expect(all.some(({ understanding }) => understanding.questions.length > 1)).toBe(true);
    expect(all.some(({ understanding }) => understanding.resolved !== undefined)).toBe(true);
  });
});

describe('a replay', () => {
  async function one(steps: readonly Step[], given: WorldOptions = {}) {
    const rig = shop(false, given);
    const conversation = ConversationId.parse('c-one');
    await talk(rig, conversation, steps, {});
    const [stored] = await rig.store.conversations.assists(TENANT, conversation);
    if (stored === undefined) throw new Error('no assist');
    return { rig, stored, assist: stored.assist };
  }

  test('of a release that is asked for is that release, not the one of then', async () => {
    const { rig, assist } = await one([{ say: '怎么开发票' }]);
    const now = await reopened(rig.later, assist.replay, { release: LATER });
    expect(now).toMatchObject({ release: LATER, suggestions: [{ text: 'new: invoice.zh' }] });
    expect(await reopened(rig.later, assist.replay)).toMatchObject({ release: THEN });
  });

  test('of a turn answered without a snapshot, products or a catalogue is as it was then', async () => {
    const down = await one([{ say: '多少钱' }], {
      deps: {
        openKnowledge: async () => {
          throw new Error('down');
        },
      },
    });
    expect(down.assist.degraded).toEqual(['snapshot']);
    const noProducts = await one([{ parts: [{ kind: 'product_card', productId: 'p2' }], say: '多少钱' }], {
      deps: {
        readProducts: () => async () => {
          throw new Error('down');
        },
      },
    });
    expect(noProducts.assist.degraded).toEqual(['products']);
    const noCatalogue = await one([{ say: 'do you have a gooseneck kettle?' }], {
      deps: { openKnowledge: async () => ({ knowledge: openKnowledge(THEN, BYTES.words), catalog: undefined }) },
    });
    expect(noCatalogue.assist.understanding.entities).toEqual([]);
    for (const { rig, assist } of [down, noProducts, noCatalogue]) {
      expect(untimed(await reopened(rig.later, assist.replay))).toEqual(JSON.parse(JSON.stringify(untimed(assist))));
    }
  });

  test('of a turn that was withdrawn or could not be read gives what was stored', async () => {
    const { rig, stored, assist } = await one([{ say: '怎么开发票' }]);
    const unread = { ...assist, degraded: ['assist'], suggestions: [] };
    const of = async (inputs: unknown) =>
      reopened({ ...rig.later, assist: async () => ({ assist: unread, inputs }) }, assist.replay, { explain: true });
    expect(await of(stored.inputs)).toEqual({ ...unread, explanation: { asked: [] } });
    expect(await of({})).toEqual({ ...unread, explanation: { asked: [] } });
  });

  test('whose release is no longer kept, or that never was, is a clear error', async () => {
    const { rig, assist } = await one([{ say: '怎么开发票' }]);
    rig.releases.delete(THEN);
    await expect(reopened(rig.later, assist.replay)).rejects.toMatchObject({
      kind: 'not_found',
      message: expect.stringContaining('rel_then is no longer kept'),
    });
    await expect(reopened(rig.later, 'rpl_x')).rejects.toMatchObject({ kind: 'not_found' });
  });

  test('of a revision that a later one replaced names the later one', async () => {
    const { rig, stored, assist } = await one([{ say: '怎么开发票' }]);
    const newer = { ...stored, assist: { ...assist, replay: 'rpl_newer' } };
    const deps = { ...rig.later, assist: async () => newer };
    await expect(reopened(deps, assist.replay)).rejects.toThrow("the turn's latest is rpl_newer");
  });
});
