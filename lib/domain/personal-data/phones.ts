/** Telephone numbers, as rules of `numbers.ts`. */
import {
  GAP,
  isMeasure,
  L,
  MARK,
  numberShopsOwn,
  of,
  R,
  type Rule,
  sized,
  thingShopsOwn,
  type Written,
} from './number-rules.ts';

const G = '[ ._·-]{0,2}';
const PHONE_WORD =
  '(?:电话|手机|手机号|联系方式|座机|固话|号码|热线|\\b(?:tel|telephone|phone|mobile|cell|cellphone|whatsapp|fax|(?:my|contact) number|(?:call|text|ring|reach|contact)\\s(?:me|us|him|her)?(?:\\s?(?:at|on))?))';

const isService = ({ compact }: Written): boolean =>
  /^(?:[48]00\d{7}|1?8(?:00|33|44|55|66|77|88)\d{7}|9\d{4}|1\d{4})$/.test(compact);

/** Mainland mobile numbers, in groups of any size with the usual marks, or in these with any. */
const MOBILE = [
  `1[3-9]\\d${GAP}\\d{4}${GAP}\\d{4}`,
  `1[3-9]\\d(?:${MARK}{1,3}\\d{8}|\\d{4}${MARK}{1,3}\\d{4})`,
  `1[3-9](?:\\d${G}\\d{3}${G}\\d{5}|\\d\\d${G}\\d{3}${G}\\d{4}|\\d{3}${G}\\d{3}${G}\\d{3}|\\d\\d[ ._-]\\d{4}[ ._-]\\d{3})`,
  `1[3-9]${MARK}\\d(?:${MARK}\\d){8}`,
  `1${MARK}[3-9](?:${MARK}\\d){9}`,
].join('|');
/** `phone_138…`: a letter or a mark of names may stand directly before it. */
const MOBILE_LEFT = `(?:${L}|(?<=[A-Z](?=[+1]))|(?<=(?:phone|mobile|mob|tel|cell|contact|user|account|whatsapp|wechat|wx)_))`;

const AREA = '0(?:10|2\\d|[3-9]\\d{2})';
const EXTENSION = '(?:(?:转|-|ext\\.?)\\s?\\d{1,5})?';

/** Barcodes of twelve digits have the look of a landline, and a check digit (GS1 General Specifications, 7.9). */
function isBarcode({ compact }: Written): boolean {
  const sum = [...compact].reduce((total, digit, place) => total + Number(digit) * (place % 2 === 0 ? 3 : 1), 0);
  return compact.length === 12 && sum % 10 === 0;
}

/** Of overlapping spans the earlier rule's is kept. */
export const PHONE_RULES: readonly Rule[] = [
  {
    type: 'phone',
    pattern: of(`${MOBILE_LEFT}(?:(?:\\+|00)?\\(?86\\)?${GAP})?(?:${MOBILE})${R}`),
    accepts: (number) => !numberShopsOwn(number) && !isMeasure(number),
  },
  {
    type: 'phone',
    pattern: of(`(?<![\\dA-Z])\\+[ ]?\\d{1,3}(?:[ .-]{0,2}\\(\\d{1,4}\\))?(?:[ ._-]{0,2}\\d){6,13}${R}`),
    accepts: (number) => !numberShopsOwn(number),
  },
  {
    type: 'phone',
    pattern: of(`${L}(?:\\(0\\d{2,3}\\)${GAP}|${AREA}${MARK}{1,3})[2-8]\\d{2,3}${GAP}\\d{4}${EXTENSION}(?![\\dA-Z])`),
    accepts: (number) => !isMeasure(number) && !numberShopsOwn(number),
  },
  {
    type: 'phone',
    pattern: of(`${L}${AREA}[2-8]\\d{2,3}[ -]?\\d{4}${EXTENSION}(?![\\dA-Z])`),
    accepts: (number) => sized(11, 17)(number) && !thingShopsOwn(number) && !isBarcode(number),
  },
  {
    type: 'phone',
    pattern: of(`${L}(?:1[ ._-])?(?:\\([2-9]\\d{2}\\)[ ._-]?|[2-9]\\d{2}[ ._-])[2-9]\\d{2}[ ._-]\\d{4}${R}`),
    accepts: (number) => !numberShopsOwn(number) && !isService(number),
  },
  {
    type: 'phone',
    pattern: of(
      `${L}(?:0[127]\\d{2,3}[ ._-]\\d{3}[ ._-]?\\d{3,4}|07\\d{3}[ ._/-]?\\d{6}|02\\d[ ._-]\\d{4}[ ._-]?\\d{4}|01[1-9]\\d{2}[ ._/-]?\\d{6})${R}`,
    ),
    accepts: (number) => !thingShopsOwn(number),
  },
  {
    type: 'phone',
    pattern: of(
      `(?<!发票|订单|快递|会员)${PHONE_WORD}(?:[\\s:：是为叫#._=-]|号码?|码|number|no|is|on|at|换成|改成|改为|填){0,5}(?<value>\\(?\\d(?:[ ()_-]{0,2}\\d){6,14})${R}`,
    ),
    accepts: (number) => !isService(number),
  },
  {
    type: 'phone',
    pattern: of(
      `(?<!发票|订单|快递|会员)${PHONE_WORD}[\\s:：是]{0,3}(?<value>(?:0\\d{2,4}|[2-9]\\d{2})(?:${MARK}{1,3}\\d{3,4}){1,2})${R}`,
    ),
    accepts: (number) => sized(10, 12)(number) && !isService(number) && !isMeasure(number),
  },
];
