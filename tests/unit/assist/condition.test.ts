import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Condition, parseCondition } from '../../../lib/domain/condition.ts';
import { evaluate, evaluateAll, type Facts, specificity } from '../../../lib/domain/condition-truth.ts';

function parsed(text: string): Condition {
  const result = parseCondition(text);
  if (!result.ok) throw new Error(`${text}: ${result.message} at ${result.column}`);
  return result.condition;
}

const truth = (text: string, facts: Facts) => evaluate(parsed(text), facts).value;

describe('what a condition says', () => {
  const shipped: Facts = { 'order.status': 'shipped', 'order.payment': 'wechat' };
  test.each<[string, Facts, 'true' | 'false' | 'unknown']>([
    ['order.status = shipped', shipped, 'true'],
    ['order.status == shipped', shipped, 'true'],
    ['order.status: shipped', shipped, 'true'],
    ['order.status = "in transit"', shipped, 'true'],
    ['订单状态 = 已发货', shipped, 'true'],
    ['订单状态＝已发货且支付方式＝货到付款', shipped, 'false'],
    ['订单状态=已发货 且 支付方式=微信', shipped, 'true'],
    ['ORDER.STATUS = SHIPPED', shipped, 'true'],
    ['order.status = paid', { 'order.status': '待发货' }, 'false'],
    ['order.status = paid', { 'order.status': '已付款' }, 'true'],
    ['order.status != shipped', shipped, 'false'],
    ['order.status in (paid, shipped)', shipped, 'true'],
    ['order.status in [paid, processing]', shipped, 'false'],
    ['order.status = paid|shipped', shipped, 'true'],
    ['order.status in 已付款|待发货', { 'order.status': 'unfulfilled' }, 'true'],
    ['order.status not in (delivered, completed)', shipped, 'true'],
    ['order.status not in (shipped)', shipped, 'false'],
    ['order.status = lost_at_sea', { 'order.status': 'Lost at sea' }, 'true'],
    ['order.payment = online', shipped, 'true'],
    ['order.payment = wechat', shipped, 'true'],
    ['order.payment = 微信支付', shipped, 'true'],
    ['order.payment = alipay', shipped, 'false'],
    ['order.payment = cod', { 'order.payment': '货到付款' }, 'true'],
    ['order.payment = credit', { 'order.payment': '白条' }, 'true'],
    ['order.payment = wechat', { 'order.payment': 'online' }, 'false'],
    ['order.age_days >= 3', { 'order.age_days': 3 }, 'true'],
    ['order.age_days<3', { 'order.age_days': 3 }, 'false'],
    ['order.delivered_days ≤ 7天', { 'order.delivered_days': 7 }, 'true'],
    ['order.delivered_days between 1 and 7', { 'order.delivered_days': 8 }, 'false'],
    ['order.delivered_days <= 7', { 'order.delivered_days': null }, 'false'],
    ['order.delivered_days != 7', { 'order.delivered_days': null }, 'true'],
    ['customer.tag = vip', { 'customer.tag': ['new', 'VIP'] }, 'true'],
    ['customer.tag != vip', { 'customer.tag': ['new', 'VIP'] }, 'false'],
    ['customer.tag = vip', { 'customer.tag': [] }, 'false'],
    ['客户标签 = "黑卡 会员"', { 'customer.tag': ['黑卡 会员'] }, 'true'],
    ['first_contact', { first_contact: true }, 'true'],
    ['first_contact = no', { first_contact: true }, 'false'],
    ['首次 = 是', { first_contact: true }, 'true'],
    ['time between 09:00 and 18:00', { time: 9 * 60 }, 'true'],
    ['time between 09:00 and 18:00', { time: 18 * 60 }, 'false'],
    ['time 09:00-18:00', { time: 17 * 60 + 59 }, 'true'],
    ['time = 09:00 ~ 18:00', { time: 8 * 60 + 59 }, 'false'],
    ['time in 22:00-06:00', { time: 23 * 60 }, 'true'],
    ['time in 22:00-06:00', { time: 5 * 60 }, 'true'],
    ['time in 22:00-06:00', { time: 12 * 60 }, 'false'],
    ['time not in 09:00-18:00', { time: 20 * 60 }, 'true'],
    ['time >= 18:00 and time < 20:00', { time: 19 * 60 }, 'true'],
    ['weekday in (sat, 周日)', { weekday: 7 }, 'true'],
    ['weekday between fri and mon', { weekday: 7 }, 'true'],
    ['weekday = mon-fri', { weekday: 6 }, 'false'],
    ['date >= 2026-11-01', { date: 20261111 }, 'true'],
    ['date between 2026-11-01 and 2026/11/11', { date: 20261111 }, 'true'],
    ['date = 2026-11-01~2026-11-11', { date: 20261112 }, 'false'],
    ['platform = wechat && channel = app', { platform: 'wechat', channel: 'App' }, 'true'],
    ['platform = wechat, channel = app', { platform: 'zendesk' }, 'false'],
    ['platform = wechat, channel = app', { platform: 'wechat' }, 'unknown'],
    ['product.category = 手机 and product.sku = A-1', { 'product.category': '手机', 'product.sku': 'a-1' }, 'true'],
    ["shop = men's", { shop: "Men's" }, 'true'],
    ['order.status = shipped', {}, 'unknown'],
    ['order.status not in (shipped)', {}, 'unknown'],
  ])('%s', (text, facts, expected) => {
    expect(truth(text, facts)).toBe(expected);
  });

  test('a false comparison decides, whatever is unknown beside it', () => {
    expect(evaluate(parsed('order.status = shipped and platform = wechat'), { platform: 'web' })).toEqual({
      value: 'false',
      unknown: [],
    });
  });

  test('unknown names the facts that are missing', () => {
    expect(evaluate(parsed('order.status = shipped and shop = a'), {}).unknown).toEqual(['order.status', 'shop']);
  });
});

describe('one of several sets of facts', () => {
  const condition = parsed('order.status in (shipped, delivered)');
  test.each<[string, Facts[], 'true' | 'false' | 'unknown']>([
    ['all hold', [{ 'order.status': 'shipped' }, { 'order.status': 'delivered' }], 'true'],
    ['none holds', [{ 'order.status': 'paid' }, { 'order.status': 'cancelled' }], 'false'],
    ['they differ', [{ 'order.status': 'paid' }, { 'order.status': 'shipped' }], 'unknown'],
    ['one is unknown', [{ 'order.status': 'paid' }, {}], 'unknown'],
    ['there is none', [], 'unknown'],
  ])('%s', (_, alternatives, expected) => {
    const result = evaluateAll(condition, alternatives);
    expect(result.value).toBe(expected);
    expect(result.unknown).toEqual(expected === 'unknown' ? ['order.status'] : []);
  });
});

describe('where a condition is wrong', () => {
  test.each<[string, number, RegExp]>([
    ['', 1, /expected a fact/],
    ['order.state = shipped', 1, /unknown fact "order.state"/],
    ['order.status shipped', 14, /expected an operator/],
    ['order.status =', 15, /expected an order status/],
    ['order.status > shipped', 14, /cannot be compared/],
    ['order.age_days >= soon', 19, /"soon" is not a number/],
    ['time >= 25:00', 9, /not a time/],
    ['date = 2026-02-30', 8, /not a date/],
    ['weekday = someday', 11, /not a day/],
    ['first_contact = maybe', 17, /not true or false/],
    ['order.status in (paid, shipped', 31, /not closed/],
    ['order.status = "paid', 16, /quote is not closed/],
    ['order.status = paid or order.status = shipped', 21, /"or" is not part/],
    ['order.status = paid extra', 21, /expected "and" before "extra"/],
    ['order.status = paid and', 24, /expected a fact/],
    ['order.status not shipped', 18, /expected "in" after "not"/],
    ['shop between a and b', 14, /has no order/],
    ['order.status = paid & shop = a', 21, /no meaning/],
    ['订单状态＝已发货且', 10, /expected a fact/],
    ['x'.repeat(3000), 2000, /longer than/],
  ])('%s', (text, column, message) => {
    const result = parseCondition(text);
    expect(result).toMatchObject({ ok: false, column });
    expect(result).toHaveProperty('message', expect.stringMatching(message));
  });

  test('no text makes it throw', () => {
    const pieces = fc.constantFrom(
      'order.status',
      'time',
      '=',
      '(',
      ')',
      ',',
      'in',
      'not',
      'and',
      '"',
      '09:00',
      '且',
      ' ',
    );
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(pieces, { maxLength: 12 }).map((all) => all.join('')),
    );
    fc.assert(
      fc.property(text, (source) => {
        const result = parseCondition(source);
        if (result.ok) return evaluate(result.condition, {}).value === 'unknown';
        return result.column >= 1 && result.message.length > 0;
      }),
    );
  });
});

test('the narrower condition is the more specific', () => {
  const ordered = [
    'order.status != paid',
    'order.status in (paid, shipped)',
    'order.status = paid',
    'order.status = paid and platform = app',
  ].map((text) => specificity(parsed(text)));
  expect(ordered).toEqual([...ordered].sort((a, b) => a - b));
  expect(new Set(ordered).size).toBe(ordered.length);
});
