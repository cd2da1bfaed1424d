/**
 * What a hand-off promises: the first words of a person, and an end. Targets are absolute times on the head from the
 * hand-off on; what has been warned of and what was broken is marked there once, so that no crash tells it twice.
 */
import type { Head } from '../domain/conversation.ts';
import type { Handoff, Sla } from '../domain/handoff.ts';
import { DEFAULT_ROUTING, type Routing, type SlaTarget } from '../domain/routing.ts';

/** Where a tenant sets a target without a warning: as long before as the default has it. */
const WARN_BEFORE_MS = 20_000;

/** The skill's own target; what it leaves open is everybody's. */
function targetOf(targets: readonly SlaTarget[], skill: string): SlaTarget {
  const everybody = targets.find((target) => target.skill === undefined);
  return { ...everybody, ...targets.find((target) => target.skill === skill) };
}

/** The times of a hand-off made at `now` (epoch ms). The clock starts when the shop opens. Undefined: nothing is promised. */
export function slaFor(
  routing: Pick<Partial<Routing>, 'sla'> | undefined,
  skill: string,
  now: number,
  opensAt?: number,
): Sla | undefined {
  const { firstResponseMs, resolutionMs, warnBeforeMs } = targetOf(routing?.sla ?? DEFAULT_ROUTING.sla, skill);
  const start = Math.max(now, opensAt ?? now);
  const warnAt = (ms: number): number => start + Math.max(0, ms - (warnBeforeMs ?? WARN_BEFORE_MS));
  const first =
    firstResponseMs === undefined ? {} : { warnAt: warnAt(firstResponseMs), firstResponseBy: start + firstResponseMs };
  const end =
    resolutionMs === undefined ? {} : { resolveWarnAt: warnAt(resolutionMs), resolveBy: start + resolutionMs };
  const sla = { ...first, ...end };
  return Object.keys(sla).length === 0 ? undefined : sla;
}

const answeredAt = ({ answeredAt: at }: Handoff): number | undefined => (at === undefined ? undefined : Date.parse(at));

const isPast = (time: number | undefined, now: number): time is number => time !== undefined && time <= now;

function firstTick(handoff: Handoff, sla: Sla, now: number): Sla {
  if (sla.breachedAt !== undefined) return sla;
  const answered = answeredAt(handoff);
  const until = answered ?? now;
  if (sla.firstResponseBy !== undefined && sla.firstResponseBy < until) {
    return { ...sla, breachedAt: sla.firstResponseBy };
  }
  const warns = answered === undefined && sla.warnedAt === undefined && isPast(sla.warnAt, now);
  return warns ? { ...sla, warnedAt: now } : sla;
}

function endTick(sla: Sla, now: number): Sla {
  if (sla.resolveBreachedAt !== undefined) return sla;
  if (sla.resolveBy !== undefined && sla.resolveBy < now) return { ...sla, resolveBreachedAt: sla.resolveBy };
  return sla.resolveWarnedAt === undefined && isPast(sla.resolveWarnAt, now) ? { ...sla, resolveWarnedAt: now } : sla;
}

/** Marks what has come due of a hand-off's promises; the very head when nothing has. */
export function slaTick(head: Head, now: number): Head {
  const { handoff } = head;
  if (handoff?.sla === undefined) return head;
  const sla = endTick(firstTick(handoff, handoff.sla, now), now);
  return sla === handoff.sla ? head : { ...head, handoff: { ...handoff, sla } };
}

/** When the next of a hand-off's promises has to be warned of or is broken (epoch ms). */
export function slaTimes({ handoff }: Head): number[] {
  if (handoff?.sla === undefined) return [];
  const { sla } = handoff;
  const first = handoff.answeredAt === undefined && sla.breachedAt === undefined;
  const times = [
    first && sla.warnedAt === undefined ? sla.warnAt : undefined,
    first ? after(sla.firstResponseBy) : undefined,
    sla.resolveBreachedAt === undefined && sla.resolveWarnedAt === undefined ? sla.resolveWarnAt : undefined,
    sla.resolveBreachedAt === undefined ? after(sla.resolveBy) : undefined,
  ];
  return times.filter((time) => time !== undefined);
}

/** Broken is what is past, not what is reached. */
const after = (time: number | undefined): number | undefined => (time === undefined ? undefined : time + 1);

/** `kind`: what is promised next. `late`: it is broken. `soon`: so near that it has been, or should be, warned of. */
export type SlaState = {
  kind: 'first_response' | 'resolution';
  state: 'in_time' | 'soon' | 'late';
  dueAt: number;
};

/** Where a hand-off stands at `now`; undefined where nothing (more) is promised. */
export function slaState(handoff: Handoff | undefined, now: number): SlaState | undefined {
  const sla = handoff?.sla;
  if (handoff === undefined || sla === undefined) return undefined;
  if (handoff.answeredAt === undefined && sla.firstResponseBy !== undefined) {
    return stateOf('first_response', sla.firstResponseBy, sla.warnAt, now);
  }
  return sla.resolveBy === undefined ? undefined : stateOf('resolution', sla.resolveBy, sla.resolveWarnAt, now);
}

function stateOf(kind: SlaState['kind'], dueAt: number, warnAt: number | undefined, now: number): SlaState {
  if (dueAt < now) return { kind, state: 'late', dueAt };
  return { kind, state: isPast(warnAt, now) ? 'soon' : 'in_time', dueAt };
}
