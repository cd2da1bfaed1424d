import { describe, expect, test } from 'vitest';
import { clarifyWording, skillFor } from '../../../lib/assist/hand-over.ts';
import { isPromise, type PhaseInput, phaseOf, phraseFor } from '../../../lib/assist/phrases.ts';
import { tenantWith } from './fixture.ts';

const base: PhaseInput = {
  act: 'question',
  grave: false,
  unreadMedia: false,
  withPerson: false,
  previous: 'told',
  best: undefined,
};

test.each<[Partial<PhaseInput>, string | undefined]>([
  [{ act: 'greet' }, 'greet'],
  [{ act: 'greet', withPerson: true }, 'hold'],
  [{ act: 'question', best: 'answer' }, undefined],
  [{ act: 'question' }, 'hold'],
  [{ act: 'question', best: 'ask' }, 'ask'],
  [{ act: 'request', best: 'answer' }, 'hold'],
  [{ act: 'chase' }, 'hold'],
  [{ act: 'reference' }, 'hold'],
  [{ act: 'inform' }, 'hold'],
  [{ act: 'deny' }, 'hold'],
  [{ act: 'ask_human' }, 'hold'],
  [{ act: 'complain', best: 'ask' }, 'apologise'],
  [{ act: 'question', best: 'answer', grave: true }, 'apologise'],
  [{ act: 'reference', unreadMedia: true }, 'hold'],
  [{ act: 'close' }, 'close'],
  [{ act: 'acknowledge' }, 'close'],
  [{ act: 'confirm' }, 'close'],
  [{ act: 'acknowledge', previous: 'held' }, 'hold'],
  [{ act: 'confirm', previous: 'asked_yes_no' }, 'hold'],
])('%o: %s', (fields, expected) => {
  expect(phaseOf({ ...base, ...fields })).toBe(expected);
});

describe('the text of a phrase', () => {
  const pack = { hold: { zh: '{{address}}，查一下', en: 'Checking' }, greet: { zh: '{{address}}，{{shop.name}}' } };

  test("the tenant's over the pack's over ours", () => {
    const tenant = tenantWith({ phrases: { hold: { zh: '{{address}}，我看看' } }, wording: { address: { zh: '您' } } });
    expect(phraseFor('hold', tenant, pack, 'zh')).toEqual({ phase: 'hold', text: '您，我看看', own: true });
    expect(phraseFor('hold', tenant, pack, 'en')).toEqual({ phase: 'hold', text: 'Checking', own: false });
    expect(phraseFor('close', tenant, pack, 'en').own).toBe(false);
  });

  test('a phrase with an unset slot gives way to the next source', () => {
    expect(phraseFor('greet', tenantWith(), pack, 'zh').text).not.toContain('{{');
    const named = tenantWith({ shopFacts: { name: '青禾' } });
    expect(phraseFor('greet', named, pack, 'zh').text).toBe('亲，青禾');
  });

  test('English without a form of address reads well', () => {
    expect(phraseFor('greet', tenantWith(), {}, 'en').text).toBe('Hello, how can I help you?');
  });
});

test.each<[string, number | undefined]>([
  ['好的亲，请稍等', 3],
  ['请您稍等5分钟，我去查一下', 5],
  ['马上为您核实，大概1个小时', 60],
  ['One moment please', 3],
  ["I'll check and get back within 20 minutes", 20],
  ['let me look that up', 3],
  ['稍等999小时', 1440],
  ['我现在打电话给快递催派，10分钟内给您回复', 10],
  ['亲，签收后48小时内反馈的，我马上核实为您补发～', 3],
  ['请您在24小时内联系我们', undefined],
  ['签收后24小时内联系我们都可以补发', undefined],
  ['48小时内发货', undefined],
  ['您的包裹已签收', undefined],
  ['Have a nice day!', undefined],
])('promise: %s', (text, minutes) => {
  expect(isPromise(text)).toBe(minutes);
});

test.each([
  ['refund.status', 'finance'],
  ['refund.amount', 'after_sales'],
  ['refunds', 'general'],
  ['', 'general'],
])('skill for %s is %s', (intent, skill) => {
  expect(skillFor(intent, { refund: 'after_sales', 'refund.status': 'finance' })).toBe(skill);
});

test('clarification in the tenant’s words, or in ours', () => {
  const tenant = tenantWith({ wording: { clarify: { en: 'Do you mean' } } });
  expect(clarifyWording(tenant, 'en').clarify).toBe('Do you mean');
  expect(clarifyWording(tenantWith(), 'zh').clarify).toMatch(/哪个/);
});
