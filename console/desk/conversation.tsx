import type { ReadonlySignal } from '@preact/signals';
import type { ConversationDetail } from '../../lib/domain/contract/desk.ts';
import type { Desk } from '../desk-store.ts';
import { clock } from '../format.ts';
import { fill, words } from '../words/words.ts';
import { Composer } from './composer.tsx';
import { HandoffBanner } from './handoff-banner.tsx';
import { isMine, ownerWords } from './owner.ts';
import { Transcript } from './transcript.tsx';

type ConversationProps = { desk: Desk; now: ReadonlySignal<number> };

export function ConversationView({ desk, now }: ConversationProps) {
  const { ui } = words.value;
  const open = desk.open.value;
  return (
    <section class="column conversation" aria-label={ui.desk} data-testid="conversation">
      {open === undefined ? (
        <div class="empty tall">
          <h2>{ui.pickConversation}</h2>
          <p class="muted">{ui.pickConversationHint}</p>
        </div>
      ) : (
        <>
          <Heading desk={desk} open={open} />
          <HandoffBanner desk={desk} open={open} />
          <PromiseLine open={open} now={now} />
          <Transcript desk={desk} open={open} />
          <Composer desk={desk} open={open} />
        </>
      )}
    </section>
  );
}

function Heading({ desk, open }: { desk: Desk; open: ConversationDetail }) {
  const { ui } = words.value;
  const { head } = open;
  const mine = isMine(head, desk.me.value);
  const closed = head.owner === 'closed';
  return (
    <header class="column-head">
      <div class="who-is">
        <h2>{head.customerName ?? ui.visitor}</h2>
        <span class={`small owner-word owner-${head.owner.split(':')[0]}`} data-testid="owner">
          {ownerWords(head, desk.me.value)}
        </span>
        {head.undelivered > 0 ? <span class="small bad">{fill(ui.undelivered, { n: head.undelivered })}</span> : null}
      </div>
      <div class="actions">
        {mine || closed ? null : (
          <button type="button" class="primary" data-testid="claim" onClick={() => void desk.change('claim')}>
            {head.owner.startsWith('agent:') ? ui.takeOver : ui.take}
          </button>
        )}
        {mine ? (
          <>
            <button type="button" data-testid="release" onClick={() => void desk.change('release')}>
              {ui.giveBack}
            </button>
            <PassOn desk={desk} />
          </>
        ) : null}
        {closed ? null : (
          <button type="button" class="quiet" data-testid="close" onClick={() => void desk.change('close')}>
            {ui.close}
          </button>
        )}
      </div>
    </header>
  );
}

function PassOn({ desk }: { desk: Desk }) {
  const { ui, skill } = words.value;
  return (
    <select
      class="pass-on"
      aria-label={ui.transfer}
      data-testid="transfer"
      value=""
      onChange={(event) => {
        const chosen = event.currentTarget.value;
        event.currentTarget.value = '';
        if (chosen !== '') void desk.transfer(chosen);
      }}
    >
      <option value="">{ui.transfer}</option>
      {Object.entries(skill).map(([name, title]) => (
        <option key={name} value={name}>
          {title}
        </option>
      ))}
    </select>
  );
}

/** "稍等" is a promise: how long is left of it, or by how much it is broken. */
function PromiseLine({ open, now }: { open: ConversationDetail; now: ReadonlySignal<number> }) {
  const { ui } = words.value;
  const { promise } = open.head;
  if (promise === undefined) return null;
  const left = Date.parse(promise.dueAt) - now.value;
  return (
    <p class={`promise ${left < 0 ? 'over' : ''}`} data-testid="promise">
      <span class="promise-text">{fill(ui.promise, { text: promise.text })}</span>
      <strong>{fill(left < 0 ? ui.promiseOver : ui.promiseLeft, { time: clock(left) })}</strong>
    </p>
  );
}
