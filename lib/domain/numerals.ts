/** Numbers as people write them in words, Chinese and English: what "七天" and "seven days" say of 7. */

const DIGITS = new Map([...'零一二三四五六七八九'].map((digit, value) => [digit, value]));
DIGITS.set('〇', 0).set('两', 2).set('俩', 2);
const UNITS = new Map([
  ['十', 10],
  ['百', 100],
  ['千', 1_000],
]);
const MYRIADS = new Map([
  ['万', 10_000],
  ['亿', 100_000_000],
]);

/** What is read of a numeral so far: whole myriads, the section below them, and the digit that waits for its unit. */
type Read = { total: number; section: number; digit: number };

function readOn({ total, section, digit }: Read, character: string): Read {
  const unit = UNITS.get(character);
  const myriad = MYRIADS.get(character);
  if (unit !== undefined) return { total, section: section + (digit === 0 ? 1 : digit) * unit, digit: 0 };
  if (myriad !== undefined) return { total: (total + section + digit) * myriad, section: 0, digit: 0 };
  return { total, section, digit: DIGITS.get(character) ?? 0 };
}

/** A Chinese numeral as a number: 三百二十 is 320, 两万 20,000, 半 one half; digits one by one (一三八) are read so. */
export function chineseNumber(text: string): number {
  if (text === '半') return 0.5;
  const characters = [...text];
  if (characters.length > 1 && characters.every((one) => DIGITS.has(one))) {
    return Number(characters.map((one) => DIGITS.get(one)).join(''));
  }
  const { total, section, digit } = characters.reduce(readOn, { total: 0, section: 0, digit: 0 });
  return total + section + digit;
}

const WORDS =
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen';
const TENS = 'twenty thirty forty fifty sixty seventy eighty ninety';
const ENGLISH = new Map<string, number>([
  ...WORDS.split(' ').map((word, value) => [word, value] as const),
  ...TENS.split(' ').map((word, at) => [word, (at + 2) * 10] as const),
  ['half', 0.5],
  ['dozen', 12],
]);
const SCALES = new Map([
  ['hundred', 100],
  ['thousand', 1_000],
  ['million', 1_000_000],
]);

/** Of words such as "twenty-four" or "two hundred", the number. */
export function englishNumber(words: string): number {
  let [total, part] = [0, 0];
  for (const word of words.split(/[\s-]+/)) {
    const scale = SCALES.get(word);
    if (scale === undefined) part += ENGLISH.get(word) ?? 0;
    else if (scale === 100) part = Math.max(1, part) * scale;
    else [total, part] = [total + Math.max(1, part) * scale, 0];
  }
  return total + part;
}

/** Bounded, since patterns go on after a numeral and try again from each of its characters where that does not fit. */
export const CHINESE_NUMERAL = '[零〇一二两俩三四五六七八九十百千万亿]{1,24}|半';
const word = [...ENGLISH.keys(), ...SCALES.keys()].join('|');
export const ENGLISH_NUMERAL = `(?:${word})(?:[\\s-](?:${word})){0,12}`;
