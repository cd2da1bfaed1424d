/** The team lead's room. */
import { once, remembered } from '../adapters/memory.ts';
import type { Stretch } from '../assist/team-hours.ts';
import type { TeamDeps } from '../assist/team-now.ts';
import type { ReportItem, TeamHours, TeamNow } from '../domain/contract/supervisor.ts';
import type { TenantId } from '../domain/ids.ts';
import { reportOf, shareOf, sumCounts } from '../measure/hours.ts';
import { now, table } from './clients.ts';
import { hourCounts } from './counts.ts';
import { readTenant } from './library.ts';
import { conversationDeps } from './messages.ts';

/** Several supervisors, or several pages of one, look at the same moment. */
const MOMENT = { ttlMs: 2_000, limit: 1_000, now };

const itemOf = ({ from, until, counts }: Stretch): ReportItem => ({
  ...reportOf(sumCounts([counts])),
  from: new Date(from).toISOString(),
  until: new Date(until).toISOString(),
});

export const supervisor = /* @__PURE__ */ once(async () => {
  const [{ teamNow }, { teamHours }, { conversations }, { dynamodbAgents }, theTable, hours] = await Promise.all([
    import('../assist/team-now.ts'),
    import('../assist/team-hours.ts'),
    conversationDeps(),
    import('../adapters/dynamodb/agents.ts'),
    table(),
    hourCounts(),
  ]);
  const deps: TeamDeps = { conversations, agents: dynamodbAgents(theTable), hours, readTenant, now };
  const look = remembered(async (tenant: string): Promise<TeamNow> => {
    const { today, ...team } = await teamNow(deps, tenant as TenantId);
    const { 'first.1m': minute = 0, first = 0, unanswered = 0 } = today;
    return { ...team, withinMinute: shareOf(minute, first + unanswered) };
  }, MOMENT);
  return {
    now: (tenant: TenantId) => look(tenant),
    async hours(tenant: TenantId, asked: Parameters<typeof teamHours>[2]): Promise<TeamHours> {
      const { timeZone, stretches } = await teamHours(deps, tenant, asked);
      const items = stretches.map(itemOf);
      const counts = sumCounts(stretches.map((one) => one.counts));
      const [first, last] = [stretches[0], stretches.at(-1)];
      return { timeZone, items, total: itemOf({ from: first?.from ?? 0, until: last?.until ?? 0, counts }) };
    },
  };
});
