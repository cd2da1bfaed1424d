import { describe, expect, test } from 'vitest';
import { respond } from '../../../lib/assist/respond.ts';
import type { Situation } from '../../../lib/assist/situation.ts';
import { Assist } from '../../../lib/domain/assist.ts';
import type { Part } from '../../../lib/domain/message.ts';
import {
  AT,
  catalog,
  customerWith,
  entry,
  knowledgeOf,
  RELEASE,
  readProducts,
  situationOf,
  tenantWith,
} from './fixture.ts';

const entries = [
  entry({
    id: 'track.zh',
    intent: 'delivery.track',
    language: 'zh',
    question: '我的快递到哪里了',
    similarQuestions: ['查一下物流', '包裹现在在哪里', '物流信息怎么看', '快递走到哪了', '帮我查快递'],
    ask: '{{address}}，请提供订单号',
    answers: [
      { text: '{{shipment.carrier}} {{shipment.tracking_number}}在路上', when: '订单状态 = 已发货' },
      { text: '还没有发出', when: 'order.status in (paid, processing)' },
    ],
  }),
  entry({
    id: 'invoice.zh',
    intent: 'invoice.how',
    language: 'zh',
    question: '怎么开发票',
    similarQuestions: ['可以开发票吗', '发票在哪里申请', '我要开票', '电子发票怎么弄', '能不能给我补开发票'],
    answers: [{ text: '{{address}}，在订单里点申请发票' }],
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
    id: 'damage.en',
    intent: 'complaint.damaged',
    language: 'en',
    question: 'My parcel arrived damaged',
    similarQuestions: ['the box was crushed', 'it came broken', 'item is damaged on arrival'],
    policy: 'human',
    answers: [{ text: 'I am sorry.' }],
  }),
];
const knowledge = knowledgeOf(entries, {
  phrases: { hold: { zh: '{{address}}，查一下哦', en: 'Checking' } },
  skills: { complaint: 'complaints' },
});

const order = (number: string, status: string) => ({
  number,
  status,
  shipment: { carrier: '顺丰', trackingNumber: `SF${number}`, status: 'in_transit' },
});
const tenant = tenantWith({ mode: 'hybrid' });

async function assist(said: string | readonly Part[], fields: Partial<Situation> = {}): Promise<Assist> {
  const situation = situationOf(said, { tenant, knowledge, catalog, ...fields });
  return Assist.parse(await respond(situation, readProducts));
}

describe('a question that an entry answers', () => {
  test('is answered from it, with its source', async () => {
    const { suggestions, decision, understanding, release, next } = await assist('怎么开发票');
    expect(understanding).toMatchObject({ language: 'zh', intent: { name: 'invoice.how' } });
    expect(release).toBe(RELEASE);
    expect(suggestions[0]).toMatchObject({
      text: '亲，在订单里点申请发票',
      role: 'answer',
      source: { kind: 'entry', id: 'invoice.zh', answer: 0, title: '怎么开发票', release: RELEASE },
    });
    expect(decision).toMatchObject({
      kind: 'auto_reply',
      reason: 'confident',
      reply: { text: '亲，在订单里点申请发票', suggestionId: suggestions[0]?.id },
    });
    expect(next).toBeUndefined();
  });

  test('in the language of the question, with the products that go with the answer', async () => {
    const { suggestions, cards } = await assist('How do I get an invoice?');
    expect(suggestions.map((suggestion) => suggestion.source.id)).toEqual(['invoice.en']);
    expect(cards).toMatchObject([{ productId: 'p4', reason: 'goes with the answer' }]);
  });

  test('is not answered with what was sent before', async () => {
    const { suggestions, decision } = await assist('怎么开发票', { sent: ['invoice.zh#0'] });
    expect(suggestions).toEqual([]);
    expect(decision).toMatchObject({ kind: 'handoff', reason: 'nothing_fits', skill: 'general', priority: 5 });
  });

  test('goes to a person where its policy says so, with the skill of its intent', async () => {
    const { decision, suggestions } = await assist('My parcel arrived damaged');
    expect(decision).toMatchObject({ kind: 'handoff', reason: 'policy_human', skill: 'complaints' });
    expect(suggestions).toHaveLength(1);
  });

  test('is only suggested where its policy is assist; a name is used where it is known', async () => {
    const named = await assist('Can I cancel my order?', { customer: customerWith({ name: 'Ann' }) });
    expect(named.decision).toMatchObject({ kind: 'handoff', reason: 'policy_assist' });
    const unnamed = await assist('Can I cancel my order?');
    expect(unnamed.suggestions[0]?.text).toBe('Yes, until it leaves us.');
    expect(unnamed.suggestions[0]?.source.answer).toBe(1);
  });

  test('while a person answers, is suggested to them', async () => {
    const { decision } = await assist('怎么开发票', { owner: 'agent:ann' });
    expect(decision).toMatchObject({ kind: 'suggest', reason: 'owner_agent', escalate: false });
  });
});

describe('an answer that turns on the order', () => {
  const question = '我的快递到哪里了';
  test('of the only order', async () => {
    const customer = customerWith({ orders: [order('313021098954', 'shipped')] });
    const { suggestions } = await assist(question, { customer });
    expect(suggestions[0]).toMatchObject({ text: '顺丰 SF313021098954在路上', condition: '订单状态 = 已发货' });
  });

  test('of the order that is named', async () => {
    const customer = customerWith({ orders: [order('313021098954', 'shipped'), order('313021098955', '待发货')] });
    const { suggestions, order: panel } = await assist(`${question} 313021098955`, { customer });
    expect(suggestions[0]?.text).toBe('还没有发出');
    expect(panel).toMatchObject({ number: '313021098955', known: true });
  });

  test.each([
    ['no customer', undefined],
    ['no orders', customerWith({})],
  ])('unknown (%s): the number is asked for, and the phase says so', async (_, customer) => {
    const { suggestions, decision, next } = await assist(question, { customer });
    expect(suggestions[0]).toMatchObject({ text: '亲，请提供订单号', role: 'ask' });
    expect(suggestions[0]?.source).not.toHaveProperty('answer');
    expect(decision).toMatchObject({ kind: 'auto_reply', reason: 'needs_fact' });
    expect(next).toEqual({ phase: 'ask', text: '亲，请提供订单号' });
  });

  test('a number that is not the customer’s tells nothing', async () => {
    const customer = customerWith({ orders: [order('313021098954', 'shipped')] });
    const { suggestions, order: panel } = await assist(`${question} 999021098000`, { customer });
    expect(suggestions.map(({ role }) => role)).not.toContain('ask');
    expect(suggestions[0]?.role).toBe('variant');
    expect(panel).toEqual({ number: '999021098000', known: false, likely: [] });
  });

  test('unknown (two orders): the shop knows both numbers, so the question is which of them', async () => {
    const orders = [order('313021098954', 'shipped'), order('313021098955', 'paid')];
    const { suggestions, next } = await assist(question, { customer: customerWith({ orders }) });
    const text = '请问是哪一笔订单：313021098954（已发货）、313021098955（已付款）？';
    expect(suggestions[0]).toMatchObject({ text, role: 'ask' });
    expect(next).toEqual({ phase: 'ask', text });
  });

  test('two orders in one state need no asking, unless the answer names one', async () => {
    const customer = customerWith({ orders: [order('313021098954', 'paid'), order('313021098955', 'processing')] });
    expect((await assist(question, { customer })).suggestions[0]?.text).toBe('还没有发出');
    const shipped = customerWith({ orders: [order('313021098954', 'shipped'), order('313021098955', 'shipped')] });
    expect((await assist(question, { customer: shipped })).suggestions[0]?.role).toBe('ask');
  });

  test('an order named earlier in the conversation is still meant', async () => {
    const customer = customerWith({ orders: [order('313021098954', 'shipped'), order('313021098955', 'paid')] });
    const history = [
      { author: 'customer', text: '订单313021098955' },
      { author: 'agent', text: '好的' },
    ] as const;
    expect((await assist(question, { customer, history })).suggestions[0]?.text).toBe('还没有发出');
  });
});

describe('which order is meant', () => {
  const question = '我的快递到哪里了';
  const lettered = customerWith({ orders: [order('CC-2026-A7', 'shipped'), order('CC-2026-A71', 'paid')] });

  test.each([
    ['its number, as only this shop writes it', `${question} cc-2026-a7`, '顺丰 SFCC-2026-A7在路上'],
    ['not a number that only begins like it', `${question} CC-2026-A71`, '还没有发出'],
    ['its tracking number', `${question} SFCC-2026-A7`, '顺丰 SFCC-2026-A7在路上'],
  ])('%s', async (_, said, expected) => {
    expect((await assist(said, { customer: lettered })).suggestions[0]?.text).toBe(expected);
  });

  test('the one that contains the product that is named', async () => {
    const items = [{ productId: 'p2', title: '跑步鞋', quantity: 1 }];
    const customer = customerWith({ orders: [order('313021098954', 'shipped'), { ...order('1234', 'paid'), items }] });
    const { suggestions } = await assist('逐风跑步鞋的快递到哪里了', { customer });
    expect(suggestions.map((suggestion) => suggestion.text)).toContain('还没有发出');
  });

  test('a customer who has no order is not asked for its number', async () => {
    const { suggestions } = await assist(question, { customer: customerWith({ orders: [] }) });
    expect(suggestions).toEqual([]);
  });
});

describe('the order number that was asked for', () => {
  const customer = customerWith({ orders: [order('313021098954', 'shipped'), order('313021098955', 'paid')] });
  const asking = (text: string, author: 'bot' | 'agent' = 'bot') => [
    { author: 'customer' as const, text: '我的快递到哪里了' },
    { author, text },
  ];
  const history = asking('我是智能客服。亲，请提供订单号');
  const sent = ['亲，请提供订单号'];

  test('takes the question up again', async () => {
    const { suggestions, decision } = await assist('313021098954', { customer, history, sent });
    expect(suggestions[0]?.text).toBe('顺丰 SF313021098954在路上');
    expect(decision).toMatchObject({ kind: 'auto_reply', reason: 'confident' });
  });

  test('as a card too', async () => {
    const card: Part[] = [{ kind: 'order_card', orderNumber: '313021098955' }];
    expect((await assist(card, { customer, history, sent })).suggestions[0]?.text).toBe('还没有发出');
  });

  test('of an order nobody knows: a person takes over, the customer is not asked again', async () => {
    const { suggestions, decision } = await assist('999021098954', { customer, history, sent });
    expect(suggestions.map((suggestion) => suggestion.role)).toEqual(['variant']);
    expect(decision).toMatchObject({ kind: 'handoff', reason: 'needs_fact' });
  });

  test('an agent may ask in other words, if the order is then known', async () => {
    const other = asking('麻烦您发一下订单号', 'agent');
    const fields = { history: other, owner: 'agent:ann' } as const;
    const found = await assist('313021098954', { customer, ...fields });
    expect(found.decision).toMatchObject({ kind: 'suggest', reason: 'owner_agent' });
    const lost = await assist('999021098954', { customer, ...fields });
    expect(lost.decision).toMatchObject({ kind: 'none', reason: 'no_question' });
  });

  test('after another line it is only an order', async () => {
    const result = await assist('313021098954', { customer, history: asking('好的呢') });
    expect(result.suggestions).toEqual([]);
    expect(result.order?.number).toBe('313021098954');
  });
});

describe('what asks nothing', () => {
  test('an order card alone: its panel and what is likely asked, no FAQ', async () => {
    const customer = customerWith({ orders: [order('313021098954', 'shipped')] });
    const result = await assist([{ kind: 'order_card', orderNumber: '313021098954' }], { customer });
    expect(result.understanding.act).toBe('reference');
    expect(result.suggestions).toEqual([]);
    expect(result.order).toMatchObject({
      number: '313021098954',
      known: true,
      likely: [{ entryId: 'track.zh', question: '我的快递到哪里了' }],
    });
    expect(result.next?.phase).toBe('hold');
    expect(result.decision).toMatchObject({ kind: 'none', reason: 'no_question' });
  });

  test('an order in a state that no entry speaks of suggests no question', async () => {
    const customer = customerWith({ orders: [order('313021098954', 'refunded')] });
    const { order: panel } = await assist([{ kind: 'order_card', orderNumber: '313021098954' }], { customer });
    expect(panel?.likely).toEqual([]);
  });

  test('an image alone: somebody must look', async () => {
    const result = await assist([{ kind: 'image', url: 'https://x.example/1.png' }]);
    expect(result.suggestions).toEqual([]);
    expect(result.next).toEqual({ phase: 'hold', text: '亲，收到了，我看一下，请稍等。' });
    expect(result.decision).toMatchObject({ kind: 'handoff', reason: 'needs_person' });
  });

  test('an image after what it shows was told: what the request still needs is asked for, and never the photo', async () => {
    const broken = entry({
      id: 'broken.zh',
      intent: 'aftersale.damaged',
      language: 'zh',
      question: '收到的东西碎了怎么办',
      similarQuestions: ['收到的杯子碎了', '打开就是坏的', '商品破损了', '碗摔碎了'],
      ask: '{{address}}，麻烦提供订单号，再发一下破损的照片',
      answers: [{ text: '1. 拍照留存\n2. 点申请售后\n3. 等待审核' }],
    });
    const knowing = { knowledge: knowledgeOf([...entries, broken]) };
    const history = [
      { author: 'customer', text: '收到的杯子碎了' },
      { author: 'bot', text: '非常抱歉，请发一下照片' },
    ] as const;
    const picture: Part[] = [{ kind: 'image', url: 'https://x.example/1.png' }];
    const result = await assist(picture, { ...knowing, history });
    expect(result.next?.phase).toBe('ask');
    expect(result.next?.text).toMatch(/^收到了，我看一下。.*订单号/);
    expect(result.next?.text).not.toContain('照片');
    expect(result.procedure?.steps.map(({ text }) => text)).toEqual(['拍照留存', '点申请售后', '等待审核']);
    expect(result.procedure?.missing.map(({ fact }) => fact)).toEqual(['order_number']);
    const told = [{ author: 'customer', text: '订单313021098954收到的杯子碎了' }, history[1]] as const;
    const known = await assist(picture, { ...knowing, history: told });
    expect(known.next).toEqual({ phase: 'hold', text: '亲，收到了，我看一下，请稍等。' });
    expect(known.procedure?.missing).toEqual([]);
  });

  test('an image beside a question: suggested, never answered by the bot', async () => {
    const parts: Part[] = [
      { kind: 'image', url: 'https://x.example/1.png' },
      { kind: 'text', text: '怎么开发票' },
    ];
    expect((await assist(parts)).decision).toMatchObject({ kind: 'handoff', reason: 'needs_person' });
    const watched = await assist(parts, { tenant: tenantWith({ mode: 'assist' }) });
    expect(watched.decision.kind).toBe('suggest');
    expect(watched.suggestions[0]?.source.id).toBe('invoice.zh');
  });

  test('thanks: the bot says goodbye only in the shop’s own words', async () => {
    const history = [{ author: 'bot', text: '在订单里点申请发票' }] as const;
    const silent = await assist('好的谢谢', { history });
    expect(silent.decision).toMatchObject({ kind: 'none', reason: 'no_question' });
    expect(silent.next?.phase).toBe('close');
    const own = tenantWith({ mode: 'hybrid', phrases: { close: '不客气{{address}}', hold: '稍等' } });
    expect((await assist('好的谢谢', { history, tenant: own })).decision).toMatchObject({
      kind: 'auto_reply',
      reason: 'phase_phrase',
      reply: { text: '不客气亲' },
    });
    expect((await assist('好了吗', { history, tenant: own })).decision).toMatchObject({ kind: 'none' });
  });
});

describe('choices, products, and what is missing', () => {
  test('a tapped choice is its entry', async () => {
    const { decision, suggestions } = await assist([{ kind: 'button', text: 'that one', value: 'entry:invoice.zh' }]);
    expect(suggestions[0]).toMatchObject({ confidence: 1, source: { id: 'invoice.zh' } });
    expect(decision).toMatchObject({ kind: 'handoff', reason: 'policy_assist' });
    const zh = await assist([{ kind: 'button', text: '开发票', value: 'entry:invoice.zh' }]);
    expect(zh.decision).toMatchObject({ kind: 'auto_reply', reason: 'confident' });
  });

  test('a choice that no entry stands behind is read by its words', async () => {
    const { suggestions } = await assist([{ kind: 'button', text: '怎么开发票', value: 'entry:gone' }]);
    expect(suggestions[0]?.source.id).toBe('invoice.zh');
  });

  test('the button for a person', async () => {
    const { decision } = await assist([{ kind: 'button', text: '都不是', value: 'human' }]);
    expect(decision).toMatchObject({ kind: 'handoff', reason: 'asked_for_person', priority: 6 });
  });

  test('a product that is named', async () => {
    const { cards } = await assist('逐风跑步鞋还有货吗');
    expect(cards).toMatchObject([{ productId: 'p2', reason: '客户提到', inStock: false }]);
  });

  test('a product card, and what the customer looked at when a question about goods names none', async () => {
    const card = await assist([{ kind: 'product_card', productId: 'p1' }]);
    expect(card.cards.map((one) => one.productId)).toEqual(['p1']);
    const customer = customerWith({ recentViews: ['p2'], cart: ['p3'] });
    const { cards } = await assist('这款有41码吗', { customer });
    expect(cards.map((one) => `${one.productId} ${one.reason}`)).toEqual(['p3 在购物车', 'p2 看过']);
    expect((await assist('怎么开发票', { customer })).cards).toEqual([]);
  });

  test('products that cannot be read are left out, and the assist says so', async () => {
    const situation = situationOf('逐风跑步鞋还有货吗', { tenant, knowledge, catalog, degraded: ['customer'] });
    const result = await respond(situation, () => Promise.reject(new Error('down')));
    expect(result.cards).toEqual([]);
    expect(result.degraded).toEqual(['customer', 'products']);
  });

  test('nothing is read when nothing depends on it', async () => {
    let reads = 0;
    const counting = (ids: Parameters<typeof readProducts>[0]) => {
      reads += 1;
      return readProducts(ids);
    };
    const customer = customerWith({ recentViews: ['p2'], cart: ['p3'] });
    await respond(situationOf('怎么开发票', { tenant, knowledge, catalog, customer }), counting);
    await respond(situationOf('好的', { tenant, knowledge, catalog, customer }), counting);
    expect(reads).toBe(0);
  });

  test('without a release there is still a card, and a person', async () => {
    const result = await assist('怎么开发票', { knowledge: undefined });
    expect(result).toMatchObject({
      release: 'rel_0',
      suggestions: [],
      decision: { kind: 'handoff', reason: 'nothing_fits', thresholds: { autoReply: 0.95, suggest: 0.5 } },
      next: { phase: 'hold' },
    });
  });

  test('the same situation gives the same assist', async () => {
    const situation = situationOf('怎么开发票', { tenant, knowledge, catalog });
    expect(await respond(situation, readProducts)).toEqual(await respond(situation, readProducts));
    expect((await respond(situation, readProducts)).createdAt).toBe(new Date(AT).toISOString());
  });

  test('timings come from the clock that is given', async () => {
    let ms = 0;
    const clock = () => {
      ms += 1.5;
      return ms;
    };
    const { timings } = await respond(situationOf('好的', { tenant, knowledge }), readProducts, clock);
    expect(timings).toEqual({ understandMs: 1.5, totalMs: 3 });
  });
});
