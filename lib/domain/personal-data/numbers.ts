import { isCardNumber, isCitizenNumber } from './checks.ts';
import type { PersonalDataType, Span } from './types.ts';

type Rule = {
  type: PersonalDataType;
  /** The group `value`, else the whole match, is the span. */
  pattern: RegExp;
  /** Refuses a match by its digits and letters, spaces and dashes taken out, and what stands before it. */
  accepts?: (compact: string, before: string) => boolean;
};

const HAN_DIGITS = '零一二三四五六七八九';
const HAN_DIGIT_FORMS = new Map(
  [HAN_DIGITS, '〇幺贰叁肆伍陆柒捌玖', '○壹貳參肆伍陸柒捌玖'].flatMap((row) =>
    [...row].map((char, digit) => [char, digit]),
  ),
);
const SPOKEN = /(?:[\d零〇○一二三四五六七八九幺壹贰貳叁參肆伍陆陸柒捌玖][ -]?){7,40}/g;

/** Numbers read out in Chinese ("一三八零零…"), from seven digits on, in digits; every unit stays where it is. */
export function spokenDigits(text: string): string {
  return text.replace(SPOKEN, (run) => [...run].map((char) => HAN_DIGIT_FORMS.get(char) ?? char).join(''));
}

/** A number directly behind one of these is the shop's, whatever it looks like. */
const SHOP_NUMBER =
  /(?:订单号码?|订单编号|单号|编号|货号|款号|条码|流水号|交易号|sku|order\s?(?:number|no\.?|id|#)|tracking(?:\s?(?:number|no\.?|id|code|#))?|waybill|invoice|transaction|item|ref(?:erence)?|\bPO)[^\d\n,，。;；]{0,10}$/i;
const SHOP_THING = /(?:订单|运单|快递|物流|order|parcel|shipment|#)[^\d\n,，。;；]{0,10}$/i;
const CONTACT = /电话|手机|号码是我|联系|收件人|收货人|phone|mobile|cell|call|tel|text/i;

/** How far before a number its marker is looked for. */
const BEFORE = 28;

function isShops(before: string, marker: RegExp): boolean {
  const found = marker.exec(before);
  return found !== null && !CONTACT.test(found[0]);
}

const numberShopsOwn = (before: string) => isShops(before, SHOP_NUMBER);
const thingShopsOwn = (before: string) => numberShopsOwn(before) || isShops(before, SHOP_THING);

const of = (source: string) => new RegExp(source, 'gid');
/** Not the tail or the head of something longer. */
const L = '(?<![\\dA-Z_]|\\d[.-]|[A-Z]-|[¥￥$€£]\\s?)(?<!//[^\\s]{0,200})';
const R = '(?![\\dA-Z_]|[.-]\\d)';
const G = '[ .·-]{0,2}';

const CARD_WORD =
  '(?:银行卡|信用卡|储蓄卡|借记卡|建行卡|工行卡|农行卡|卡号|card\\s?(?:number|no\\.?|#)|(?:credit|debit|bank)\\s?card)';
const ID_WORD = '(?:身份证|证件)(?:号码|号)?|(?:national\\s)?id\\s?(?:card|number|no\\.?)';
const PHONE_WORD =
  '(?:电话|手机|手机号|联系方式|座机|固话|号码|热线|\\b(?:tel|telephone|phone|mobile|cell|cellphone|whatsapp|fax|(?:call|text|ring|reach|contact)\\s(?:me|us|him|her)?(?:\\s?(?:at|on))?))';
const LINK = '[^\\d\\n,，。;；+(]{0,12}';

const isService = (digits: string) => /^(?:[48]00\d{7}|1?8(?:00|33|44|55|66|77|88)\d{7}|9\d{4}|1\d{4})$/.test(digits);
const sized = (least: number, most: number) => (digits: string) => digits.length >= least && digits.length <= most;

/** Of overlapping spans the earlier rule's is kept. */
const RULES: readonly Rule[] = [
  {
    type: 'id_card',
    pattern: of(`${ID_WORD}${LINK}(?<value>\\d(?:[ -]?\\d){13,16}[ -]?[\\dX])${R}`),
    accepts: sized(15, 18),
  },
  {
    type: 'id_card',
    pattern: of(`${L}\\d(?:[ -]?\\d){16}[ -]?[\\dX]${R}`),
    accepts: (compact, before) => isCitizenNumber(compact) && !numberShopsOwn(before),
  },
  { type: 'id_card', pattern: of(`(?:护照|passport)${LINK}(?<value>[A-Z]{1,2}\\d{7,8}|\\d{9})${R}`) },
  { type: 'id_card', pattern: of(`(?:护照|passport)[^\\d\\n]{0,10}(?<![A-Z])(?<value>[A-Z]{1,2}\\d{7,8})${R}`) },
  { type: 'id_card', pattern: of(`(?<![\\dA-Z])[A-Z]{1,2}\\d{6}\\([0-9A]\\)`) },
  {
    type: 'id_card',
    pattern: of(`${L}(?!000|666|9)\\d{3}-(?!00)\\d{2}-(?!0000)\\d{4}${R}`),
    accepts: (_, before) => !numberShopsOwn(before),
  },
  { type: 'bank_card', pattern: of(`${CARD_WORD}${LINK}(?<value>\\d(?:[ -]?\\d){11,18})${R}`) },
  {
    type: 'bank_card',
    pattern: of(
      `${L}(?:\\d{4}[ -]\\d{4}[ -]\\d{4}[ -]\\d{4}(?:[ -]\\d{1,3})?|\\d{4}[ -]\\d{6}[ -]\\d{5}|\\d(?:[ -]?\\d){15,18})${R}`,
    ),
    accepts: (compact, before) => isCardNumber(compact) && !thingShopsOwn(before),
  },
  {
    type: 'phone',
    pattern: of(
      `(?:${L}|(?<=[A-Z](?=[+1])))(?:(?:\\+|00)?\\(?86\\)?[ -]{0,2})?(?:1[3-9](?:\\d${G}\\d{4}${G}\\d{4}|\\d${G}\\d{3}${G}\\d{5}|\\d\\d${G}\\d{3}${G}\\d{4}|\\d{5}${G}\\d{4}|\\d{3}${G}\\d{3}${G}\\d{3}|\\d\\d[ .-]\\d{4}[ .-]\\d{3}|[ .-]\\d(?:[ .-]\\d){8})|1[ .-][3-9](?:[ .-]\\d){9})${R}`,
    ),
    accepts: (_, before) => !numberShopsOwn(before),
  },
  {
    type: 'phone',
    pattern: of(`(?<![\\dA-Z])\\+[ ]?\\d{1,3}(?:[ .-]{0,2}\\(\\d{1,4}\\))?(?:[ .-]{0,2}\\d){6,13}${R}`),
    accepts: (_, before) => !numberShopsOwn(before),
  },
  {
    type: 'phone',
    pattern: of(
      `${L}(?:\\(0\\d{2,3}\\)[ -]?|0(?:10|2\\d|[3-9]\\d{2})[ -]{1,2})[2-8]\\d{2,3}[ -]?\\d{4}(?:(?:转|-|ext\\.?)\\s?\\d{1,5})?(?![\\dA-Z])`,
    ),
  },
  {
    type: 'phone',
    pattern: of(`${L}(?:1[ .-])?(?:\\([2-9]\\d{2}\\)[ ]?|[2-9]\\d{2}[ .-])[2-9]\\d{2}[ .-]\\d{4}${R}`),
    accepts: (compact, before) => !numberShopsOwn(before) && !isService(compact),
  },
  {
    type: 'phone',
    pattern: of(`${L}(?:0[127]\\d{2,3}[ ]\\d{3}[ ]?\\d{3,4}|07\\d{9}|02\\d[ ]\\d{4}[ ]\\d{4})${R}`),
    accepts: (_, before) => !thingShopsOwn(before),
  },
  {
    type: 'phone',
    pattern: of(
      `(?<!发票|订单|快递|会员)${PHONE_WORD}(?:[\\s:：是为叫#.-]|号码?|码|number|no|is|on|at|换成|改成|改为|填){0,5}(?<value>\\(?\\d(?:[ ()-]{0,2}\\d){6,14})${R}`,
    ),
    accepts: (compact) => !isService(compact),
  },
  {
    type: 'account',
    pattern: of(
      `(?:微信号?|(?<![A-Z])(?:vx|wx|v信|wechat|weixin|telegram|instagram|line)(?:\\s?id)?)(?:\\s?[:=]\\s?|\\s?(?:是|号|is)\\s?:?|(?<=号)\\s?)(?<value>@?[A-Z][\\w-]{4,19})(?![\\w@-])`,
    ),
  },
  { type: 'account', pattern: of(`(?<![A-Z])(?:QQ|扣扣)(?:号码?)?[\\s:是]{0,3}(?<value>[1-9]\\d{4,11})${R}`) },
];

function* spansOf(text: string, { type, pattern, accepts }: Rule): Iterable<Span> {
  for (const match of text.matchAll(pattern)) {
    const [start, end] = match.indices?.groups?.['value'] ?? [match.index, match.index + match[0].length];
    const compact = text.slice(start, end).replaceAll(/[^\dA-Za-z@_]/g, '');
    if (accepts?.(compact, text.slice(Math.max(0, start - BEFORE), start)) === false) continue;
    yield { type, start, end, value: normalised(type, text.slice(start, end), compact) };
  }
}

function normalised(type: PersonalDataType, raw: string, compact: string): string {
  if (type === 'phone') return raw.trimStart().startsWith('+') ? `+${compact}` : compact;
  return type === 'account' ? raw : compact.toUpperCase();
}

/** Numbers of people: identity cards, bank cards, phones, accounts. Of a legible text with spoken digits in digits. */
export function numberSpans(text: string): Span[] {
  return RULES.flatMap((rule) => [...spansOf(text, rule)]);
}
