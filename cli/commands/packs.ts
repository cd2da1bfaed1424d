import type { ImportReport } from '../../lib/domain/import-job.ts';
import type { PackUpdate } from '../../lib/domain/pack-update.ts';
import { type Command, type Context, EXIT, type Exit, isSet, texts, UsageError } from '../command.ts';
import { IN_WORK, untilEnded } from '../poll.ts';
import { cut, table } from '../table.ts';

type Pack = {
  name: string;
  version: string;
  languages: string[];
  entries: number;
  installed?: { version: string };
  update?: string;
};
type Queued = { id: string };

async function list({ api, io, json }: Context): Promise<Exit> {
  const { items } = await api.call<{ items: Pack[] }>('GET', '/v1/packs');
  if (json) io.out(`${JSON.stringify(items)}\n`);
  else {
    const state = ({ installed, update }: Pack): string =>
      installed === undefined
        ? 'not installed'
        : `installed ${installed.version}${update === undefined ? '' : `, ${update} is there`}`;
    io.out(
      table(
        items.map((pack) => [
          pack.name,
          pack.version,
          pack.languages.join(' '),
          `${pack.entries} entries`,
          state(pack),
        ]),
      ),
    );
  }
  return EXIT.done;
}

async function finish(context: Context, id: string): Promise<Exit> {
  const report = await untilEnded<ImportReport>(context, `/v1/knowledge/imports/${id}`, IN_WORK);
  const { added, changed, removed, unchanged, error } = report;
  if (context.json) context.io.out(`${JSON.stringify(report)}\n`);
  else if (report.status === 'failed') context.io.err(`${error ?? 'no reason given'}\n`);
  else {
    context.io.out(`${added} added, ${changed} changed, ${removed} removed, ${unchanged} unchanged in the draft\n`);
    context.io.out('Look with "cuecard diff", publish with "cuecard release".\n');
  }
  return report.status === 'failed' ? EXIT.refused : EXIT.done;
}

function choicesOf(pairs: readonly string[]): Record<string, string> {
  const choices: Record<string, string> = {};
  for (const pair of pairs) {
    const at = pair.lastIndexOf('=');
    const side = pair.slice(at + 1);
    if (at < 1 || (side !== 'mine' && side !== 'theirs')) {
      throw new UsageError(`--choose takes entry=mine or entry=theirs, not "${pair}"`);
    }
    choices[pair.slice(0, at)] = side;
  }
  return choices;
}

function told({ pack, from, to, added, updated, merged, kept, removed, conflicts }: PackUpdate): string {
  const lines = conflicts.flatMap(({ entryId, question, fields }) => [
    `\n! ${entryId}  ${cut(question, 80)}\n`,
    ...fields.flatMap(({ path, mine, theirs }) => [
      `    ${path}\n      mine   ${cut(JSON.stringify(mine) ?? 'nothing', 90)}\n      theirs ${cut(JSON.stringify(theirs) ?? 'nothing', 90)}\n`,
    ]),
  ]);
  const hint = conflicts.length === 0 ? '' : '\nChoose with --choose entry=mine or entry=theirs.\n';
  return [
    `${pack} ${from} → ${to}: ${added.length} new, ${updated.length} updated, ${merged.length} merged with your edits, `,
    `${kept.length} edits of yours kept, ${removed.length} removed, ${conflicts.length} to choose\n`,
    ...lines,
    hint,
  ].join('');
}

async function update(context: Context, name: string): Promise<Exit> {
  const { api, io, flags, json } = context;
  const path = `/v1/packs/${encodeURIComponent(name)}/update`;
  const choices = choicesOf(texts(flags, 'choose'));
  const plan = await api.call<PackUpdate>('POST', path, { query: { dryRun: 'true' }, json: { choices } });
  const open = plan.conflicts.filter(({ entryId }) => choices[entryId] === undefined);
  if (isSet(flags, 'dry-run') || open.length > 0) {
    io.out(json ? `${JSON.stringify(plan)}\n` : told(plan));
    return open.length > 0 ? EXIT.attention : EXIT.done;
  }
  if (!json) io.out(told({ ...plan, conflicts: [] }));
  const { id } = await api.call<Queued>('POST', path, { query: { dryRun: 'false' }, json: { choices } });
  return finish(context, id);
}

async function run(context: Context): Promise<Exit> {
  const [verb, name, ...others] = context.words;
  if (verb === undefined) return list(context);
  if (name === undefined || others.length > 0) throw new UsageError(`packs ${verb} takes the name of a pack`);
  if (verb === 'update') return update(context, name);
  if (verb !== 'install') throw new UsageError(`packs can install or update, not "${verb}"`);
  const { id } = await context.api.call<Queued>('POST', `/v1/packs/${encodeURIComponent(name)}/install`);
  return finish(context, id);
}

export const packs: Command = {
  name: 'packs',
  usage: 'packs [install|update <name>] [--dry-run] [--choose entry=mine|theirs]…',
  summary: 'Industry packs: list, install, update without losing an edit',
  help: `An update merges three ways: what the pack said, what it says now, and what you made of it. Your edits stay, what you
did not touch follows the pack, and where both changed the same words you choose.

  cuecard packs
  cuecard packs install ecommerce
  cuecard packs update ecommerce --dry-run
  cuecard packs update ecommerce --choose refund.time.en=mine

Exit code 3: something is left to choose, and nothing was written.`,
  options: {
    'dry-run': { type: 'boolean', says: 'Show what an update would do' },
    choose: { type: 'string', multiple: true, value: 'entry=side', says: 'Whose words win where both changed them' },
  },
  run,
};
