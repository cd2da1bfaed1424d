/** Wall-clock time in a named time zone. The host's own zone is never used: it differs between cloud and laptop. */

export type LocalTime = {
  year: number;
  /** 1-12. */
  month: number;
  day: number;
  hour: number;
  minute: number;
  /** 1 is Monday, 7 Sunday. */
  weekday: number;
};

const MINUTE_MS = 60_000;
/** Formatters cost tens of microseconds to make; there are a few hundred zones at most. */
const formatters = new Map<string, Intl.DateTimeFormat>();

function formatter(timeZone: string): Intl.DateTimeFormat {
  const known = formatters.get(timeZone);
  if (known !== undefined) return known;
  const made = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
  });
  formatters.set(timeZone, made);
  return made;
}

/** Epoch milliseconds as wall-clock time. `timeZone` is an IANA name that the settings have checked. */
export function localTime(at: number, timeZone: string): LocalTime {
  const fields = new Map(
    formatter(timeZone)
      .formatToParts(at)
      .map((part) => [part.type, Number(part.value)]),
  );
  const [year, month, day] = [fields.get('year') ?? 0, fields.get('month') ?? 1, fields.get('day') ?? 1];
  const sundayFirst = new Date(Date.UTC(year, month - 1, day)).getUTCDay();
  const weekday = sundayFirst === 0 ? 7 : sundayFirst;
  return { year, month, day, hour: fields.get('hour') ?? 0, minute: fields.get('minute') ?? 0, weekday };
}

const two = (value: number) => String(value).padStart(2, '0');

/** `2026-11-21 14:05`. */
export function formatLocal(at: number, timeZone: string): string {
  const local = localTime(at, timeZone);
  return `${local.year}-${two(local.month)}-${two(local.day)} ${two(local.hour)}:${two(local.minute)}`;
}

function offsetAt(at: number, timeZone: string): number {
  const { year, month, day, hour, minute } = localTime(at, timeZone);
  return Date.UTC(year, month - 1, day, hour, minute) - Math.floor(at / MINUTE_MS) * MINUTE_MS;
}

const LOCAL = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T\s]+(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?)?$/;
const EPOCH_SECONDS = /^\d{10}$/;
const EPOCH_MS = /^\d{13}$/;

/**
 * Epoch milliseconds of a time as a platform or a spreadsheet writes it: ISO 8601 with an offset, epoch seconds or
 * milliseconds, or a wall-clock time, which is read in `timeZone`. Undefined when it is none of these.
 */
export function instantOf(text: string, timeZone: string): number | undefined {
  const trimmed = text.trim();
  if (EPOCH_SECONDS.test(trimmed)) return Number(trimmed) * 1_000;
  if (EPOCH_MS.test(trimmed)) return Number(trimmed);
  const local = LOCAL.exec(trimmed);
  if (local !== null) return wallClock(local.slice(1).map(Number), timeZone);
  const absolute = /(?:Z|[+-]\d{2}:?\d{2})$/i.test(trimmed) ? Date.parse(trimmed) : Number.NaN;
  return Number.isNaN(absolute) ? undefined : absolute;
}

function wallClock(fields: readonly number[], timeZone: string): number | undefined {
  const [year = 0, month = 0, day = 0, hour, minute, second] = fields.map((field) => (Number.isNaN(field) ? 0 : field));
  const utc = Date.UTC(year, month - 1, day, hour, minute, second);
  const date = new Date(utc);
  if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return undefined;
  // The offset on the wall clock's own day; asked twice because a zone's offset may change between the two guesses.
  const guess = utc - offsetAt(utc, timeZone);
  return utc - offsetAt(guess, timeZone);
}
