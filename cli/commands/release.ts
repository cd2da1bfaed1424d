import type { Comparison } from '../../lib/domain/comparison.ts';
import type { Release, ReleaseReport } from '../../lib/domain/release.ts';
import { type Command, type Context, EXIT, type Exit, isSet, text, UsageError } from '../command.ts';
import { untilEnded } from '../poll.ts';
import { cut, percent, table } from '../table.ts';

const SHOWN = 10;
const RUNNING = ['compiling', 'gating'];

const compared = (name: string, { asked, right, gained, lost, changed }: Comparison): string[] => [
  name,
  `${asked} asked`,
  right === undefined ? '' : `${right} right`,
  `${gained} gained`,
  `${lost} lost`,
  `${changed} changed`,
];

function figures({ compile, golden, own, recent, blockers = [], pairs = [] }: ReleaseReport): string {
  const sets = [
    ...(golden === undefined ? [] : [compared('golden questions', golden)]),
    ...(own === undefined ? [] : [compared('own questions', own)]),
    ...(recent === undefined ? [] : [compared('recent turns', recent)]),
  ];
  const lost = [golden, own, recent].flatMap((set) => set?.examples.filter(({ change }) => change === 'lost') ?? []);
  return [
    `  ${compile.classes} entries, ${compile.questions} questions; accuracy ${percent(compile.accuracy)}, `,
    `among three ${percent(compile.recall3)}, ECE ${percent(compile.ece)}\n`,
    table(sets),
    ...lost
      .slice(0, SHOWN)
      .map(({ text: asked, before, after }) => `  lost: ${cut(asked, 60)}  ${before ?? ''} → ${after ?? 'nothing'}\n`),
    ...pairs.slice(0, SHOWN).map(({ a, b, count }) => `  ${a} and ${b} take each other's questions (${count})\n`),
    ...blockers.map(({ kind, detail }) => `  blocked by ${kind}: ${detail}\n`),
  ].join('');
}

/** What became of a release, in words. */
export function told(release: Release): string {
  const head = `${release.id} is ${release.status}${release.error === undefined ? '' : `: ${release.error}`}\n`;
  const hint =
    release.status === 'blocked'
      ? 'Mend the draft and release again, or give a reason: cuecard release --override "why"\n'
      : release.status === 'ready'
        ? `Try it: cuecard test "a question" --release ${release.id}\nPublish it: cuecard rollback ${release.id}\n`
        : '';
  return head + (release.report === undefined ? '' : figures(release.report)) + hint;
}

function request({ flags }: Context): object {
  const [reason, note, at, entryId] = ['override', 'note', 'at', 'urgent'].map((name) => text(flags, name));
  return {
    publish: !isSet(flags, 'prepare'),
    ...(reason === undefined ? {} : { override: { reason } }),
    ...(note === undefined ? {} : { note }),
    ...(at === undefined ? {} : { at }),
    ...(entryId === undefined ? {} : { urgent: { entryId } }),
  };
}

async function run(context: Context): Promise<Exit> {
  const { words, api, io, json } = context;
  if (words.length > 0) throw new UsageError(`release takes no "${words[0]}"`);
  const { id } = await api.call<Release>('POST', '/v1/knowledge/releases', { json: request(context) });
  const release = await untilEnded<Release>(context, `/v1/knowledge/releases/${id}`, RUNNING);
  io.out(json ? `${JSON.stringify(release)}\n` : told(release));
  return release.status === 'blocked' || release.status === 'failed' ? EXIT.refused : EXIT.done;
}

export const release: Command = {
  name: 'release',
  usage: 'release [--prepare] [--note text] [--override reason] [--at time] [--urgent entry]',
  summary: 'Compile the draft, pass it through the gate, publish it',
  help: `Compiles the draft and asks it the golden questions, its own questions and recent customers' turns, beside what is
live. What got worse beyond the tenant's limits blocks it; a reason overrides that and is kept.

  cuecard release --note "autumn sizes"
  cuecard release --prepare                    stop before it goes live, to try it
  cuecard release --at 2026-11-11T20:00:00+08:00   gate it as of the sale
  cuecard release --urgent warehouse.closed    this one entry now, the rest of the draft later

Exit code 1: blocked or failed.`,
  options: {
    prepare: { type: 'boolean', says: 'Stop when it is ready; nothing goes live' },
    note: { type: 'string', value: 'text', says: 'Why it is made, for the list of releases' },
    override: { type: 'string', value: 'reason', says: 'Publish although the gate or a freeze objects' },
    at: { type: 'string', value: 'time', says: 'Gate as of this moment, ISO 8601 with an offset' },
    urgent: { type: 'string', value: 'entry', says: 'Release only this entry of the draft' },
  },
  run,
};
