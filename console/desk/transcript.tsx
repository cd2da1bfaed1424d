import type { ConversationDetail } from '../../lib/domain/contract/desk.ts';
import type { Message } from '../../lib/domain/message.ts';
import { timeOfDay } from '../format.ts';
import { Parts } from '../parts.tsx';
import { words } from '../words/words.ts';
import { useStickToEnd } from './stick-to-end.ts';

export function Transcript({ open }: { open: ConversationDetail }) {
  const { messages, head } = open;
  const end = useStickToEnd(head.id);
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
        <Line key={message.id} message={message} follows={sameSpeaker(messages[index - 1], message)} />
      ))}
    </div>
  );
}

/** The pieces of one turn stand together under one name. */
function sameSpeaker(before: Message | undefined, message: Message): boolean {
  return before?.author.type === message.author.type && before.author.id === message.author.id;
}

function Line({ message, follows }: { message: Message; follows: boolean }) {
  const { ui, author: authors, delivery: deliveries } = words.value;
  const { author, delivery } = message;
  const side = author.type === 'customer' ? 'left' : 'right';
  return (
    <article class={`bubble-row ${side} ${follows ? 'follows' : ''}`} data-testid={`message-${author.type}`}>
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
      {delivery === undefined || author.type === 'customer' ? null : (
        <span class={`small delivery ${delivery}`}>{deliveries[delivery]}</span>
      )}
    </article>
  );
}
