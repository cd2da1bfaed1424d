import type { ReadonlySignal } from '@preact/signals';
import type { Access } from './access.ts';
import type { PasswordChange } from './account-calls.ts';
import type { Call } from './api.ts';
import { Presence } from './desk/presence.tsx';
import { type AtDesk, DeskPage, playing } from './desk-page.tsx';
import { Loading } from './loading.tsx';
import type { Manage } from './manage/manage.tsx';
import { route } from './route.ts';
import type { Session } from './session.ts';
import { SignIn } from './sign-in.tsx';
import { type Place, TopBar } from './top-bar.tsx';
import { words } from './words/words.ts';

/** What is open to whom: an agent's desk, a manager's pages, an admin's both. The pages come once they are loaded. */
export type Signed = {
  session: Session;
  access: Access;
  call: Call;
  setPassword: (change: PasswordChange) => Promise<void>;
  atDesk?: AtDesk;
  manage?: Manage;
};

type AppProps = {
  signed: ReadonlySignal<Signed | undefined>;
  refused: ReadonlySignal<boolean>;
  now: ReadonlySignal<number>;
  slow: ReadonlySignal<boolean>;
  onSignIn: (session: Session) => void;
  onSignOut: () => void;
};

export function App({ signed, refused, now, slow, onSignIn, onSignOut }: AppProps) {
  const here = signed.value;
  if (here === undefined) {
    return (
      <div class="page">
        <TopBar />
        <SignIn refused={refused.value} onSignIn={onSignIn} />
      </div>
    );
  }
  return <SignedIn {...{ here, now, slow, onSignOut }} />;
}

/** Where each place begins, until its pages are loaded and say so themselves. */
const FIRST = { team: 'team', knowledge: 'entries', admin: 'people' } as const;

/** The places that are open, the one that is shown marked. */
function placesOf({ access, manage }: Signed, isDesk: boolean): Place[] {
  const at = isDesk ? 'desk' : (manage?.placeOf(route.value.page) ?? 'knowledge');
  const others = (['team', 'knowledge', 'admin'] as const)
    .filter((name) => access[name] && (manage === undefined || manage.firstOf[name] !== undefined))
    .map((name) => ({ name, page: manage?.firstOf[name] ?? FIRST[name], isHere: at === name }));
  return access.desk ? [{ name: 'desk', page: 'desk', isHere: at === 'desk' }, ...others] : others;
}

type SignedInProps = Pick<AppProps, 'now' | 'slow' | 'onSignOut'> & { here: Signed };

function SignedIn({ here, now, slow, onSignOut }: SignedInProps) {
  const { session, access, call, setPassword, atDesk, manage } = here;
  const { me } = access;
  const hasMore = access.team || access.knowledge || access.admin;
  const isDesk = access.desk && (route.value.page === 'desk' || !hasMore);
  return (
    <div class="page">
      <TopBar
        tenant={session.tenant}
        account={me === undefined ? undefined : { me, call, setPassword, onSignOut }}
        onSignOut={onSignOut}
        places={placesOf(here, isDesk)}
        slow={slow.value}
        {...(isDesk ? deskBar(atDesk) : manageBar(manage))}
      />
      {isDesk ? <Desk here={here} now={now} /> : <OtherPages manage={manage} />}
    </div>
  );
}

function OtherPages({ manage }: { manage: Manage | undefined }) {
  return manage === undefined ? <Loading /> : <manage.Pages />;
}

const manageBar = (manage: Manage | undefined) => (manage === undefined ? {} : { onHelp: manage.openHelp });

const deskBar = (atDesk: AtDesk | undefined) =>
  atDesk === undefined
    ? {}
    : {
        live: atDesk.live.value,
        onHelp: () => atDesk.desk.ask('help'),
        children: <AtDeskBar atDesk={atDesk} />,
      };

function Desk({ here: { atDesk, manage }, now }: Pick<SignedInProps, 'here' | 'now'>) {
  if (atDesk === undefined) return <Loading />;
  return <DeskPage atDesk={atDesk} now={now} elsewhere={manage?.goRows() ?? []} />;
}

/** What the bar holds only at the desk: presence, and in a demonstration the customer to play. */
function AtDeskBar({ atDesk: { desk, player } }: { atDesk: AtDesk }) {
  const { desk: say } = words.value;
  return (
    <>
      {player.canPlay ? (
        <button
          type="button"
          class="play-toggle"
          data-testid="play-customer"
          aria-pressed={playing.value}
          onClick={() => {
            playing.value = !playing.value;
          }}
        >
          {playing.value ? say.hideCustomer : say.playCustomer}
        </button>
      ) : null}
      <Presence desk={desk} />
    </>
  );
}
