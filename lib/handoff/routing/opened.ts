/**
 * Hours may change while somebody waits for the shop to open. When it opens is on the head, with every time that is
 * counted from there, so that it comes due by itself; a shop that is open by the hours of now is open to them, too.
 */
import type { Head } from '../../domain/conversation.ts';
import type { Handoff, Sla } from '../../domain/handoff.ts';
import { routingOf } from '../../domain/routing.ts';
import type { Settings } from '../../domain/tenant.ts';
import { isOpen } from '../hours.ts';

type Hours = Pick<Settings, 'routing' | 'timeZone'>;

/** Up to when (epoch ms) an opening is one that has come: any, while the shop is open by the hours of now. */
export const openedUpTo = ({ routing, timeZone }: Hours, now: number): number =>
  isOpen(routingOf(routing).hours, timeZone, now) ? Number.POSITIVE_INFINITY : now;

/**
 * A head that waits for an opening that has come sooner: all that was counted from the opening is counted from now. The
 * very head where nothing is ahead.
 */
export function opened(head: Head, now: number): Head {
  const { owner, handoff } = head;
  if (owner !== 'queue' || handoff?.opensAt === undefined || handoff.opensAt <= now) return head;
  // What was seen to up to this very moment is due after it.
  const from = Math.max(now, (handoff.tendedAt ?? 0) + 1);
  const sooner = soonerBy(handoff.opensAt - from, from);
  const times = { ...sooner(handoff, 'overflowAt'), ...sooner(handoff, 'tellAt'), ...sooner(handoff, 'raiseAt') };
  const { sla } = handoff;
  return {
    ...head,
    handoff: { ...handoff, ...times, opensAt: now, ...(sla === undefined ? {} : { sla: began(sla) }) },
  };

  function began(known: Sla): Sla {
    const first = { ...sooner(known, 'warnAt'), ...sooner(known, 'firstResponseBy') };
    return { ...known, ...first, ...sooner(known, 'resolveWarnAt'), ...sooner(known, 'resolveBy') };
  }
}

type Timed = Pick<Handoff, 'overflowAt' | 'tellAt' | 'raiseAt'> & Sla;

/** A time of a hand-off that much sooner, where it has it; never before `from`. */
const soonerBy =
  (ms: number, from: number) =>
  (times: Timed, name: keyof Timed): Timed => {
    const time = times[name];
    return time === undefined ? {} : { [name]: Math.max(from, time - ms) };
  };
