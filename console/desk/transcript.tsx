import { useEffect } from 'preact/hooks';
import type { ConversationDetail } from '../../lib/domain/contract/desk.ts';
import type { Message } from '../../lib/domain/message.ts';
import type { Desk } from '../desk-store.ts';
import { timeOfDay } from '../format.ts';
import { Parts } from '../parts.tsx';
import { words } from '../words/words.ts';
import { useStickToEnd } from './stick-to-end.ts';

export function Transcript({ desk, open }: { desk: Desk; open: ConversationDetail }) {
  const { messages, head } = open;
  const end = useStickToEnd(head.id);
  const flash = desk.flash.value;
  useEffect(() => {
    const [first] = flash?.ids ?? [];
    const line = [...(end.current?.children ?? [])].find((one) => one.id === lineId(first));
    line?.scrollIntoView({ block: 'center' });
    if (line instanceof HTMLElement) line.focus({ preventScroll: true });
  }, [flash]);
  return (
    <div
      class="transcript"
      ref={end}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
      tabIndex={0}
      role="log"
      aria-label={words.value.ui.transcript}
      data-testid="transcript"
    >
      {messages.map((message, index) => (
        <Line
          key={message.id}
          message={message}
          follows={sameSpeaker(messages[index - 1], message)}
          marked={flash?.ids.includes(message.id) === true}
        />
      ))}
    </div>
  );
}

/** The pieces of one turn stand together under one name. */
function sameSpeaker(before: Message | undefined, message: Message): boolean {
  return before?.author.type === message.author.type && before.author.id === message.author.id;
}

const lineId = (id: string | undefined): string => `message-${id}`;

type LineProps = { message: Message; follows: boolean; marked: boolean };

/** It can be given the focus, so that whoever follows a point of the summary by keyboard goes on from here. */
function Line({ message, follows, marked }: LineProps) {
  const { ui, author: authors } = words.value;
  const { author } = message;
  const side = author.type === 'customer' ? 'left' : 'right';
  return (
    <article
      id={lineId(message.id)}
      tabIndex={-1}
      class={`bubble-row ${side} ${follows ? 'follows' : ''} ${marked ? 'marked' : ''}`}
      data-testid={`message-${author.type}`}
    >
      {follows ? null : (
        <span class="small muted">
          {author.name ?? authors[author.type]}
          {author.name === undefined || author.type === 'customer' ? '' : ` · ${authors[author.type]}`}
          {' · '}
          <time dateTime={message.at}>{timeOfDay(message.at)}</time>
        </span>
      )}
      <div class={`bubble by-${author.type}`}>
        {message.recalled === true ? <p class="text muted">{ui.recalled}</p> : <Parts message={message} />}
      </div>
      <Delivery message={message} />
    </article>
  );
}

/** Whether a message of ours has arrived. */
function Delivery({ message: { author, delivery } }: { message: Message }) {
  if (delivery === undefined || author.type === 'customer') return null;
  return <span class={`small delivery ${delivery}`}>{words.value.delivery[delivery]}</span>;
}
