import { type ReadonlySignal, type Signal, signal } from '@preact/signals';
import type { Access } from './access.ts';
import { CustomerPane } from './customer/customer-pane.tsx';
import type { Player } from './customer/player.ts';
import { ConversationView } from './desk/conversation.tsx';
import { CueCard } from './desk/cue-card.tsx';
import { Queue } from './desk/queue.tsx';
import type { Desk } from './desk-store.ts';
import { Help } from './help.tsx';
import type { LiveState } from './live.ts';
import { Loading } from './loading.tsx';
import type { Manage } from './manage/manage.tsx';
import { route } from './route.ts';
import type { Session } from './session.ts';
import { SignIn } from './sign-in.tsx';
import { TopBar } from './top-bar.tsx';
import { words } from './words/words.ts';

type AtDesk = { desk: Desk; player: Player; live: Signal<LiveState> };
/** What is open to whom: an agent's desk, a manager's pages, an admin's both. The pages come once they are loaded. */
export type Signed = { session: Session; access: Access; atDesk?: AtDesk; manage?: Manage };

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
  return <SignedIn here={here} now={now} onSignOut={onSignOut} />;
}

type SignedInProps = Pick<AppProps, 'now' | 'onSignOut'> & { here: Signed };

function SignedIn({ here, now, onSignOut }: SignedInProps) {
  const { session, access, atDesk, manage } = here;
  const isDesk = access.desk && (route.value.page === 'desk' || !access.knowledge);
  const places = access.desk && access.knowledge ? { isDesk } : undefined;
  return (
    <div class="page">
      <TopBar
        tenant={session.tenant}
        onSignOut={onSignOut}
        {...(isDesk && atDesk !== undefined ? { live: atDesk.live.value } : {})}
        {...(places === undefined ? {} : { places })}
        {...(isDesk || manage === undefined ? {} : { onHelp: manage.openHelp })}
      />
      {isDesk ? <DeskPage atDesk={atDesk} now={now} /> : <ManagePage manage={manage} />}
    </div>
  );
}

function ManagePage({ manage }: { manage: Manage | undefined }) {
  return manage === undefined ? <Loading /> : <manage.Pages />;
}

function DeskPage({ atDesk, now }: { atDesk: AtDesk | undefined; now: ReadonlySignal<number> }) {
  if (atDesk === undefined) return <Loading />;
  const { desk, player } = atDesk;
  return (
    <>
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
    </>
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
