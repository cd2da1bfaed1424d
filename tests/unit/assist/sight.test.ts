/** What is masked for whoever is not the owner: fields of a platform's own naming, names that only the customer has said. */
import { expect, test } from 'vitest';
import { veiled } from '../../../lib/assist/sight.ts';
import type { Customer } from '../../../lib/domain/customer.ts';
import { CustomerId } from '../../../lib/domain/ids.ts';

const SECRETS = /13812345678|李雷|Xiuying|zhang@mail\.example|中山路|110101199003074477|zhangwei88/;
const customer: Customer = {
  id: CustomerId.parse('u1'),
  name: '张伟',
  updatedAt: '2026-11-22T08:00:00.000Z',
  attributes: {
    number: '13812345678',
    role: '13812345678',
    wechatId: 'zhangwei88',
    contactKey: 'zhang@mail.example',
    homeRef: '南京市中山路1号',
    holder: { id: '13812345678', author: 'zhang@mail.example' },
    level: 3,
  },
  orders: [{ number: 'CC20261111', status: 'paid', invoice: { taxId: '110101199003074477', number: '13812345678' } }],
};

test('no name that a platform gives a field keeps what is in it from being masked', () => {
  const shown = veiled(
    { head: { id: 'c1' }, customer, package: { customer: { id: 'u1', orders: customer.orders } } },
    customer,
  );
  expect(JSON.stringify(shown)).not.toMatch(SECRETS);
  expect(shown).toMatchObject({
    head: { id: 'c1' },
    customer: { id: 'u1', attributes: { level: 3 }, orders: [{ number: 'CC20261111', status: 'paid' }] },
  });
});

test('a name that only the customer has said is masked wherever it stands', () => {
  const entity = (type: string, value: string) => ({ type, text: value, start: 0, end: value.length, value });
  const shown = veiled(
    {
      messages: [{ text: '收件人写李雷' }, { text: '好的，李雷收' }],
      assists: [{ understanding: { entities: [entity('name', '李雷'), entity('size', 'XL')] } }],
      package: {
        facts: [
          { name: 'name', value: '李雷', messageId: 'm1' },
          { name: 'name', value: 'Xiuying' },
          { name: 'size', value: 'XL' },
        ],
        note: '客户李雷着急',
      },
      wrapUps: [{ wrapUp: { note: '已给李雷补发' } }],
    },
    customer,
  );
  expect(JSON.stringify(shown)).not.toMatch(SECRETS);
  expect(shown.package.facts).toEqual([
    { name: 'name', value: '[name]', messageId: 'm1' },
    { name: 'name', value: '[name]' },
    { name: 'size', value: 'XL' },
  ]);
});

test('what is one person’s by its kind goes whole, whether or not its words would tell', () => {
  const shown = veiled(
    {
      messages: [{ author: { type: 'customer', id: 'u1', name: 'Xiuying' }, text: 'hello' }],
      assists: [
        { entities: [{ type: 'address', text: 'the blue door', start: 0, end: 13, value: { street: 'blue door' } }] },
      ],
      package: { facts: [{ name: 'name', value: '李' }] },
    },
    undefined,
  );
  expect(shown).toMatchObject({
    messages: [{ author: { id: 'u1', name: 'X**' } }],
    assists: [{ entities: [{ text: '[address]', value: '[address]' }] }],
    package: { facts: [{ value: '[name]' }] },
  });
});
