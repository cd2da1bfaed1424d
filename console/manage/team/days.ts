import { formatLocal, instantOf } from '../../../lib/domain/local-time.ts';

const HOUR_MS = 3_600_000;

const midnightOf = (at: number, timeZone: string): number =>
  instantOf(`${formatLocal(at, timeZone).slice(0, 10)} 00:00`, timeZone) ?? at;

/** Midnight (epoch ms) of the day that was so many days before; a negative number looks ahead. */
export function dayStart(now: number, timeZone: string, daysBefore: number): number {
  // From noon it is the right day also where the clocks change.
  const noon = midnightOf(now, timeZone) + 12 * HOUR_MS;
  return midnightOf(noon - daysBefore * 24 * HOUR_MS, timeZone);
}
