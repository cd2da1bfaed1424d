import { useEffect } from 'preact/hooks';
import type { ConversationDetail } from '../../lib/domain/contract/desk.ts';
import type { Message } from '../../lib/domain/message.ts';
import type { Desk } from '../desk-store.ts';
import { dayOf, timeOfDay } from '../format.ts';
import { focusComposer } from '../keyboard.ts';
import { hasArrived } from '../outgoing.ts';
import { Parts } from '../parts.tsx';
import { fill, words } from '../words/words.ts';
import { PendingLines } from './pending-lines.tsx';
import { useStickToEnd } from './stick-to-end.ts';

export function Transcript({ desk, open }: { desk: Desk; open: ConversationDetail }) {
  const { messages, head } = open;
  const leaving = desk.outgoing.value.filter((one) => one.conversationId === head.id && !hasArrived(one, messages));
  const end = useStickToEnd(head.id, messages.length);
  const flash = desk.flash.value;
  useEffect(() => {
    const [first] = flash?.ids ?? [];
    const line = [...(end.element.current?.children ?? [])].find((one) => one.id === lineId(first));
    line?.scrollIntoView({ block: 'center' });
    if (line instanceof HTMLElement) line.focus({ preventScroll: true });
  }, [flash]);
  useEffect(() => {
    // Whoever sends wants to see it go, wherever they were reading.
    if (leaving.length > 0) end.toEnd();
  }, [leaving.length]);
  return (
    <div class="transcript-frame">
      <div
        class="transcript"
        ref={end.element}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
        tabIndex={0}
        role="log"
        aria-label={words.value.ui.transcript}
        data-testid="transcript"
        onKeyDown={(event) => {
          if (event.key !== 'Escape') return;
          end.toEnd();
          focusComposer();
        }}
      >
        {messages.map((message, index) => [
          isNewDay(messages[index - 1], message) ? <Day key={`day ${message.id}`} at={message.at} /> : null,
          <Line
            key={message.id}
            message={message}
            follows={sameSpeaker(messages[index - 1], message)}
            marked={flash?.ids.includes(message.id) === true}
          />,
        ])}
        <PendingLines desk={desk} lines={leaving} />
      </div>
      {end.isAway ? <ToEnd unseen={end.unseen} onClick={end.toEnd} /> : null}
    </div>
  );
}

/** The way back down for whoever has scrolled up, or followed a point of the summary. */
function ToEnd({ unseen, onClick }: { unseen: number; onClick: () => void }) {
  const { desk: say } = words.value;
  return (
    <button type="button" class={`to-end ${unseen > 0 ? 'primary' : ''}`} data-testid="to-end" onClick={onClick}>
      {unseen > 0 ? fill(say.newMessages, { n: unseen }) : say.toEnd} <span aria-hidden="true">↓</span>
    </button>
  );
}

const isNewDay = (before: Message | undefined, message: Message): boolean =>
  before !== undefined && dayOf(before.at) !== dayOf(message.at);

function Day({ at }: { at: string }) {
  return <p class="small muted day">{dayOf(at)}</p>;
}

/** The pieces of one turn stand together under one name. */
function sameSpeaker(before: Message | undefined, message: Message): boolean {
  return (
    before !== undefined &&
    before.author.type === message.author.type &&
    before.author.id === message.author.id &&
    !isNewDay(before, message)
  );
}

const lineId = (id: string | undefined): string => `message-${id}`;

type LineProps = { message: Message; follows: boolean; marked: boolean };

/** It can be given the focus, so that whoever follows a point of the summary by keyboard goes on from here. */
function Line({ message, follows, marked }: LineProps) {
  const { ui } = words.value;
  const { author } = message;
  const side = author.type === 'customer' ? 'left' : 'right';
  return (
    <article
      id={lineId(message.id)}
      tabIndex={-1}
      class={`bubble-row ${side} ${follows ? 'follows' : ''} ${marked ? 'marked' : ''}`}
      data-testid={`message-${author.type}`}
    >
      {follows ? null : <Says message={message} />}
      <div class={`bubble by-${author.type}`}>
        {message.recalled === true ? <p class="text muted recalled">{ui.recalled}</p> : <Parts message={message} />}
      </div>
      <Delivery message={message} />
    </article>
  );
}

/** Who wrote, as what, and when. */
function Says({ message: { author, at } }: { message: Message }) {
  const { author: authors } = words.value;
  return (
    <span class="small muted">
      {author.name ?? authors[author.type]}
      {author.name === undefined || author.type === 'customer' ? '' : ` · ${authors[author.type]}`}
      {' · '}
      <time dateTime={at}>{timeOfDay(at)}</time>
    </span>
  );
}

/** Whether a message of ours has arrived, and why not. */
function Delivery({ message: { author, delivery } }: { message: Message }) {
  const { delivery: states, desk: say } = words.value;
  if (delivery === undefined || author.type === 'customer') return null;
  const why = { failed: say.deliveryFailed, dropped: say.deliveryDropped, pending: '', delivered: '' }[delivery];
  return (
    <span class={`small delivery ${delivery}`}>
      {states[delivery]}
      {why === '' ? '' : ` · ${why}`}
    </span>
  );
}
