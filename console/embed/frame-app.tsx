import type { ReadonlySignal } from '@preact/signals';
import type { Fetch } from '../api.ts';
import { CueCard } from '../desk/cue-card.tsx';
import { FrameSignIn } from './frame-sign-in.tsx';
import type { FrameDesk } from './frame-store.ts';
import { f } from './words.ts';

type FrameAppProps = {
  tenant: string;
  /** False where no page may frame the card, or this is no frame. */
  allowed: boolean;
  desk: ReadonlySignal<FrameDesk | undefined>;
  refused: ReadonlySignal<boolean>;
  note: ReadonlySignal<string>;
  fetch: Fetch;
  onSignIn: (token: string) => void;
  onSignOut: () => void;
};

export function FrameApp({ tenant, allowed, desk, refused, note, fetch, onSignIn, onSignOut }: FrameAppProps) {
  if (!allowed) {
    return (
      <main class="empty" data-testid="not-allowed">
        {f.value.notAllowed}
      </main>
    );
  }
  const open = desk.value;
  if (open === undefined) {
    return <FrameSignIn tenant={tenant} refused={refused.value} fetch={fetch} onSignIn={onSignIn} />;
  }
  return (
    <main class="frame">
      {open.state.value === 'there' ? <CueCard desk={open} /> : <Waiting state={open.state.value} />}
      <footer class="frame-foot small">
        <span role="status" data-testid="note">
          {note.value}
        </span>
        <button type="button" class="quiet" onClick={onSignOut}>
          {f.value.signOut}
        </button>
      </footer>
    </main>
  );
}

function Waiting({ state }: { state: Exclude<FrameDesk['state']['value'], 'there'> }) {
  return (
    <p class="empty" role="status" data-testid="frame-state" data-state={state}>
      {f.value[state]}
    </p>
  );
}
