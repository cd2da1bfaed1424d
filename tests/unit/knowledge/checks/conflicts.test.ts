import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseCondition } from '../../../../lib/domain/condition.ts';
import { evaluate, type Facts } from '../../../../lib/domain/condition-truth.ts';
import { Entry } from '../../../../lib/domain/entry.ts';
import { findConflicts } from '../../../../lib/knowledge/checks/conflicts.ts';
import { mayHoldTogether } from '../../../../lib/knowledge/checks/overlap.ts';

const entry = (id: string, question: string, answers: object[] = [{ text: `answer of ${id}` }], more: object = {}) =>
  Entry.parse({ id, intent: id, question, answers, ...more });

const condition = (when: string) => {
  const parsed = parseCondition(when);
  if (!parsed.ok) throw new Error(`${when}: ${parsed.message}`);
  return parsed.condition;
};

describe('conditions that can hold together', () => {
  test.each([
    ['order.status = paid', 'order.status = shipped', false],
    ['order.status = paid', 'order.status in (paid, shipped)', true],
    ['order.status = paid', 'order.status != paid', false],
    ['order.status = 已发货', 'order.status = shipped', true],
    ['order.payment = wechat', 'order.payment = online', true],
    ['order.payment = wechat', 'order.payment = alipay', false],
    ['order.payment = online', 'order.payment != wechat', true],
    ['order.payment = wechat', 'order.payment != online', false],
    ['customer.tag = vip', 'customer.tag = new', true],
    ['customer.tag = vip', 'customer.tag != vip', false],
    ['order.delivered_days <= 7', 'order.delivered_days > 7', false],
    ['order.delivered_days <= 7', 'order.delivered_days >= 7', true],
    ['time 09:00-18:00', 'time 18:00-09:00', false],
    ['time 22:00-06:00', 'time 05:00-07:00', true],
    ['weekday in (sat, sun)', 'weekday between mon and fri', false],
    ['weekday between fri and mon', 'weekday = sun', true],
    ['date >= 2026-11-11', 'date < 2026-11-11', false],
    ['first_contact', 'first_contact = false', false],
    ['order.status = paid', 'customer.tag = vip', true],
    ['order.status = paid and platform = douyin', 'order.status = paid and platform = taobao', false],
  ])('%s / %s: %s', (a, b, together) => {
    expect(mayHoldTogether(condition(a), condition(b))).toBe(together);
    expect(mayHoldTogether(condition(b), condition(a))).toBe(together);
  });

  test('what does hold together is never said to exclude itself', () => {
    const comparison = fc.oneof(
      fc
        .constantFrom('order.status', 'order.payment', 'customer.tag', 'shop')
        .chain((fact) =>
          fc
            .tuple(
              fc.constantFrom('in', 'not in'),
              fc.subarray(['paid', 'shipped', 'wechat', 'online', 'cod'], { minLength: 1 }),
            )
            .map(([operator, words]) => `${fact} ${operator} (${words.join(', ')})`),
        ),
      fc
        .tuple(fc.constantFrom('<', '<=', '>', '>=', '=', '!='), fc.integer({ min: 0, max: 5 }))
        .map(([operator, value]) => `order.age_days ${operator} ${value}`),
      fc
        .tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 23 }))
        .map(([from, to]) => `time between ${String(from).padStart(2, '0')}:00 and ${String(to).padStart(2, '0')}:00`),
      fc
        .tuple(fc.integer({ min: 1, max: 7 }), fc.integer({ min: 1, max: 7 }))
        .map(([from, to]) => `weekday between ${from} and ${to}`),
    );
    const written = fc.array(comparison, { minLength: 1, maxLength: 3 }).map((all) => condition(all.join(' and ')));
    const facts: fc.Arbitrary<Facts> = fc.record({
      'order.status': fc.constantFrom('paid', 'shipped'),
      'order.payment': fc.constantFrom('wechat', 'online', 'cod'),
      'customer.tag': fc.subarray(['paid', 'shipped', 'wechat', 'cod']),
      shop: fc.constantFrom('paid', 'cod'),
      'order.age_days': fc.constantFrom(0, 1, 1.5, 2, 3, 4, 5),
      time: fc.integer({ min: 0, max: 1_439 }),
      weekday: fc.integer({ min: 1, max: 7 }),
    });
    fc.assert(
      fc.property(written, written, facts, (a, b, known) => {
        const both = evaluate(a, known).value === 'true' && evaluate(b, known).value === 'true';
        if (both) expect(mayHoldTogether(a, b)).toBe(true);
      }),
      { numRuns: 3_000 },
    );
  });
});

describe('one question, two entries', () => {
  test('is a conflict where both can be meant, whatever the punctuation, also by a similar question', () => {
    const found = findConflicts([
      entry('a', 'When does it ship?'),
      entry('b', 'Shipping', undefined, { similarQuestions: ['when does it ship'] }),
    ]);
    expect(found).toMatchObject([{ kind: 'same_question', entryIds: ['a', 'b'] }]);
    expect(found[0]?.detail).toContain('a and b');
  });

  test.each([
    ['conditions', { when: 'order.status = paid' }, { when: 'order.status = shipped' }],
    ['shops', { shop: 'one' }, { shop: 'two' }],
    ['a shop and a condition on it', { shop: 'one' }, { when: 'shop = two' }],
    ['channels', { channels: ['app'] }, { channels: ['web'] }],
    ['seasons', { validUntil: '2026-11-11T00:00:00Z' }, { validFrom: '2026-11-11T00:00:00Z' }],
  ])('is none where %s exclude each other', (_, a, b) => {
    const both = (one: object, other: object) =>
      findConflicts([entry('a', 'Why?', [{ text: 'x', ...one }]), entry('b', 'Why?', [{ text: 'y', ...other }])]);
    expect(both(a, b)).toEqual([]);
    expect(both(a, {})).toHaveLength(1);
    expect(both({}, b)).toHaveLength(1);
  });

  test('is none in two languages, of an entry that is off, of a passage, and of what has ended', () => {
    const a = entry('a', 'OK?', undefined, { language: 'zh' });
    expect(findConflicts([a, entry('b', 'OK?', undefined, { language: 'en' })])).toEqual([]);
    expect(findConflicts([a, entry('b', 'OK?', undefined, { off: true })])).toEqual([]);
    expect(findConflicts([a, entry('b', 'OK?', undefined, { passage: { article: 'OK', path: [] } })])).toEqual([]);
    const ended = entry('b', 'OK?', [{ text: 'x', validUntil: '2026-11-11T00:00:00Z' }]);
    expect(findConflicts([a, ended])).toHaveLength(1);
    expect(findConflicts([a, ended], { at: Date.parse('2026-11-12T00:00:00Z') })).toEqual([]);
  });

  test('two entries that share many questions are one conflict', () => {
    const questions = ['one thing?', 'another matter?', 'third case?', 'fourth point?', 'fifth wish?'];
    const [found, ...more] = findConflicts([
      entry('a', 'A?', undefined, { similarQuestions: questions }),
      entry('b', 'B?', undefined, { similarQuestions: questions }),
    ]);
    expect(more).toEqual([]);
    expect(found?.detail).toContain('and 2 more');
  });
});

describe('answers of one entry', () => {
  test.each([
    ['other conditions', { text: 'x', when: 'order.status = paid' }, { text: 'y', when: 'customer.tag = vip' }, 0],
    ['other wordings', { text: 'Within 3 days.' }, { text: 'It takes 3 days.' }, 0],
    ['a season within the rest', { text: 'x' }, { text: 'y', validFrom: '2026-11-11T00:00:00Z' }, 0],
    ['other numbers', { text: 'Within 7 days.' }, { text: 'You have fifteen days.' }, 1],
    ['其他天数', { text: '七天内可以退' }, { text: '15天内可以退' }, 1],
    [
      'seasons that overlap in part',
      { text: 'x', validUntil: '2026-11-12T00:00:00Z' },
      { text: 'y', validFrom: '2026-11-11T00:00:00Z' },
      1,
    ],
    ['other shops', { text: '3 days', shop: 'a' }, { text: '4 days', shop: 'b' }, 0],
  ])('%s', (_, a, b, conflicts) => {
    const found = findConflicts([entry('a', 'Why?', [a, b])]);
    expect(found).toHaveLength(conflicts);
    expect(found.every(({ kind }) => kind === 'overlapping_answers')).toBe(true);
  });
});

describe('nearly the same question', () => {
  const near = (a: string, b: string) => findConflicts([entry('a', a), entry('b', b)]).map(({ kind }) => kind);

  test.each([
    ['How do I return an item?', 'How can I return an item please'],
    ['请问怎么申请开发票呢', '怎么申请开发票'],
    ['能不能开增值税专用发票？', '能不能开增值税专用发票呀亲'],
  ])('%s / %s', (a, b) => expect(near(a, b)).toEqual(['near_duplicate']));

  test.each([
    ['How do I cancel my order?', 'How do I change my order?'],
    ['怎么退货', '怎么换货'],
    ['Is it returned within 7 days?', 'Is it returned within 15 days?'],
    ['支持花呗分期付款吗', '不支持花呗分期付款吗'],
  ])('but not %s / %s', (a, b) => expect(near(a, b)).toEqual([]));

  test('questions of one frame are told apart by the word that differs', () => {
    const shades = ['red', 'blue', 'green', 'amber', 'ivory', 'black'];
    const things = ['jacket', 'shirt', 'trousers', 'scarf', 'jumper', 'boots'];
    const all = shades.flatMap((shade) =>
      things.map((thing) => `Where can I buy the ${shade} ${thing} of the catalogue?`),
    );
    expect(findConflicts(all.map((question, at) => entry(`e${at}`, question)))).toEqual([]);
  });
});
