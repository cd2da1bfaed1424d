/** What happened, by hour or by day of the tenant's time zone. */
import { MOST_DAYS, MOST_HOURS } from '../domain/contract/supervisor.ts';
import { CuecardError } from '../domain/error.ts';
import type { TenantId } from '../domain/ids.ts';
import { formatLocal, instantOf } from '../domain/local-time.ts';
import type { HourCounts } from '../ports/counts.ts';
import type { FlowDeps } from './flow.ts';
import { addCounts, type Counts, hourOf } from './tally.ts';

const HOUR_MS = 3_600_000;

export type HoursDeps = Pick<FlowDeps, 'readTenant' | 'now'> & { hours: Pick<HourCounts, 'between'> };

/** The midnight (epoch ms) that the tenant's day began with. */
export function dayBegan(now: number, timeZone: string): number {
  return instantOf(`${formatLocal(now, timeZone).slice(0, 10)} 00:00`, timeZone) ?? now - (now % (24 * HOUR_MS));
}

/** Raises `not_found`. */
export async function tenantOf({ readTenant }: HoursDeps, id: TenantId) {
  const tenant = await readTenant(id);
  if (tenant === undefined) throw new CuecardError('not_found', `no tenant ${id}`);
  return tenant;
}

export type Asked = { from?: string | undefined; until?: string | undefined; by: 'hour' | 'day' };
/** Epoch ms, `until` excluded, and what was counted between. */
export type Stretch = { from: number; until: number; counts: Counts };

/**
 * Counts by hour or by day of the tenant's time zone, none left out. An hour of UTC counts for the day in which it
 * begins, so in zones that are half an hour off a day is, too. Raises `invalid` for a stretch that is too long or ends
 * before it begins.
 */
export async function teamHours(
  deps: HoursDeps,
  id: TenantId,
  asked: Asked,
): Promise<{ timeZone: string; stretches: Stretch[] }> {
  const { timeZone } = (await tenantOf(deps, id)).settings;
  const now = deps.now();
  const wanted = asked.from === undefined ? dayBegan(now, timeZone) : Date.parse(asked.from);
  const from = wanted - (wanted % HOUR_MS);
  const until = asked.until === undefined ? now : Date.parse(asked.until);
  checkStretch(from, until, asked.by);
  const hours = await deps.hours.between(id, hourOf(from), hourOf(until - 1));
  const known = new Map(hours.map(({ hour, counts }) => [hour, counts]));
  const stretches: Stretch[] = [];
  for (let at = from; at < until; at += HOUR_MS) {
    const counts = known.get(hourOf(at)) ?? {};
    const last = stretches.at(-1);
    if (asked.by === 'day' && last !== undefined && isSameDay(last.from, at, timeZone)) {
      last.until = at + HOUR_MS;
      last.counts = addCounts(last.counts, counts);
    } else stretches.push({ from: at, until: at + HOUR_MS, counts });
  }
  return { timeZone, stretches };
}

const isSameDay = (a: number, b: number, timeZone: string): boolean =>
  formatLocal(a, timeZone).slice(0, 10) === formatLocal(b, timeZone).slice(0, 10);

function checkStretch(from: number, until: number, by: Asked['by']): void {
  const most = by === 'hour' ? MOST_HOURS * HOUR_MS : (MOST_DAYS + 1) * 24 * HOUR_MS;
  const message =
    until <= from
      ? 'it ends before it begins'
      : until - from > most
        ? `at most ${by === 'hour' ? `${MOST_HOURS} hours; ask by day` : `${MOST_DAYS} days`}`
        : undefined;
  if (message === undefined) return;
  throw new CuecardError('invalid', `this stretch of time cannot be listed: ${message}`, {
    errors: [{ path: 'query.until', message }],
  });
}
