import { describe, expect, test } from 'vitest';
import type { AnswerContext } from '../../../lib/assist/answer-options.ts';
import { countSkips, offersOf } from '../../../lib/assist/answers.ts';
import type { Entry } from '../../../lib/domain/entry.ts';
import { AT, entry } from './fixture.ts';

function context(fields: Partial<AnswerContext> = {}): AnswerContext {
  return {
    at: AT,
    platform: 'generic',
    channel: undefined,
    shop: undefined,
    facts: [{}],
    slots: { address: '亲' },
    orderKnown: false,
    productKnown: false,
    sent: new Set(),
    turn: 0,
    ...fields,
  };
}

const texts = (one: Entry, fields: Partial<AnswerContext> = {}) =>
  offersOf(one, context(fields)).offers.map((offer) => `${offer.role} ${offer.text}`);
const skips = (one: Entry, fields: Partial<AnswerContext> = {}) => countSkips(offersOf(one, context(fields)).skipped);

const known = (status: string): Partial<AnswerContext> => ({ facts: [{ 'order.status': status }], orderKnown: true });

describe('conditions', () => {
  const conditional = entry({
    id: 'e',
    ask: '{{address}}，订单号多少？',
    answers: [
      { text: 'paid', when: 'order.status = paid' },
      { text: 'shipped', when: 'order.status = shipped' },
      { text: 'shipped vip', when: 'order.status = shipped and customer.tag = vip' },
      { text: 'otherwise' },
    ],
  });

  test('the one that holds', () => {
    expect(texts(conditional, known('paid'))).toEqual(['answer paid']);
    expect(texts(conditional, known('cancelled'))).toEqual(['answer otherwise']);
  });

  test('the most specific of those that hold', () => {
    const facts = [{ 'order.status': 'shipped', 'customer.tag': ['vip'] }];
    expect(texts(conditional, { facts, orderKnown: true })).toEqual(['answer shipped vip']);
  });

  test('on an unknown fact: the ask, then what holds anyway', () => {
    expect(texts(conditional)).toEqual(['ask 亲，订单号多少？', 'answer otherwise']);
  });

  test('an ask is put once', () => {
    const sent = new Set(['亲，订单号多少？']);
    expect(texts(conditional, { sent })[0]).toBe('answer otherwise');
    expect(texts(conditional, { sent }).slice(1)).toEqual(['variant paid', 'variant shipped', 'variant shipped vip']);
  });

  test('on an unknown fact without ask: the variants, each with its condition', () => {
    const noAsk = entry({
      id: 'e',
      answers: [
        { text: 'A', when: 'order.status = paid' },
        { text: 'B', when: 'order.status = shipped' },
      ],
    });
    expect(offersOf(noAsk, context()).offers).toMatchObject([
      { role: 'variant', text: 'A', answer: 0, condition: 'order.status = paid' },
      { role: 'variant', text: 'B', answer: 1, condition: 'order.status = shipped' },
    ]);
  });

  test('orders that agree need no asking', () => {
    const facts = [{ 'order.status': 'paid' }, { 'order.status': 'paid' }];
    expect(texts(conditional, { facts })).toEqual(['answer paid']);
  });

  test('a condition that does not parse is never sent', () => {
    const broken = entry({ id: 'e', answers: [{ text: 'A', when: 'order.state = paid' }] });
    expect(texts(broken)).toEqual([]);
    expect(skips(broken)).toEqual({ bad_condition: 1 });
  });
});

describe('validity, channel and shop', () => {
  const answers = [
    { text: 'sale', validFrom: '2026-11-21T00:00:00+08:00', validUntil: '2026-11-22T00:00:00+08:00' },
    { text: 'always' },
  ];
  const dated = entry({ id: 'e', answers });
  const at = (iso: string) => ({ at: Date.parse(iso) });

  test('a dated answer wins while it is valid, its start included and its end not', () => {
    expect(texts(dated, at('2026-11-20T15:59:59Z'))).toEqual(['answer always']);
    expect(texts(dated, at('2026-11-20T16:00:00Z'))).toEqual(['answer sale']);
    expect(texts(dated, at('2026-11-21T16:00:00Z'))).toEqual(['answer always']);
    expect(skips(dated, at('2026-11-20T15:59:59Z'))).toEqual({ not_yet_valid: 1 });
    expect(skips(dated, at('2026-11-21T16:00:00Z'))).toEqual({ expired: 1 });
  });

  test('an answer for a channel or a shop is for no other', () => {
    const narrow = entry({
      id: 'e',
      answers: [
        { text: 'app', channels: ['App'] },
        { text: 'A', shop: 'a' },
      ],
    });
    expect(texts(narrow)).toEqual([]);
    expect(skips(narrow)).toEqual({ other_channel: 1, other_shop: 1 });
    expect(texts(narrow, { channel: 'app' })).toEqual(['answer app']);
    expect(texts(narrow, { shop: 'A' })).toEqual(['answer A']);
  });

  test('a platform counts as a channel', () => {
    const narrow = entry({ id: 'e', answers: [{ text: 'wx', channels: ['wechat'] }] });
    expect(texts(narrow, { platform: 'wechat' })).toEqual(['answer wx']);
  });
});

describe('slots', () => {
  test('an entry whose shop fact is unset is not used, not even with a more general answer', () => {
    const promise = entry({
      id: 'e',
      answers: [{ text: 'in {{shop.dispatch_time}}', when: 'order.status = paid' }, { text: 'soon' }],
    });
    expect(texts(promise, known('paid'))).toEqual([]);
    expect(offersOf(promise, context(known('paid'))).skipped).toContainEqual({
      answer: 0,
      reason: 'shop_fact_unset',
      missing: ['shop.dispatch_time'],
    });
    const slots = { 'shop.dispatch_time': '48 h' };
    expect(texts(promise, { ...known('paid'), slots })).toEqual(['answer in 48 h']);
  });

  test('a parcel that has no date of arrival gets the general answer', () => {
    const eta = entry({
      id: 'e',
      ask: 'number?',
      answers: [{ text: 'on {{shipment.eta}}', when: 'order.status = shipped' }, { text: 'in general, 3 days' }],
    });
    expect(texts(eta, known('shipped'))).toEqual(['answer in general, 3 days']);
  });

  test('an answer that speaks of an order waits until it is known which', () => {
    const state = entry({ id: 'e', ask: 'number?', answers: [{ text: 'It is {{order.status}}.' }] });
    expect(texts(state)).toEqual(['ask number?']);
    expect(texts(state, { orderKnown: true, slots: { 'order.status': 'paid' } })).toEqual(['answer It is paid.']);
  });

  test('an answer of nothing but an empty slot is no answer', () => {
    expect(texts(entry({ id: 'e', answers: [{ text: '{{address}}' }] }), { slots: { address: '' } })).toEqual([]);
  });
});

describe('rotation', () => {
  const three = entry({ id: 'e', answers: [{ text: 'A' }, { text: 'B' }, { text: 'C' }] });

  test('equal answers take turns, and a turn keeps its answer', () => {
    const first = [0, 1, 2, 3].map((turn) => texts(three, { turn })[0]);
    expect(first).toEqual(['answer A', 'answer B', 'answer C', 'answer A']);
  });

  test('an answer sent before is not offered again, by number or by text', () => {
    expect(texts(three, { sent: new Set(['e#0']) })).toEqual(['answer B']);
    expect(texts(three, { sent: new Set(['A', 'e#1']) })).toEqual(['answer C']);
    expect(texts(three, { sent: new Set(['e#0', 'e#1', 'C']) })).toEqual([]);
    expect(skips(three, { sent: new Set(['e#0']) })).toEqual({ already_sent: 1, rotated_out: 1 });
  });
});

test('a shop’s own variant wins there over the pack’s answer, and is never said elsewhere', () => {
  const layered = entry({
    id: 'layers',
    answers: [{ text: 'all' }, { text: 'paid', when: 'order.status = paid' }, { text: 'north', shop: 'North' }],
  });
  const at = (shop: string | undefined, status: string) => texts(layered, { ...known(status), shop })[0];
  expect(at('north', 'shipped')).toBe('answer north');
  expect(at('south', 'shipped')).toBe('answer all');
  expect(at(undefined, 'shipped')).toBe('answer all');
  // A condition says more than a shop does; both together say most.
  expect(at('north', 'paid')).toBe('answer paid');
  const both = {
    ...layered,
    answers: [...layered.answers, { text: 'north paid', shop: 'north', when: 'order.status = paid' }],
  };
  expect(texts(both, { ...known('paid'), shop: 'north' })[0]).toBe('answer north paid');
});
