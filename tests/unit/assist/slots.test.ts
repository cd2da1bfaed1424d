import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fillSlots, slotsIn } from '../../../lib/domain/slots.ts';

describe('filling', () => {
  test.each<[string, Record<string, string | undefined>, string]>([
    ['{{order.number}} is {{ order.status }}.', { 'order.number': '12', 'order.status': 'shipped' }, '12 is shipped.'],
    ['{{address}}，您好', { address: '亲' }, '亲，您好'],
    ['{{address}}，您好', { address: '' }, '您好'],
    ['Hello {{address}}, your parcel left.', { address: '' }, 'Hello, your parcel left.'],
    ['{{address}}, your parcel left.', { address: '' }, 'Your parcel left.'],
    ['Done. {{address}}, anything else?', { address: '' }, 'Done. Anything else?'],
    ['Thanks {{address}}!', { address: '' }, 'Thanks!'],
    ['{{customer.name}}', { 'customer.name': '{{order.number}}', 'order.number': '7' }, '{{order.number}}'],
    ['{{customer.name}}', { 'customer.name': '$& $1' }, '$& $1'],
    ['{{customer.name}}!', { 'customer.name': 'A\u0000\u202eB\nC' }, 'A B C!'],
    ['no slot', {}, 'no slot'],
  ])('%s', (text, values, expected) => {
    expect(fillSlots(text, values)).toEqual({ ok: true, text: expected });
  });

  test.each<[string, Record<string, string | undefined>, string[]]>([
    ['{{shop.hours}} {{order.eta}} {{shop.hours}}', {}, ['shop.hours', 'order.eta']],
    ['{{order.number}}', { 'order.number': undefined }, ['order.number']],
    ['{{constructor}}', {}, ['constructor']],
    ['{{order.number', { 'order.number': '1' }, ['{{']],
    ['order.number}}', { 'order.number': '1' }, ['{{']],
    ['{{}}', {}, ['']],
  ])('%s is not sent', (text, values, missing) => {
    expect(fillSlots(text, values)).toEqual({ ok: false, missing });
  });

  test('no template leaves a brace pair of ours, and a value is never read as a slot', () => {
    const template = fc.array(fc.constantFrom('{{a}}', '{{b}}', '{{', '}}', ' ', '，', 'x'), { maxLength: 10 });
    fc.assert(
      fc.property(template, fc.string(), (pieces, value) => {
        const result = fillSlots(pieces.join(''), { a: value, b: 'B' });
        if (!result.ok) return pieces.some((piece) => piece === '{{' || piece === '}}');
        return value.includes('{') || value.includes('}') || !/\{\{|\}\}/.test(result.text);
      }),
    );
  });
});

test('slots are listed once, in order', () => {
  expect(slotsIn('{{b}} {{ A }} {{b}}')).toEqual(['b', 'a']);
});
