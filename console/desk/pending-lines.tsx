import type { Desk } from '../desk-store.ts';
import type { Outgoing } from '../outgoing.ts';
import { fill, words } from '../words/words.ts';

/** Replies that are not in the transcript yet: on their way, waiting for the connection, or refused. */
export function PendingLines({ desk, lines }: { desk: Desk; lines: readonly Outgoing[] }) {
  return (
    <>
      {lines.map((one) => (
        <article key={one.clientId} class="bubble-row right" data-testid="message-pending" data-state={one.state}>
          <div class={`bubble by-agent pending ${one.state}`}>
            <p class="text">{one.draft.text.trim()}</p>
          </div>
          <State desk={desk} one={one} />
        </article>
      ))}
    </>
  );
}

function State({ desk, one }: { desk: Desk; one: Outgoing }) {
  const { desk: say } = words.value;
  if (one.state === 'sending') {
    // It appears after 300 ms: what arrives at once shows no spinner.
    return (
      <span class="small muted late-shown">
        <span class="spinner" aria-hidden="true" /> {say.sendingNow}
      </span>
    );
  }
  const isRefused = one.state === 'refused';
  return (
    <span class={`small ${isRefused ? 'bad' : 'muted'}`} role="status">
      {isRefused ? fill(say.sendRefused, { why: one.why ?? '' }) : say.sendWaits}{' '}
      <button type="button" class="quiet pending-action" onClick={() => void desk.retry(one)}>
        {say.tryAgain}
      </button>
      <button type="button" class="quiet pending-action" data-testid="take-back" onClick={() => desk.takeBack(one)}>
        {say.takeBack}
      </button>
    </span>
  );
}
