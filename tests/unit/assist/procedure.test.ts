import { expect, test } from 'vitest';
import { procedureOf, stepsOf } from '../../../lib/assist/procedure.ts';
import { entry } from './fixture.ts';

test.each([
  ['1. 打开订单\n2. 点申请售后\n3. 选择原因', ['打开订单', '点申请售后', '选择原因']],
  ['请按步骤：①打开订单；②点申请售后', ['打开订单；', '点申请售后']],
  ['Step 1: open the order\nStep 2: choose Return', ['open the order', 'choose Return']],
  ['- open it\n- choose a reason', ['open it', 'choose a reason']],
  ['好的，马上为您取消。', []],
  ['It costs 1.5 yuan. It takes 2.', []],
])('%s', (text, steps) => {
  expect(stepsOf(text)).toEqual(steps);
});

test('what is missing is asked for, what was told is not', () => {
  const one = entry({ id: 'a', ask: 'Could you share your order number and a photo of the damage?' });
  expect(procedureOf('1. look\n2. refund', one, new Set(['order_number']), 'en')).toEqual({
    steps: [{ text: 'look' }, { text: 'refund' }],
    missing: [{ fact: 'photo', ask: 'Could you share a photo of it, please?' }],
  });
  expect(procedureOf('Done.', entry({ id: 'b' }), new Set(), 'en')).toBeUndefined();
});
