import type { PriceRange, Words } from './types.ts';

/** Price words of a query: "100元以内", "under $50", "between 20 and 40", "200 左右". */
const NUMBER = String.raw`(\d{1,7}(?:,\d{3})*(?:\.\d{1,2})?)`;
const SIGN = '(?<sign>[¥$€£])?\\s?';
const CODE = String.raw`\s?(?<code>元|块钱?|rmb|cny|usd|eur|gbp|dollars?|bucks|yuan|euros?|pounds|quid)?`;

type Pattern = { pattern: RegExp; read: (a: number, b: number) => PriceRange; needsMoney?: boolean };
const of = (source: string) => new RegExp(source.replaceAll('N', NUMBER), 'u');

const below = (a: number): PriceRange => ({ to: a });
const above = (a: number): PriceRange => ({ from: a });
const AROUND = 0.2;
const around = (a: number): PriceRange => ({ from: a * (1 - AROUND), to: a * (1 + AROUND), around: a });
const between = (a: number, b: number): PriceRange => ({ from: Math.min(a, b), to: Math.max(a, b) });
/** A measure, not a price: "under 50 cm", "at least 3 bottles". */
const NO_MEASURE = String.raw`(?![\d.,]|\s?(?:cm|mm|m|ml|l|kg|g|lb|oz|in|ft|w|inch|inches|%|寸|厘米|毫米|升|毫升|克|斤|公斤|岁|码|个|件|天|小时)(?![a-z]))`;

/** Earlier ones win. */
const PATTERNS: readonly Pattern[] = [
  {
    pattern: of(`(?:between|from)\\s+${SIGN}N\\s*(?:and|to|-|–)\\s*[¥$€£]?\\s?N${NO_MEASURE}${CODE}`),
    read: between,
  },
  {
    pattern: of(`${SIGN}N\\s?(?:元|块)?\\s*(?:-|~|–|—|到|至)\\s*[¥$€£]?\\s?N${NO_MEASURE}${CODE}(?:之间|价位)?`),
    read: between,
    needsMoney: true,
  },
  {
    pattern: of(
      `(?:under|below|less than|cheaper than|up to|at most|no more than|not more than|within|max(?:imum)?|不超过|不高于|低于|少于|最多|不到|预算)\\s*(?:of\\s*)?${SIGN}N${NO_MEASURE}${CODE}`,
    ),
    read: below,
  },
  { pattern: of(`${SIGN}N${CODE}\\s*(?:以内|以下|之内|之下|内|or less|or under|and under|max\\b|封顶)`), read: below },
  {
    pattern: of(
      `(?:over|above|more than|at least|starting at|不低于|高于|超过|大于|至少)\\s*${SIGN}N${NO_MEASURE}${CODE}`,
    ),
    read: above,
    needsMoney: true,
  },
  { pattern: of(`${SIGN}N${CODE}\\s*(?:以上|起步|or more|and up|and above)`), read: above, needsMoney: true },
  { pattern: of(`(?:around|about|roughly|大概|大约)\\s*${SIGN}N${NO_MEASURE}${CODE}`), read: around, needsMoney: true },
  { pattern: of(`${SIGN}N${CODE}\\s*(?:左右|上下|出头)`), read: around, needsMoney: true },
];

const CURRENCIES: Readonly<Record<string, string>> = {
  '¥': 'CNY',
  元: 'CNY',
  块: 'CNY',
  块钱: 'CNY',
  rmb: 'CNY',
  cny: 'CNY',
  yuan: 'CNY',
  $: 'USD',
  usd: 'USD',
  dollar: 'USD',
  dollars: 'USD',
  bucks: 'USD',
  '€': 'EUR',
  eur: 'EUR',
  euro: 'EUR',
  euros: 'EUR',
  '£': 'GBP',
  gbp: 'GBP',
  pounds: 'GBP',
  quid: 'GBP',
};
const SIGNS: Readonly<Record<string, string>> = { USD: '$', EUR: '€', GBP: '£' };
const UNITS_ZH: Readonly<Record<string, string>> = { CNY: '元', USD: '美元', EUR: '欧元', GBP: '英镑' };
const MONEY_WORD =
  /[¥$€£]|元|块|rmb|cny|usd|eur|gbp|dollar|bucks|yuan|euro|pounds|quid|价|预算|price|budget|cost|spend/u;

const amount = (digits: string | undefined): number => Number((digits ?? '').replaceAll(',', ''));

function rangeIn(match: RegExpExecArray, read: Pattern['read']): PriceRange {
  const { sign, code } = match.groups ?? {};
  const [first, second] = match.slice(1).filter((part) => part !== undefined && /^\d/.test(part));
  const currency = CURRENCIES[sign ?? ''] ?? CURRENCIES[code ?? ''];
  return { ...read(amount(first), amount(second)), ...(currency === undefined ? {} : { currency }) };
}

/** The price a normalised query asks for, and the query without those words. */
export function readPrice(query: string): { range: PriceRange | undefined; rest: string } {
  const speaksOfMoney = MONEY_WORD.test(query);
  for (const { pattern, read, needsMoney = false } of PATTERNS) {
    const match = needsMoney && !speaksOfMoney ? null : pattern.exec(query);
    if (match === null) continue;
    const end = match.index + match[0].length;
    return { range: rangeIn(match, read), rest: `${query.slice(0, match.index)} \n ${query.slice(end)}` };
  }
  return { range: undefined, rest: query };
}

/** A price as a reason names it, in a product's own currency. */
export function priceLabel({ from, to, around: near }: PriceRange, currency: string): Words {
  const sign = SIGNS[currency];
  const text = (value: number) => Number(value.toFixed(2)).toString();
  const en = (value: number) => (sign === undefined ? `${text(value)} ${currency}` : `${sign}${text(value)}`);
  const unit = UNITS_ZH[currency] ?? currency;
  if (near !== undefined) return { zh: `${text(near)} ${unit}左右`, en: `around ${en(near)}` };
  if (from !== undefined && to !== undefined) {
    return { zh: `${text(from)}-${text(to)} ${unit}`, en: `${en(from)} to ${en(to)}` };
  }
  if (to !== undefined) return { zh: `${text(to)} ${unit}以内`, en: `under ${en(to)}` };
  return { zh: `${text(from ?? 0)} ${unit}以上`, en: `over ${en(from ?? 0)}` };
}

/** Whether an amount lies within; without an amount or in another currency nothing does. */
export function isWithin({ from, to, currency }: PriceRange, price: number | undefined, own: string): boolean {
  if (price === undefined || (currency !== undefined && currency !== own)) return false;
  return price >= (from ?? 0) && price <= (to ?? Number.POSITIVE_INFINITY);
}
