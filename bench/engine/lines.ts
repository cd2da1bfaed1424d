/** Figures as the table's cells. */
import type { Published } from './published.ts';
import type { Figures } from './score.ts';
import type { MeasuredSet } from './sets.ts';
import type { Trial } from './trial.ts';

export const HEAD = [
  'set',
  'system',
  'learnt',
  'asked',
  'π',
  'wall s',
  'CPU s',
  'p50 ms',
  'p99 ms',
  'peak MB',
  'held MB',
  'file MB',
  'acc %',
  'mF1',
  'AUROC',
  'refused@91',
  'refused@−2',
  'ECE',
  'cover@95',
  'auto prec / cover',
  'R@5',
  'MRR',
  'notes',
];

/** What the columns say, for below the table. */
export const LEGEND = [
  'learnt: questions × classes; asked: texts with a class + texts out of scope; π: the out-of-scope share that was told.',
  'wall s, CPU s: learning; ms a text: best of three; peak MB: the whole process; held MB: beyond what it held before, JavaScript and buffers.',
  'acc, mF1 (macro-F1), R@5, MRR: texts with a class; AUROC: a right answer surer than one that is wrong or out of scope.',
  'refused: out-of-scope texts refused while in-scope accuracy is ≥ 91 %, or falls by 2 points, at a threshold chosen in hindsight.',
  'ECE: where confidences are probabilities; cover@95: answered at precision ≥ 95 %, in hindsight; auto: at the threshold that was chosen in advance for 95 %.',
];

const percent = (share: number | undefined): string =>
  share === undefined || Number.isNaN(share) ? '–' : (100 * share).toFixed(1);

function sizes({ classes, test, outOfScope }: MeasuredSet): [string, string] {
  const questions = classes.reduce((sum, one) => sum + one.questions.length, 0);
  return [
    `${questions} × ${classes.length}`,
    outOfScope.length === 0 ? `${test.length}` : `${test.length} + ${outOfScope.length}`,
  ];
}

function costs(trial: Trial): string[] {
  return [
    trial.wallSeconds.toFixed(1),
    trial.cpuSeconds.toFixed(1),
    trial.p50.toFixed(3),
    trial.p99.toFixed(3),
    trial.peakMb.toFixed(0),
    trial.heldMb.toFixed(1),
    trial.bytes === undefined ? '–' : (trial.bytes / 1e6).toFixed(2),
  ];
}

function quality(figures: Figures): string[] {
  const { automatic } = figures;
  return [
    percent(figures.accuracy),
    percent(figures.macroF1),
    percent(figures.auroc),
    percent(figures.refusedAt91),
    percent(figures.refusedAtTwoLess),
    percent(figures.ece),
    percent(figures.coverage),
    automatic === undefined ? '–' : `${percent(automatic.precision)} / ${percent(automatic.coverage)}`,
    percent(figures.recall5),
    percent(figures.mrr),
  ];
}

export function measuredLine(set: MeasuredSet, system: string, trial: Trial, figures: Figures): string[] {
  const seed = set.seed === undefined ? [] : [`seed ${set.seed}`];
  return [
    set.title,
    system,
    ...sizes(set),
    trial.outOfScopeShare.toFixed(2),
    ...costs(trial),
    ...quality(figures),
    [...seed, ...trial.notes].join('; '),
  ];
}

const blank = (count: number): string[] => Array.from({ length: count }, () => '');

export function failureLine(set: MeasuredSet, system: string, failure: string): string[] {
  return [set.title, system, ...sizes(set), ...blank(HEAD.length - 5), failure];
}

/** In percent already; their recall of what is out of scope belongs to their own accuracy, not to 91 %. */
export function publishedLine({ title }: MeasuredSet, published: Published): string[] {
  const { system, accuracy, outOfScopeRecall, map } = published;
  const notes = outOfScopeRecall === undefined ? [] : [`refuses ${outOfScopeRecall.toFixed(1)} at its accuracy`];
  const cells = [title, system, ...blank(HEAD.length - 2)];
  cells[HEAD.indexOf('acc %')] = accuracy?.toFixed(1) ?? '';
  cells[HEAD.indexOf('MRR')] = map?.toFixed(1) ?? '';
  cells[HEAD.indexOf('notes')] = notes.join('; ');
  return cells;
}
