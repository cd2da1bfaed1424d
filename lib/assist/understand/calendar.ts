/** Days and times as customers write them, normalised without a clock: relative words stay words. */

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

const RELATIVE: readonly [RegExp, string][] = [
  [/大前天/, '-3d'],
  [/前天/, '-2d'],
  [/昨|yesterday/i, 'yesterday'],
  [/今|today|tonight/i, 'today'],
  [/大后天/, '+3d'],
  [/后天|day after tomorrow/i, '+2d'],
  [/明|tomorrow/i, 'tomorrow'],
];

const two = (value: string | number) => String(value).padStart(2, '0');

function dayOf(month: number, day: number): string | undefined {
  return month >= 1 && month <= 12 && day >= 1 && day <= 31 ? `${two(month)}-${two(day)}` : undefined;
}

function fullDate(text: string): string | undefined {
  const [year, month, day] = text.match(/\d+/g) ?? [];
  if (year?.length !== 4 || month === undefined) return undefined;
  if (day === undefined) return Number(month) <= 12 ? `${year}-${two(month)}` : undefined;
  const monthDay = dayOf(Number(month), Number(day));
  return monthDay === undefined ? undefined : `${year}-${monthDay}`;
}

function englishDate(text: string): string | undefined {
  const month =
    MONTHS.indexOf(/[a-z]{3}/i.exec(text.replaceAll(/\d+(?:st|nd|rd|th)/gi, ''))?.[0]?.toLowerCase() ?? '') + 1;
  const numbers = text.match(/\d+/g) ?? [];
  const year = numbers.find((number) => number.length === 4);
  const monthDay = dayOf(month, Number(numbers.find((number) => number.length <= 2)));
  if (monthDay === undefined) return undefined;
  return year === undefined ? `--${monthDay}` : `${year}-${monthDay}`;
}

/** ISO 8601 as far as it is known: `2026-11-11`, `--11-11`, `---03`; `today`, `tomorrow`, `+2d`, else the words. */
export function readDay(text: string): string | undefined {
  if (/^\d{4}/.test(text)) return fullDate(text);
  if (/月/.test(text) && /\d/.test(text)) return monthDay(text);
  if (/^\d{1,2}[号日]$/.test(text)) return dayOfMonth(text);
  if (text.startsWith('双')) return /12|十二/.test(text) ? '--12-12' : '--11-11';
  if (/\d/.test(text)) return englishDate(text);
  return RELATIVE.find(([pattern]) => pattern.test(text))?.[1] ?? text.toLowerCase();
}

function monthDay(text: string): string | undefined {
  const [month, day] = text.match(/\d+/g) ?? [];
  return prefixed('--', dayOf(Number(month), Number(day)));
}

function dayOfMonth(text: string): string | undefined {
  return prefixed('-', dayOf(1, Number.parseInt(text, 10))?.replace(/^\d\d/, '-'));
}

function prefixed(prefix: string, value: string | undefined): string | undefined {
  return value === undefined ? undefined : prefix + value;
}

const HAN_HOURS = new Map([...'零一二三四五六七八九十'].map((char, value) => [char, value]));

function hourOf(text: string): number | undefined {
  const number = /\d{1,2}/.exec(text)?.[0];
  if (number !== undefined) return Number(number);
  const han = /十[一二]?|[一二两三四五六七八九]/.exec(text.replace(/^[^点]*?(?=[十一二两三四五六七八九]+点)/, ''))?.[0];
  if (han === undefined) return undefined;
  if (han.startsWith('十')) return 10 + (HAN_HOURS.get(han.charAt(1)) ?? 0);
  return han === '两' ? 2 : HAN_HOURS.get(han);
}

function minuteOf(text: string): number {
  if (text.includes('半')) return 30;
  return Number(/[:：点](\d{1,2})/.exec(text)?.[1] ?? 0);
}

const AFTERNOON = /下午|傍晚|晚|p\.?m/i;
const MORNING = /a\.?m/i;

/** `HH:MM` in 24 hours; an hour without half of day is taken as written. */
export function readTime(text: string): string | undefined {
  if (/^noon$/i.test(text)) return '12:00';
  if (/^midnight$/i.test(text)) return '00:00';
  const hour = hourOf(text);
  if (hour === undefined || hour > 24) return undefined;
  const afternoon = AFTERNOON.test(text) || (text.startsWith('中午') && hour < 11);
  return `${two(onClock(hour, afternoon, MORNING.test(text)))}:${two(minuteOf(text))}`;
}

function onClock(hour: number, afternoon: boolean, morning: boolean): number {
  if (afternoon && hour < 12) return hour + 12;
  if (morning && hour === 12) return 0;
  return hour % 24;
}
