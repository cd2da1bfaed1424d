/**
 * When a shop's people are there. A stretch belongs to the day on which it begins: Friday 22:00-02:00 goes on into a
 * closed Saturday. Open is what the wall clock says: an hour that a change of the clocks repeats is open twice, one
 * that it leaves out never.
 */
import { localTime } from '../domain/local-time.ts';
import type { Hours } from '../domain/routing.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
const DAY_MINUTES = 1_440;
/** Further ahead nothing is looked for. */
const HORIZON_DAYS = 62;

/** Minutes of the day on which it begins; `until` lies beyond 1,440 where it goes on after midnight. */
export type Stretch = { from: number; until: number };

/** `09:30` as minutes of the day. */
export const minutesOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));

/** A stretch that ends before it begins goes on after midnight; one that ends where it begins is none. */
export function stretchOf(from: string, until: string): Stretch | undefined {
  const [start, end] = [minutesOf(from), minutesOf(until)];
  if (start === end) return undefined;
  return { from: start, until: end < start ? end + DAY_MINUTES : end };
}

/** A day of the calendar as its number since 1970, whatever the zone: days are counted, not instants. */
const dayNumber = (at: number, timeZone: string): { day: number; minute: number } => {
  const { year, month, day, hour, minute } = localTime(at, timeZone);
  return { day: Date.UTC(year, month - 1, day) / DAY_MS, minute: hour * 60 + minute };
};

/** 1970-01-01 was a Thursday. */
const weekdayOf = (day: number): number => ((((day + 3) % 7) + 7) % 7) + 1;
const dateOf = (day: number): string => new Date(day * DAY_MS).toISOString().slice(0, 10);

/** The stretches that begin on a day: a holiday's own, else the week's. */
function stretchesOn({ week, holidays = [] }: Hours, day: number): Stretch[] {
  const date = dateOf(day);
  const special = holidays.filter((holiday) => holiday.date === date);
  const rows = special.length > 0 ? special : week.filter(({ days }) => days.includes(weekdayOf(day)));
  return rows.flatMap(({ from, until }) => (from && until ? (stretchOf(from, until) ?? []) : []));
}

/** Whether somebody is there at `at` (epoch ms). Without hours the shop never closes. */
export function isOpen(hours: Hours | undefined, timeZone: string, at: number): boolean {
  if (hours === undefined) return true;
  const { day, minute } = dayNumber(at, timeZone);
  const within = (start: number, now: number) =>
    stretchesOn(hours, start).some(({ from, until }) => from <= now && now < until);
  return within(day, minute) || within(day - 1, minute + DAY_MINUTES);
}

/**
 * When the shop is open next (epoch ms): `now` itself while it is open; undefined when it does not open within two
 * months. The state can only change where a stretch begins or the clocks change, so only those minutes are looked at.
 */
export function opensAt(hours: Hours | undefined, timeZone: string, now: number): number | undefined {
  if (hours === undefined || isOpen(hours, timeZone, now)) return now;
  const today = dayNumber(now, timeZone).day;
  const firstOf = (day: number): number =>
    Math.min(...candidatesOf(hours, timeZone, day).filter((at) => at > now && isOpen(hours, timeZone, at)));
  for (let day = today - 1; day <= today + HORIZON_DAYS; day += 1) {
    const next = firstOf(day);
    // What a day looks at may lie two days on, where the clocks change, and behind a beginning of those days.
    if (Number.isFinite(next)) return Math.min(next, firstOf(day + 1), firstOf(day + 2));
  }
  return undefined;
}

/** A zone's distance from UTC (ms). */
function offsetAt(at: number, timeZone: string): number {
  const { day, minute } = dayNumber(at, timeZone);
  return day * DAY_MS + minute * MINUTE_MS - Math.floor(at / MINUTE_MS) * MINUTE_MS;
}

/** The instants of a day at which the shop may open: beginnings of stretches, in every offset of the day, and clock changes. */
function candidatesOf(hours: Hours, timeZone: string, day: number): number[] {
  const midnight = day * DAY_MS;
  const [first, last] = [midnight - DAY_MS, midnight + 2 * DAY_MS];
  const offsets = [offsetAt(first, timeZone), offsetAt(last, timeZone)];
  const starts = stretchesOn(hours, day).map(({ from }) => midnight + from * MINUTE_MS);
  const begun = starts.flatMap((start) => offsets.map((offset) => start - offset));
  return offsets[0] === offsets[1] ? begun : [...begun, changeBetween(first, last, timeZone)];
}

/** The minute at which a zone's offset changes, by halving. */
function changeBetween(first: number, last: number, timeZone: string): number {
  const before = offsetAt(first, timeZone);
  let [low, high] = [first / MINUTE_MS, last / MINUTE_MS];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (offsetAt(middle * MINUTE_MS, timeZone) === before) low = middle;
    else high = middle;
  }
  return high * MINUTE_MS;
}
