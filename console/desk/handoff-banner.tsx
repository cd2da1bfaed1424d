import type { ConversationDetail } from '../../lib/domain/contract/desk.ts';
import { fill, words } from '../words/words.ts';

/** What a hand-off brings along: why, how urgent, and what is already known, so that nobody asks twice. */
export function HandoffBanner({ open }: { open: ConversationDetail }) {
  const { ui, reason, skill, handoffFact } = words.value;
  const { head, package: brought } = open;
  if (head.handoff === undefined || head.owner === 'bot' || head.owner === 'closed') return null;
  const facts = brought?.facts ?? [];
  return (
    <section class="banner" data-testid="handoff-banner" aria-label={ui.handoffTitle}>
      <p class="banner-title">
        <strong>{ui.handoffTitle}</strong>
        <span class="chip">{skill[head.handoff.skill] ?? head.handoff.skill}</span>
        <span class="chip">{fill(ui.handoffPriority, { n: head.handoff.priority })}</span>
      </p>
      <p>{reason[head.handoff.reason]}</p>
      {facts.length === 0 ? null : (
        <details open={head.owner === 'queue'}>
          <summary>{ui.handoffFacts}</summary>
          <dl class="facts">
            {facts.map(({ name, value }) => (
              <div key={`${name} ${value}`}>
                <dt>{handoffFact[name] ?? name}</dt>
                <dd>{value}</dd>
              </div>
            ))}
          </dl>
        </details>
      )}
    </section>
  );
}
