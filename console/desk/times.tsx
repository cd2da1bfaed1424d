import type { ReadonlySignal } from '@preact/signals';
import type { ConversationView } from '../../lib/domain/contract/desk.ts';
import { awaitsAnswer, saidOnlyThanks } from '../awaits.ts';
import { clock, duration } from '../format.ts';
import { fill, words } from '../words/words.ts';

type TimeProps = { head: ConversationView; now: ReadonlySignal<number> };

/** Since when somebody waits for us: since the hand-off, else since the customer's unanswered turn; thanks wait for nothing. */
export function waitingSince(head: ConversationView): number | undefined {
  if (head.owner === 'closed') return undefined;
  if (head.owner === 'queue' && head.handoff !== undefined) return Date.parse(head.handoff.at);
  if (saidOnlyThanks(head)) return undefined;
  return awaitsAnswer(head) ? (head.turn?.lastAt ?? Date.parse(head.updatedAt)) : undefined;
}

export function Waiting({ head, now }: TimeProps) {
  const since = waitingSince(head);
  if (since === undefined) return null;
  return <span class="small wait">{fill(words.value.ui.waiting, { time: duration(now.value - since) })}</span>;
}

type Due = { kind: 'promise' | 'answer' | 'solve'; at: number; warnAt: number };
/** A promise or a target is pressing from so long before it, unless the target says so itself. */
const WARN_MS = 30_000;

/** What runs out next: what the agent promised, the first words, or the end. A closed conversation owes nothing. */
export function dueOf({ promise, handoff, owner }: ConversationView): Due | undefined {
  if (owner === 'closed' || owner === 'bot') return undefined;
  if (promise !== undefined) {
    const at = Date.parse(promise.dueAt);
    return { kind: 'promise', at, warnAt: at - WARN_MS };
  }
  const { firstResponseBy, resolveBy, warnAt } = handoff?.sla ?? {};
  if (handoff?.answeredAt === undefined && firstResponseBy !== undefined) {
    return { kind: 'answer', at: firstResponseBy, warnAt: warnAt ?? firstResponseBy - WARN_MS };
  }
  return resolveBy === undefined ? undefined : { kind: 'solve', at: resolveBy, warnAt: resolveBy - WARN_MS };
}

/** The state in words and in a colour: `ok`, `soon`, `late`. */
const stateOf = ({ at, warnAt }: Due, now: number) => (now >= at ? 'late' : now >= warnAt ? 'soon' : 'ok');

/** Runs down to what was promised, then up from it. `brief` leaves out a target that does not press yet. */
export function Countdown({ head, now, brief = false }: TimeProps & { brief?: boolean }) {
  const { desk: say } = words.value;
  const due = dueOf(head);
  if (due === undefined) return null;
  const state = stateOf(due, now.value);
  if (brief && state === 'ok' && due.kind !== 'promise') return null;
  const texts = {
    promise: [say.promiseIn, say.promiseLate],
    answer: [say.answerIn, say.answerLate],
    solve: [say.solveIn, say.solveLate],
  } as const;
  const text = texts[due.kind][state === 'late' ? 1 : 0];
  const left = due.at - now.value;
  const time = Math.abs(left) < 3_600_000 ? clock(left) : duration(Math.abs(left));
  return (
    <span class={`due due-${state}`} data-testid={`due-${due.kind}`} data-state={state}>
      {fill(text, { time })}
    </span>
  );
}
