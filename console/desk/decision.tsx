import type { Assist } from '../../lib/domain/assist.ts';
import { words } from '../words/words.ts';

type Decided = Assist['decision'];

/** What Cuecard decided, and why, in words. */
export function Decision({ decision }: { decision: Decided }) {
  const { ui, kind, reason } = words.value;
  const { reply, choices, escalate } = decision;
  return (
    <section
      class={`card decision kind-${decision.kind}`}
      aria-label={ui.decision}
      data-testid="decision"
      data-kind={decision.kind}
      data-reason={decision.reason}
    >
      <p>
        <strong>{kind[decision.kind]}</strong>
        {escalate ? <span class="chip bad">{ui.escalate}</span> : null}
      </p>
      <p class="why">{reason[decision.reason]}</p>
      {reply === undefined ? null : (
        <details>
          <summary>{ui.botWouldSay}</summary>
          <p class="text">{reply.text}</p>
          {choices === undefined ? null : (
            <ul class="choice-list">
              {choices.map(({ label, value }) => (
                <li key={value}>{label}</li>
              ))}
            </ul>
          )}
        </details>
      )}
    </section>
  );
}
