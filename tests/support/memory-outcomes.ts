import type { Outcome, OutcomeStore, TurnPlace } from '../../lib/ports/outcomes.ts';

type Mark = { outcome?: Outcome; day?: string; dismissed: Set<string> };

/** `OutcomeStore` in memory, with the conditions of the real one. */
export function memoryOutcomes(): OutcomeStore {
  const marks = new Map<string, Mark>();
  const days = new Map<string, { fitted: number; unfitted: number }>();
  const markOf = ({ tenant, conversation, startSeq }: TurnPlace): Mark => {
    const key = `${tenant}#${startSeq}#${conversation}`;
    const mark = marks.get(key) ?? { dismissed: new Set() };
    marks.set(key, mark);
    return mark;
  };
  const countsOf = (tenant: string, day: string) => {
    const counts = days.get(`${tenant}#${day}`) ?? { fitted: 0, unfitted: 0 };
    days.set(`${tenant}#${day}`, counts);
    return counts;
  };
  return {
    async count(turn, outcome, at) {
      const mark = markOf(turn);
      if (mark.outcome === outcome || mark.outcome === 'fitted') return;
      mark.day ??= new Date(at).toISOString().slice(0, 10);
      const counts = countsOf(turn.tenant, mark.day);
      if (mark.outcome !== undefined) counts[mark.outcome] -= 1;
      counts[outcome] += 1;
      mark.outcome = outcome;
    },
    async dismiss(turn, suggestionId) {
      return new Set(markOf(turn).dismissed.add(suggestionId));
    },
    async sum(tenant, from, to) {
      const within = [...days].filter(([key]) => key >= `${tenant}#${from}` && key <= `${tenant}#${to}`);
      const total = (name: Outcome) => within.reduce((sum, [, counts]) => sum + counts[name], 0);
      return { fitted: total('fitted'), unfitted: total('unfitted') };
    },
  };
}
