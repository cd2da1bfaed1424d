import type { TeamHours, TeamNow } from '../../../lib/domain/contract/supervisor.ts';
import type { Shell } from '../shell/shell.ts';
import { dayStart } from './days.ts';

export const PERIODS = ['hour', 'today', 'yesterday', 'week', 'month'] as const;
export type Period = (typeof PERIODS)[number];

/** Hours are counted by the hours of UTC: this one, which may have just begun, is looked at with the one before. */
const HOUR_MS = 3_600_000;

export const readNow = async (shell: Shell): Promise<TeamNow> => (await shell.call('GET', '/v1/team/now')) as TeamNow;

/** What to ask the server for a period: days begin where the tenant's do. */
export function askFor(period: Period, now: number, timeZone: string): URLSearchParams {
  const iso = (at: number) => new Date(at).toISOString();
  if (period === 'hour')
    return new URLSearchParams({ from: iso((Math.floor(now / HOUR_MS) - 1) * HOUR_MS), until: iso(now) });
  const today = dayStart(now, timeZone, 0);
  if (period === 'today') return new URLSearchParams({ from: iso(today), until: iso(dayStart(now, timeZone, -1)) });
  if (period === 'yesterday') return new URLSearchParams({ from: iso(dayStart(now, timeZone, 1)), until: iso(today) });
  const back = period === 'week' ? 6 : 29;
  return new URLSearchParams({ from: iso(dayStart(now, timeZone, back)), until: iso(now), by: 'day' });
}

export const readHours = async (shell: Shell, period: Period, timeZone: string): Promise<TeamHours> =>
  (await shell.call('GET', `/v1/team/hours?${askFor(period, shell.now(), timeZone)}`)) as TeamHours;
