import { useEffect, useRef } from 'preact/hooks';
import type { Presence as Present } from '../../lib/domain/routing.ts';
import { setWishes, wishes } from '../attention.ts';
import type { Desk } from '../desk-store.ts';
import { timeOfDay } from '../format.ts';
import { fill, words } from '../words/words.ts';
import { DeskDialog } from './dialog.tsx';

const ALL: readonly Present[] = ['online', 'away', 'off'];

/** Whether this agent is asked, in the bar above; with what makes a new offer heard. */
export function Presence({ desk }: { desk: Desk }) {
  const { desk: say } = words.value;
  const menu = useRef<HTMLDetailsElement>(null);
  const is = desk.presence.value;
  const choose = (next: Present) => {
    menu.current?.removeAttribute('open');
    const holds = desk.section('mine').length;
    if (next === 'off' && holds > 0) desk.ask('off');
    else void desk.setPresence(next);
  };
  useEffect(() => {
    const onAway = (event: Event) => {
      if (event.target instanceof Node && menu.current?.contains(event.target) === false) menu.current.open = false;
    };
    document.addEventListener('pointerdown', onAway);
    return () => document.removeEventListener('pointerdown', onAway);
  }, []);
  return (
    <details
      ref={menu}
      class="presence"
      data-testid="presence"
      data-presence={is ?? 'unknown'}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.currentTarget.open = false;
        event.currentTarget.querySelector('summary')?.focus();
      }}
    >
      <summary id="presence" aria-label={`${say.presence}: ${is === undefined ? say.presenceUnknown : say[is]}`}>
        <span class={`dot is-${is ?? 'off'}`} aria-hidden="true" />
        <span class="presence-word">{is === undefined ? say.presenceUnknown : say[is]}</span>
      </summary>
      <div class="menu">
        <fieldset aria-label={say.presence}>
          {ALL.map((one) => (
            <button
              key={one}
              type="button"
              data-testid={`presence-${one}`}
              aria-pressed={is === one}
              onClick={() => choose(one)}
            >
              <span class={`dot is-${one}`} aria-hidden="true" /> {say[one]}
            </button>
          ))}
        </fieldset>
        <Attention />
      </div>
    </details>
  );
}

function Attention() {
  const { desk: say } = words.value;
  const { sound, notify } = wishes.value;
  const wishNotices = async (wanted: boolean) => {
    const may = wanted && (await Notification.requestPermission()) === 'granted';
    setWishes(localStorage, { ...wishes.value, notify: may });
  };
  return (
    <fieldset class="attention" aria-label={say.attention}>
      <label class="check">
        <input
          type="checkbox"
          data-testid="wish-sound"
          checked={sound}
          onChange={(event) => setWishes(localStorage, { ...wishes.value, sound: event.currentTarget.checked })}
        />
        {say.sound}
      </label>
      <label class="check">
        <input
          type="checkbox"
          checked={notify}
          onChange={(event) => void wishNotices(event.currentTarget.checked).catch(() => undefined)}
        />
        {say.notify}
      </label>
    </fieldset>
  );
}

/** Going off gives back what one holds: asked before. */
export function OffDialog({ desk }: { desk: Desk }) {
  const { desk: say } = words.value;
  const close = () => desk.ask(undefined);
  return (
    <DeskDialog desk={desk} title={say.offAsk} testId="off-dialog" onClose={close}>
      <p>{fill(say.offAskText, { n: desk.section('mine').length })}</p>
      <p class="dialog-actions">
        <button type="button" onClick={close}>
          {say.stay}
        </button>
        <button
          type="button"
          class="primary"
          data-testid="off-go"
          onClick={() => {
            close();
            void desk.setPresence('off');
          }}
        >
          {say.offGo}
        </button>
      </p>
    </DeskDialog>
  );
}

/** Missed offers made this agent away: said above the list, which stays empty for as long as they are. */
export function MissedNote({ desk }: { desk: Desk }) {
  const { desk: say } = words.value;
  const missed = desk.missedOffers.value;
  return (
    <div role="status">
      {missed?.isShown === true ? (
        <section class="missed-note" data-testid="missed-offers">
          <p>{fill(say.missedOffers, { n: missed.count })}</p>
          <p class="missed-actions">
            <button type="button" title="o" data-testid="missed-back" onClick={() => void desk.setPresence('online')}>
              {say.missedBack}
            </button>
            <button type="button" class="quiet" data-testid="missed-dismiss" onClick={desk.putMissedAside}>
              {say.dismiss}
            </button>
          </p>
        </section>
      ) : null}
    </div>
  );
}

/** The desk was out of reach for longer than its lease: since when, and what that cost. */
export function LostLine({ desk }: { desk: Desk }) {
  const { desk: say, ui } = words.value;
  const lost = desk.lost.value;
  if (lost === undefined) return null;
  const at = (ms: number) => timeOfDay(new Date(ms).toISOString());
  return (
    <section class="lost-line" role="status" data-testid="lost">
      <p>
        {fill(say.lostTitle, { from: at(lost.since), until: at(lost.until) })}{' '}
        {lost.gone.length === 0 ? say.lostNone : say.lostGone}{' '}
        {lost.gone.map(({ id, customerName }) => (
          <button key={id} type="button" class="quiet" onClick={() => void desk.select(id)}>
            {customerName ?? ui.visitor}
          </button>
        ))}
      </p>
      <button
        type="button"
        class="quiet"
        onClick={() => {
          desk.lost.value = undefined;
        }}
      >
        {say.dismiss}
      </button>
    </section>
  );
}
