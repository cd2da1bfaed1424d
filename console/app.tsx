import { type ReadonlySignal, type Signal, signal } from '@preact/signals';
import { CustomerPane } from './customer/customer-pane.tsx';
import type { Player } from './customer/player.ts';
import { ConversationView } from './desk/conversation.tsx';
import { CueCard } from './desk/cue-card.tsx';
import { Queue } from './desk/queue.tsx';
import type { Desk } from './desk-store.ts';
import { Help } from './help.tsx';
import type { LiveState } from './live.ts';
import type { Session } from './session.ts';
import { SignIn } from './sign-in.tsx';
import { TopBar } from './top-bar.tsx';
import { words } from './words/words.ts';

export type Signed = { session: Session; desk: Desk; player: Player; live: Signal<LiveState> };

/** On a narrow screen one of these shows at a time. */
type View = 'customer' | 'queue' | 'chat';
const view = signal<View>('customer');

type AppProps = {
  signed: ReadonlySignal<Signed | undefined>;
  refused: ReadonlySignal<boolean>;
  now: ReadonlySignal<number>;
  onSignIn: (session: Session) => void;
  onSignOut: () => void;
};

export function App({ signed, refused, now, onSignIn, onSignOut }: AppProps) {
  const here = signed.value;
  if (here === undefined) {
    return (
      <div class="page">
        <TopBar />
        <SignIn refused={refused.value} onSignIn={onSignIn} />
      </div>
    );
  }
  const { desk, player, session, live } = here;
  return (
    <div class="page">
      <TopBar tenant={session.tenant} live={live.value} onSignOut={onSignOut} />
      <main class="columns" data-view={view.value}>
        <CustomerPane player={player} />
        <Queue
          desk={desk}
          now={now}
          onPick={() => {
            view.value = 'chat';
          }}
        />
        <ConversationView desk={desk} now={now} />
        <CueCard desk={desk} />
      </main>
      <Views />
      <NoticeLine desk={desk} />
      <Help />
    </div>
  );
}

function Views() {
  const { ui } = words.value;
  const views: [View, string][] = [
    ['customer', ui.viewCustomer],
    ['queue', ui.viewQueue],
    ['chat', ui.viewChat],
  ];
  return (
    <nav class="views" aria-label={ui.desk}>
      {views.map(([name, label]) => (
        <button
          key={name}
          type="button"
          class={`view-${name}`}
          aria-pressed={view.value === name}
          onClick={() => {
            view.value = name;
          }}
        >
          {label}
        </button>
      ))}
    </nav>
  );
}

function NoticeLine({ desk }: { desk: Desk }) {
  const notice = desk.notice.value;
  return (
    <div class="notice-place" role="status" aria-live="polite">
      {notice === undefined ? null : <p class={`notice ${notice.tone}`}>{notice.text}</p>}
    </div>
  );
}
