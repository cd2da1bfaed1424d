/** Numbers as customers write them: digits, Chinese numerals, English words. */

const HAN_DIGITS = new Map<string, number>([...'零一二三四五六七八九'].map((char, value) => [char, value]));
for (const [char, value] of [
  ['〇', 0],
  ['两', 2],
  ['俩', 2],
] as const)
  HAN_DIGITS.set(char, value);
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

type Sum = { total: number; section: number; digit: number | undefined; unit: number };

function addUnit({ total, section, digit }: Sum, unit: number): Sum {
  if (unit === 10_000) return { total: total + (section + (digit ?? 0)) * unit, section: 0, digit: undefined, unit };
  return { total, section: section + (digit ?? 1) * unit, digit: undefined, unit };
}

function addHan(sum: Sum, char: string): Sum {
  const unit = HAN_UNITS.get(char);
  if (unit !== undefined) return addUnit(sum, unit);
  const digit = HAN_DIGITS.get(char);
  return { ...sum, digit, unit: digit === 0 ? 10 : sum.unit };
}

/** `三百二` is 320 as it is spoken: a last digit without unit counts tenths of the unit before it, unless 零 precedes it. */
export function hanNumber(text: string): number | undefined {
  const chars = [...text];
  if (!chars.every((char) => HAN_UNITS.has(char) || HAN_DIGITS.has(char))) return undefined;
  const { total, section, digit, unit } = chars.reduce(addHan, { total: 0, section: 0, digit: undefined, unit: 1 });
  return total + section + (digit ?? 0) * (unit >= 100 ? unit / 10 : 1);
}

const WORDS = new Map(
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'
    .split(' ')
    .map((word, value) => [word, value]),
);
'twenty thirty forty fifty sixty seventy eighty ninety'.split(' ').forEach((word, at) => {
  WORDS.set(word, (at + 2) * 10);
});
WORDS.set('half', 0.5);

const SMALL =
  'one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen';
const TENS = 'twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety';
/** One to ninety-nine, and round hundreds. */
export const ENGLISH_NUMBER = `(?:(?:${TENS})(?:[- ](?:one|two|three|four|five|six|seven|eight|nine))?|(?:a|${SMALL}) (?:hundred|thousand)|${SMALL})`;

const FILLER = new Set(['of', 'a', 'an']);

function addWord(total: number, word: string): number | undefined {
  if (word === 'hundred') return Math.max(total, 1) * 100;
  if (word === 'thousand') return Math.max(total, 1) * 1_000;
  if (word === 'dozen') return (total === 0 ? 1 : total) * 12;
  const value = WORDS.get(word);
  return value === undefined ? undefined : total + value;
}

/** `thirty-five`, `a hundred`, `half a dozen`; no value for text that is no numeral. */
export function englishNumber(text: string): number | undefined {
  const words = text.toLowerCase().split(/[\s-]+/);
  if (words.every((word) => FILLER.has(word))) return 1;
  return words
    .filter((word) => !FILLER.has(word))
    .reduce<number | undefined>((total, word) => (total === undefined ? undefined : addWord(total, word)), 0);
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
