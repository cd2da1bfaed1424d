import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import type { Me, SessionView } from '../lib/domain/access.ts';
import { endSessions, otherSessions, type PasswordChange, whyNotChanged } from './account-calls.ts';
import { account } from './account-words.ts';
import type { Call } from './api.ts';
import { day } from './format.ts';
import { PasswordField } from './password-field.tsx';
import { fill } from './words/words.ts';

export type AccountProps = {
  me: Me;
  call: Call;
  /** Ends every other sign-in; this one goes on. Throws what `Call` does. */
  setPassword: (change: PasswordChange) => Promise<void>;
  onSignOut: () => void;
};

/** Who one is, in the bar above: opens what is one's own to change. */
export function Account(props: AccountProps) {
  const open = useSignal(false);
  const name = props.me.name ?? props.me.agentId;
  return (
    <>
      <button
        type="button"
        class="account-button"
        data-testid="account"
        aria-label={account.value.account}
        title={name}
        onClick={() => {
          open.value = true;
        }}
      >
        <span class="initial" aria-hidden="true">
          {[...name][0]?.toUpperCase()}
        </span>
      </button>
      {open.value ? (
        <AccountDialog
          {...props}
          onClose={() => {
            open.value = false;
          }}
        />
      ) : null}
    </>
  );
}

function AccountDialog({ me, call, setPassword, onSignOut, onClose }: AccountProps & { onClose: () => void }) {
  const say = account.value;
  const dialog = useRef<HTMLDialogElement>(null);
  const others = useSignal<SessionView[] | 'unread' | undefined>(undefined);
  const isSignIn = me.expiresAt !== undefined;
  const look = async () => {
    others.value = await otherSessions(call).catch(() => 'unread' as const);
  };
  useEffect(() => {
    const before = document.activeElement;
    dialog.current?.showModal();
    if (isSignIn) void look();
    return () => {
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, []);
  return (
    <dialog
      ref={dialog}
      class="dialog account"
      aria-labelledby="account-title"
      data-testid="account-dialog"
      onClose={onClose}
    >
      <div>
        <h2 id="account-title">{me.name ?? me.agentId}</h2>
        <p class="muted">
          {say.roles[me.role]} · {me.tenant}
          {me.expiresAt === undefined ? '' : ` · ${fill(say.until, { until: day(me.expiresAt) })}`}
        </p>
      </div>
      {isSignIn ? (
        <>
          <Password
            setPassword={async (change) => {
              await setPassword(change);
              others.value = [];
            }}
          />
          <Elsewhere call={call} others={others.value} reload={look} />
        </>
      ) : (
        <p>{say.byToken}</p>
      )}
      <p class="account-actions">
        <button type="button" onClick={onSignOut}>
          {say.signOut}
        </button>
        <button type="button" onClick={onClose}>
          {say.close}
        </button>
      </p>
    </dialog>
  );
}

function Password({ setPassword }: Pick<AccountProps, 'setPassword'>) {
  const say = account.value;
  const told = useSignal<{ good: boolean; text: string } | undefined>(undefined);
  const busy = useSignal(false);
  const change = async (form: HTMLFormElement) => {
    const typed = new FormData(form);
    const [current, password, repeat] = ['current', 'password', 'repeat'].map((name) => String(typed.get(name) ?? ''));
    if (password !== repeat) {
      told.value = { good: false, text: say.differ };
      return;
    }
    busy.value = true;
    try {
      await setPassword({ current: current ?? '', password: password ?? '' });
      form.reset();
      told.value = { good: true, text: say.changed };
    } catch (error) {
      told.value = { good: false, text: whyNotChanged(error) };
    }
    busy.value = false;
  };
  return (
    <form
      aria-labelledby="account-password"
      aria-busy={busy.value}
      onSubmit={(event) => {
        event.preventDefault();
        void change(event.currentTarget);
      }}
    >
      <h3 id="account-password">{say.password}</h3>
      {told.value === undefined ? null : (
        <p class={told.value.good ? 'done' : 'problem'} role={told.value.good ? 'status' : 'alert'}>
          {told.value.text}
        </p>
      )}
      <PasswordField
        name="current"
        label={say.current}
        autocomplete="current-password"
        hint={say.currentHint}
        isNeeded={false}
      />
      <PasswordField name="password" label={say.new} autocomplete="new-password" hint={say.rule} />
      <PasswordField name="repeat" label={say.repeat} autocomplete="new-password" />
      <p class="muted small">{say.ends}</p>
      <button type="submit" class="primary" disabled={busy.value}>
        {say.change}
      </button>
    </form>
  );
}

type ElsewhereProps = { call: Call; others: SessionView[] | 'unread' | undefined; reload: () => Promise<void> };

function Elsewhere({ call, others, reload }: ElsewhereProps) {
  const say = account.value;
  if (others === undefined) return null;
  const end = async (ids: readonly string[]) => {
    await endSessions(call, ids).catch(() => undefined);
    await reload();
  };
  return (
    <section aria-labelledby="account-elsewhere" data-testid="elsewhere">
      <h3 id="account-elsewhere">{say.elsewhere}</h3>
      {others === 'unread' ? (
        <p class="problem">{say.unread}</p>
      ) : others.length === 0 ? (
        <p class="muted">{say.nowhere}</p>
      ) : (
        <>
          <ul>
            {others.map(({ id, createdAt, expiresAt }) => (
              <li key={id}>
                {fill(say.since, { since: createdAt === undefined ? '–' : day(createdAt), until: day(expiresAt) })}
                <button type="button" class="quiet" onClick={() => void end([id])}>
                  {say.end}
                </button>
              </li>
            ))}
          </ul>
          <button type="button" data-testid="end-others" onClick={() => void end(others.map(({ id }) => id))}>
            {say.endAll}
          </button>
        </>
      )}
    </section>
  );
}
