/** Numbers as customers write them: digits, Chinese numerals, English words. */

const HAN_DIGITS = new Map<string, number>([...'零一二三四五六七八九'].map((char, value) => [char, value]));
for (const [char, value] of [['〇', 0], ['两', 2], ['俩', 2]] as const) HAN_DIGITS.set(char, value);
const HAN_UNITS = new Map([
  ['十', 10],
  ['百', 100],
  ['千', 1_000],
  ['万', 10_000],
]);

/** Up to 99,999,999; no value for text that is no numeral. */
export const HAN_NUMBER = '[零〇一二两三四五六七八九十百千万]{1,9}';
/** Digits with thousands and decimals, and the units that follow them in Chinese. */
export const DIGITS = '\\d{1,9}(?:,\\d{3}){0,3}(?:\\.\\d{1,2})?';

/** `三百二` is 320 as it is spoken: a last digit without unit counts tenths of the unit before it. */
export function hanNumber(text: string): number | undefined {
  let [total, section, digit, unit] = [0, 0, -1, 1];
  for (const char of text) {
    const next = HAN_UNITS.get(char);
    if (next === undefined) {
      const value = HAN_DIGITS.get(char);
      if (value === undefined) return undefined;
      digit = value;
      unit = value === 0 ? 10 : unit;
    } else if (next === 10_000) {
      total += (section + Math.max(digit, 0)) * next;
      [section, digit, unit] = [0, -1, next];
    } else {
      section += (digit < 0 ? 1 : digit) * next;
      [digit, unit] = [-1, next];
    }
  }
  return total + section + (digit > 0 ? digit * (unit >= 100 ? unit / 10 : 1) : 0);
}

const WORDS = new Map(
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'
    .split(' ')
    .map((word, value) => [word, value]),
);
'twenty thirty forty fifty sixty seventy eighty ninety'.split(' ').forEach((word, at) => {
  WORDS.set(word, (at + 2) * 10);
});
for (const [word, value] of [['a', 1], ['an', 1], ['dozen', 12], ['half', 0.5]] as const) WORDS.set(word, value);

const SMALL = 'one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen';
const TENS = 'twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety';
/** One to ninety-nine, and round hundreds. */
export const ENGLISH_NUMBER = `(?:(?:${TENS})(?:[- ](?:one|two|three|four|five|six|seven|eight|nine))?|(?:a|${SMALL}) (?:hundred|thousand)|${SMALL})`;

export function englishNumber(text: string): number | undefined {
  const words = text.toLowerCase().split(/[\s-]+/);
  return words.reduce<number | undefined>((total, word) => {
    if (total === undefined) return undefined;
    if (word === 'hundred') return total * 100;
    if (word === 'thousand') return total * 1_000;
    if (word === 'of' || word === 'a' || word === 'an') return total === 0 ? 1 : total;
    const value = WORDS.get(word);
    if (value === undefined) return undefined;
    return word === 'dozen' || total === 0.5 ? Math.max(total, 0.5) * value : total + value;
  }, 0);
}

/** A number in plain decimal, as it was written where it was in digits: `1,288.50` is `1288.50`, `两千三百` is `2300`. */
export function plainNumber(text: string): string | undefined {
  const digits = /^\d[\d,]*(?:\.\d+)?/.exec(text)?.[0];
  if (digits === undefined) return ofWords(text.trim());
  const factor = factorOf(text.slice(digits.length).trim());
  const number = digits.replaceAll(',', '');
  return factor === 1 ? number : String(Number((Number(number) * factor).toFixed(2)));
}

function ofWords(text: string): string | undefined {
  const value = /^[a-z]/i.test(text) ? englishNumber(text) : hanNumber(text);
  return value === undefined ? undefined : String(value);
}

const FACTORS: readonly (readonly [RegExp, number])[] = [
  [/^k/i, 1_000],
  [/^百/, 100],
  [/^千/, 1_000],
  [/^万/, 10_000],
];
const factorOf = (rest: string) => FACTORS.find(([unit]) => unit.test(rest))?.[1] ?? 1;
