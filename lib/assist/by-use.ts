import { shiftKey } from '../domain/ranking.ts';
import type { Knowledge } from './situation.ts';

type Ranked = { entry: { id: string }; confidence: number };

/**
 * Candidates in the order that agents' choices suggest: one goes before its neighbour when its shift is greater by at least
 * what lies between their confidences, which is at most 0.1. Confidences stay as they are, and with them what is shown.
 */
export function byUse<One extends Ranked>(
  knowledge: Pick<Knowledge, 'ranking'>,
  intent: string,
  ranked: readonly One[],
): readonly One[] {
  const { ranking } = knowledge;
  if (ranking === undefined) return ranked;
  const shiftOf = ({ entry }: Ranked): number => ranking[shiftKey(intent, entry.id)] ?? 0;
  const ordered: One[] = [];
  for (const one of ranked) {
    let at = ordered.length;
    while (at > 0 && goesBefore(one, ordered[at - 1], shiftOf)) at -= 1;
    ordered.splice(at, 0, one);
  }
  return ordered;
}

function goesBefore(one: Ranked, before: Ranked | undefined, shiftOf: (one: Ranked) => number): boolean {
  if (before === undefined) return false;
  const lead = shiftOf(one) - shiftOf(before);
  return lead > 0 && Math.abs(before.confidence - one.confidence) <= lead;
}
