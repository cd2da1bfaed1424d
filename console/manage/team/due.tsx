import type { SlaDue } from '../../../lib/domain/contract/supervisor.ts';
import { duration } from '../../format.ts';
import { fill } from '../../words/words.ts';
import { w } from './words.ts';

const TONE = { in_time: '', soon: 'warm', late: 'bad' } as const;

/** What is promised next, and how much of the time is left: in words, and in a colour beside them. */
export function Due({ due, at }: { due: SlaDue | undefined; at: string }) {
  const say = w.value;
  if (due === undefined) return null;
  const left = Date.parse(due.dueAt) - Date.parse(at);
  const what = due.kind === 'first_response' ? say.firstWords : say.theEnd;
  const when = fill(left >= 0 ? say.dueIn : say.lateBy, { time: duration(Math.abs(left)) });
  return <span class={`chip ${TONE[due.state]}`}>{`${what} ${when}`}</span>;
}
