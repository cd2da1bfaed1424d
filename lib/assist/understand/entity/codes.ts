import { type Find, find, L, R, upper } from './find.ts';

const spaceless = (text: string) => upper(text.replaceAll(/\s/g, ''));

/** A long number behind one of these is not an order's. */
const OTHER_NUMBER =
  /(?:发票|税号|卡号|身份证|尾号|验证码|校验码|账号|会员号|工号|条码|手机号?|电话|号码|微信|qq|群|phone|card|invoice|account|pin|otp|ssn|isbn|barcode|imei|serial)[^\d\n,，。;；]{0,8}$/i;
const REPEATED = /^(\d)\1+$/;

function bareOrder(text: string, before: string): string | undefined {
  return OTHER_NUMBER.test(before) || REPEATED.test(text) ? undefined : text;
}

/** A code has a digit, or is shouted: "the code is wrong" names none. */
function codeValue(text: string): string | undefined {
  return /\d/.test(text) || (text === text.toUpperCase() && /[A-Z]/.test(text)) ? upper(text) : undefined;
}

/** Punctuation behind an address belongs to the sentence, unless it closes a bracket within. */
function linkValue(text: string): string {
  let end = text.length;
  const count = (bracket: string) => text.slice(0, end).split(bracket).length;
  const unbalanced = () => text.charAt(end - 1) === ')' && count('(') < count(')');
  while (end > 0 && (/[.,;:!?'"\]}>]/.test(text.charAt(end - 1)) || unbalanced())) end -= 1;
  return text.slice(0, end);
}

const CARRIER =
  '(?:顺丰|圆通|中通|申通|韵达|百世|极兔|邮政|德邦|京东快递|EMS|fedex|ups|usps|dhl|royal mail)(?:快递|速运|物流)?';
const TRACKING_WORD =
  '(?:快递单号|运单号?|物流单号|快递号|面单号|寄件单号|圆通单号|tracking(?: (?:number|no\\.?|id|code|#))?|waybill(?: number)?)';
const ORDER_WORD = '(?:订单(?:编号|号码?|是|为)?|单号|编号|order(?: (?:number|no\\.?|id|confirmation|#))?|PO)';
const NAMED_ORDER = '(?:订单(?:编号|号码?)?|order (?:number|no\\.?|id|confirmation|#)|order #?|orders)';
const JOINT = '[\\s:#是为is]{0,6}';

export const LINKS: readonly Find[] = [
  find(
    'url',
    `(?:https?://|(?<![\\w.@])www\\.)[^\\s\\p{Script=Han}，。、；）】]{1,500}(?:[\\p{Script=Han}]{1,20}(?=/))?`,
    linkValue,
  ),
  find(
    'url',
    `(?<![\\w.@/-])[a-z0-9][a-z0-9-]{0,40}(?:\\.[a-z0-9-]{1,40}){0,3}\\.(?:com|cn|net|org|shop|store|io|example)/[^\\s\\p{Script=Han}，。、；）】]{1,300}`,
    linkValue,
  ),
];

/** Numbers that a shop or a carrier gave out. */
export const CODES: readonly Find[] = [
  find(
    'tracking_number',
    `${L}(?:SF\\d{10,15}|YT\\d{10,16}|ZTO?\\d{10,14}|STO?\\d{10,14}|YD\\d{10,15}|JT\\d{10,15}|DPK\\d{10,15}|JD[A-Z]{0,4}\\d{8,16}(?:-\\d{1,8}){0,4}-?|[A-Z]{2}\\d{9}[A-Z]{2}|1Z[0-9A-Z]{16}|TBA\\d{10,15})${R}`,
    upper,
  ),
  find(
    'tracking_number',
    `${TRACKING_WORD}${JOINT}(?<value>(?=[A-Z]{0,6}\\d)(?:\\d{4} \\d{4}(?: \\d{2,4}){0,4}|[A-Z0-9-]{8,30}))${R}`,
    spaceless,
  ),
  find('tracking_number', `${CARRIER}[\\s:是的]{0,3}(?<value>[A-Z]{0,4}\\d{10,22})${R}`, upper),
  find(
    'order_number',
    `${ORDER_WORD}${JOINT}(?<value>(?:[A-Z]{1,4}\\d{0,3}-?)?\\d{8,20}(?:-\\d{1,8}){0,2})(?![A-Za-z0-9]|\\.\\d)`,
    upper,
  ),
  find(
    'order_number',
    `${NAMED_ORDER}[\\s:#是为]{0,4}(?:is )?#?(?<value>(?:[A-Z]{1,4}\\d?-?)?\\d{4,7}(?:-\\d{2,8}){0,2})${R}(?! times)`,
    orderLike,
  ),
  find('order_number', `(?<![\\w#&/])#(?<value>(?:[A-Z]{1,3}-)?\\d{4,12})${R}`, upper),
  find('order_number', `(?<=orders? (?:[A-Z]{0,3}\\d{4,20}),? (?:and|&) )\\d{4,20}${R}`),
  find('order_number', `(?<![\\dA-Za-z.+-])\\d{3}-\\d{7}-\\d{7}(?![\\d-])`),
  find('order_number', '(?<![\\dA-Za-z.+/-])\\d{10,20}(?![\\dA-Za-z]|\\.\\d)', bareOrder),
  find(
    'coupon_code',
    `(?:优惠券?码?|折扣码|兑换码|券码?|优惠劵|口令码|(?:coupon|promo|promotion|discount|voucher|gift)s?(?: code)?|(?<!error |zip |area |dress |post |postal |qr |bar |source )\\bcode)[\\s:是为]{0,3}(?:is )?(?<value>[A-Z0-9][A-Z0-9-]{3,19})${R}`,
    codeValue,
  ),
  find(
    'sku',
    `(?:货号|款号|型号|商品编号|SKU|model(?: (?:number|no\\.?))?|item (?:number|no\\.?)|part (?:number|no\\.?))[\\s:是为#]{0,3}(?:is )?(?<value>(?=[A-Z0-9-]{0,19}\\d)[A-Z0-9][A-Z0-9-]{3,24})${R}`,
    upper,
  ),
];

/** "order 2024" may be a year, "order 12345" is not. */
function orderLike(text: string, before: string): string | undefined {
  const year = /^(?:19|20)\d\d$/.test(text) && !/号|编|#|number|no|id/i.test(before.slice(-8));
  return year ? undefined : upper(text);
}
