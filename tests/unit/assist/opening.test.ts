/** What the desk shows before the customer's first word. */
import { describe, expect, test } from 'vitest';
import { leadOf } from '../../../lib/assist/opening/lead.ts';
import { looksAt } from '../../../lib/assist/opening/look.ts';
import { openingOf } from '../../../lib/assist/opening/opening-of.ts';
import { ProductId } from '../../../lib/domain/ids.ts';
import { DEFAULT_OPENING, Opening } from '../../../lib/domain/opening.ts';
import type { Product } from '../../../lib/domain/product.ts';
import { AT, customerWith, entry, knowledgeOf, situationOf } from './fixture.ts';

const product = (id: string, amount: string, stock: number): Product => ({
  id: ProductId.parse(id),
  title: `Product ${id}`,
  aliases: [],
  attributes: {},
  price: { amount, currency: 'CNY' },
  stock,
  updatedAt: '2026-11-01T00:00:00Z',
});
const knowledge = knowledgeOf([
  entry({
    id: 'track.zh',
    intent: 'delivery.track',
    language: 'zh',
    question: '我的快递到哪了？',
    similarQuestions: ['物流到哪里了', '查一下快递', '包裹在哪'],
    answers: [
      { text: '{{shipment.carrier}} {{shipment.last_event}}', when: 'order.status = shipped' },
      { text: '查看物流即可' },
    ],
  }),
  entry({
    id: 'stock.zh',
    intent: 'presale.stock',
    language: 'zh',
    question: '有现货吗？',
    similarQuestions: ['还有货吗', '有库存吗', '这款有没有现货'],
    answers: [{ text: '页面能拍就有货' }],
  }),
  entry({
    id: 'hours.zh',
    intent: 'service.hours',
    language: 'zh',
    question: '几点上班',
    similarQuestions: ['客服在线时间'],
    answers: [{ text: '9点' }],
  }),
]);
const MOMENT = { now: AT, timeZone: 'Asia/Shanghai' };
const days = (ago: number): string => new Date(AT - ago * 86_400_000).toISOString();
const shipment = { carrier: '顺丰', trackingNumber: 'SF1', status: 'in_transit', lastEvent: '已到杭州' };

function opening(fields: object, products: Product[] = [], language: 'zh' | 'en' = 'zh') {
  const customer = customerWith(fields);
  const situation = situationOf([], { knowledge, customer });
  return Opening.parse(openingOf({ situation, customer, products, knowledge, language, rule: DEFAULT_OPENING }));
}

describe('the likely question', () => {
  test('of a parcel on its way is where it is, answered with its last scan and its source', () => {
    const { likely } = opening({ orders: [{ number: 'A1', status: 'shipped', shippedAt: days(1), shipment }] });
    expect(likely[0]).toMatchObject({
      question: '我的快递到哪了？',
      reason: '订单 A1 已发货，已 1 天',
      suggestion: { text: '顺丰 已到杭州', source: { kind: 'entry', id: 'track.zh' } },
    });
  });

  test.each<[string, object, string]>([
    ['late parcel', { status: 'shipped', shippedAt: days(8) }, 'Why has my tracking stopped moving?'],
    ['paid long ago', { status: 'paid', paidAt: days(4) }, 'Why has it not shipped yet, can you hurry it up?'],
    ['paid just now', { status: 'paid', paidAt: days(0) }, 'When will it ship?'],
    ['delivered yesterday', { status: 'delivered', deliveredAt: days(1) }, 'How do I return it?'],
    ['unpaid', { status: '待付款' }, 'Which payment methods do you take?'],
    ['refunding', { status: '退款中' }, 'How far is my refund?'],
  ])('%s', (_, order, question) => {
    expect(opening({ orders: [{ number: 'A1', ...order }] }, [], 'en').likely[0]?.question).toBe(question);
  });

  test('of an old delivery is none', () => {
    expect(opening({ orders: [{ number: 'A1', status: 'delivered', deliveredAt: days(40) }] }).likely).toEqual([]);
  });

  test('the likelier comes first, at most three', () => {
    const orders = [
      { number: 'A1', status: 'pending_payment' },
      { number: 'A2', status: 'shipped', shippedAt: days(9) },
      { number: 'A3', status: 'refunding' },
      { number: 'A4', status: 'paid', paidAt: days(0) },
    ];
    const { likely } = opening({ orders });
    expect(likely.map(({ reason }) => reason.slice(0, 5))).toEqual(['订单 A2', '订单 A3', '订单 A4']);
  });

  test('says what has happened since: viewed twice, back in stock in M', () => {
    const seen = [{ productId: 'p1', where: 'view', variant: 'M', inStock: false, price: '129' }];
    const back = { ...product('p1', '99', 3), variants: [{ name: 'M', stock: 3 }] };
    const found = (language: 'zh' | 'en') => opening({ recentViews: ['p1', 'p1'], seen }, [back], language);
    expect(found('en').likely[0]).toMatchObject({
      question: 'Is it in stock?',
      reason: 'Product p1: viewed 2 times, back in stock in M, price down since viewed: CN¥129.00 → CN¥99.00',
    });
    expect(found('zh').cards[0]?.reason).toBe('看过 2 次，M 已到货，看过后降价 ¥129.00 → ¥99.00');
    expect(found('zh').lead.parts.map(({ name }) => name)).toContain('back_in_stock');
  });

  test('of a product viewed twice is its stock, of one that is sold out when it is back', () => {
    const seen = opening({ recentViews: ['p1', 'p2', 'p1'] }, [product('p1', '99', 3), product('p2', '50', 3)]);
    expect(seen.likely).toMatchObject([
      { reason: 'Product p1：看过 2 次', suggestion: { source: { id: 'stock.zh' } } },
    ]);
    const gone = opening({ cart: ['p1'] }, [product('p1', '99', 0)]);
    expect(gone.likely[0]).toMatchObject({ question: '什么时候补货？', reason: 'Product p1：在购物车，现在缺货' });
  });
});

test('cards: the cart, then what was viewed again, then the rest, each with its reason', () => {
  const { cards } = opening({ cart: ['p3'], recentViews: ['p1', 'p2', 'p2'] }, [
    product('p1', '1', 1),
    product('p2', '2', 0),
    product('p3', '3', 1),
  ]);
  expect(cards.map(({ productId, reason }) => [productId, reason])).toEqual([
    ['p3', '在购物车'],
    ['p2', '看过 2 次，现在缺货'],
    ['p1', '看过'],
  ]);
});

describe('the lead score', () => {
  const rule = DEFAULT_OPENING.lead;
  test('is the sum of its parts', () => {
    const customer = customerWith({
      recentViews: ['p1', 'p1', 'p2'],
      cart: ['p1'],
      tags: ['VIP', '爱砍价'],
      orders: [{ number: 'A1', status: 'completed' }],
    });
    const { score, parts } = leadOf(customer, looksAt(customer, [product('p1', '1200', 1)], MOMENT), rule);
    expect(parts).toEqual([
      { name: 'views', value: 2, points: 8 },
      { name: 'viewed_again', value: 1, points: 12 },
      { name: 'in_cart', value: 1, points: 18 },
      { name: 'cart_value', value: 1200, points: 14 },
      { name: 'returning', value: 1, points: 10 },
      { name: 'tag', value: 'VIP', points: 15 },
    ]);
    expect(score).toBe(77);
  });

  test('stays within 0 and 100, by the tenant’s weights', () => {
    const customer = customerWith({ cart: ['p1'], tags: ['constructor', 'bad'] });
    const heavy = { ...rule, inCart: 100, perTag: { bad: 50 } };
    expect(leadOf(customer, [], heavy).score).toBe(100);
    expect(leadOf(customer, [], { ...rule, inCart: 0, perTag: { bad: -50 } })).toEqual({
      score: 0,
      parts: [{ name: 'tag', value: 'bad', points: -50 }],
    });
  });
});

test('nothing known, or switched off: nothing shown', () => {
  const empty = { likely: [], cards: [], lead: { score: 0, parts: [] } };
  const situation = situationOf([]);
  const input = { situation, products: [], knowledge, language: 'zh' as const };
  expect(openingOf({ ...input, customer: undefined, rule: DEFAULT_OPENING })).toEqual(empty);
  const customer = customerWith({ cart: ['p1'] });
  expect(openingOf({ ...input, customer, rule: { ...DEFAULT_OPENING, enabled: false } })).toEqual(empty);
});
