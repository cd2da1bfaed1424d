/** A stretch of time by which a list is narrowed. */
import { CuecardError } from './error.ts';

/** `from` is in it, `until` is not; ISO 8601, of any offset. */
export type Stretch = { from?: string | undefined; until?: string | undefined };

/** What is kept is compared as text: in UTC, and of years of four digits, as `toISOString` writes what happens today. */
function instant(name: keyof Stretch, text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  const plain = new Date(text).toISOString();
  if (!/^\d/.test(plain)) throw refused(name, 'this instant lies outside the years 0000 to 9999');
  return plain;
}

const refused = (name: keyof Stretch, message: string): CuecardError =>
  new CuecardError('invalid', `this stretch of time cannot be listed: ${message}`, {
    errors: [{ path: `query.${name}`, message }],
  });

/** The same in UTC. Raises `invalid`, by the parameter's name, for one that holds nothing or leaves the calendar. */
export function stretchOf({ from, until }: Stretch): Stretch {
  const stretch = { from: instant('from', from), until: instant('until', until) };
  if (stretch.from !== undefined && stretch.until !== undefined && stretch.until <= stretch.from) {
    throw refused('until', 'it ends before it begins');
  }
  return stretch;
}
