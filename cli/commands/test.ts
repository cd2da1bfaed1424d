import type { Assist } from '../../lib/domain/assist.ts';
import type { Evaluation } from '../../lib/domain/evaluation.ts';
import type { Explanation } from '../../lib/domain/explanation.ts';
import { type Command, type Context, EXIT, type Exit, shareOf, text, UsageError } from '../command.ts';
import { IN_WORK, untilEnded } from '../poll.ts';
import { cut, percent, table } from '../table.ts';

const FILE = /\.(csv|xlsx|json)$/i;
const SHOWN = 20;
const RUNS = '/v1/knowledge/evaluations';

function told({ understanding, suggestions, decision, explanation }: Assist & { explanation?: Explanation }): string {
  const { act, intent, language } = understanding;
  const candidates = explanation?.asked.flatMap((asked) => asked.candidates) ?? [];
  return [
    `${language} ${act}, ${intent.name} ${percent(intent.confidence)}: ${decision.kind} (${decision.reason})\n`,
    ...suggestions.map(
      ({ text: reply, confidence, source }, at) =>
        `${at + 1} ${percent(confidence)}  ${cut(reply, 100)}\n    ${source.id}\n`,
    ),
    ...candidates.map(({ entryId, confidence, matched }) =>
      matched === undefined
        ? `  ${entryId} ${percent(confidence)}\n`
        : `  ${entryId} ${percent(confidence)}  like "${cut(matched.question, 50)}" by ${matched.ngrams
            .slice(0, 5)
            .map(({ text: piece }) => `"${cut(piece, 20)}"`)
            .join(' ')}\n`,
    ),
  ].join('');
}

async function one({ api, io, flags, json }: Context, question: string): Promise<Exit> {
  const [release, at, language] = ['release', 'at', 'language'].map((name) => text(flags, name));
  const assist = await api.call<Assist>('POST', '/v1/assist/preview', {
    json: {
      text: question,
      explain: true,
      ...(release === undefined ? {} : { release }),
      ...(at === undefined ? {} : { at }),
      ...(language === undefined ? {} : { language }),
    },
  });
  io.out(json ? `${JSON.stringify(assist)}\n` : told(assist));
  return EXIT.done;
}

function figuresOf({ id, figures, misses, missesTotal, against, rejected }: Evaluation): string {
  if (figures === undefined) return '';
  const { rows, recall1, recall3, mrr, macroF1, ece } = figures;
  return [
    `${id}: ${rows} questions, first right ${percent(recall1)}, among three ${percent(recall3)}, `,
    `MRR ${percent(mrr)}, macro-F1 ${percent(macroF1)}, ECE ${percent(ece)}\n`,
    against === undefined
      ? ''
      : `against ${against.id}: ${against.gainedTotal} gained, ${against.lostTotal} lost of ${against.shared}\n`,
    rejected.length === 0
      ? ''
      : `${rejected.length} rows could not be used: row ${rejected
          .map(({ row }) => row)
          .slice(0, SHOWN)
          .join(', ')}\n`,
    table(
      misses
        .slice(0, SHOWN)
        .map(({ row, question, expected, got }) => [`row ${row}`, question, expected, `got ${got}`]),
      50,
    ),
    missesTotal > SHOWN ? `  … of ${missesTotal} misses (--misses writes all of them)\n` : '',
  ].join('');
}

async function evaluated(context: Context, file: string): Promise<Evaluation> {
  const { api, io, flags } = context;
  const query = { name: text(flags, 'name') ?? file, release: text(flags, 'release'), against: text(flags, 'against') };
  const { id } = await api.call<{ id: string }>('POST', RUNS, { bytes: await io.read(file), query });
  const evaluation = await untilEnded<Evaluation>(context, `${RUNS}/${encodeURIComponent(id)}`, IN_WORK);
  const misses = text(flags, 'misses');
  if (misses !== undefined && evaluation.status === 'done') {
    await io.write(misses, await api.download(`${RUNS}/${encodeURIComponent(id)}/misses`));
  }
  return evaluation;
}

async function batch(context: Context, file: string): Promise<Exit> {
  const { io, json } = context;
  const least = shareOf(context.flags, 'min') ?? 0;
  const evaluation = await evaluated(context, file);
  const failed = evaluation.status === 'failed';
  if (json) io.out(`${JSON.stringify(evaluation)}\n`);
  else if (failed) io.err(`${file} was not tested: ${evaluation.error ?? 'no reason given'}\n`);
  else io.out(figuresOf(evaluation));
  if (failed) return EXIT.refused;
  return (evaluation.figures?.recall1 ?? 0) < least ? EXIT.attention : EXIT.done;
}

async function run(context: Context): Promise<Exit> {
  const [what, ...others] = context.words;
  if (what === undefined || others.length > 0) throw new UsageError('test takes one question in quotes, or one file');
  return FILE.test(what) ? batch(context, what) : one(context, what);
}

export const test: Command = {
  name: 'test',
  usage: 'test <question|file> [--release rel_…] [--min share] [--against run] [--misses file.csv]',
  summary: 'Ask as a customer would, or run a whole file of questions',
  help: `A question in quotes is answered as it would be live: same code, same release. A file (CSV, XLSX or JSON with
question and expected: an entry, an intent, or none) gives recall, MRR, calibration and every miss.

  cuecard test "when will it ship?"
  cuecard test "满减怎么算" --at 2026-11-11T20:00:00+08:00
  cuecard test questions.csv --min 0.9         for a pipeline: exit code 3 below 90 %
  cuecard test questions.csv --against eva_…   what an earlier run had right and this one has not`,
  options: {
    release: {
      type: 'string',
      value: 'release',
      says: 'Instead of what is live: one that is ready, or an earlier one',
    },
    at: { type: 'string', value: 'time', says: 'Of a question: as of this moment' },
    language: { type: 'string', value: 'zh|en', says: 'Of a question, where its words do not say' },
    name: { type: 'string', value: 'text', says: 'Of a run, for the list' },
    min: { type: 'string', value: 'share', says: 'Of a file: exit with 3 where fewer came first' },
    against: { type: 'string', value: 'run', says: 'Of a file: compare with this run' },
    misses: { type: 'string', value: 'file', says: 'Of a file: write all misses to this CSV' },
  },
  run,
};
