/** The times that a hand-off gets at its commit: absolute, on the head, so that whatever dies meanwhile they come due. */
import type { Handoff, HandoffTerms } from '../domain/handoff.ts';
import { routingOf } from '../domain/routing.ts';
import { slaFor } from './sla.ts';

type Durations = Pick<HandoffTerms, 'tellEveryMs' | 'agesMs' | 'overflowMs' | 'sla'>;
type Times = Pick<Handoff, 'opensAt' | 'overflowAt' | 'tellAt' | 'raiseAt' | 'sla'>;

/** What the tenant's settings say of a hand-off to this skill. Nobody is told again, or moves up, at a duration of 0. */
export function durationsOf(given: Parameters<typeof routingOf>[0], skill: string): Durations {
  const { overflowMs, tellEveryMs, sla, priorities } = routingOf(given);
  const { waitMs = 0 } = priorities;
  return {
    overflowMs,
    sla: sla.filter((target) => target.skill === undefined || target.skill === skill),
    ...(tellEveryMs === 0 ? {} : { tellEveryMs }),
    ...(waitMs === 0 ? {} : { agesMs: waitMs }),
  };
}

/** Those durations as times (epoch ms). While the shop is closed no clock runs; as it opens, who waits is told their place. */
export function timesFrom(now: number, skill: string, terms: HandoffTerms): Times {
  const { opensAt, overflowMs, tellEveryMs, agesMs } = terms;
  const from = Math.max(now, opensAt ?? now);
  const sla = slaFor({ sla: terms.sla ?? [] }, skill, now, opensAt);
  return {
    ...(opensAt === undefined ? {} : { opensAt }),
    ...(overflowMs === undefined ? {} : { overflowAt: from + overflowMs }),
    ...(tellEveryMs === undefined ? {} : { tellAt: from > now ? from : now + tellEveryMs }),
    ...(agesMs === undefined ? {} : { raiseAt: from + agesMs }),
    ...(sla === undefined ? {} : { sla }),
  };
}
