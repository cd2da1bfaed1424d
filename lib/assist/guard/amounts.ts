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

/**
 * Numbers that may be money though they do not say so ("这双299", "it is 299"): at the end of what is said, without a
 * unit. Whether they are is for the words before them to say.
 */
const BARE =
  /(?<![\d.\p{Script=Latin}#/:：\-~第满])(\d{1,6}(?:\.\d{1,2})?)(?=\s*(?:$|[,，。!！?？~～;；)）]|[哦呢的了啦呀吧噢哈咯](?!\p{Script=Han}{2})|\.(?:\s|$)|(?:now|today|only|each|right now|at the moment|currently)\b))/gu;

export function bareAmountsIn(text: string): Amount[] {
  return [...text.matchAll(BARE)].map((match) => ({
    value: Number(match[1]),
    currency: undefined,
    start: match.index,
    end: match.index + match[0].length,
    text: match[0],
  }));
}
