import { boundedName } from '../domain/hour-names.ts';
import type { Pace } from '../handoff/line.ts';
import type { Counts } from './tally.ts';

/** How fast the lines have moved in these hours, by skill. */
export function paceFrom(hours: readonly { counts: Counts }[]): Pace {
  const pace = new Map<string, { answers: number; ms: number }>();
  for (const [name, value] of hours.flatMap(({ counts }) => Object.entries(counts))) {
    const { base, label } = boundedName(name) ?? {};
    if (label === undefined || (base !== 'pace' && base !== 'pace.ms')) continue;
    const known = pace.get(label) ?? { answers: 0, ms: 0 };
    const more = base === 'pace' ? { answers: known.answers + value } : { ms: known.ms + value };
    pace.set(label, { ...known, ...more });
  }
  return Object.fromEntries(pace);
}
