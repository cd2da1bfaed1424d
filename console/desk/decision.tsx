import type { Assist } from '../../lib/domain/assist.ts';
import { words } from '../words/words.ts';
import type { Said } from './decided.ts';

/** `isAgents`: an agent has the conversation, who is a person already. */
type DecisionProps = { decision: Assist['decision']; said?: Said; isAgents?: boolean };

/** What Cuecard decided, and why, in words; nothing where whoever reads it knows that already. */
export function Decision({ decision, said = 'kind', isAgents = false }: DecisionProps) {
  const { ui } = words.value;
  const { reply, choices, escalate } = decision;
  if (said === 'hidden') return null;
  return (
    <section
      class={`card decision kind-${decision.kind}`}
      aria-label={ui.decision}
      data-testid="decision"
      data-kind={decision.kind}
      data-reason={decision.reason}
    >
      <p>
        <strong>{headline(said, decision.kind)}</strong>
        {escalate ? <span class="chip bad">{isAgents ? ui.escalateOn : ui.escalate}</span> : null}
      </p>
      <p class="why">{why(said, decision.reason)}</p>
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

function headline(said: Said, kind: Assist['decision']['kind']): string {
  const { ui, kind: kinds } = words.value;
  if (said === 'waits') return ui.theyWait;
  return said === 'yours' ? ui.yoursToAnswer : kinds[kind];
}

function why(said: Said, reason: Assist['decision']['reason']): string {
  const { ui, reason: reasons } = words.value;
  if (reason !== 'no_question' || said === 'kind') return reasons[reason];
  return said === 'waits' ? ui.theyWaitWhy : ui.yoursToAnswerWhy;
}
