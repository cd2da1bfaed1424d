/** What a run says in a few sentences. */
import type { Figures } from './score.ts';

export type Scored = { system: string; ours: boolean; figures: Figures };

/** Whether `engine` is right more often than every peer that finished; nothing when there was none. */
export function verdict(title: string, engine: string, scored: readonly Scored[]): string[] {
  const own = scored.find(({ system }) => system === engine);
  const other = scored
    .filter(({ ours }) => !ours)
    .toSorted((a, b) => b.figures.accuracy - a.figures.accuracy)
    .at(0);
  if (own === undefined || other === undefined) return [];
  const points = 100 * (own.figures.accuracy - other.figures.accuracy);
  const answer = points > 0 ? 'ahead' : 'NOT AHEAD';
  return [`${title}: ${answer} of ${other.system}, the best peer, by ${points.toFixed(1)} points`];
}

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
const percent = (share: number): string => (100 * share).toFixed(1);

/** Over all sets: how far confidences lie from the truth, and how well they order. */
export function calibration(own: readonly Figures[]): string[] {
  const errors = own.flatMap(({ ece }) => (ece === undefined ? [] : [ece]));
  if (errors.length === 0) return [];
  const areas = own.map(({ auroc }) => auroc).filter((area) => !Number.isNaN(area));
  return [
    `Over ${own.length} sets: ECE ${percent(mean(errors))} on average and ${percent(Math.max(...errors))} at worst; AUROC ${percent(mean(areas))} on average.`,
  ];
}
