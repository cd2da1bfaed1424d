import { expect, test } from 'vitest';
import { orderPanel } from '../../../lib/assist/order-panel.ts';
import { entry, knowledgeOf } from './fixture.ts';

const state = (id: string, intent: string, when: string, text = 'text', language: 'zh' | 'en' = 'en') =>
  entry({ id, intent, language, question: `question of ${id}`, answers: [{ text, when }, { text: 'otherwise' }] });

const knowledge = knowledgeOf([
  state('address', 'order.address', 'order.status in (paid, shipped)'),
  state('ship', 'delivery.ship', 'order.status = shipped'),
  state('track', 'delivery.track', '订单状态 = 已发货', '{{shipment.carrier}} {{shipment.eta}}'),
  state('return', 'return.how', 'order.status = delivered'),
  state('track.zh', 'delivery.track', 'order.status = shipped', '在路上', 'zh'),
  entry({
    id: 'hours',
    question: 'When are you open?',
    answers: [{ text: 'always' }, { text: 'x', when: 'shop = a' }],
  }),
]);

const likely = (facts: Parameters<typeof orderPanel>[0]['facts'], language: 'zh' | 'en' = 'en') =>
  orderPanel({ number: '1', order: undefined, knowledge, language, facts }).likely.map((one) => one.entryId);

test('what the state is about comes first, then what tells more of the order', () => {
  expect(likely([{ 'order.status': '运输中' }])).toEqual(['track', 'ship', 'address']);
  expect(likely([{ 'order.status': 'delivered' }])).toEqual(['return']);
});

test('in the language of the customer', () => {
  expect(likely([{ 'order.status': 'shipped' }], 'zh')).toEqual(['track.zh']);
});

test('of an order nobody knows: whatever turns on its state, in authored order', () => {
  expect(likely([{}])).toEqual(['address', 'ship', 'track', 'return']);
});

test('without knowledge there is still the panel', () => {
  const panel = orderPanel({ number: '1', order: undefined, knowledge: undefined, language: 'en', facts: [{}] });
  expect(panel).toEqual({ number: '1', known: false, likely: [] });
});

test('a known order is shown with its state in words, its items and its shipment', () => {
  const order = {
    number: '1',
    status: '已发货',
    items: [{ title: 'Kettle', quantity: 2, price: 19.5 }],
    shipment: { carrier: 'SF', trackingNumber: 'SF1', status: 'in_transit', lastEvent: 'left Hangzhou' },
  };
  expect(orderPanel({ number: '1', order, knowledge: undefined, language: 'en', facts: [{}] })).toEqual({
    number: '1',
    known: true,
    state: 'shipped',
    items: [{ title: 'Kettle', quantity: 2, price: '19.5' }],
    shipment: { carrier: 'SF', trackingNumber: 'SF1', state: 'shipped', lastEvent: 'left Hangzhou' },
    likely: [],
  });
});
