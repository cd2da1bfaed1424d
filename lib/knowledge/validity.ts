import { instantOf, localTime } from '../domain/local-time.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;

const two = (value: number): string => String(value).padStart(2, '0');

/** ISO 8601 with the zone's offset, so that a person reads the hour they wrote. */
function isoWithOffset(at: number, timeZone: string): string {
  const { year, month, day, hour, minute } = localTime(at, timeZone);
  const offset = Date.UTC(year, month - 1, day, hour, minute) / MINUTE_MS - Math.floor(at / MINUTE_MS);
  const wall = new Date(at + offset * MINUTE_MS).toISOString().slice(0, 19);
  return `${wall}${offset < 0 ? '-' : '+'}${two(Math.floor(Math.abs(offset) / 60))}:${two(Math.abs(offset) % 60)}`;
}

/** The next midnight after a midnight; its noon is in the right day also when clocks change in between. */
function nextMidnight(at: number, timeZone: string): number {
  const { year, month, day } = localTime(at + 36 * HOUR_MS, timeZone);
  return instantOf(`${year}-${month}-${day}`, timeZone) ?? at;
}

/** `2026年11月11日 20：00` as `2026-11-11 20:00`. */
const plainDate = (text: string): string =>
  text
    .normalize('NFKC')
    .trim()
    .replace(/[年月]/g, '-')
    .replace(/日/, '');

/**
 * A date as people write it (`2026-11-11 20:00`, `2026/11/11`, `2026年11月11日`), on the zone's clocks, as ISO 8601 with
 * offset. A date alone begins at midnight; as the `end` of something it lasts the whole day. Undefined when it is none.
 */
export function parseValidity(text: string, timeZone: string, side: 'start' | 'end'): string | undefined {
  const plain = plainDate(text);
  const at = /^\d+$/.test(plain) ? undefined : instantOf(plain, timeZone);
  if (at === undefined) return undefined;
  const wholeDay = side === 'end' && !plain.includes(':');
  return isoWithOffset(wholeDay ? nextMidnight(at, timeZone) : at, timeZone);
}
