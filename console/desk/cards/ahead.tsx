import { useSignal } from '@preact/signals';
import type { Suggestion } from '../../../lib/domain/assist.ts';
import { focusComposer } from '../../keyboard.ts';
import type { CueDesk } from '../cue-desk.ts';
import { type Asked, aheadKey } from '../cue-tools.ts';
import { t } from '../words.ts';

type AheadProps = { desk: CueDesk; question: string; label?: string; orderNumber?: string };

/** A question that is likely and was not asked yet: opened, it is answered as if it had been. */
export function Ahead({ desk, question, label = question, orderNumber }: AheadProps) {
  const isOpen = useSignal(false);
  const found = desk.cue.ahead.value[aheadKey(desk.card.value, question, orderNumber)];
  return (
    <div class="ahead">
      <button
        type="button"
        class="quiet ahead-question"
        data-testid="ahead"
        aria-expanded={isOpen.value}
        title={t.value.likelyHint}
        onClick={() => {
          isOpen.value = !isOpen.value;
          if (isOpen.value) void desk.cue.askAhead(question, orderNumber);
        }}
      >
        {label}
      </button>
      {isOpen.value ? <Answers desk={desk} found={found} /> : null}
    </div>
  );
}

function Answers({ desk, found }: { desk: CueDesk; found: Asked<readonly Suggestion[]> | undefined }) {
  const { reading, offline, noAnswer } = t.value;
  if (found?.state !== 'there') {
    return (
      <p class="small muted" role="status">
        {found?.state === 'failed' ? offline : reading}
      </p>
    );
  }
  const [first, ...others] = found.value;
  if (first === undefined) return <p class="small muted">{noAnswer}</p>;
  return (
    <ul class="ahead-answers">
      {[first, ...others].map(({ id, text }) => (
        <li key={id}>
          <InsertLine desk={desk} text={text} />
        </li>
      ))}
    </ul>
  );
}

/** Words that go into the reply at a tap. */
export function InsertLine({ desk, text, testId = 'insert-line' }: { desk: CueDesk; text: string; testId?: string }) {
  return (
    <button
      type="button"
      class="insert-line"
      data-testid={testId}
      onClick={() => {
        desk.insert({ kind: 'phrase', text });
        requestAnimationFrame(focusComposer);
      }}
    >
      {text}
    </button>
  );
}
