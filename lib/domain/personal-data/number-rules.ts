import type { PersonalDataType } from './types.ts';

/** A number in its text: its digits and letters, as it is written, and what stands around it. */
export type Written = { compact: string; raw: string; before: string; after: string };
export type Rule = {
  type: PersonalDataType;
  /** The group `value`, else the whole match, is the span. */
  pattern: RegExp;
  accepts?: (number: Written) => boolean;
};

export const of = (source: string): RegExp => new RegExp(source, 'gid');
/** Not the tail or the head of something longer. */
export const L = '(?<![\\dA-Z]|[\\dA-Z]_|\\d[.-]|[A-Z]-|[¥￥$€£]\\s?)';
export const R = '(?![\\dA-Z]|_[\\dA-Z]|[.-]\\d)';
/** One mark between digits, and what somebody may put between its groups, markup as well. */
export const MARK = '[ ._/*|~·:#-]';
export const GAP = `(?:${MARK}|</?[a-z]{1,9}>){0,3}`;
/** Between a marker and its number. */
export const LINK = '[^\\d\\n,，。;；+(]{0,12}';

/** A number directly behind one of these is the shop's, whatever it looks like. */
const SHOP_NUMBER =
  /(?:订单号码?|订单编号|单号|编号|货号|款号|条码|流水号|交易号|sku|order\s?(?:number|no\.?|id|#)|tracking(?:\s?(?:number|no\.?|id|code|#))?|waybill|invoice|transaction|item|ref(?:erence)?|\bPO)[^\d\n,，。;；]{0,10}$/i;
const SHOP_THING = /(?:订单|运单|快递|物流|order|parcel|shipment|#)[^\d\n,，。;；]{0,10}$/i;
const CONTACT = /电话|手机|号码是我|联系|收件人|收货人|phone|mobile|cell|call|tel|text/i;

function isShops(before: string, marker: RegExp): boolean {
  const found = marker.exec(before);
  return found !== null && !CONTACT.test(found[0]);
}

export const numberShopsOwn = ({ before }: Written): boolean => isShops(before, SHOP_NUMBER);
export const thingShopsOwn = (number: Written): boolean => numberShopsOwn(number) || isShops(number.before, SHOP_THING);

export const sized =
  (least: number, most: number) =>
  ({ compact }: Written): boolean =>
    compact.length >= least && compact.length <= most;

const BETWEEN_SIZES = /[*/~:|#]/;
const SIZE_WORD = /(?:尺寸|规格|大小|长宽高?|分辨率|\bsizes?|\bdimensions?|\bdims?|\bmeasures?)[^\d\n]{0,8}$/i;
const SIZE_UNIT = /^\s?(?:mm|cm|m\b|in\b|inch|ft|px|毫米|厘米|米|公分|寸|英寸|像素|ml|kg|g\b|元|块|片|件|个|["″'])/i;

/** "2222/2230/2234": one of these models or sizes, whose numbers begin alike. */
export function isChoice({ raw }: Written): boolean {
  const groups = raw.split('/');
  return groups.length > 2 && groups.every((group) => group.slice(0, 2) === raw.slice(0, 2));
}

/** "180*2000*1500", "150/3000/1200mm": sizes and prices, which are round or have a unit, and go on where numbers end. */
export function isMeasure({ raw, before, after }: Written): boolean {
  if (!BETWEEN_SIZES.test(raw)) return false;
  if (/\d\s?[*/xX×~]$/.test(before) || /^\s?[*/xX×~]\s?\d/.test(after)) return true;
  const isRound = raw
    .split(/\D+/)
    .slice(1)
    .every((group) => group.endsWith('0'));
  return isRound || SIZE_WORD.test(before) || SIZE_UNIT.test(after);
}
