import type { Assist } from '../../../lib/domain/assist.ts';
import type { Explanation } from '../../../lib/domain/explanation.ts';
import type { Release } from '../../../lib/domain/release.ts';
import type { Shell } from '../shell/shell.ts';

export type Explained = Assist & { explanation?: Explanation };

const PATH = '/v1/assist/preview';
const POLL_MS = 700;

export const ask = ({ call }: Shell, request: object, release?: string): Promise<Explained> =>
  call('POST', PATH, {
    ...request,
    explain: true,
    ...(release === undefined ? {} : { release }),
  }) as Promise<Explained>;

export const replay = ({ call }: Shell, id: string): Promise<Explained> =>
  call('POST', PATH, { replay: id, explain: true }) as Promise<Explained>;

/** Releases that can be asked: compiled and still kept, newest first. */
export async function askable({ call }: Shell): Promise<Release[]> {
  const { items } = (await call('GET', '/v1/knowledge/releases?limit=50')) as { items: Release[] };
  return items.filter(({ status, snapshotKey }) => snapshotKey !== undefined && status !== 'failed');
}

/** Compiles the draft without publishing it. */
export async function prepare({ call, wait }: Shell): Promise<Release> {
  const { id } = (await call('POST', '/v1/knowledge/releases', { publish: false })) as Release;
  for (;;) {
    const release = (await call('GET', `/v1/knowledge/releases/${id}`)) as Release;
    if (release.status !== 'compiling' && release.status !== 'gating') return release;
    await wait(POLL_MS);
  }
}

/** Whether a customer, or an agent, would see the same. */
export function sameOutcome(a: Assist, b: Assist): boolean {
  const seen = ({ understanding, suggestions, decision }: Assist) =>
    JSON.stringify([
      understanding.act,
      suggestions.map(({ text, source }) => [text, source.id]),
      decision.kind,
      decision.reply?.text,
    ]);
  return seen(a) === seen(b);
}
