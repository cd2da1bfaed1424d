import type { EntryChange, KnowledgeDiff } from '../../lib/domain/diff.ts';
import { type Command, type Context, EXIT, type Exit, isSet, text, UsageError } from '../command.ts';
import { cut, plain } from '../table.ts';

const SIGN = { added: '+', changed: '~', removed: '-' } as const;
const COLUMNS = 100;
const SHOWN = 50;

const shown = (value: unknown): string => cut(typeof value === 'string' ? value : JSON.stringify(value), COLUMNS);

function lines({ kind, id, question, fields }: EntryChange): string {
  const head = `${SIGN[kind]} ${plain(id)}  ${cut(question, COLUMNS)}\n`;
  if (kind !== 'changed') return head;
  const each = fields.flatMap(({ path, before, after }) => [
    `    ${path}\n`,
    ...(before === undefined ? [] : [`      - ${shown(before)}\n`]),
    ...(after === undefined ? [] : [`      + ${shown(after)}\n`]),
  ]);
  return head + each.join('');
}

/** All pages as one. */
async function whole({ api }: Context, from: string, to: string): Promise<KnowledgeDiff> {
  let cursor: string | undefined;
  const items: EntryChange[] = [];
  for (;;) {
    const page = await api.call<KnowledgeDiff>('GET', '/v1/knowledge/diff', { query: { from, to, cursor } });
    items.push(...page.items);
    ({ cursor } = page);
    if (cursor === undefined) return { ...page, items };
  }
}

function told({ items, added, changed, removed, from, to }: KnowledgeDiff, all: boolean): string {
  const shown = all ? items : items.slice(0, SHOWN);
  const more = items.length - shown.length;
  return [
    ...shown.map(lines),
    more === 0 ? '' : `… and ${more} more (--all shows them)\n`,
    `${added} added, ${changed} changed, ${removed} removed: ${from} → ${to}\n`,
  ].join('');
}

async function run(context: Context): Promise<Exit> {
  const { words, flags, io, json } = context;
  if (words.length > 0) throw new UsageError('diff takes --from and --to');
  const diff = await whole(context, text(flags, 'from') ?? 'live', text(flags, 'to') ?? 'draft');
  const { added, changed, removed } = diff;
  io.out(json ? `${JSON.stringify(diff)}\n` : told(diff, isSet(flags, 'all')));
  return isSet(flags, 'exit-code') && added + changed + removed > 0 ? EXIT.attention : EXIT.done;
}

export const diff: Command = {
  name: 'diff',
  usage: 'diff [--from live|rel_…] [--to draft|rel_…] [--all] [--exit-code]',
  summary: 'What the draft would change, entry by entry and field by field',
  help: `Compares the draft with what is live, or any two releases.

  cuecard diff                              the draft against what is live
  cuecard diff --from rel_a --to rel_b      two releases
  cuecard diff --exit-code                  for scripts: 3 where anything differs`,
  options: {
    from: { type: 'string', value: 'release', says: 'live (unless told otherwise) or a release' },
    to: { type: 'string', value: 'release', says: 'draft (unless told otherwise) or a release' },
    all: { type: 'boolean', says: `Show every entry, not the first ${SHOWN}` },
    'exit-code': { type: 'boolean', says: 'Exit with 3 where anything differs' },
  },
  run,
};
