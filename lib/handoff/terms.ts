/** The times that a hand-off gets at its commit: absolute, on the head, so that whatever dies meanwhile they come due. */
import type { Handoff, HandoffTerms, Sla } from '../domain/conversation.ts';
import { DEFAULT_ROUTING, type Routing, type SlaTarget } from '../domain/routing.ts';

type Durations = Omit<HandoffTerms, 'language' | 'line' | 'opensAt'>;

/** What the tenant has promised who waits for this skill; a target of the skill goes before everybody's. */
export function slaTarget(targets: readonly SlaTarget[], skill: string): SlaTarget | undefined {
  return targets.find((target) => target.skill === skill) ?? targets.find((target) => target.skill === undefined);
}

/** Durations (ms) of a hand-off to this skill. Nothing is aged where no `priorities.waitMs` is set. */
export function durationsOf(routing: Partial<Routing> | undefined, skill: string): Durations {
  const { overflowMs, tellEveryMs, sla, priorities } = { ...DEFAULT_ROUTING, ...routing } satisfies Partial<Routing>;
  const target = slaTarget(sla, skill);
  const agesMs = (priorities as Routing['priorities']).waitMs;
  return defined({
    overflowMs,
    tellEveryMs: tellEveryMs === 0 ? undefined : tellEveryMs,
    agesMs: agesMs === 0 ? undefined : agesMs,
    firstResponseMs: target?.firstResponseMs,
    resolutionMs: target?.resolutionMs,
    warnBeforeMs: target?.warnBeforeMs,
  });
}

type Defined<T> = { [K in keyof T]?: Exclude<T[K], undefined> };
const defined = <T extends object>(value: T): Defined<T> =>
  Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined)) as Defined<T>;

/** Those durations as times. They count from `from`: the hand-off, or when the shop opens, if that is later. */
export function timesFrom(from: number, terms: Durations): Pick<Handoff, 'overflowAt' | 'tellAt' | 'raiseAt' | 'sla'> {
  const after = (ms: number | undefined): number | undefined => (ms === undefined ? undefined : from + ms);
  const sla: Sla = defined({
    firstResponseBy: after(terms.firstResponseMs),
    warnAt: after(warnMs(terms)),
    resolveBy: after(terms.resolutionMs),
  });
  return {
    ...defined({
      overflowAt: after(terms.overflowMs),
      tellAt: after(terms.tellEveryMs),
      raiseAt: after(terms.agesMs),
    }),
    ...(Object.keys(sla).length === 0 ? {} : { sla }),
  };
}

function warnMs({ firstResponseMs, warnBeforeMs }: Durations): number | undefined {
  if (firstResponseMs === undefined || warnBeforeMs === undefined) return undefined;
  return Math.max(0, firstResponseMs - warnBeforeMs);
}
