import { type Find, find, L, R } from './find.ts';
import { ENGLISH_NUMBER, englishNumber, HAN_NUMBER, hanNumber, plainNumber } from './numerals.ts';

/**
 * Days without a clock. ISO 8601 as far as it is known (`2026-11-11`, `--11-11`, `---03`, `2026-03`, `--04`), an offset
 * from today (`+2d`, `-14d`), or English words for both languages (`tomorrow`, `next wednesday`, `last week`, `month end`).
 */
const two = (value: string | number) => String(value).padStart(2, '0');

function dayOf(month: number, day: number): string | undefined {
  return month >= 1 && month <= 12 && day >= 1 && day <= 31 ? `${two(month)}-${two(day)}` : undefined;
}

const prefixed = (prefix: string, value: string | undefined) => (value === undefined ? undefined : prefix + value);
const number = (text: string | undefined) => Number(plainNumber(text ?? '') ?? Number.NaN);

function fullDate(text: string): string | undefined {
  const [year, month, day] = text.match(/\d+/g) ?? [];
  if (month === undefined) return year;
  if (day === undefined) return Number(month) <= 12 ? `${year}-${two(month)}` : undefined;
  return prefixed(`${year}-`, dayOf(Number(month), Number(day)));
}

/** 11月20号, 一月三号, 11/11, 11.11 */
function monthDay(text: string): string | undefined {
  const [month, day] = text.split(/[月/.]/);
  return prefixed('--', dayOf(number(month), number(day?.replace(/[日号]$/, ''))));
}

const dayOfMonth = (text: string) => {
  const day = number(/\d+|[一二三四五六七八九十]+/.exec(text)?.[0]);
  return day >= 1 && day <= 31 ? `---${two(day)}` : undefined;
};

function monthAlone(text: string): string | undefined {
  const month = number(text.replace(/月.*$/, ''));
  return month >= 1 && month <= 12 ? `--${two(month)}` : undefined;
}

/** Day first where the first number cannot be a month, month first else. */
function slashed(text: string): string | undefined {
  const [first = 0, second = 0, year] = text.split('/').map(Number);
  const day = first > 12 ? dayOf(second, first) : dayOf(first, second);
  return prefixed(year === undefined ? '--' : `${year}-`, day);
}

const RELATIVE: readonly (readonly [RegExp, string])[] = [
  [/^大前天/, '-3d'],
  [/^前天/, '-2d'],
  [/^(?:昨|yesterday)/i, 'yesterday'],
  [/^(?:今[天日晚早晨]|today|tonight)/i, 'today'],
  [/^大后天/, '+3d'],
  [/^(?:后天|(?:the )?day after tomorrow)/i, '+2d'],
  [/^(?:明[天日晚早晨儿]|tomorrow)/i, 'tomorrow'],
];
const relative = (text: string) => RELATIVE.find(([pattern]) => pattern.test(text))?.[1];

const WEEKDAYS = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];
const WHICH: readonly (readonly [string, string])[] = [
  ['下', 'next '],
  ['上', 'last '],
  ['这', 'this '],
  ['本', 'this '],
];
const which = (text: string) => WHICH.find(([char]) => text.startsWith(char))?.[1] ?? '';

function hanWeekday(text: string): string {
  const last = text.slice(-1);
  const day = last === '末' ? 'weekend' : WEEKDAYS['日一二三四五六'.indexOf(last === '天' ? '日' : last)];
  return `${which(text)}${day}`;
}

const PERIODS: readonly (readonly [RegExp, string])[] = [
  [/周|星期|礼拜/, 'week'],
  [/月/, 'month'],
  [/年/, 'year'],
];
function hanPeriod(text: string): string {
  const period = PERIODS.find(([pattern]) => pattern.test(text))?.[1] ?? 'year';
  if (/[初底]$/.test(text)) return `${period} ${text.endsWith('初') ? 'start' : 'end'}`;
  return `${text.startsWith('去') ? 'last ' : text.startsWith('明') ? 'next ' : which(text) || 'this '}${period}`;
}

function englishWeekday(text: string): string {
  const words = text.toLowerCase().split(' ');
  const name = words.at(-1) ?? '';
  const day = WEEKDAYS.find((weekday) => weekday.startsWith(name.slice(0, 3))) ?? name;
  return words.length > 1 ? `${words[0]} ${day}` : day;
}

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
function englishDate(text: string): string | undefined {
  const words = text.replaceAll(/(\d)(?:st|nd|rd|th)/gi, '$1');
  const month =
    MONTHS.indexOf(/(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)/i.exec(words)?.[0]?.toLowerCase() ?? '') + 1;
  const numbers = words.match(/\d+/g) ?? [];
  const year = numbers.find((digits) => digits.length === 4);
  const day = numbers.find((digits) => digits.length <= 2);
  if (day === undefined) return year === undefined ? undefined : `${year}-${two(month)}`;
  return prefixed(year === undefined ? '--' : `${year}-`, dayOf(month, Number(day)));
}

const DAYS_IN = new Map([
  ['d', 1],
  ['w', 7],
  ['天', 1],
  ['日', 1],
  ['周', 7],
  ['星', 7],
  ['礼', 7],
]);
/** 三天前, 2 days ago, in two weeks */
function offset(text: string): string | undefined {
  const back = /前$|ago$/.test(text);
  const han = new RegExp(`^(\\d{1,3}|${HAN_NUMBER})个?([天日周星礼])`, 'u').exec(text);
  const english = /(\d{1,3}|[a-z-]+) (d|w)(?:ay|eek)s?/i.exec(text);
  const count = han === null ? wordCount(english?.[1] ?? '') : number(han[1]) || hanNumber(han[1] ?? '');
  const days = (count ?? 0) * (DAYS_IN.get(han?.[2] ?? english?.[2]?.toLowerCase() ?? '') ?? 0);
  return days > 0 ? `${back ? '-' : '+'}${days}d` : undefined;
}
const wordCount = (text: string) => (/^\d/.test(text) ? Number(text) : englishNumber(text));

const HAN_DAY = '(?:三十[一]?|二十[一二三四五六七八九]?|十[一二三四五六七八九]?|[一二三四五六七八九])';
const MONTH_WORD =
  '(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)';
/** What tells a decimal or a fraction to be a day. */
const BOUGHT = '(?=[日号]|当天|那天|下单|买的|拍的|付|发货|到货|签收|之前|以前|前|的(?:活动|优惠|订单|单))';
const DAY_BEHIND = '(?![楼线店库门码机链院房台电仓桌位球桶池]|[\\d号])';

export const DAYS: readonly Find[] = [
  find(
    'date',
    '(?<![\\d.])(?:19|20)\\d{2}(?:[-/.]\\d{1,2}[-/.]\\d{1,2}|年\\d{1,2}月(?:\\d{1,2}[日号]?)?|年(?!龄|代|底|初))(?![\\d])',
    fullDate,
  ),
  find(
    'date',
    `(?<![\\d零一二三四五六七八九十个])(?:\\d{1,2}|十[一二]?|[一二三四五六七八九])月(?:\\d{1,2}|${HAN_DAY})[日号]?(?![\\d个])`,
    monthDay,
  ),
  find('date', '(?<![\\d零一二三四五六七八九十个前后])\\d{1,2}月份?(?![\\d个])', monthAlone),
  find('date', `(?<![\\d月第尾.-])\\d{1,2}[号日]${DAY_BEHIND}`, dayOfMonth),
  find('date', `(?<![\\d月第尾一二三四五六七八九十店区栋])${HAN_DAY}号${DAY_BEHIND}(?!电动|公馆|字)`, dayOfMonth),
  find('date', '双(?:11|12|十一|十二)(?!\\d)|double (?:11|12|eleven|twelve)', (text) =>
    /12|十二|twelve/i.test(text) ? '--12-12' : '--11-11',
  ),
  find('date', `(?<![\\d.A-Z])618(?=买|活动|大促|那天|期间|的|$|[\\s，,。?？!！])`, () => '--06-18'),
  find('date', '(?<![\\d.])(?:11\\.11|12\\.12|11/11|12/12)(?![\\d.])', monthDay),
  find('date', `(?<![\\d.])\\d{1,2}[./]\\d{1,2}${BOUGHT}`, monthDay),
  find('date', '大?前天|大?后天(?!性)|今[天日晚早](?!后)|明[天日晚早儿](?!白|显)|昨[天日晚]', relative),
  find('date', '(?:下下?|上上?|这|本)?个?(?:周|星期|礼拜)[一二三四五六日天末](?!个|次|天)', hanWeekday),
  find(
    'date',
    '(?:下|上|这|本)个?(?:周|星期|礼拜|月)(?![一二三四五六日天末])|(?:去|今|明)年|(?<![\\p{Script=Han}\\d])(?:月|年)[初底]|(?<=到|等|在)(?:月|年)[初底]',
    hanPeriod,
  ),
  find('date', `(?<![\\d.])(?:\\d{1,3}|${HAN_NUMBER})个?(?:天|日|周|星期|礼拜)(?:以|之)?[前后](?!台|端)`, offset),
  find('date', `${L}${MONTH_WORD}\\.? \\d{1,2}(?:st|nd|rd|th)?(?:,? \\d{4})?${R}(?!:)`, englishDate),
  find('date', `${L}\\d{1,2}(?:st|nd|rd|th)?(?: of)? ${MONTH_WORD}\\b\\.?(?:,? \\d{4})?${R}`, englishDate),
  find('date', `${L}${MONTH_WORD} (?:19|20)\\d{2}${R}`, englishDate),
  find('date', `(?<![\\d/])\\d{1,2}/\\d{1,2}/(?:19|20)\\d{2}(?![\\d/])`, slashed),
  find('date', `(?<=\\b(?:on|by|before|since|until|from) )\\d{1,2}/\\d{1,2}(?![\\d/])`, slashed),
  find(
    'date',
    `(?<=\\b(?:on|by|before|since|until|after) )(?:the )?(?<value>\\d{1,2}(?:st|nd|rd|th))${R}(?! (?:time|floor|attempt|of|street|avenue))`,
    dayOfMonth,
  ),
  find('date', '(?<=(?<!\\w)the )\\d{1,2}(?:st|nd|rd|th)(?= (?:is|was|works|at)\\b|$|[,.?!])', dayOfMonth),
  find('date', `${L}(?:today|tomorrow|tonight|yesterday|day after tomorrow)${R}`, relative),
  find(
    'date',
    `${L}(?:(?:next|last|this) )?(?<!black |cyber |super |casual )(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?<=(?:next|last|this|by|on|before|until) )(?:mon|tue|tues|wed|thu|thur|thurs|fri|sat|sun))${R}`,
    englishWeekday,
  ),
  find('date', `${L}(?:next|last|this) (?:week|weekend|month|year)${R}`, (text) => text.toLowerCase()),
  find(
    'date',
    `${L}(?:\\d{1,3}|an?|${ENGLISH_NUMBER}) (?:days?|weeks?) ago${R}|${L}in (?:\\d{1,3}|an?|${ENGLISH_NUMBER}) (?:days?|weeks?)${R}`,
    offset,
  ),
];
