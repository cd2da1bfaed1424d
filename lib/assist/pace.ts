import { boundedName } from '../domain/hour-names.ts';
import type { Pace } from '../handoff/line.ts';
import type { Counts } from './tally.ts';

/** How fast the lines have moved in these hours, by skill. */
export function paceFrom(hours: readonly { counts: Counts }[]): Pace {
  const pace: Record<string, { answers: number; ms: number }> = {};
  for (const [name, value] of hours.flatMap(({ counts }) => Object.entries(counts))) {
    const { base, label } = boundedName(name) ?? {};
    if (label === undefined || (base !== 'pace' && base !== 'pace.ms')) continue;
    const known = pace[label] ?? { answers: 0, ms: 0 };
    pace[label] = base === 'pace' ? { ...known, answers: known.answers + value } : { ...known, ms: known.ms + value };
  }
  return pace;
}
