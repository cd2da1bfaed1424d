/**
 * What is read of a message beside its intent: entities and personal data on our own marked messages; sentiment, anger
 * and abuse on public sets, beside a bag of words that learns from the very texts it is measured on.
 *
 *     npm run bench:understanding
 *
 * Ours learns from no text of these sets: its words are our own, chosen with an eye on the tuning halves; what is
 * reported is the other half. The bag of words is cross-validated within the reported half (five folds), and once learns
 * from the tuning half.
 */

import { readEntities } from '../lib/assist/understand/entities.ts';
import { anger } from '../lib/assist/understand/feeling/anger.ts';
import { hostility } from '../lib/assist/understand/feeling/hostility.ts';
import { valence } from '../lib/assist/understand/feeling/valence.ts';
import { readFlags } from '../lib/assist/understand/flags.ts';
import { readSentiment } from '../lib/assist/understand/sentiment.ts';
import { findPersonalData } from '../lib/domain/personal-data/find.ts';
import { auroc } from '../lib/measure/calibration.ts';
import { type Found, readMarked, scoreMarked } from '../tests/support/marked.ts';
import { table } from './support/table.ts';
import { crossValidate, type Learner, logistic, naiveBayes } from './understanding/baseline.ts';
import { type Judged, type MoodSet, readMoodSets, readShopLines } from './understanding/sets.ts';

const FOLDS = 5;
const SEED = 3;

const percent = (share: number) => (share * 100).toFixed(1);

/** Accuracy, precision, recall and F1 of a decision, and the area under the curve of its score. */
function figures(rows: readonly Judged[], said: readonly boolean[], scores?: readonly number[]): string[] {
  const right = said.filter((yes, at) => yes === rows[at]?.yes).length;
  const hits = said.filter((yes, at) => yes && rows[at]?.yes).length;
  const precision = hits / Math.max(1, said.filter(Boolean).length);
  const recall = hits / Math.max(1, rows.filter(({ yes }) => yes).length);
  const f1 = (2 * precision * recall) / Math.max(1e-9, precision + recall);
  const of = (wanted: boolean) => scores?.filter((_, at) => rows[at]?.yes === wanted) ?? [];
  const area = scores === undefined ? '-' : percent(auroc(of(true), of(false)));
  return [String(rows.length), percent(right / rows.length), percent(precision), percent(recall), percent(f1), area];
}

/** The threshold with the best F1 on the tuning half. */
function tuned(rows: readonly Judged[], score: (text: string) => number): number {
  const scores = rows.map(({ text }) => score(text));
  const positives = rows.filter(({ yes }) => yes).length;
  const f1 = (threshold: number) => {
    const said = scores.map((value) => value >= threshold);
    const hits = said.filter((yes, at) => yes && rows[at]?.yes).length;
    return (2 * hits) / (said.filter(Boolean).length + positives);
  };
  return [...new Set(scores)].sort((a, b) => f1(b) - f1(a))[0] ?? 0;
}

type Ours = { score: (text: string) => number; said: (text: string) => boolean; shown: string };

const mood = (text: string) => readSentiment(text, readFlags(text));
const OURS: readonly Ours[] = [
  { score: valence, said: (text) => mood(text).score > 0, shown: 'sentiment.score > 0' },
  { score: (text) => anger(text, valence(text)), said: (text) => mood(text).angry, shown: 'sentiment.angry' },
  { score: hostility, said: (text) => readFlags(text).includes('abuse'), shown: 'flag abuse' },
];

const LEARNERS: readonly (readonly [string, Learner])[] = [
  ['naive Bayes', naiveBayes],
  ['logistic', logistic],
];

function moodRows({ name, tuning, report }: MoodSet, { score, said, shown }: Ours): string[][] {
  const threshold = tuned(tuning, score);
  const scores = report.map(({ text }) => score(text));
  const baselines = LEARNERS.flatMap(([title, learn]) => {
    const crossed = crossValidate(report, learn, FOLDS, SEED);
    const scorer = learn(tuning);
    const fresh = report.map(({ text }) => scorer(text));
    const row = (how: string, values: readonly number[]) => [
      name,
      `${title}, ${how}`,
      ...figures(
        report,
        values.map((value) => value > 0),
        values,
      ),
    ];
    return [row(`${FOLDS} folds`, crossed), row('of the tuning half', fresh)];
  });
  return [
    [
      name,
      `ours: ${shown}`,
      ...figures(
        report,
        report.map(({ text }) => said(text)),
        scores,
      ),
    ],
    [
      name,
      'ours: best F1 when tuning',
      ...figures(
        report,
        scores.map((value) => value >= threshold),
        scores,
      ),
    ],
    ...baselines,
  ];
}

function markedRows(file: string, find: (text: string) => readonly Found[]): string[][] {
  const halves = Object.entries(readMarked(new URL(`../tests/data/${file}.yaml`, import.meta.url)));
  return halves.map(([half, lines]) => {
    const { precision, recall, found, expected } = scoreMarked(lines, find);
    return [
      `${file}, ${half}`,
      String(lines.length),
      String(expected),
      String(found),
      percent(precision),
      percent(recall),
    ];
  });
}

const spans = (text: string) => findPersonalData(text).map((one) => ({ ...one, value: one.text }));

function main(): void {
  const marked = [
    ...markedRows('entities.zh', (text) => readEntities(text, undefined)),
    ...markedRows('entities.en', (text) => readEntities(text, undefined)),
    ...markedRows('personal-data', spans),
  ];
  console.log(`${table(['marked messages', 'n', 'marks', 'found', 'precision', 'recall'], marked)}\n`);
  const sets = readMoodSets();
  if (sets.length === 0) {
    console.log('No public sets beside the project (../shared/data): moods are not measured.');
    return;
  }
  const rows = sets.flatMap((set, at) => (OURS[at] === undefined ? [] : moodRows(set, OURS[at])));
  console.log(`${table(['set', 'system', 'n', 'accuracy', 'precision', 'recall', 'F1', 'AUROC'], rows)}\n`);
  const lines = readShopLines();
  const alarms = [
    ['angry', lines.filter((line) => mood(line).angry).length],
    ['abuse', lines.filter((line) => readFlags(line).includes('abuse')).length],
  ].map(([name, count]) => [`${name}`, String(lines.length), String(count)]);
  console.log(table(["alarms in shop customers' lines", 'n', 'raised'], alarms));
}

main();
