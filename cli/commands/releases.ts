import type { Release } from '../../lib/domain/release.ts';
import { type Command, type Context, EXIT, type Exit, UsageError } from '../command.ts';
import { table } from '../table.ts';

async function run({ words, api, io, json }: Context): Promise<Exit> {
  if (words.length > 0) throw new UsageError(`releases takes no "${words[0]}"`);
  const { items } = await api.call<{ items: Release[] }>('GET', '/v1/knowledge/releases');
  if (json) io.out(`${JSON.stringify(items)}\n`);
  else if (items.length === 0) io.out('No releases yet: "cuecard release" makes the first.\n');
  else {
    io.out(
      table(
        items.map(({ id, status, createdAt, by, entries, changed, note, override }) => [
          id,
          status,
          createdAt.slice(0, 16).replace('T', ' '),
          by,
          `${entries} entries`,
          changed === undefined ? '' : `+${changed.added} ~${changed.changed} -${changed.removed}`,
          note ?? override?.reason ?? '',
        ]),
      ),
    );
  }
  return EXIT.done;
}

export const releases: Command = {
  name: 'releases',
  usage: 'releases',
  summary: 'The last releases: status, who, when, what changed, why',
  help: 'Newest first. One of them is live.',
  options: {},
  run,
};
