import { signal, useSignal } from '@preact/signals';
import type { SignInRequest } from '../lib/domain/access.ts';
import { PasswordField } from './password-field.tsx';
import type { Session } from './session.ts';
import { askSignIn, keepDevice, keptDevice, lastTenant, tenantOfTicket, whyNot } from './sign-in-call.ts';
import { say } from './sign-in-words.ts';

type SignInProps = { refused: boolean; onSignIn: (session: Session) => void };

/** The ticket of the one-time link that somebody came by, until it is used. */
export const landing = signal<string | undefined>(undefined);

/** Whoever signs in by token does so again. */
const byToken = signal(false);
const fetch = globalThis.fetch.bind(globalThis);

export function SignIn({ refused, onSignIn }: SignInProps) {
  const problem = useSignal<string | undefined>(undefined);
  const busy = useSignal(false);
  const ticket = landing.value;

  const enter = async (wish: SignInRequest) => {
    busy.value = true;
    problem.value = undefined;
    try {
      const signedIn = await askSignIn(fetch, wish);
      keepDevice(localStorage, signedIn);
      landing.value = undefined;
      onSignIn({ tenant: signedIn.me.tenant, token: signedIn.token });
    } catch (error) {
      problem.value = whyNot(error, say.value, 'link' in wish);
    } finally {
      busy.value = false;
    }
  };
  const turn = (token: boolean) => {
    byToken.value = token;
    problem.value = undefined;
  };
  const told = problem.value ?? (refused && ticket === undefined ? say.value.ended : undefined);
  const common = { told, busy: busy.value };
  return (
    <main class="sign-in">
      {ticket !== undefined ? (
        <Landing
          {...common}
          ticket={ticket}
          onEnter={enter}
          onProblem={(text) => {
            problem.value = text;
          }}
        />
      ) : byToken.value ? (
        <ByToken {...common} onSignIn={onSignIn} onTurn={() => turn(false)} />
      ) : (
        <ByPassword {...common} onEnter={enter} onTurn={() => turn(true)} />
      )}
    </main>
  );
}

type Common = { told: string | undefined; busy: boolean };

/** Values of a form, whose fields' names are these. */
function valuesOf(event: SubmitEvent): (name: string) => string {
  event.preventDefault();
  const form = event.target instanceof HTMLFormElement ? new FormData(event.target) : new FormData();
  return (name) => String(form.get(name) ?? '');
}

const Told = ({ told }: { told: string | undefined }) =>
  told === undefined ? null : (
    <p class="problem" role="alert">
      {told}
    </p>
  );

type FieldProps = { name: string; label: string; autocomplete: string; value?: string };

const TextField = ({ name, label, autocomplete, value = '' }: FieldProps) => (
  <label>
    {label}
    <input
      name={name}
      required
      autocomplete={autocomplete as never}
      autocapitalize="off"
      spellcheck={false}
      defaultValue={value}
    />
  </label>
);

type Enter = { onEnter: (wish: SignInRequest) => Promise<void> };

function ByPassword({ told, busy, onEnter, onTurn }: Common & Enter & { onTurn: () => void }) {
  const text = say.value;
  const submit = (event: SubmitEvent) => {
    const value = valuesOf(event);
    const tenant = value('tenant').trim();
    void onEnter({
      tenant,
      login: value('login').trim(),
      password: value('password'),
      ...keptDevice(localStorage, tenant),
    });
  };
  return (
    <form onSubmit={submit} data-testid="sign-in" aria-busy={busy}>
      <h2>{text.title}</h2>
      <p class="muted">{text.lead}</p>
      <Told told={told} />
      <TextField name="tenant" label={text.tenant} autocomplete="organization" value={lastTenant(localStorage)} />
      <TextField name="login" label={text.login} autocomplete="username" />
      <PasswordField name="password" label={text.password} autocomplete="current-password" />
      <button type="submit" class="primary" disabled={busy}>
        {busy ? text.working : text.signIn}
      </button>
      <p class="muted small">{text.forgotten}</p>
      <button type="button" class="quiet" data-testid="with-token" onClick={onTurn}>
        {text.withToken}
      </button>
    </form>
  );
}

type ByTokenProps = Common & Pick<SignInProps, 'onSignIn'> & { onTurn: () => void };

function ByToken({ told, onSignIn, onTurn }: ByTokenProps) {
  const text = say.value;
  const submit = (event: SubmitEvent) => {
    const value = valuesOf(event);
    const secret = value('secret').trim();
    const session = { tenant: value('tenant').trim(), token: value('token').trim() };
    onSignIn({ ...session, ...(secret === '' ? {} : { secret }) });
  };
  return (
    <form onSubmit={submit} data-testid="sign-in">
      <h2>{text.title}</h2>
      <p class="muted">{text.tokenLead}</p>
      <Told told={told} />
      <TextField name="tenant" label={text.tenant} autocomplete="organization" value={lastTenant(localStorage)} />
      <label>
        {text.token}
        <input name="token" type="password" required autocomplete="off" spellcheck={false} />
      </label>
      <label>
        {text.secret}
        <input name="secret" type="password" autocomplete="off" spellcheck={false} aria-describedby="secret-hint" />
      </label>
      <p id="secret-hint" class="muted small">
        {text.secretHint}
      </p>
      <button type="submit" class="primary">
        {text.signIn}
      </button>
      <button type="button" class="quiet" onClick={onTurn}>
        {text.withPassword}
      </button>
    </form>
  );
}

type LandingProps = Common & Enter & { ticket: string; onProblem: (text: string) => void };

/** Where a one-time link leads. It is used up by pressing a button, never by being looked at. */
function Landing({ told, busy, ticket, onEnter, onProblem }: LandingProps) {
  const text = say.value;
  const tenant = tenantOfTicket(ticket);
  if (tenant === undefined) return <BrokenLink />;
  const submit = (event: SubmitEvent) => {
    const value = valuesOf(event);
    if (value('password') !== value('repeat')) return onProblem(text.differ);
    void onEnter({ tenant, link: ticket, password: value('password') });
  };
  return (
    <form onSubmit={submit} data-testid="landing" aria-busy={busy}>
      <h2>{text.welcome.replace('{tenant}', tenant)}</h2>
      <p class="muted">{text.welcomeLead}</p>
      <Told told={told} />
      <PasswordField name="password" label={text.newPassword} autocomplete="new-password" hint={text.rule} />
      <PasswordField name="repeat" label={text.repeat} autocomplete="new-password" />
      <button type="submit" class="primary" disabled={busy}>
        {busy ? text.working : text.set}
      </button>
      <button
        type="button"
        class="quiet"
        disabled={busy}
        data-testid="once"
        aria-describedby="once-hint"
        onClick={() => void onEnter({ tenant, link: ticket })}
      >
        {text.once}
      </button>
      <p id="once-hint" class="muted small">
        {text.onceHint}
      </p>
      <ToSignIn />
    </form>
  );
}

const ToSignIn = () => (
  <button
    type="button"
    class="quiet"
    onClick={() => {
      landing.value = undefined;
    }}
  >
    {say.value.withPassword}
  </button>
);

const BrokenLink = () => (
  <div class="sign-in-card" data-testid="broken-link">
    <h2>{say.value.title}</h2>
    <Told told={say.value.wrongLink} />
    <ToSignIn />
  </div>
);
