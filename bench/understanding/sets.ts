/** Public sets of moods, read where they lie beside the project. Their text is measured with and never kept. */
import { existsSync, readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import * as z from 'zod';
import { generator } from '../../lib/engine/hash.ts';

export const DATA = new URL('../../../shared/data/', import.meta.url);

/** `yes`: positive, angry or abusive, by set. */
export type Judged = { text: string; yes: boolean };
/** Words were chosen with an eye on `tuning`; `report` was only measured. */
export type MoodSet = { name: string; tuning: readonly Judged[]; report: readonly Judged[] };

const SEED = 7;

/** Two halves by lot. */
function halves(name: string, rows: readonly Judged[]): MoodSet {
  const random = generator(SEED);
  const lots = rows.map(() => random() < 0.5);
  return { name, tuning: rows.filter((_, at) => lots[at]), report: rows.filter((_, at) => !lots[at]) };
}

const read = (file: string) => readFileSync(new URL(file, DATA), 'utf8');

const Review = z.object({ sentence: z.string(), label: z.enum(['Positive', 'Negative']) });
function reviews(file: string): Judged[] {
  const lines = read(file).trim().split('\n');
  return lines
    .map((line) => Review.parse(JSON.parse(line)))
    .map(({ sentence, label }) => ({ text: sentence, yes: label === 'Positive' }));
}

const Posts = z.array(z.object({ content: z.string(), label: z.string() }));
const Comments = z.array(z.object({ TEXT: z.string(), label: z.enum(['0', '1']) }));

const READERS: readonly (() => MoodSet)[] = [
  () => ({
    name: 'eprstmt: positive',
    tuning: reviews('eprstmt/train_few_all.json'),
    report: reviews('eprstmt/dev_few_all.json'),
  }),
  () => {
    const posts = Posts.parse(JSON.parse(read('ewect/usual_eval_labeled.txt')));
    return halves(
      'ewect: angry',
      posts.map(({ content, label }) => ({ text: content, yes: label === 'angry' })),
    );
  },
  () => {
    const comments = Comments.parse(parse(read('cold/dev.csv'), { columns: true, bom: true }));
    return halves(
      'cold: abusive',
      comments.map(({ TEXT, label }) => ({ text: TEXT, yes: label === '1' })),
    );
  },
];

export function readMoodSets(): MoodSet[] {
  return existsSync(DATA) ? READERS.map((reader) => reader()) : [];
}

/** What customers wrote in real conversations, without labels: alarms are rare there. */
export function readShopLines(): string[] {
  const file = new URL('jddc/sessions.tsv', DATA);
  if (!existsSync(file)) return [];
  const rows = readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .map((line) => line.split('\t'));
  return rows.filter((row) => row[2] === '0').map((row) => row.at(-1) ?? '');
}
