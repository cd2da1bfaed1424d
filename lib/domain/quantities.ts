import { CHINESE_NUMERAL, chineseNumber, ENGLISH_NUMERAL, englishNumber } from './numerals.ts';

/** A number with what it counts; without a unit it may count anything. */
export type Quantity = { text: string; value: number; unit: string };

/** What follows a number, and what it then counts. Of two that fit the first is taken. */
const UNITS: readonly (readonly [string, RegExp])[] = [
  ['cny', /^(?:元|块钱?|人民币|rmb\b|cny\b|yuan\b)/],
  ['usd', /^(?:美元|美金|usd\b|dollars?\b|bucks?\b)/],
  ['eur', /^(?:欧元|eur\b|euros?\b)/],
  ['gbp', /^(?:英镑|gbp\b|pounds? sterling\b)/],
  ['percent', /^(?:%|percent\b|per cent\b)/],
  ['discount', /^折/],
  ['workday', /^个?工作日|^(?:-| )?(?:working|business|work) ?days?\b/],
  ['clock', /^(?:点|时(?!间)|am\b|pm\b|a\.m\.|p\.m\.|o'clock)/],
  ['day', /^(?:天|日(?!期)|(?:-| )?days?\b)/],
  ['hour', /^(?:个?(?:小时|钟头)|(?:-| )?(?:hours?|hrs?|h)\b)/],
  ['minute', /^(?:分钟|(?:-| )?(?:minutes?|mins?)\b)/],
  ['week', /^(?:个?(?:星期|礼拜)|周(?!年)|(?:-| )?weeks?\b)/],
  ['month', /^(?:个月|月(?!\d)|(?:-| )?months?\b)/],
  ['year', /^(?:年|(?:-| )?(?:years?|yrs?)\b)/],
  ['times', /^(?:倍|x\b|times\b)/],
];
const CURRENCIES = new Map([
  ['¥', 'cny'],
  ['rmb', 'cny'],
  ['cny', 'cny'],
  ['$', 'usd'],
  ['usd', 'usd'],
  ['us$', 'usd'],
  ['€', 'eur'],
  ['eur', 'eur'],
  ['£', 'gbp'],
  ['gbp', 'gbp'],
]);
/** After a numeral in characters it is a number only before one of these: 一下 and 万一 count nothing. */
const MEASURE = /^(?:个|件|条|双|盒|瓶|袋|箱|台|支|套|次|位|人|名|张|份|码|斤|公斤|克|米|厘米)/;
const DIGITS = /(us\$|[¥$€£]|\b(?:rmb|cny|usd|eur|gbp)\s?)?\s?(\d+(?:,\d{3})*(?:\.\d+)?)\s?(k\b)?/g;
const CHINESE = new RegExp(CHINESE_NUMERAL, 'g');
const ENGLISH = new RegExp(`\\b(?:${ENGLISH_NUMERAL})\\b`, 'g');

function unitAfter(text: string, at: number): string {
  const rest = text.slice(at, at + 24).replace(/^\s/, '');
  return UNITS.find(([, pattern]) => pattern.test(rest))?.[0] ?? '';
}

function inDigits(text: string): Quantity[] {
  return [...text.matchAll(DIGITS)].map((match) => {
    const [whole, currency = '', digits = '', thousand] = match;
    const value = Number(digits.replaceAll(',', '')) * (thousand === undefined ? 1 : 1_000);
    const unit = CURRENCIES.get(currency.trim()) ?? unitAfter(text, match.index + whole.length);
    return { text: whole.trim(), value, unit };
  });
}

function inCharacters(text: string): Quantity[] {
  return [...text.matchAll(CHINESE)].flatMap((match) => {
    const [numeral] = match;
    const after = match.index + numeral.length;
    const unit = unitAfter(text, after);
    const counts = unit !== '' || (numeral !== '一' && MEASURE.test(text.slice(after)));
    const value = chineseNumber(numeral);
    return counts ? [{ text: numeral, value, unit }] : [];
  });
}

/** "One" alone is no number: "this one", "one of our agents". */
function inWords(text: string): Quantity[] {
  return [...text.matchAll(ENGLISH)].flatMap((match) => {
    const [words] = match;
    const unit = unitAfter(text, match.index + words.length);
    return words === 'one' && unit === '' ? [] : [{ text: words, value: englishNumber(words), unit }];
  });
}

/** Every quantity of a text that is already NFKC and lower case, in digits, Chinese numerals and English words. */
export function quantitiesOf(text: string): Quantity[] {
  return [...inDigits(text), ...inCharacters(text), ...inWords(text)];
}

/** Whether a source says this quantity: the same number of the same thing, as far as both say of what. */
export function saysQuantity({ value, unit }: Quantity, said: readonly Quantity[]): boolean {
  return said.some((other) => other.value === value && (unit === '' || other.unit === '' || other.unit === unit));
}
