import type { Release } from '../../lib/domain/release.ts';
import { type Command, type Context, EXIT, type Exit, text, UsageError } from '../command.ts';

/** The one that was live before what is live now. */
function before(releases: readonly Release[]): Release {
  const been = releases.filter(({ status, activatedAt }) => status === 'superseded' && activatedAt !== undefined);
  const last = been.toSorted((a, b) => (b.activatedAt ?? '').localeCompare(a.activatedAt ?? ''))[0];
  if (last === undefined) throw new UsageError('no release was live before this one');
  return last;
}

async function run({ words, flags, api, io, json }: Context): Promise<Exit> {
  const [named, ...others] = words;
  if (others.length > 0) throw new UsageError('rollback takes one release');
  const list = () => api.call<{ items: Release[] }>('GET', '/v1/knowledge/releases', { query: { limit: '100' } });
  const id = named ?? before((await list()).items).id;
  const reason = text(flags, 'override');
  const live = await api.call<Release>('POST', `/v1/knowledge/releases/${encodeURIComponent(id)}/activate`, {
    json: reason === undefined ? {} : { override: { reason } },
  });
  io.out(json ? `${JSON.stringify(live)}\n` : `${live.id} is live: ${live.entries} entries, made by ${live.by}\n`);
  return EXIT.done;
}

export const rollback: Command = {
  name: 'rollback',
  usage: 'rollback [release] [--override reason]',
  summary: 'Put an earlier release live again, or publish a prepared one',
  help: `Without a name: the release that was live before this one. One write; messages in flight finish on what they began
with, everything later is answered by the release named.

  cuecard rollback
  cuecard rollback rel_…        an earlier one, or one that was prepared with "release --prepare"`,
  options: {
    override: { type: 'string', value: 'reason', says: 'Although nothing is to go live just now (a freeze)' },
  },
  run,
};
