import { type Find, find, L, R } from './find.ts';
import { HAN_NUMBER, plainNumber } from './numerals.ts';

const two = (value: number) => String(value).padStart(2, '0');

const AFTERNOON = /下午|午后|傍晚|晚|夜里|p\.?m/i;
const MORNING = /凌晨|半夜|a\.?m/i;

function minutesOf(text: string): number {
  if (text.includes('半')) return 30;
  if (/一刻$/.test(text)) return 15;
  if (/三刻$/.test(text)) return 45;
  const minutes = /[:点](\d{1,2}|[二三四五]?十[一二三四五六七八九]?)/.exec(text)?.[1];
  return minutes === undefined ? 0 : Number(plainNumber(minutes));
}

/** `HH:MM` in 24 hours; an hour without half of day is taken as written. What stands before may hold the half of day. */
function readTime(text: string, before: string): string | undefined {
  if (/^noon$/i.test(text)) return '12:00';
  if (/^midnight$/i.test(text)) return '00:00';
  const found = new RegExp(`\\d{1,2}|${HAN_NUMBER}(?=点)`, 'u').exec(text)?.[0];
  const hour = found === undefined ? Number.NaN : Number(plainNumber(found));
  const minutes = minutesOf(text);
  if (!(hour >= 0 && hour <= 24 && minutes < 60)) return undefined;
  const half = /[今明昨后][早晚]\s?$|晚上?\s?$/.exec(before)?.[0] ?? '';
  const afternoon = AFTERNOON.test(text + half) || (text.startsWith('中午') && hour < 11);
  return `${two(onClock(hour, afternoon, MORNING.test(text)))}:${two(minutes)}`;
}

function onClock(hour: number, afternoon: boolean, morning: boolean): number {
  if (afternoon && hour < 12) return hour + 12;
  if (morning && hour === 12) return 0;
  return hour % 24;
}

const HALF = '(?:凌晨|清晨|早上|早晨|上午|中午|下午|午后|傍晚|晚上|晚间|夜里|半夜|(?<![今明昨后当])[早晚])';
const HOUR = '(?:\\d{1,2}|二十[一二三四]?|十[一二三四五六七八九]?|[二两三四五六七八九]|(?<=[晨早午晚上])一)';
const MINUTE = '(?:半|钟|整|一刻|三刻|[0-5]?\\d分?|[二三四五]?十[一二三四五六七八九]?分?)';
/** 点 also counts points and drops, and softens: 三点意见, 一点. */
const NOT_O_CLOCK = '(?![儿击评赞数心意滴子点建要])';

const DAY_BEFORE = /day|tomorrow|night|morning|evening|deliver|pick|come|arrive|open|close|meet|home/i;
/** "Tomorrow at 10": a bare hour beside a day. */
const bareHour = (text: string, before: string) => (DAY_BEFORE.test(before) ? readTime(text, before) : undefined);

export const TIMES: readonly Find[] = [
  find('time', '(?<=\\bat )(?:1[0-2]|[1-9])(?=$|[?,!]|\\.(?!\\d))', bareHour),
  find('time', `${HALF}?(?<![\\d第:.一二三四五六七八九十有差快])${HOUR}点${NOT_O_CLOCK}${MINUTE}?`, readTime),
  find('time', `${HALF}?(?<![\\d:.比])(?:[01]?\\d|2[0-4]):[0-5]\\d(?![\\d:]| ?[ap]\\.?m|的屏)`, (text, before) =>
    /比(?:例|分)?\s?$|ratio\s$|scale\s$|浓度\s?$/.test(before) ? undefined : readTime(text, before),
  ),
  find(
    'time',
    `${L}(?:1[0-2]|0?[1-9])(?::[0-5]\\d)?(?: ?(?:am|pm)(?![A-Za-z])(?! (?:not|so|i|very|still|confused|happy|sorry|waiting)\\b)| ?(?:a\\.m\\.|p\\.m\\.))`,
    readTime,
  ),
  find('time', `${L}(?:1[0-2]|[1-9]) o['’]clock${R}|${L}(?:noon|midnight)${R}`, readTime),
];
