/** Days and times that a text names, each in one form: `11-20`, `weekday-3`, `day+1`, `18:00`. */

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const MONTH = `(${MONTHS.join('|')})[a-z]*\\.?`;
const WEEKDAYS_ZH = '一二三四五六日天';
const WEEKDAYS_EN = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
const RELATIVE: readonly (readonly [string, RegExp])[] = [
  ['day+0', /今天|今日|今晚|当天|当日|\btoday\b|\btonight\b|same[- ]day/],
  ['day+1', /明天|明日|明早|明晚|次日|\btomorrow\b|next[- ]day/],
  ['day+2', /后天|day after tomorrow/],
  ['day-1', /昨天|昨日|\byesterday\b/],
  ['week+0', /本周|这周|\bthis week\b/],
  ['week+1', /下周|下星期|\bnext week\b/],
  ['month+0', /本月|这个月|月底|\bthis month\b|end of the month/],
  ['month+1', /下个?月|\bnext month\b/],
  ['weekend', /周末|\bweekends?\b/],
];

const two = (part: string | undefined): string => String(Number(part ?? 0)).padStart(2, '0');
const day = (month: string | undefined, date: string | undefined): string => `${two(month)}-${two(date)}`;
const monthNamed = (name: string | undefined): string => String(MONTHS.indexOf((name ?? '').slice(0, 3)) + 1);

/** Patterns with the form each gives; what one has read the next does not see. */
const FORMS: readonly (readonly [RegExp, (parts: RegExpMatchArray) => string])[] = [
  [/\d{4}\s?[-/年.]\s?(\d{1,2})\s?[-/月.]\s?(\d{1,2})[日号]?/g, ([, month, date]) => day(month, date)],
  [/(\d{1,2})\s?月\s?(\d{1,2})\s?[日号]?/g, ([, month, date]) => day(month, date)],
  [new RegExp(`\\b${MONTH}\\s(\\d{1,2})(?:st|nd|rd|th)?\\b`, 'g'), ([, name, date]) => day(monthNamed(name), date)],
  [
    new RegExp(`\\b(\\d{1,2})(?:st|nd|rd|th)?(?: of)?\\s${MONTH}\\b`, 'g'),
    ([, date, name]) => day(monthNamed(name), date),
  ],
  [/\b(\d{1,2}):(\d{2})(?:\s?(am|pm)\b)?/g, ([, hour, minute, half]) => clock(hour, minute, half)],
  [/\b(\d{1,2})\s?(am|pm)\b/g, ([, hour, half]) => clock(hour, '0', half)],
  [
    new RegExp(`(?:周|星期|礼拜)([${WEEKDAYS_ZH}])`, 'g'),
    ([, weekday]) => `weekday-${Math.min(7, WEEKDAYS_ZH.indexOf(weekday ?? '') + 1)}`,
  ],
  [
    new RegExp(`\\b(${WEEKDAYS_EN.join('|')})(?:day|sday|nesday|rsday|urday)s?\\b`, 'g'),
    ([, name]) => `weekday-${WEEKDAYS_EN.indexOf(name ?? '') + 1}`,
  ],
];

function clock(hour: string | undefined, minute: string | undefined, half: string | undefined): string {
  const late = half === 'pm' && Number(hour) < 12 ? 12 : 0;
  return `${two(String(Number(hour) + late))}:${two(minute)}`;
}

/** The days and times of a text (NFKC, lower case), and what is left of it without them. */
export function datesOf(text: string): { dates: string[]; rest: string } {
  const dates = RELATIVE.filter(([, pattern]) => pattern.test(text)).map(([form]) => form);
  let rest = text;
  for (const [pattern, form] of FORMS) {
    for (const match of rest.matchAll(pattern)) dates.push(form(match));
    rest = rest.replace(pattern, ' ');
  }
  return { dates, rest };
}
