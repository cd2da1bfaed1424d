import type { ConversationDetail } from '../../lib/domain/contract/desk.ts';
import type { Desk } from '../desk-store.ts';
import { entityWords } from '../entity-words.ts';
import { orderState } from '../format.ts';
import { titlesOf } from '../product-titles.ts';
import { isHandedOff, type Summarised } from '../summaries.ts';
import { fill, words } from '../words/words.ts';
import { agentName } from './owner.ts';
import { Summary } from './summary.tsx';

/** What a hand-off brings along: why, how urgent, and what is already known, so that nobody asks twice. */
export function HandoffBanner({ desk, open }: { desk: Desk; open: ConversationDetail }) {
  const { ui, reason, skill } = words.value;
  const { handoff } = open.head;
  if (handoff === undefined || !isHandedOff(open.head)) return null;
  const answered = handoff.answeredAt !== undefined;
  return (
    <section class={`banner ${answered ? 'calm' : ''}`} data-testid="handoff-banner" aria-label={ui.handoffTitle}>
      <p class="banner-title">
        <strong>{answered ? ui.handoffDone : ui.handoffTitle}</strong>
        <span class="chip">{skill[handoff.skill] ?? handoff.skill}</span>
        <span class="chip">{fill(ui.handoffPriority, { n: handoff.priority })}</span>
      </p>
      {answered ? null : <p>{reason[handoff.reason]}</p>}
      <Note desk={desk} open={open} />
      <Summary desk={desk} open={open} unfolded={!answered} />
      <Known desk={desk} open={open} shown={!answered} />
    </section>
  );
}

/** What the agent who passed it on wrote for the next one. Of a take-over the note says itself by whom, and from whom. */
function Note({ desk, open }: { desk: Desk; open: ConversationDetail }) {
  const { desk: say } = words.value;
  const { note, from } = { ...open.package, ...open.head.handoff };
  if (note === undefined && from === undefined) return null;
  const isTaken = open.head.handoff?.reason === 'taken_over';
  const who = from === undefined ? undefined : agentName(desk, from);
  if (note === undefined) return <p class="small muted">{fill(say.handedBy, { name: who ?? '' })}</p>;
  return (
    <p class="handoff-note" data-testid="handoff-note">
      {isTaken ? null : <strong>{fill(say.noteFrom, { name: who ?? words.value.author.agent })}</strong>} {note}
    </p>
  );
}

/** What the hand-off knows beside the summary and its note, which stand above: each fact is said once. */
function Known({ desk, open, shown }: { desk: Desk; open: ConversationDetail; shown: boolean }) {
  const { ui, handoffFact, entity } = words.value;
  const said = factsSaid(desk.summaries.value[open.head.id]);
  const { note } = { ...open.package, ...open.head.handoff };
  const titles = titlesOf(open);
  const facts = (open.package?.facts ?? [])
    .filter(({ name, value }) => name !== 'note' || value !== note)
    .map(({ name, value }) => ({ name, value: name === 'product' ? (titles.get(value) ?? value) : value }))
    .filter(({ value }) => !said.some((text) => text.includes(idOf(value))));
  const names: Record<string, string> = { ...entity, ...handoffFact };
  if (facts.length === 0) return null;
  return (
    <details open={shown}>
      <summary>{ui.handoffFacts}</summary>
      <dl class="facts">
        {facts.map(({ name, value }) => (
          <div key={`${name} ${value}`}>
            <dt>{names[name] ?? name}</dt>
            <dd>{name === 'order_status' ? orderWords(value) : entityWords(name, value)}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}

function factsSaid(summarised: Summarised | undefined): string[] {
  if (summarised?.state !== 'there') return [];
  return summarised.summary.points.filter(({ kind }) => kind === 'fact').map(({ text }) => text);
}

/** An order's number without its state. */
const idOf = (value: string): string => value.split(': ')[0] ?? value;

/** `<number>: <the platform's state>`, the state in the page's language. */
function orderWords(value: string): string {
  const at = value.lastIndexOf(': ');
  return at === -1 ? value : `${value.slice(0, at)} · ${orderState(value.slice(at + 2))}`;
}
