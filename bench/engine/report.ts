/** What is kept of a run, in `bench/out/`: curves, misses and every figure. The folder is never committed. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { reliability, riskCoverage } from '../../lib/measure/calibration.ts';
import { chart, type Series } from '../support/chart.ts';
import { judge } from './score.ts';
import type { MeasuredSet } from './sets.ts';
import type { Trial } from './trial.ts';

export const OUT = new URL('../out/', import.meta.url);

export function keep(file: string, text: string): void {
  const place = new URL(file, OUT);
  mkdirSync(new URL('.', place), { recursive: true });
  writeFileSync(place, text);
}

export type Tried = { system: string; ours: boolean; probabilities: boolean; trial: Trial };

const POINTS = 300;

/** Precision against coverage, thinned; below this coverage a handful of texts makes the line jump. */
const LEAST_COVERAGE = 0.02;

function riskSeries({ system, trial }: Tried): Series {
  const curve = riskCoverage(judge(trial)).filter(({ coverage }) => coverage >= LEAST_COVERAGE);
  const step = Math.max(1, Math.floor(curve.length / POINTS));
  return {
    name: system,
    points: curve
      .filter((_, at) => at % step === 0 || at === curve.length - 1)
      .map(({ coverage, precision }) => [coverage, precision] as const),
  };
}

function reliabilitySeries({ system, trial }: Tried): Series {
  const bins = reliability(judge(trial)).filter(({ mass }) => mass > 0);
  const total = bins.reduce((sum, { mass }) => sum + mass, 0);
  return {
    name: system,
    points: bins.map(({ confidence, accuracy }) => [confidence, accuracy] as const),
    shares: bins.map(({ mass }) => mass / total),
  };
}

export function keepCurves(name: string, { title }: MeasuredSet, tried: readonly Tried[]): void {
  keep(
    `risk-coverage/${name}.svg`,
    chart({ title: `${title}: precision by coverage`, x: 'coverage', y: 'precision', series: tried.map(riskSeries) }),
  );
  const probable = tried.filter(({ probabilities }) => probabilities);
  const series = probable.map(reliabilitySeries);
  const words = { title: `${title}: what a confidence is worth`, x: 'confidence', y: 'accuracy' };
  if (series.length > 0) keep(`reliability/${name}.svg`, chart({ ...words, series, diagonal: true }));
}

/** Wrong answers, surest first, and answers to what nothing answers: a line each, tabs between. */
export function keepMisses(name: string, { test, outOfScope }: MeasuredSet, { answers, foreign }: Trial): void {
  const wrong = answers.flatMap((answer, at) => (answer.place === 0 ? [] : [{ ...answer, ...test[at] }]));
  const taken = foreign.map((answer, at) => ({ ...answer, label: '', text: outOfScope[at] ?? '' }));
  const lines = [...wrong, ...taken]
    .sort((a, b) => b.confidence - a.confidence)
    .map(({ confidence, label, got, place, text }) => [confidence.toFixed(3), label, got, place + 1, text].join('\t'));
  keep(
    `misses/${name}.tsv`,
    `${['confidence', 'expected', 'got', 'place (0: not ranked)', 'text'].join('\t')}\n${lines.join('\n')}\n`,
  );
}
