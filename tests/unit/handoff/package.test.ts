import { describe, expect, test } from 'vitest';
import type { Assist } from '../../../lib/domain/assist.ts';
import { ProductId, ReleaseId } from '../../../lib/domain/ids.ts';
import { toMessage } from '../../../lib/domain/inbound.ts';
import type { Message } from '../../../lib/domain/message.ts';
import { Product } from '../../../lib/domain/product.ts';
import { newHead } from '../../../lib/handoff/head.ts';
import { matchReply, similarity } from '../../../lib/handoff/match.ts';
import { handoffPackage } from '../../../lib/handoff/package.ts';
import { agent, assistOf, CONVERSATION, created, customerId, START } from '../../support/conversation.ts';

const handoff = { reason: 'legal' as const, skill: 'returns', priority: 8, at: new Date(START).toISOString() };
const head = { ...newHead(CONVERSATION, START), owner: 'queue' as const, handoff };
const turn = { id: 'trn_1', startSeq: 1, revision: 1, messageIds: [created('m1', 'x').data.messageId] };

const of = (messages: Message[], assists: Assist[]) => ({ messages, assists, customer: undefined });

describe('the package of a hand-off', () => {
  const message = toMessage(created('m1', 'where is 3130210989?').data, START);
  const base = assistOf(turn);
  const entity = { type: 'order_number' as const, text: '3130210989', start: 9, end: 19, value: '3130210989' };
  const assist = { ...base, understanding: { ...base.understanding, entities: [entity] } };

  test('says why, what was said, what is known and what could be answered', () => {
    const customer = {
      id: customerId,
      updatedAt: new Date(START).toISOString(),
      orders: [
        { number: '3130210989', status: 'shipped' },
        { number: '999', status: 'paid' },
      ],
    };
    expect(
      handoffPackage(
        { ...head, handoff: { ...handoff, note: 'angry', from: agent('ann') } },
        { messages: [message], assists: [assist, assist], customer },
      ),
    ).toEqual({
      reason: 'legal',
      skill: 'returns',
      priority: 8,
      at: handoff.at,
      facts: [
        { name: 'note', value: 'angry' },
        { name: 'order_number', value: '3130210989', messageId: 'm1' },
        { name: 'order_status', value: '3130210989: shipped' },
      ],
      transcript: [{ author: 'customer', text: 'where is 3130210989?', at: message.at }],
      suggestions: assist.suggestions,
      summary: [
        { kind: 'wanted', text: message.text, messageIds: ['m1'] },
        { kind: 'fact', text: 'order_number: 3130210989 (shipped)', messageIds: ['m1'] },
        { kind: 'open', text: message.text, messageIds: ['m1'] },
      ],
      customer: { id: 'cust-1', tags: [], orders: customer.orders, cart: [], views: [], unlisted: [] },
      note: 'angry',
      from: 'ann',
    });
  });

  test('tells a product by the title that an order, a card, or the catalogue knows, and by its id where none does', () => {
    const shows = (productId: string, text?: string) =>
      ({ kind: 'product_card', productId, ...(text === undefined ? {} : { text }) }) as const;
    const parts = [shows('p1'), shows('p2'), shows('p3'), shows('p4', 'p4'), shows('p5'), shows('p6', 'Blue mug')];
    const named = { type: 'product' as const, text: 'p1', start: 0, end: 2, value: 'p1' };
    const card = { title: 'Lamp', reason: '', score: 1, factsAt: message.at };
    const read: Assist = {
      ...assist,
      understanding: { ...assist.understanding, entities: [named] },
      cards: [{ ...card, productId: ProductId.parse('p2') }],
    };
    const ordered = [{ number: '1', status: 'paid', items: [{ productId: 'p1', title: 'Shoes', quantity: 1 }] }];
    const customer = { id: customerId, updatedAt: message.at, orders: ordered, cart: ['p3'] };
    const products = [{ ...Product.parse({ id: 'p3', title: 'Scarf', updatedAt: message.at }) }];
    const input = { messages: [{ ...message, text: 'p1', parts }], assists: [read], customer, products, at: START };
    const told = (handoffPackage(head, input)?.summary ?? []).filter(({ kind }) => kind === 'fact');
    expect(told.map(({ text }) => text)).toEqual([
      'product: Shoes',
      'product: Lamp',
      'product: Scarf',
      'product: p4',
      'product: p5',
      'product: Blue mug',
    ]);
  });

  test('leaves out what was withdrawn', () => {
    expect(handoffPackage(head, of([{ ...message, recalled: true }], []))?.transcript).toEqual([]);
  });

  test('holds no fact, question, mood or reply that only a withdrawn message gave', () => {
    const angry = { label: 'negative' as const, score: -0.9, angry: true };
    const phone = { type: 'phone' as const, text: '13912345678', start: 0, end: 11, value: '13912345678' };
    const understanding = { ...assist.understanding, entities: [entity, phone], sentiment: angry };
    const order = { number: '3130210989', known: true, likely: [] };
    const read = { ...assist, understanding, order, next: { phase: 'hold' as const, text: 'One moment' } };
    const known = handoffPackage(head, of([{ ...message, recalled: true }], [read]));
    expect(known).toMatchObject({ facts: [], summary: [], suggestions: [] });
    expect(known).not.toHaveProperty('next');
  });

  test('says once what is wanted, without the calls in between', () => {
    const said = ['where is 3130210989?', '？？', 'hello?', 'where is 3130210989?'];
    const messages = said.map((text, at) => toMessage(created(`m${at + 1}`, text).data, START + at));
    const read = { ...assist, messageIds: messages.map(({ id }) => id) };
    const points = handoffPackage(head, of(messages, [read]))?.summary ?? [];
    expect(points.filter(({ kind }) => kind !== 'fact').map(({ text }) => text)).toEqual([said[0], said[0]]);
  });

  test.each(['人呢', 'anyone?', '？？', 'hello? any update?', '客服呢'])('"%s" is no open question', (call) => {
    const said = ['where is 3130210989?', call];
    const messages = said.map((text, at) => toMessage(created(`m${at + 1}`, text).data, START + at));
    const asks = messages.map(({ id }) => ({ ...assistOf(turn), messageIds: [id] }));
    const points = handoffPackage(head, of(messages, asks))?.summary ?? [];
    expect(points.filter(({ kind }) => kind === 'wanted' || kind === 'open').map(({ text }) => text)).toEqual([
      said[0],
      said[0],
    ]);
  });

  const asking = (said: readonly string[]): string[] => {
    const messages = said.map((text, at) => toMessage(created(`m${at + 1}`, text).data, START + at));
    const understanding = { ...base.understanding, act: 'ask_human' as const };
    const read = { ...base, messageIds: messages.map(({ id }) => id), understanding };
    const points = handoffPackage(head, of(messages, [read]))?.summary ?? [];
    return points.filter(({ kind }) => kind === 'wanted').map(({ text }) => text);
  };

  test.each([
    [['我的快递怎么还没到', '都三天了', '转人工', '有人吗'], '我的快递怎么还没到 都三天了'],
    [['好的', '我要投诉你们！！转人工'], '我要投诉你们！！转人工'],
    [['电子发票抬头开错了，转人工'], '电子发票抬头开错了，转人工'],
    [['my parcel never came', 'can I talk to a real person please'], 'my parcel never came'],
    [['I need a human, the size is wrong'], 'I need a human, the size is wrong'],
  ])('says what a person is wanted for: %s', (said, wanted) => {
    expect(asking(said)).toEqual([wanted]);
  });

  test.each(['转人工', '我要人工客服！', '不要机器人，给我找个人', 'human', 'I want to talk to a real person please'])(
    '"%s" says nothing of what for',
    (text) => {
      expect(asking([text])).toEqual([]);
    },
  );

  test('knows of two numbers the one that was put right', () => {
    const orders = [
      { number: '3130210989', status: 'shipped' },
      { number: '3130210990', status: 'paid' },
    ];
    const customer = { id: customerId, updatedAt: new Date(START).toISOString(), orders };
    const said = ['3130210989', 'sorry wrong one', '3130210990'];
    const messages = said.map((text, at) => toMessage(created(`m${at + 1}`, text).data, START + at));
    const points = handoffPackage(head, { messages, assists: [], customer })?.summary ?? [];
    expect(points.map(({ text }) => text)).toEqual(['order_number: 3130210990 (paid)']);
  });

  test('keeps of a turn what is still said in it', () => {
    const [m2] = [toMessage(created('m2', 'and 13912345678 is my phone').data, START + 1)];
    const phone = { type: 'phone' as const, text: '13912345678', start: 4, end: 15, value: '13912345678' };
    const read = {
      ...assist,
      messageIds: [message.id, m2.id],
      order: { number: '3130210989', known: true, likely: [] },
      understanding: { ...assist.understanding, entities: [entity, phone] },
    };
    const known = handoffPackage(head, of([{ ...message, recalled: true }, m2], [read]));
    expect(known?.facts).toEqual([{ name: 'phone', value: '13912345678', messageId: 'm2' }]);
    expect(JSON.stringify(known?.summary)).not.toMatch(/3130210989|m1/);
    const both = handoffPackage(head, of([message, m2], [read]));
    expect(both?.facts).toHaveLength(2);
  });

  test('is there only while there is a hand-off', () => {
    expect(handoffPackage(newHead(CONVERSATION, START), of([message], [assist]))).toBeUndefined();
  });
});

describe('matching replies with suggestions', () => {
  const release = ReleaseId.parse('rel_1');
  const suggestion = (id: string, text: string) => ({
    id,
    text,
    confidence: 0.9,
    source: { kind: 'entry' as const, id: 'e', title: 't', release },
  });
  const offered = [
    suggestion('refund', '退款会在1-3个工作日内原路退回，请您耐心等待。'),
    suggestion('ship', 'We ship within 48 hours of payment.'),
  ];

  test.each([
    ['退款会在1-3个工作日内原路退回,请您耐心等待', 'used', 'refund'],
    ['亲，退款会在3个工作日内原路退回的哦', 'edited', 'refund'],
    ['we ship within 48 hours of payment', 'used', 'ship'],
    ['We usually ship within 24 hours of your payment, dear', 'edited', 'ship'],
    ['请问您的订单号是多少呢？', 'ignored', undefined],
    ['ok', 'ignored', undefined],
    ['', 'ignored', undefined],
  ])('%s', (text, event, id) => {
    const match = matchReply(text, offered);
    expect([match.event, match.suggestionId]).toEqual([event, id]);
  });

  test('nothing was suggested', () => {
    expect(matchReply('hello', [])).toEqual({ event: 'ignored', similarity: 0 });
  });

  test('similarity is symmetric and between 0 and 1', () => {
    const texts = ['aaaa', 'aa', 'abab', '退款退款', 'x', ''];
    for (const a of texts) {
      for (const b of texts) {
        expect(similarity(a, b)).toBe(similarity(b, a));
        expect(similarity(a, b)).toBeGreaterThanOrEqual(0);
        expect(similarity(a, b)).toBeLessThanOrEqual(1);
      }
    }
  });
});
