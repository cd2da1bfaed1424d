import type { Session } from './session.ts';
import { words } from './words/words.ts';

type SignInProps = { refused: boolean; onSignIn: (session: Session) => void };

export function SignIn({ refused, onSignIn }: SignInProps) {
  const { ui } = words.value;
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (!(event.target instanceof HTMLFormElement)) return;
    const values = new FormData(event.target);
    const read = (name: string) => String(values.get(name) ?? '').trim();
    const secret = read('secret');
    onSignIn({ tenant: read('tenant'), token: read('token'), ...(secret === '' ? {} : { secret }) });
  };
  return (
    <main class="sign-in">
      <form onSubmit={submit} data-testid="sign-in">
        <h2>{ui.signInTitle}</h2>
        <p class="muted">{ui.signInLead}</p>
        {refused ? (
          <p class="problem" role="alert">
            {ui.signedOut}
          </p>
        ) : null}
        <label>
          {ui.tenant}
          <input name="tenant" required autocomplete="organization" spellcheck={false} />
        </label>
        <label>
          {ui.token}
          <input name="token" type="password" required autocomplete="off" spellcheck={false} />
        </label>
        <label>
          {ui.secret}
          <input name="secret" type="password" autocomplete="off" spellcheck={false} aria-describedby="secret-hint" />
        </label>
        <p id="secret-hint" class="muted small">
          {ui.secretHint}
        </p>
        <button type="submit" class="primary">
          {ui.signIn}
        </button>
      </form>
    </main>
  );
}
