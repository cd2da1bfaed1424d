import type { ReadonlySignal } from '@preact/signals';
import type { ConversationDetail } from '../../lib/domain/contract/desk.ts';
import type { Desk } from '../desk-store.ts';
import { clock, day } from '../format.ts';
import { isOfferedTo } from '../sections.ts';
import { fill, words } from '../words/words.ts';
import { Composer } from './composer.tsx';
import { HandoffBanner } from './handoff-banner.tsx';
import { agentName, isMine, ownerWords } from './owner.ts';
import { PhrasesDialog } from './phrases/phrases-dialog.tsx';
import { Countdown } from './times.tsx';
import { Transcript } from './transcript.tsx';

type ConversationProps = { desk: Desk; now: ReadonlySignal<number> };

export function ConversationView({ desk, now }: ConversationProps) {
  const { ui } = words.value;
  const open = desk.open.value;
  return (
    <section class="column conversation" aria-label={ui.desk} data-testid="conversation">
      {open === undefined ? (
        <NoneOpen desk={desk} />
      ) : (
        <>
          <Heading desk={desk} open={open} now={now} />
          <HandoffBanner desk={desk} open={open} />
          <PromiseLine open={open} now={now} />
          <WrapUpLine open={open} />
          <Transcript desk={desk} open={open} />
          <Composer desk={desk} open={open} />
          <PhrasesDialog store={desk.tools.phrases} newId={desk.tools.newId} />
        </>
      )}
    </section>
  );
}

function NoneOpen({ desk }: { desk: Desk }) {
  const { ui, desk: say } = words.value;
  const isQuiet = desk.needing(undefined) === undefined;
  const isRead = desk.isRead('mine') && desk.isRead('waiting');
  return (
    <div class="empty tall">
      <h2>{ui.pickConversation}</h2>
      <p class="muted">{ui.pickConversationHint}</p>
      <p class="muted small">{isRead ? (isQuiet ? say.emptyDesk : say.pressN) : ui.loading}</p>
    </div>
  );
}

type HeadingProps = ConversationProps & { open: ConversationDetail };

function Heading({ desk, open, now }: HeadingProps) {
  const { ui } = words.value;
  const { head } = open;
  const where = [head.channel, head.shop].filter((one) => one !== undefined).join(' · ');
  return (
    <header class="column-head">
      <div class="who-is">
        <h2>{head.customerName ?? ui.visitor}</h2>
        <span class="small who-line">
          <span class={`owner-word owner-${head.owner.split(':')[0]}`} data-testid="owner">
            {ownerWords(head, desk)}
          </span>
          {where === '' ? null : <span class="muted">{where}</span>}
          {head.promise === undefined ? <Countdown head={head} now={now} /> : null}
          {head.undelivered > 0 ? <span class="bad">{fill(ui.undelivered, { n: head.undelivered })}</span> : null}
        </span>
      </div>
      <Actions desk={desk} open={open} />
    </header>
  );
}

/** What this agent may do with it, each with the key that does it. */
function Actions({ desk, open: { head } }: { desk: Desk; open: ConversationDetail }) {
  const { ui } = words.value;
  const mine = isMine(head, desk.me.value);
  const isOthers = head.owner.startsWith('agent:') && !mine;
  if (head.owner === 'closed') return null;
  if (isOthers) return <Others desk={desk} owner={head.owner} />;
  return (
    <div class="actions">
      {mine ? (
        <button type="button" data-testid="release" title="b" onClick={() => void desk.release()}>
          {ui.giveBack}
        </button>
      ) : (
        <Take desk={desk} isOffered={isOfferedTo(head, desk.me.value)} />
      )}
      <button type="button" data-testid="transfer" title="p" onClick={() => desk.ask('transfer')}>
        {ui.transfer}
      </button>
      <button type="button" class="quiet" data-testid="close" title="c" onClick={() => desk.ask('close')}>
        {ui.close}
      </button>
    </div>
  );
}

function Take({ desk, isOffered }: { desk: Desk; isOffered: boolean }) {
  const { ui, desk: say } = words.value;
  return (
    <>
      <button type="button" class="primary" data-testid="claim" title="t" onClick={() => void desk.take()}>
        {isOffered ? say.accept : ui.take}
      </button>
      {isOffered ? (
        <button type="button" title="x" onClick={() => void desk.answerOffer('decline')}>
          {say.decline}
        </button>
      ) : null}
    </>
  );
}

/** Only a supervisor takes a conversation from whoever holds it. */
function Others({ desk, owner }: { desk: Desk; owner: string }) {
  const { desk: say } = words.value;
  const may = desk.person.value?.pages.team === true;
  return (
    <div class="actions">
      {may ? (
        <button type="button" class="primary" data-testid="take-over" onClick={() => void desk.takeOver()}>
          {say.supervise}
        </button>
      ) : (
        <span class="small muted">{fill(say.withOther, { name: agentName(desk, owner.slice('agent:'.length)) })}</span>
      )}
    </div>
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

/** What was noted when it was last closed; gone with the next hand-off, which brings its own. */
function WrapUpLine({ open: { head } }: { open: ConversationDetail }) {
  const { desk: say } = words.value;
  const { wrapUp, owner } = head;
  if (wrapUp === undefined || owner !== 'closed') return null;
  const { note, disposition, tags = [], followUp } = wrapUp;
  return (
    <section class="banner calm" aria-label={say.wrapUpNote} data-testid="wrap-up">
      <p class="banner-title">
        <strong>{say[disposition]}</strong>
        {tags.map((tag) => (
          <span key={tag} class="chip">
            {tag}
          </span>
        ))}
      </p>
      {note === '' ? null : <p class="text">{note}</p>}
      {followUp === undefined ? null : (
        <p class="small">
          {say.followUp}: {followUp.text}
          {followUp.at === undefined ? '' : ` · ${day(followUp.at)}`}
        </p>
      )}
    </section>
  );
}
