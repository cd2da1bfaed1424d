/** Numbers of people in every dress they come in, and numbers of shops that look like them. All of them are made up. */
import { describe, expect, it, test } from 'vitest';
import { findPersonalData } from '../../../lib/domain/personal-data/find.ts';
import { createMasker, redact } from '../../../lib/domain/personal-data/mask.ts';

const found = (text: string) => findPersonalData(text).map(({ type, value }) => `${type} ${value}`);
const MOBILE = 'phone 13812345678';
const CARD = 'bank_card 4111222233334448';
const CITIZEN = 'id_card 110101199003070011';

describe('in a web address', () => {
  it.each([
    ['https://shop.example/u?phone=13812345678', MOBILE],
    ['https://shop.example/u/13812345678', MOBILE],
    ['www.shop.example/user/13812345678/orders', MOBILE],
    ['http://a.example/?a=1&mobile=138-1234-5678&b=2', MOBILE],
    ['https://a.example/?next=%2Fu%2F13812345678', MOBILE],
    ['https://wa.me/8613812345678', 'phone 8613812345678'],
    ['https://wa.me/447911123456', 'phone 447911123456'],
    ['https://a.example/?tel=%2B8613812345678', 'phone +8613812345678'],
    ['https://a.example/?u=110101199003070011', CITIZEN],
    ['https://pay.example/?card=4111222233334448', CARD],
    ['https://a.example/?email=li.lei%40mail.example', 'email li.lei@mail.example'],
    ['https://a.example/?email=li.lei@mail.example&x=1', 'email li.lei@mail.example'],
  ])('what is named as somebody’s is masked: %s', (text, expected) => {
    expect(found(text)).toEqual([expected]);
    expect(found(`看这个${text} 谢谢`)).toEqual([expected]);
  });

  it.each([
    'https://shop.example/item/13812345678',
    'https://shop.example/item?id=13812345678',
    'https://shop.example/orders/13812345678',
    'https://shop.example/?sku=4111222233334448',
    'https://shop.example/13812345678.html',
    'https://m.example/t/1700000000000?uid=123456789',
    'https://user@host.example/x',
  ])('what is the shop’s is not: %s', (text) => expect(found(text)).toEqual([]));

  it('what the record says of the customer is masked as well, unless it is an order of theirs', () => {
    const values = [{ type: 'phone' as const, value: '8877665' }];
    expect(redact('https://a.example/8877665/x', { values })).toBe('https://a.example/[phone]/x');
    expect(redact('https://a.example/u/13812345678', { keep: ['13812345678'] })).toContain('13812345678');
  });
});

describe('however its digits are parted', () => {
  it.each([
    '138_1234_5678',
    '138/1234/5678',
    '138*1234*5678',
    '138|1234|5678',
    '138~1234~5678',
    '138 - 1234 - 5678',
    '138：1234：5678',
    '138\t1234\t5678',
    '1_3_8_1_2_3_4_5_6_7_8',
    '1/3/8/1/2/3/4/5/6/7/8',
    '138_12345678',
    '张三_13812345678_北京',
    '一三八_一二三四_五六七八',
    'phone_13812345678',
    '<b>138</b>1234<i>5678</i>',
  ])('a mobile number: %s', (text) => expect(found(text)).toEqual([MOBILE]));

  it('two of them on either side of a slash', () => {
    expect(redact('13812345678/13900001111')).toBe('[phone]/[phone]');
  });

  it.each(['.', '_', '/', '*', ' - ', '·'])('a bank card and an identity card, by “%s”', (mark) => {
    expect(found(['4111', '2222', '3333', '4448'].join(mark))).toEqual([CARD]);
    expect(found(['110101', '19900307', '0011'].join(mark))).toEqual([CITIZEN]);
  });

  it('behind other digits that begin what could be one', () => {
    expect(found('3 4111 2222 3333 4448')).toEqual([CARD]);
    expect(found('2026 4111 2222 3333 4448')).toEqual([CARD]);
    expect(found('1 110101199003070011')).toEqual([CITIZEN]);
    expect(found('SSN 219 09 9999')).toEqual(['id_card 219099999']);
  });
});

describe('a landline', () => {
  it.each([
    '02088886666',
    '01088886666',
    '010 8888 6666',
    '(010)88886666',
    '075588886666',
    '07558888666',
    '0571/8811/2233',
    '02079460018',
    '020 79460018',
    '01632 960123',
    '01632960123',
    '0161-496-0000',
    '415_555_2671',
    'my number is 4155552671',
    '电话 010/8888/6666',
  ])('is masked without its dash: %s', (text) => {
    expect(findPersonalData(text).map(({ type, value }) => [type, value])).toEqual([
      ['phone', text.replace(/\D/g, '')],
    ]);
  });
});

describe('in digits that are drawn otherwise', () => {
  it.each([
    ['full width', '１３８１２３４５６７８'],
    ['keycaps', '1️⃣3️⃣8️⃣1️⃣2️⃣3️⃣4️⃣5️⃣6️⃣7️⃣8️⃣'],
    ['circled', '①③⑧①②③④⑤⑥⑦⑧'],
    ['bold', '𝟏𝟑𝟖𝟏𝟐𝟑𝟒𝟓𝟔𝟕𝟖'],
    ['of another script', '١٣٨١٢٣٤٥٦٧٨'],
    ['in words', '一三八一二三四五六七八'],
    ['for cheques', '壹叁捌壹贰叁肆伍陆柒捌'],
    ['struck through', [...'13812345678'].map((digit) => `${digit}\u0336`).join('')],
    ['parted by isolates', '138\u20661234\u20695678'],
    ['parted by fillers', '138\u31641234\u31645678'],
    ['parted by tags', '138\u{e0020}1234\u{e0020}5678'],
    ['turned around by an override', '\u202d138\u202c12345678'],
  ])('%s', (_, text) => {
    expect(found(text)).toEqual([MOBILE]);
    expect(redact(text)).not.toMatch(/\d|\u20e3|\ufe0f|\u0336/u);
  });
});

test.each([
  'SKU_13812345678',
  'A-13812345678',
  '180*2000*1500',
  '180/2000/1500',
  '150*2000*1234mm',
  '尺寸 165*1234*1357',
  '100*138*1234*5678',
  '1920*1080',
  '2026/11/22 13:45:00',
  '订单 02088886666',
  '012345678905',
  '2222/2230/2234/2246',
  '手机 12/13/14/15',
  '手机 1080*2400',
  '300*400*5000',
  '1/2/3/4/5/6/7/8/9/10/11',
  'order 4111/2222/3333/4448',
  '1399/1599/1899元',
  '199*3+299*2=1195',
  '满300减50_满500减100',
  '165/170/175/180',
  '185/65R15',
  'SF1380001234567',
  '4008001234',
  '9787115546081',
  '1700000000000',
])('a size, a price, a date, an order or a code stays as it is: %s', (text) => expect(redact(text)).toBe(text));

describe('a text of 100,000 characters, made to be slow', () => {
  // A search that grows with the square of the text, as these once made it, does not come back before the test ends.
  it.each(['1/', '4111 ', '13812345678 ', '+1', '4 4 ', '1\u0301', 'http://x/u/138 '])('is searched: %s', (unit) => {
    const text = `${unit.repeat(100_000 / unit.length)}。电话13812345678`;
    expect(redact(text)).toMatch(/电话\[phone\]$/);
  });

  it('is masked for a model, with placeholders that were typed', () => {
    const text = '[phone_1] 13812345678 '.repeat(5_000);
    expect(createMasker().mask(text)).toMatch(/^\[text_1\] \[phone_1\] \[text_1\]/);
  });
});
