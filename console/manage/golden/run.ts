import type { Evaluation } from '../../../lib/domain/evaluation.ts';
import type { Golden } from '../../../lib/domain/knowledge.ts';
import type { Release } from '../../../lib/domain/release.ts';
import { askable } from '../hit-test/ask.ts';
import type { Shell } from '../shell/shell.ts';

const PATH = '/v1/knowledge/evaluations';
/** By this name a run of the golden questions is found again. */
const NAME = 'Golden questions · 黄金问题';

/** What the questions can be asked of, the last time they were asked, and what the gate last said of them. */
export type Standing = { releases: Release[]; last?: Evaluation; gated?: Release };

export async function readStanding(shell: Shell): Promise<Standing> {
  const { call } = shell;
  const [releases, { items }] = await Promise.all([
    askable(shell),
    call('GET', PATH) as Promise<{ items: Evaluation[] }>,
  ]);
  const run = items.find(({ name }) => name === NAME);
  const last = run === undefined ? undefined : ((await call('GET', `${PATH}/${run.id}`)) as Evaluation);
  const gated = releases.find(({ report }) => report !== undefined);
  return {
    releases,
    ...(last === undefined ? {} : { last }),
    ...(gated === undefined ? {} : { gated }),
  };
}

/** Asks a release all of them, as a batch test; the live one unless told. */
export function ask({ call }: Shell, items: readonly Golden[], release: string): Promise<unknown> {
  const rows = items.map(({ text, intent, language }) => ({
    question: text,
    expected: intent,
    ...(language === undefined ? {} : { language }),
  }));
  const wish = { rows, name: NAME, ...(release === '' ? {} : { release }) };
  return call('POST', PATH, new Blob([JSON.stringify(wish)]));
}

export const isRunning = ({ last }: Standing): boolean => last?.status === 'queued' || last?.status === 'running';
