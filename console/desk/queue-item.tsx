import type { ReadonlySignal } from '@preact/signals';
import type { ConversationView } from '../../lib/domain/contract/desk.ts';
import { openText } from '../awaits.ts';
import type { Desk } from '../desk-store.ts';
import { clock } from '../format.ts';
import { isUnread, type SectionId } from '../sections.ts';
import { fill, words } from '../words/words.ts';
import { memo } from './memo.ts';
import { agentName } from './owner.ts';
import { Countdown, Waiting } from './times.tsx';

type Now = ReadonlySignal<number>;
type ItemProps = { head: ConversationView; section: SectionId; desk: Desk; now: Now; onPick: () => void };

/** A conversation in the list. Drawn again when its head changed or it was opened, not whenever another one was. */
export const Item = memo(
  function Item({ head, section, desk, now, onPick }: ItemProps) {
    const isOpen = desk.openId.value === head.id;
    const unread = section === 'mine' && isUnread(head, desk.seen.value);
    const kind = head.owner.split(':')[0];
    return (
      <div class={`item owner-${kind} in-${section} ${unread ? 'unread' : ''}`}>
        <button
          type="button"
          class="item-open"
          data-testid="queue-item"
          data-conversation={head.id}
          aria-current={isOpen ? 'true' : undefined}
          onClick={() => {
            onPick();
            void desk.select(head.id);
          }}
        >
          <span class="item-top">
            <strong class="item-name">{head.customerName ?? words.value.ui.visitor}</strong>
            <Waiting head={head} now={now} />
          </span>
          <Text head={head} />
          <span class="small item-foot">
            <Why head={head} section={section} desk={desk} />
            <Marks head={head} section={section} desk={desk} now={now} unread={unread} />
          </span>
        </button>
        {section === 'offered' ? <Offer head={head} desk={desk} now={now} onPick={onPick} /> : null}
      </div>
    );
  },
  (before, after) => before.head === after.head && before.section === after.section,
);

/** A picture, a voice message or a card has no words of its own: that something came is said all the same. */
function Text({ head }: Pick<ItemProps, 'head'>) {
  const text = openText(head);
  if (text !== '') return <span class="item-text">{text}</span>;
  return <span class="item-text muted">[{words.value.ui.noText}]</span>;
}

type PartProps = Pick<ItemProps, 'head' | 'section' | 'desk'>;

/** Why it waits, or whose it is. */
function Why({ head, section, desk }: PartProps) {
  const { brief, skill, desk: say } = words.value;
  const { handoff, offer } = head;
  if (section === 'others') return <span class="item-why">{agentName(desk, head.owner.slice('agent:'.length))}</span>;
  if (handoff === undefined || section === 'bot' || section === 'closed') return <span class="item-why" />;
  const asked =
    section === 'waiting' && offer !== undefined
      ? fill(say.offeredTo, { name: agentName(desk, offer.agentId) })
      : undefined;
  const why = [skill[handoff.skill] ?? handoff.skill, asked ?? brief[handoff.reason]].join(' · ');
  return (
    <span class="item-why" title={why}>
      {why}
    </span>
  );
}

/** What presses: a promise, a promised first response, words nobody has read, a reply that was begun. */
function Marks({ head, section, desk, now, unread }: PartProps & { now: Now; unread: boolean }) {
  const { desk: say } = words.value;
  const isBegun = desk.begun.value.has(head.id) && desk.openId.value !== head.id;
  const before = desk.seen.value[head.id];
  const n = head.customerSeq - (before ?? head.customerSeq);
  return (
    <span class="item-marks">
      {unread ? <span class="mark-new">{n > 0 ? fill(say.unread, { n }) : say.unreadOne}</span> : null}
      {isBegun ? <span class="mark-draft">{say.draftBegun}</span> : null}
      <Countdown head={head} now={now} brief={section !== 'waiting' && section !== 'offered'} />
    </span>
  );
}

type OfferProps = Omit<ItemProps, 'section'>;

/** Until then it is this agent's to take; then somebody else is asked. */
function Offer({ head, desk, now, onPick }: OfferProps) {
  const { desk: say } = words.value;
  const left = (head.offer?.until ?? 0) - now.value;
  return (
    <div class="offer" data-testid="offer">
      <button
        type="button"
        class="primary"
        data-testid="accept"
        aria-keyshortcuts="a"
        onClick={() => {
          onPick();
          void desk.answerOffer('accept', head.id);
        }}
      >
        {say.accept} <kbd>a</kbd>
      </button>
      <button
        type="button"
        data-testid="decline"
        aria-keyshortcuts="x"
        onClick={() => void desk.answerOffer('decline', head.id)}
      >
        {say.decline} <kbd>x</kbd>
      </button>
      <span class={`small offer-left ${left < 10_000 ? 'bad' : ''}`} role="timer" data-testid="offer-left">
        {left > 0 ? fill(say.offerLeft, { time: clock(left) }) : say.offerOver}
      </span>
    </div>
  );
}
