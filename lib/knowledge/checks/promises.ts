import { quantitiesOf } from '../../domain/quantities.ts';

/** Measures of which a shop's own are a promise. */
const PROMISED: ReadonlySet<string> = new Set(
  'cny usd eur gbp percent discount workday day hour minute week month year times'.split(' '),
);
/** Certainties: what is said so is owed. */
const CERTAIN =
  /免费|包邮|保证|包退|包换|百分之?百|绝对|必定|假一赔|(?<!不)一定(?!要|程度|范围)|\b(?:guarantee[ds]?|for free|free of charge|free shipping|always)\b/g;
/** Dates and hours of the clock are no promise, nor is being there day and night. */
const DATES =
  /\d{2,4}\s?年(?:\d{1,2}月(?:\d{1,2}[日号]?)?)?|\d{1,2}月\d{1,2}[日号]?|\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}:\d{2}|24小时(?:在线|客服|服务|不打烊)|24\s?\/\s?7/g;
const QUOTED = 3;

/** A number as it stands in the text, with what it counts. */
function inContext(text: string, number: string, from: number): string {
  const at = Math.max(0, text.indexOf(number, from));
  return text.slice(at, at + number.length + 6).match(/^\S*?(?:[\p{L}%折]{1,4}|\s\p{L}+)/u)?.[0] ?? number;
}

/**
 * What an answer promises in its own words instead of by a shop fact: days, amounts, shares, certainties. A promise
 * written out in a hundred answers is one that somebody forgets to change in one of them.
 */
export function promisesIn(answer: string): string[] {
  const plain = answer
    .replace(/\{\{[^{}]*\}\}/g, ' ')
    .normalize('NFKC')
    .toLowerCase()
    .replace(DATES, ' ');
  const quantities = quantitiesOf(plain).filter(({ unit }) => PROMISED.has(unit));
  const found = [...quantities.map(({ text }) => inContext(plain, text, 0)), ...(plain.match(CERTAIN) ?? [])];
  return [...new Set(found.map((one) => one.trim()))].slice(0, QUOTED);
}
