import type { ConversationDetail } from '../../lib/domain/contract/desk.ts';
import { orderState } from '../format.ts';
import { fill, words } from '../words/words.ts';

/** What a hand-off brings along: why, how urgent, and what is already known, so that nobody asks twice. */
export function HandoffBanner({ open }: { open: ConversationDetail }) {
  const { ui, reason, skill } = words.value;
  const { owner, handoff } = open.head;
  if (handoff === undefined || owner === 'bot' || owner === 'closed') return null;
  const answered = handoff.answeredAt !== undefined;
  return (
    <section class={`banner ${answered ? 'calm' : ''}`} data-testid="handoff-banner" aria-label={ui.handoffTitle}>
      <p class="banner-title">
        <strong>{answered ? ui.handoffDone : ui.handoffTitle}</strong>
        <span class="chip">{skill[handoff.skill] ?? handoff.skill}</span>
        <span class="chip">{fill(ui.handoffPriority, { n: handoff.priority })}</span>
      </p>
      {answered ? null : <p>{reason[handoff.reason]}</p>}
      <Known open={open} shown={!answered} />
    </section>
  );
}

function Known({ open, shown }: { open: ConversationDetail; shown: boolean }) {
  const { ui, handoffFact, entity } = words.value;
  const facts = open.package?.facts ?? [];
  const names: Record<string, string> = { ...entity, ...handoffFact };
  if (facts.length === 0) return null;
  return (
    <details open={shown}>
      <summary>{ui.handoffFacts}</summary>
      <dl class="facts">
        {facts.map(({ name, value }) => (
          <div key={`${name} ${value}`}>
            <dt>{names[name] ?? name}</dt>
            <dd>{name === 'order_status' ? orderWords(value) : value}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}

/** `<number>: <the platform's state>`, the state in the page's language. */
function orderWords(value: string): string {
  const at = value.lastIndexOf(': ');
  return at === -1 ? value : `${value.slice(0, at)} · ${orderState(value.slice(at + 2))}`;
}
