import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Customer } from '../../../lib/domain/customer.ts';
import { isCardNumber, isCitizenNumber, passesLuhn } from '../../../lib/domain/personal-data/checks.ts';
import { findPersonalData } from '../../../lib/domain/personal-data/find.ts';
import { knownPerson } from '../../../lib/domain/personal-data/known.ts';
import { createMasker, hasPlaceholder, mask, redact } from '../../../lib/domain/personal-data/mask.ts';
import { readMarked, scoreMarked } from '../../support/marked.ts';

const PIECES = [
  '13812345678',
  '我叫张伟',
  '，',
  ' ',
  '[phone_1]',
  '【name_2】',
  'a@b.example',
  '北京市朝阳区建国路88号',
  'Mr. ',
  'Smith',
  '１３８',
  '一三八',
  '\u200b',
  '4111222233334448',
  '订单',
  '身份证',
  '110101199003070011',
  '😀',
  '\ud83d',
  '[text_1]',
  'call me ',
];
const any = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 120 }),
  fc.array(fc.constantFrom(...PIECES), { maxLength: 20 }).map((parts) => parts.join('')),
);

describe('check digits', () => {
  it('pass made-up numbers that are right and refuse a changed digit', () => {
    expect(isCitizenNumber('110101199003070011')).toBe(true);
    expect(isCitizenNumber('11010519491231002x')).toBe(true);
    expect(isCitizenNumber('110101199003070012')).toBe(false);
    expect(isCitizenNumber('110101199002300011')).toBe(false);
    expect(isCardNumber('4111222233334448')).toBe(true);
    expect(isCardNumber('9111222233334448')).toBe(false);
  });

  it('catch every single wrong digit of a card (Luhn)', () => {
    const digits = '4111222233334448';
    fc.assert(
      fc.property(fc.nat({ max: 15 }), fc.integer({ min: 1, max: 9 }), (place, by) => {
        const changed = [...digits].map((digit, at) => (at === place ? String((Number(digit) + by) % 10) : digit));
        expect(passesLuhn(changed.join(''))).toBe(false);
      }),
    );
  });
});

describe('personal data', () => {
  const { heldout, tuning } = readMarked(new URL('../../data/personal-data.yaml', import.meta.url));
  const find = (text: string) => findPersonalData(text).map((one) => ({ ...one, value: one.text }));

  it('is found with precision 0.98 and recall 0.95 on marked messages', () => {
    const { precision, recall, misses } = scoreMarked([...heldout, ...tuning], find);
    expect(precision, misses.join('\n')).toBeGreaterThanOrEqual(0.98);
    expect(recall, misses.join('\n')).toBeGreaterThanOrEqual(0.95);
  });

  it('is found as disjoint spans that cut out their text, in any text', () => {
    fc.assert(
      fc.property(any, (text) => {
        let end = 0;
        for (const one of findPersonalData(text)) {
          expect(text.slice(one.start, one.end)).toBe(one.text);
          expect(one.start).toBeGreaterThanOrEqual(end);
          end = one.end;
        }
      }),
    );
  });

  it.each([
    [
      '13812345678',
      '138 1234 5678',
      '138-1234-5678',
      '１３８１２３４５６７８',
      '一三八一二三四五六七八',
      '138\u200b1234\u200b5678',
    ],
    ['110101199003070011', '110101 19900307 0011', '１１０１０１１９９００３０７００１１'],
    ['4111222233334448', '4111 2222 3333 4448', '4111-2222-3333-4448', '４１１１２２２２３３３３４４４８'],
  ])('is found however it is spaced: %s', (value, ...forms) => {
    for (const form of forms) expect(findPersonalData(`我的${form}，谢谢`).map((one) => one.value)).toEqual([value]);
  });
});

describe('what is known of the customer', () => {
  const customer = Customer.parse({
    id: 'c1',
    name: 'Priscilla Vandermeer',
    attributes: { receiver_name: '慕白', Phone: '8877665', level: 'gold', nested: { phone: 'x' } },
    orders: [
      {
        number: '13812345678',
        status: 'paid',
        shipment: { carrier: 'SF', trackingNumber: '4111222233334448', status: 'moving' },
      },
    ],
    updatedAt: '2026-11-22T00:00:00.000Z',
  });
  const known = knownPerson(customer);

  it('is found without a marker', () => {
    expect(redact('慕白不在家，打8877665，Priscilla会去', known)).toBe('[name]不在家，打[phone]，[name]会去');
    expect(redact('慕白不在家，打8877665')).toBe('慕白不在家，打8877665');
  });

  it('keeps order and tracking numbers that look like phones and cards', () => {
    expect(redact('13812345678到哪了，4111222233334448', known)).toBe('13812345678到哪了，4111222233334448');
  });

  it('names nobody by a placeholder name', () => {
    expect(knownPerson({ ...customer, name: '用户 123', attributes: {} }).values).toEqual([]);
    expect(knownPerson(undefined)).toEqual({});
  });
});

it.each(['1391 2345 678', '1391-2345-678', '1 3 9 1 2 3 4 5 6 7 8', '13 9 1 2 3 4 5 6 7 8', '139-1234-5678'])(
  'a mobile number is one however it is spaced: %s',
  (number) => expect(redact(`打 ${number} 找我`)).toBe('打 [phone] 找我'),
);

describe('masking for a model', () => {
  it('gives the same value the same placeholder in all texts, and puts it back', () => {
    const masker = createMasker();
    expect(masker.mask('我叫张伟，13812345678')).toBe('我叫[name_1]，[phone_1]');
    expect(masker.mask('13812345678打不通，换13900001111')).toBe('[phone_1]打不通，换[phone_2]');
    expect(masker.restore('您好[name_1]，将联系【Phone_2】')).toBe('您好张伟，将联系13900001111');
  });

  it('restores nothing that it did not give out', () => {
    const { text, restore } = mask('[phone_1] 13812345678');
    expect(text).toBe('[text_1] [phone_1]');
    expect(restore('[text_1] [phone_7]')).toBe('[phone_1] [phone_7]');
    expect(hasPlaceholder(restore('[phone_7]'))).toBe(true);
    expect(hasPlaceholder('订单[313021098954]')).toBe(false);
  });

  it('comes back whole, and leaves no personal data behind, whatever the text', () => {
    fc.assert(
      fc.property(any, (text) => {
        const masked = mask(text);
        expect(masked.restore(masked.text)).toBe(text);
      }),
    );
  });

  it('leaves nothing to find in what goes out', () => {
    for (const { text } of readMarked(new URL('../../data/personal-data.yaml', import.meta.url)).heldout) {
      expect(findPersonalData(mask(text).text), text).toEqual([]);
    }
  });
});
