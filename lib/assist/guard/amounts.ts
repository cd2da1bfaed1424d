/** Amounts of money in a folded text, in a currency's main unit. */
import { CHINESE_NUMERAL, chineseNumber } from '../../domain/numerals.ts';

export type Amount = { value: number; currency: string | undefined; start: number; end: number; text: string };

const SYMBOLS: Readonly<Record<string, string>> = {
  '¥': 'CNY',
  '￥': 'CNY',
  rmb: 'CNY',
  $: 'USD',
  us$: 'USD',
  '€': 'EUR',
  '£': 'GBP',
};
const UNITS: readonly (readonly [RegExp, string])[] = [
  [/^(?:元|块钱?|rmb|cny|yuan)/, 'CNY'],
  [/^(?:美元|美金|usd|dollars?|bucks?)/, 'USD'],
  [/^(?:欧元|eur|euros?)/, 'EUR'],
  [/^(?:英镑|gbp|pounds?)/, 'GBP'],
];
const AMOUNT = new RegExp(
  `(us\\$|rmb|[¥￥$€£])\\s?(\\d+(?:,\\d{3})*(?:\\.\\d+)?)|(?<![\\d.])(\\d+(?:,\\d{3})*(?:\\.\\d+)?|${CHINESE_NUMERAL})\\s?(元|块钱?|rmb\\b|cny\\b|yuan\\b|美元|美金|usd\\b|dollars?\\b|bucks?\\b|欧元|eur\\b|euros?\\b|英镑|gbp\\b|pounds?\\b)|(?<=满\\s?)(\\d+(?:\\.\\d+)?)(?![\\d.]*\\s?(?:件|个|份|天|双|条))`,
  'g',
);

const numberOf = (written: string): number =>
  /^\d/.test(written) ? Number(written.replaceAll(',', '')) : chineseNumber(written);

export function amountsIn(text: string): Amount[] {
  return [...text.matchAll(AMOUNT)].map((match) => {
    const [whole, symbol, marked, plain, unit = '', over] = match;
    const currency = symbol === undefined ? UNITS.find(([pattern]) => pattern.test(unit))?.[1] : SYMBOLS[symbol];
    const value = numberOf(marked ?? plain ?? over ?? '0');
    return { value, currency, start: match.index, end: match.index + whole.length, text: whole };
  });
}
