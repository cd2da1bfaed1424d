/** Normalised values of what customers name: colours, quantities, amounts. */

const COLORS = new Map(
  Object.entries({
    红: 'red',
    黑: 'black',
    白: 'white',
    蓝: 'blue',
    绿: 'green',
    黄: 'yellow',
    紫: 'purple',
    灰: 'grey',
    粉: 'pink',
    橙: 'orange',
    棕: 'brown',
    银: 'silver',
    金: 'gold',
    米: 'beige',
    咖啡: 'brown',
    杏: 'apricot',
    卡其: 'khaki',
  }),
);

/** The basic hue, in English: "深蓝色" is `blue`, "light gray" stays as it is but for spelling. */
export function colorValue(text: string): string {
  const hue = [...COLORS].find(([name]) => text.replace(/色$/, '').endsWith(name))?.[1];
  return hue ?? text.toLowerCase().replace('gray', 'grey');
}

const NUMERALS = new Map([...'零一二三四五六七八九十'].map((char, value) => [char, value]));
NUMERALS.set('两', 2);

/** 0-99 in digits or Chinese numerals. */
function count(text: string): string | undefined {
  const value = /^\d+$/.test(text) ? Number(text) : hanNumber(text);
  return value === 0 ? undefined : String(value);
}

function hanNumber(text: string): number {
  const [before, after] = text.includes('十') ? text.split('十') : ['零', text];
  const digit = (char: string | undefined) => NUMERALS.get(char ?? '') ?? 0;
  return (before === '' ? 1 : digit(before)) * 10 + digit(after);
}

/** The number of things, 1-99 in Chinese numerals. */
export function quantity(text: string): string | undefined {
  const number = /\d+|[一二两三四五六七八九十]+/.exec(text)?.[0];
  return number === undefined ? undefined : count(number);
}

const CURRENCIES: readonly [RegExp, string][] = [
  [/[$]|usd|dollar|buck/i, 'USD'],
  [/€|eur/i, 'EUR'],
  [/£|gbp|pound|quid/i, 'GBP'],
];

/** `199.00 CNY`: a decimal and an ISO 4217 code. */
export function amount(text: string): string | undefined {
  const number = /\d[\d,]*(?:\.\d+)?/.exec(text)?.[0]?.replaceAll(',', '');
  if (number === undefined) return undefined;
  return `${number} ${CURRENCIES.find(([sign]) => sign.test(text))?.[1] ?? 'CNY'}`;
}
