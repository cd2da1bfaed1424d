import type { EntityType } from '../../domain/understanding.ts';
import { readDay, readTime } from './calendar.ts';
import { amount, colorValue, quantity } from './entity-values.ts';

export type Find = {
  type: EntityType;
  pattern: RegExp;
  /** The named group `value` (else the whole match) is the span; this normalises it, undefined refuses it. */
  normalise?: (text: string) => string | undefined;
};

/** Not inside a longer word or number. */
const L = '(?<![A-Za-z0-9])';
const R = '(?![A-Za-z0-9])';
const of = (source: string, flags = 'giu') => new RegExp(source, flags);

const upper = (text: string) => text.toUpperCase();
const lower = (text: string) => text.toLowerCase();
const digits = (text: string) => text.replaceAll(/[^\d+]/g, '');

/** Earlier rules win among spans of equal length. */
export const FINDS: readonly Find[] = [
  {
    type: 'email',
    pattern: of(`${L}[A-Z0-9][A-Z0-9._%+-]{0,63}@[A-Z0-9-]{1,63}(?:\\.[A-Z0-9-]{1,63}){1,4}`),
    normalise: lower,
  },
  {
    type: 'tracking_number',
    pattern: of(
      `${L}(?:SF\\d{10,15}|YT\\d{10,16}|ZTO?\\d{10,14}|STO?\\d{10,14}|YD\\d{10,15}|JT\\d{10,15}|DPK\\d{10,15}|JD[A-Z]{0,4}\\d{8,16}(?:-\\d+)*-?|[A-Z]{2}\\d{9}[A-Z]{2}|1Z[0-9A-Z]{16}|TBA\\d{10,15})${R}`,
    ),
    normalise: upper,
  },
  {
    type: 'tracking_number',
    pattern: of(
      `(?:快递单号|运单号?|物流单号|快递号|面单号|tracking(?: (?:number|no\\.?|id|code|#))?|waybill(?: number)?)[\\s:：#是为is]{0,6}(?<value>(?=[A-Z]{0,6}\\d)[A-Z0-9-]{8,30})${R}`,
      'gid',
    ),
    normalise: upper,
  },
  {
    type: 'order_number',
    pattern: of(
      `(?:订单(?:编号|号码?|是|为)?|单号|编号|order(?: (?:number|no\\.?|id|#))?|PO)[\\s:：#＃是为is]{0,6}(?<value>[A-Z]{0,4}-?\\d{8,20}(?:-\\d{1,8}){0,2})${R}`,
      'gid',
    ),
    normalise: upper,
  },
  {
    type: 'order_number',
    pattern: of(
      `(?:订单(?:编号|号码?)|order (?:number|no\\.?|id|#)|order #?)[\\s:：#＃]{0,4}(?:is )?#?(?<value>(?:[A-Z]{1,4}-?)?\\d{4,7}(?:-\\d{2,8}){0,2})${R}`,
      'gid',
    ),
    normalise: upper,
  },
  {
    type: 'phone',
    pattern: of('(?<![\\dA-Za-z])(?:\\+?86[ -]?)?1[3-9]\\d[ -]?\\d{4}[ -]?\\d{4}(?!\\d)'),
    normalise: digits,
  },
  {
    type: 'phone',
    pattern: of('(?<![\\dA-Za-z])\\+\\d{1,3}[ -]?(?:\\(\\d{1,4}\\)[ -]?)?\\d{2,4}(?:[ -]?\\d{2,4}){1,4}(?!\\d)'),
    normalise: digits,
  },
  {
    type: 'phone',
    pattern: of('(?<![\\dA-Za-z])(?:\\(\\d{3}\\) ?|\\d{3}[-.])\\d{3}[-.]\\d{4}(?!\\d)'),
    normalise: digits,
  },
  { type: 'phone', pattern: of('(?<![\\dA-Za-z])0\\d{2,3}-\\d{7,8}(?!\\d)'), normalise: digits },
  { type: 'order_number', pattern: of('(?<![\\dA-Za-z.+-])\\d{10,20}(?![\\dA-Za-z]|\\.\\d)') },
  {
    type: 'amount',
    pattern: of('(?:[¥￥$€£]|(?<![A-Z])(?:RMB|CNY|USD|EUR|GBP))\\s?\\d{1,9}(?:,\\d{3}){0,3}(?:\\.\\d{1,2})?(?![\\d])'),
    normalise: amount,
  },
  {
    type: 'amount',
    pattern: of(
      '(?<![\\d.A-Z])\\d{1,9}(?:,\\d{3}){0,3}(?:\\.\\d{1,2})?\\s?(?:元钱?|块钱?|圆|rmb|cny|usd|eur|gbp|dollars?|bucks|yuan|euros?|pounds|quid)(?![A-Za-z])',
    ),
    normalise: amount,
  },
  {
    type: 'date',
    pattern: of('(?<!\\d)\\d{4}(?:[-/.]\\d{1,2}[-/.]\\d{1,2}|年\\d{1,2}月(?:\\d{1,2}[日号]?)?)(?!\\d)'),
    normalise: readDay,
  },
  { type: 'date', pattern: of('(?<!\\d)\\d{1,2}月\\d{1,2}[日号]?(?!\\d)'), normalise: readDay },
  {
    type: 'date',
    pattern: of('(?<![\\d月第尾])\\d{1,2}[号日](?![楼线店库门码机链院房店台电仓桌])'),
    normalise: readDay,
  },
  { type: 'date', pattern: of('双(?:11|12|十一|十二)'), normalise: readDay },
  {
    type: 'date',
    pattern: of(
      '大?前天|大?后天|今[天日晚早]|明[天日晚早]|昨[天日晚]|(?:上|下|这|本)?(?:个?(?:周|星期|礼拜))[一二三四五六日天末]',
    ),
    normalise: readDay,
  },
  {
    type: 'date',
    pattern: of(
      `${L}(?:(?:jan|feb|mar|apr|may|jun|jul|aug|sep|sept|oct|nov|dec)[a-z]{0,6}\\.? \\d{1,2}(?:st|nd|rd|th)?(?:,? \\d{4})?|\\d{1,2}(?:st|nd|rd|th)?(?: of)? (?:jan|feb|mar|apr|may|jun|jul|aug|sep|sept|oct|nov|dec)[a-z]{0,6}(?:,? \\d{4})?)${R}`,
    ),
    normalise: readDay,
  },
  {
    type: 'date',
    pattern: of(
      `${L}(?:today|tomorrow|tonight|yesterday|day after tomorrow|(?:(?:next|last|this|on) )?(?<!black )(?:monday|tuesday|wednesday|thursday|friday|saturday|sunday)|(?:next|last|this) (?:week|weekend|month))${R}`,
    ),
    normalise: readDay,
  },
  {
    type: 'time',
    pattern: of(
      '(?:凌晨|清晨|早上|上午|中午|下午|傍晚|晚上|今晚|明早)?(?<![\\d第:：])(?:\\d{1,2}|十[一二]?|[二两三四五六七八九]|(?<=[晨早午晚])一)(?:点(?![儿击评钟赞数心])(?:半|钟|整|[0-5]?\\d分?)?|点钟|[:：][0-5]\\d(?!\\d))',
    ),
    normalise: readTime,
  },
  {
    type: 'time',
    pattern: of(`${L}\\d{1,2}(?::[0-5]\\d)? ?(?:am|pm|a\\.m\\.|p\\.m\\.)(?![A-Za-z])|${L}(?:noon|midnight)${R}`),
    normalise: readTime,
  },
  {
    type: 'size',
    pattern: of(
      `(?<![A-Za-z0-9'’-])(?:XXS|XS|X{0,3}L|[2-6]XL|S|M)(?=号|码|的|[\\s,，。?？!！/、]|\\p{Script=Han}|$)`,
      'gu',
    ),
    normalise: upper,
  },
  { type: 'size', pattern: of(`${L}(?:(?:XXS|XS|XXL|XXXL|XL|[2-6]XL)${R}|[SML](?=号|码))`), normalise: upper },
  {
    type: 'size',
    pattern: of(
      `${L}size (?:XXS|XS|S|M|L|X{1,3}L|[2-6]XL|\\d{1,2}(?:\\.5)?)${R}|${L}(?:extra[ -])?(?:small|medium|large) size${R}`,
    ),
    normalise: (text) => upper(text.replace(/^size /i, '')),
  },
  {
    type: 'size',
    pattern: of('(?<!\\d)\\d{2}(?:\\.5)?[码号](?=的|鞋|[\\s,，。?？!！]|$)'),
    normalise: (text) => text.replace(/[码号]$/, ''),
  },
  {
    type: 'size',
    pattern: of('(?<![\\d.])\\d{1,4}(?:\\.\\d{1,2})?\\s?(?:cm|mm|厘米|毫米|英寸|寸|inch(?:es)?|公分)(?![A-Za-z])'),
    normalise: (text) => lower(text.replaceAll(/\s/g, '')),
  },
  {
    type: 'color',
    pattern: of(
      '(?:深|浅|亮|天|湖|酒|玫|粉|藏|墨|军|米|银|玫瑰|雅|哑光)?(?:红|黑|白|蓝|绿|黄|紫|灰|粉|橙|棕|银|金|米|咖啡|杏|卡其)色',
    ),
    normalise: colorValue,
  },
  {
    type: 'color',
    pattern: of(
      `${L}(?:(?:dark|light|navy|sky|rose) )?(?:red|black(?! friday)|white|blue|green|yellow|purple|gr[ae]y|pink|orange|brown|beige|silver|gold|khaki|navy)${R}`,
    ),
    normalise: colorValue,
  },
  {
    type: 'quantity',
    pattern: of(
      '(?<![\\d第.一二两三四五六七八九十])(?:\\d{1,4}|[二两三四五六七八九十]{1,3})个(?!月|小时|钟|星期|礼拜|工作日|多|人|问题|字|点|地方|名)',
    ),
    normalise: quantity,
  },
  {
    type: 'quantity',
    pattern: of(
      '(?<![\\d第.一二两三四五六七八九十])(?:\\d{1,4}|[一二两三四五六七八九十]{1,3})(?:件|双|台|瓶|盒|箱|套|只|支|袋|罐|桶|份|部(?!分)|本(?!来|身)|条(?!件)|包(?!邮|裹|装))',
    ),
    normalise: quantity,
  },
  {
    type: 'quantity',
    pattern: of(
      `${L}(?:\\d{1,4} ?(?:pcs|pieces?|pairs?|items?|boxes|units?|sets?|packs?|bottles?|copies)|(?:qty|quantity)[: ]{1,2}\\d{1,4})${R}|(?<=[\\s\\p{Script=Han}])[x×]\\d{1,3}${R}`,
    ),
    normalise: quantity,
  },
];
