import { describe, expect, test } from 'vitest';
import { formatLocal, instantOf, localTime } from '../../../lib/domain/local-time.ts';
import {
  orderStatus,
  paymentLabel,
  paymentMethod,
  paymentName,
  statusLabel,
} from '../../../lib/domain/order-status.ts';

test.each([
  ['待付款', 'pending_payment'],
  ['UNPAID', 'pending_payment'],
  ['已付款', 'paid'],
  ['待发货', 'processing'],
  ['Unfulfilled', 'processing'],
  ['In Transit', 'shipped'],
  ['out-for-delivery', 'shipped'],
  ['运输中', 'shipped'],
  ['已签收', 'delivered'],
  ['completed', 'completed'],
  ['canceled', 'cancelled'],
  ['退款中', 'refunding'],
  ['refunded', 'refunded'],
  ['Held at Customs', 'held_at_customs'],
  ['constructor', 'constructor'],
])('order status %s is %s', (word, expected) => {
  expect(orderStatus(word)).toBe(expected);
});

test.each([
  ['微信支付', 'wechat', 'online'],
  ['Credit Card', 'card', 'online'],
  ['货到付款', 'cod', 'cod'],
  ['白条', 'baitiao', 'credit'],
  ['Installments', 'credit', 'credit'],
  ['shells', 'shells', 'shells'],
])('payment %s is %s, of kind %s', (word, name, kind) => {
  expect([paymentName(word), paymentMethod(word)]).toEqual([name, kind]);
});

test('labels are in the language of the reader, and unknown words are kept', () => {
  expect([statusLabel('in_transit', 'zh'), statusLabel('待发货', 'en')]).toEqual(['已发货', 'being prepared']);
  expect([statusLabel('Held', 'en'), paymentLabel('cod', 'zh')]).toEqual(['Held', '货到付款']);
});

describe('times as platforms write them', () => {
  test.each<[string, string | undefined]>([
    ['2026-11-20T06:05:00Z', '2026-11-20 14:05'],
    ['2026-11-20T14:05:00+08:00', '2026-11-20 14:05'],
    ['2026-11-20 14:05', '2026-11-20 14:05'],
    ['2026/11/20 14:05:59', '2026-11-20 14:05'],
    ['2026-11-20', '2026-11-20 00:00'],
    ['1795154700', '2026-11-20 14:05'],
    ['1795154700000', '2026-11-20 14:05'],
    ['2026-02-30', undefined],
    ['yesterday', undefined],
    ['', undefined],
  ])('%s', (text, expected) => {
    const at = instantOf(text, 'Asia/Shanghai');
    expect(at === undefined ? undefined : formatLocal(at, 'Asia/Shanghai')).toBe(expected);
  });

  test('a wall clock is read in its zone on both sides of a clock change', () => {
    expect(instantOf('2026-07-01 12:00', 'Europe/Berlin')).toBe(Date.parse('2026-07-01T10:00:00Z'));
    expect(instantOf('2026-12-01 12:00', 'Europe/Berlin')).toBe(Date.parse('2026-12-01T11:00:00Z'));
  });

  test('weekdays count from Monday', () => {
    expect(localTime(Date.parse('2026-11-22T16:30:00Z'), 'Asia/Shanghai')).toMatchObject({ weekday: 1, hour: 0 });
    expect(localTime(Date.parse('2026-11-22T12:00:00Z'), 'UTC')).toMatchObject({ weekday: 7, day: 22 });
  });
});
