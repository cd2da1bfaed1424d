import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { ConversationDetail } from '../../../lib/domain/contract/desk.ts';
import { clock } from '../../format.ts';
import { fill } from '../../words/words.ts';
import { t } from '../words.ts';

type ChaseProps = { promise: ConversationDetail['head']['promise']; now: () => number };

/** Somebody asks where the answer is: what was promised and how much of that is left, above the holding phrase. */
export function Chase({ promise, now }: ChaseProps) {
  const at = useSignal(now());
  useEffect(() => {
    const tick = setInterval(() => {
      at.value = now();
    }, 1_000);
    return () => clearInterval(tick);
  }, [now]);
  const { chase, chaseNone, chaseLeft, chaseOver } = t.value;
  if (promise === undefined) {
    return (
      <p class="act-note" data-testid="chase">
        <strong>{chase}</strong> <span class="muted">{chaseNone}</span>
      </p>
    );
  }
  const left = Date.parse(promise.dueAt) - at.value;
  return (
    <div class={`act-note chase ${left < 0 ? 'over' : ''}`} data-testid="chase">
      <strong>{fill(left < 0 ? chaseOver : chaseLeft, { time: clock(left) })}</strong>
      <q class="small">{promise.text}</q>
    </div>
  );
}
