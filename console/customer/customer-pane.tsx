import { signal } from '@preact/signals';
import type { Message } from '../../lib/domain/message.ts';
import { useStickToEnd } from '../desk/stick-to-end.ts';
import { Parts } from '../parts.tsx';
import { language, words } from '../words/words.ts';
import { Attach } from './attach.tsx';
import type { Player, Sent } from './player.ts';
import { starters } from './samples.ts';

const input = signal('');

/** The customer's phone: what they see of the chat, and what they can send. */
export function CustomerPane({ player }: { player: Player }) {
  const { ui } = words.value;
  return (
    <section class="column customer" aria-label={ui.customerSide}>
      <header class="column-head">
        <h2>{ui.customerSide}</h2>
        <button type="button" class="quiet" onClick={() => player.restart()} data-testid="new-conversation">
          {ui.newConversation}
        </button>
      </header>
      {player.canPlay ? (
        <>
          <WhoToPlay player={player} />
          <Chat player={player} />
          <Attach player={player} />
          <Write player={player} />
        </>
      ) : (
        <p class="empty">{ui.noSecret}</p>
      )}
    </section>
  );
}

function WhoToPlay({ player }: { player: Player }) {
  const { ui } = words.value;
  return (
    <label class="who">
      <span>{ui.playAs}</span>
      <select
        data-testid="customer-select"
        value={player.chosen.value}
        onChange={(event) => player.choose(event.currentTarget.value)}
      >
        {player.customers.map(({ id, name }) => (
          <option key={id} value={id}>
            {name ?? id}
          </option>
        ))}
        <option value="">{ui.anonymous}</option>
      </select>
    </label>
  );
}

function Chat({ player }: { player: Player }) {
  const { ui } = words.value;
  const messages = player.messages.value;
  const unread = player.unread.value;
  const { element: end } = useStickToEnd(player.conversationId.value);
  const empty = messages.length + unread.length === 0;
  return (
    <div
      class="chat"
      ref={end}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
      tabIndex={0}
      role="log"
      aria-label={ui.transcript}
      data-testid="customer-chat"
    >
      {empty ? <Starters player={player} /> : null}
      {messages.map((message) => (
        <Bubble key={message.id} message={message} />
      ))}
      {unread.map((sent) => (
        <UnreadBubble key={sent.id} sent={sent} player={player} />
      ))}
      <ChoiceButtons player={player} />
    </div>
  );
}

function Bubble({ message }: { message: Message }) {
  const { author } = message;
  const mine = author.type === 'customer';
  const shown = mine ? message : { ...message, parts: message.parts.filter(({ kind }) => kind !== 'button') };
  return (
    <div class={`bubble-row ${mine ? 'right' : 'left'}`}>
      {mine ? null : <span class="small muted">{author.name ?? words.value.author[author.type]}</span>}
      <div class={`bubble by-${author.type}`}>
        <Parts message={shown} />
      </div>
    </div>
  );
}

function UnreadBubble({ sent, player }: { sent: Sent; player: Player }) {
  const { ui } = words.value;
  return (
    <div class="bubble-row right">
      <div class={`bubble by-customer ${sent.state}`}>
        <Parts message={sent} />
      </div>
      {sent.state === 'sending' ? <span class="small muted">{ui.sending}</span> : null}
      {sent.state === 'failed' ? (
        <button type="button" class="quiet bad" onClick={() => void player.retry(sent)}>
          {ui.notSent} · {ui.retry}
        </button>
      ) : null}
    </div>
  );
}

function ChoiceButtons({ player }: { player: Player }) {
  const choices = player.choices.value;
  if (choices.length === 0) return null;
  return (
    <div class="choices" data-testid="choices">
      {choices.map(({ label, value }) => (
        <button
          key={value}
          type="button"
          onClick={() => void player.send({ part: { kind: 'button', text: label, value } })}
        >
          {label}
        </button>
      ))}
    </div>
  );
}

function Starters({ player }: { player: Player }) {
  const { ui } = words.value;
  return (
    <div class="starters">
      <p class="muted">{ui.emptyChat}</p>
      <p class="small muted">{ui.starters}</p>
      <div class="choices">
        {starters[language.value].map((text) => (
          <button key={text} type="button" onClick={() => void player.send({ text })}>
            {text}
          </button>
        ))}
      </div>
    </div>
  );
}

function Write({ player }: { player: Player }) {
  const { ui } = words.value;
  const take = () => {
    const text = input.value.trim();
    input.value = '';
    return text;
  };
  const send = () => {
    const text = take();
    if (text !== '') void player.send({ text });
  };
  return (
    <form
      class="write"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <textarea
        data-testid="customer-input"
        aria-label={ui.typeAsCustomer}
        placeholder={ui.customerPlaceholder}
        rows={2}
        value={input.value}
        onInput={(event) => {
          input.value = event.currentTarget.value;
        }}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
          event.preventDefault();
          send();
        }}
      />
      <div class="write-actions">
        <button
          type="button"
          class="quiet"
          title={ui.inPiecesHint}
          data-testid="customer-pieces"
          onClick={() => void player.sendPieces(take())}
        >
          {ui.inPieces}
        </button>
        <button type="submit" class="primary" data-testid="customer-send">
          {ui.send}
        </button>
      </div>
    </form>
  );
}
