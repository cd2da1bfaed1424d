import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { localTime } from '../../../lib/domain/local-time.ts';
import type { Hours } from '../../../lib/domain/routing.ts';
import { isOpen, opensAt } from '../../../lib/handoff/hours.ts';

const MINUTE = 60_000;
const ZONES = ['Asia/Shanghai', 'Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kathmandu'];

const two = (value: number): string => String(value).padStart(2, '0');
const minutes = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));

/** The wall clock as a table of minutes: what the rule says, said once more and more slowly. */
function openByTheClock({ week, holidays = [] }: Hours, timeZone: string, at: number): boolean {
  const { year, month, day, hour, minute } = localTime(at, timeZone);
  const now = hour * 60 + minute;
  const stretches = (back: number) => {
    const date = new Date(Date.UTC(year, month - 1, day - back));
    const own = holidays.filter((one) => one.date === date.toISOString().slice(0, 10));
    const weekday = date.getUTCDay() === 0 ? 7 : date.getUTCDay();
    return own.length > 0 ? own : week.filter(({ days }) => days.includes(weekday));
  };
  const today = stretches(0).some(({ from = '00:00', until = '00:00' }) => {
    const [start, end] = [minutes(from), minutes(until)];
    return start < end ? start <= now && now < end : start > end && start <= now;
  });
  const fromYesterday = stretches(1).some(({ from = '00:00', until = '00:00' }) => {
    const [start, end] = [minutes(from), minutes(until)];
    return start > end && now < end;
  });
  return today || fromYesterday;
}

const time = fc
  .integer({ min: 0, max: 95 })
  .map((quarter) => `${two(Math.floor(quarter / 4))}:${two((quarter % 4) * 15)}`);
const stretch = fc.record({
  days: fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1 }),
  from: time,
  until: time,
});

describe('opening hours', () => {
  test('open next is what a walk minute by minute finds, around changes of the clocks too', () => {
    // The nights around which the clocks change in one of the zones, and ordinary days.
    const around = fc.constantFrom(
      '2026-03-08',
      '2026-03-29',
      '2026-04-05',
      '2026-10-04',
      '2026-10-25',
      '2026-11-01',
      '2026-06-15',
    );
    const holiday = fc.record({
      offset: fc.integer({ min: -1, max: 3 }),
      hours: fc.option(fc.tuple(time, time), { nil: undefined }),
    });
    fc.assert(
      fc.property(
        fc.constantFrom(...ZONES),
        around,
        fc.integer({ min: 0, max: 2 * 1_440 }),
        fc.array(stretch, { minLength: 1, maxLength: 3 }),
        fc.array(holiday, { maxLength: 3 }),
        (timeZone, date, after, week, days) => {
          const now = Date.parse(`${date}T00:00:00Z`) - 1_440 * MINUTE + after * MINUTE;
          const holidays = days.map(({ offset, hours }) => {
            const on = new Date(Date.parse(`${date}T00:00:00Z`) + offset * 86_400_000).toISOString().slice(0, 10);
            return { date: on, ...(hours === undefined ? {} : { from: hours[0], until: hours[1] }) };
          });
          const hours: Hours = { week, holidays };
          expect(isOpen(hours, timeZone, now)).toBe(openByTheClock(hours, timeZone, now));
          const found = opensAt(hours, timeZone, now);
          const horizon = now + 2 * 1_440 * MINUTE;
          let walked = now;
          while (walked < horizon && !openByTheClock(hours, timeZone, walked)) walked += MINUTE;
          if (walked < horizon) expect(found).toBe(walked);
          else expect(found === undefined || found >= horizon).toBe(true);
        },
      ),
      { numRuns: 60 },
    );
  });

  const WEEK: Hours = { week: [{ days: [1, 2, 3, 4, 5], from: '09:00', until: '18:00' }] };
  const at = (text: string): number => Date.parse(text);

  test('without hours a shop never closes', () => {
    expect(opensAt(undefined, 'Asia/Shanghai', 1)).toBe(1);
  });
  test('over a weekend', () => {
    expect(opensAt(WEEK, 'Asia/Shanghai', at('2026-11-27T18:00:00+08:00'))).toBe(at('2026-11-30T09:00:00+08:00'));
  });
  test('a stretch over midnight goes on into a closed day', () => {
    const late: Hours = { week: [{ days: [5], from: '22:00', until: '02:00' }], holidays: [{ date: '2026-11-28' }] };
    expect(isOpen(late, 'Asia/Shanghai', at('2026-11-28T01:59:00+08:00'))).toBe(true);
    expect(isOpen(late, 'Asia/Shanghai', at('2026-11-28T02:00:00+08:00'))).toBe(false);
  });
  test('an hour that the clocks leave out opens when the clocks have moved', () => {
    const night: Hours = { week: [{ days: [7], from: '02:15', until: '05:00' }] };
    expect(opensAt(night, 'Europe/Berlin', at('2026-03-29T00:30:00Z'))).toBe(at('2026-03-29T01:00:00Z'));
  });
  test('an opening before the clocks change, seen from the day before', () => {
    const early: Hours = { week: [], holidays: [{ date: '2026-03-29', from: '00:00', until: '03:15' }] };
    expect(opensAt(early, 'Europe/Berlin', at('2026-03-28T00:00:00Z'))).toBe(at('2026-03-28T23:00:00Z'));
  });
  test('a shop that opens at no time within two months', () => {
    expect(opensAt({ week: [] }, 'Asia/Shanghai', at('2026-11-27T18:00:00+08:00'))).toBeUndefined();
  });
});
