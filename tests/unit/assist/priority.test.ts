import { expect, test } from 'vitest';
import { skillOf } from '../../../lib/assist/hand-over.ts';
import { askOnly } from '../../../lib/assist/missing-fact.ts';
import { amountOf, priorityOf, type Urgency } from '../../../lib/assist/priority.ts';
import { outOfHoursFor, positionFor } from '../../../lib/assist/wording.ts';
import { AT, customerWith, tenantWith } from './fixture.ts';

const urgency = (more: Partial<Urgency> = {}): Urgency => ({
  reason: 'nothing_fits',
  angry: false,
  tags: [],
  amount: 0,
  ...more,
});

test.each<[string, Partial<Urgency>, Parameters<typeof priorityOf>[1], number]>([
  ['danger', { reason: 'safety' }, undefined, 9],
  ['danger, whatever is taken away', { reason: 'safety', tags: ['x'] }, { tags: { x: -9 } }, 9],
  ['law', { reason: 'legal', tags: ['vip'] }, undefined, 8],
  ['anger', { angry: true }, undefined, 7],
  ['asked for', { reason: 'asked_for_person' }, undefined, 6],
  ['asked for by a VIP', { reason: 'asked_for_person', tags: ['VIP会员'] }, undefined, 7],
  ['the rest', {}, undefined, 5],
  ['the tenant’s own tags, whatever their case', { tags: ['gold', 'vip'] }, { tags: { Gold: 1 } }, 6],
  [
    'never before law',
    { tags: ['gold'], angry: true, amount: 9 },
    { tags: { gold: 9 }, value: [{ atLeast: 1, points: 9 }] },
    7,
  ],
  ['never below nothing', { tags: ['spam'] }, { tags: { spam: -9 } }, 0],
  ['anger as the tenant weighs it', { angry: true }, { angry: 1 }, 6],
  [
    'value by the highest step',
    { amount: 500 },
    {
      value: [
        { atLeast: 100, points: 1 },
        { atLeast: 500, points: 2 },
      ],
    },
    7,
  ],
])('priority: %s', (_, more, points, expected) => {
  expect(priorityOf(urgency(more), points)).toBe(expected);
});

test('an amount is the newest order’s total, the cart’s or the dearest view’s, whichever is most', () => {
  const item = (price: string | number, quantity = 1) => ({ title: 'x', quantity, price });
  const orders = [
    { number: '1', status: 'shipped', placedAt: '2026-01-01T00:00:00Z', items: [item('¥9,000.00')] },
    { number: '2', status: 'shipped', placedAt: '2026-02-01T00:00:00Z', items: [item(20, 2), item('¥1,010.50')] },
  ];
  expect(amountOf(customerWith({ orders }), [])).toBe(1_050.5);
  expect(amountOf(undefined, [])).toBe(0);
});

test('the first skill rule whose every condition holds, else the pack’s', () => {
  const rules = [
    { skill: 'vip', tags: ['Gold'], languages: ['en' as const] },
    { skill: 'shoes', categories: ['鞋靴'] },
    { skill: 'money', intents: ['invoice.*', 'payment.failed'] },
  ];
  const subject = { intent: 'invoice.when', language: 'en' as const, categories: [], tags: [] };
  const pack = { invoice: 'finance' };
  expect(skillOf(rules, { ...subject, tags: ['gold'] }, pack)).toBe('vip');
  expect(skillOf(rules, { ...subject, tags: ['gold'], language: 'zh', categories: ['鞋靴'] }, pack)).toBe('shoes');
  expect(skillOf(rules, subject, pack)).toBe('money');
  expect(skillOf([], subject, pack)).toBe('finance');
  expect(skillOf(rules, { ...subject, intent: 'payment.failedly' }, pack)).toBe('general');
});

test.each([
  ['亲，麻烦提供一下订单号，我马上帮您查～', '亲，麻烦提供一下订单号。'],
  ['非常抱歉！麻烦提供一下订单号和照片，我马上核实～', '非常抱歉！麻烦提供一下订单号和照片。'],
  ["Could you share your order number? I'll look it up.", 'Could you share your order number?'],
  ['我马上帮您查～', ''],
  ['', ''],
])('nobody promises at night what follows: %s', (ask, expected) => {
  expect(askOnly(ask)).toBe(expected);
});

test('a tenant’s words for a place, filled; ours where a wait they speak of is not known', () => {
  const tenant = tenantWith({ wording: { position: 'No. {{position}}, {{wait}}' } });
  expect(positionFor(tenant, 'en', { place: 3, waitMs: 61_000 })).toBe('No. 3, about 2 minutes');
  expect(positionFor(tenant, 'en', { place: 3, waitMs: undefined })).toBe('There are 2 people ahead of you.');
});

test.each([
  [30_000, '不到 1 分钟'],
  [60_000, '约 1 分钟'],
  [9.2 * 60_000, '约 10 分钟'],
  [11 * 60_000, '约 15 分钟'],
  [61 * 60_000, '1 小时以上'],
])('a wait of %i ms in words is never rounded down', (waitMs, words) => {
  expect(positionFor(tenantWith(), 'zh', { place: 1, waitMs })).toBe(`您是下一位，预计等待${words}。`);
});

test('a place says that nobody of the team is there, rather than who is next', () => {
  const told = (language: 'zh' | 'en') =>
    positionFor(tenantWith(), language, { place: 1, waitMs: undefined, isDeserted: true });
  expect(told('zh')).toBe('现在没有客服在线，您排在第 1 位，有人上线后会按顺序回复您。');
  expect(told('en')).toMatch(/^Nobody is at a desk right now\. You are number 1 in line/);
});

test('when a shop opens is said where it is within a week', () => {
  const said = (opensAt: number | undefined) => outOfHoursFor(tenantWith(), 'zh', { opensAt, ask: '', now: AT });
  expect(said(AT + 86_400_000)).toContain('明天');
  expect(said(AT + 5 * 86_400_000)).toMatch(/11月26日（周四）/);
  expect(said(AT + 8 * 86_400_000)).not.toContain('开始服务');
  expect(said(undefined)).not.toContain('开始服务');
});
