/** Stretches of time as a shop states them: "1-3个工作日", "within 48 hours", "两周". */
import { CHINESE_NUMERAL, chineseNumber, ENGLISH_NUMERAL, englishNumber } from '../../domain/numerals.ts';

/** Hours; ends included. One number is both ends. */
export type TimeSpan = { from: number; to: number; start: number; end: number; text: string };

const HOURS: readonly (readonly [RegExp, number])[] = [
  [/^(?:个?工作日|(?:working|business|work) ?days?)$/, 24],
  [/^(?:天|日|days?)$/, 24],
  [/^(?:个?(?:小时|钟头)|hours?|hrs?|h)$/, 1],
  [/^(?:分钟|minutes?|mins?)$/, 1 / 60],
  [/^(?:个?(?:星期|礼拜)|周|weeks?)$/, 168],
  [/^(?:个月|months?)$/, 720],
  [/^(?:年|years?|yrs?)$/, 8_760],
];
const NUMBER = `\\d+(?:\\.\\d+)?|${CHINESE_NUMERAL}|\\b(?:${ENGLISH_NUMERAL})\\b`;
const UNIT =
  '个?工作日|(?:working|business|work) ?days?\\b|天|日(?!期|常)|days?\\b|个?小时|个?钟头|hours?\\b|hrs?\\b|h\\b|分钟|minutes?\\b|mins?\\b|个?星期|个?礼拜|周(?![年一二三四五六日末边])|weeks?\\b|个月|months?\\b|年(?!级|货|份)|years?\\b|yrs?\\b';
const SPAN = new RegExp(
  `(?:(${NUMBER})\\s?(?:个|天)?\\s?(?:-|–|—|~|至|到|to|or|、)\\s?)?(${NUMBER})[\\s-]?(${UNIT})`,
  'g',
);

const numberOf = (written: string): number => {
  if (/^\d/.test(written)) return Number(written);
  return /^[a-z]/.test(written) ? englishNumber(written) : chineseNumber(written);
};
const hoursOf = (unit: string): number => HOURS.find(([pattern]) => pattern.test(unit))?.[1] ?? 24;

/** Every stretch of time in a folded text. A date (3月5日) is none. */
export function timeSpans(text: string): TimeSpan[] {
  return [...text.matchAll(SPAN)].flatMap((match) => {
    const [whole, first, second = '', unit = ''] = match;
    if (/[月号年第]\s?$/.test(text.slice(0, match.index))) return [];
    const hours = hoursOf(unit);
    const to = numberOf(second) * hours;
    const from = first === undefined ? to : numberOf(first) * hours;
    return [
      {
        from: Math.min(from, to),
        to: Math.max(from, to),
        start: match.index,
        end: match.index + whole.length,
        text: whole,
      },
    ];
  });
}

/** Twelve months are a year, seven days a week. */
const NEAR = 0.03;
export const isSameTime = (a: number, b: number): boolean => Math.abs(a - b) <= NEAR * Math.max(a, b);
