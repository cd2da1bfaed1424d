import { useSignal } from '@preact/signals';
import type { Fetch } from '../api.ts';
import { words } from '../words/words.ts';
import { f } from './words.ts';

type FrameSignInProps = { tenant: string; refused: boolean; fetch: Fetch; onSignIn: (token: string) => void };

/** By login and password, or by a personal token pasted here: never by the frame's address. */
export function FrameSignIn({ tenant, refused, fetch, onSignIn }: FrameSignInProps) {
  const failed = useSignal('');
  const submit = async (form: HTMLFormElement) => {
    const values = new FormData(form);
    const read = (name: string) => String(values.get(name) ?? '').trim();
    const token = read('token');
    if (token !== '') return onSignIn(token);
    const answer = await askToken(fetch, {
      tenant,
      login: read('login'),
      password: String(values.get('password') ?? ''),
    });
    if (answer.token === undefined) failed.value = answer.why ?? f.value.refused;
    else onSignIn(answer.token);
  };
  const said = failed.value === '' && refused ? f.value.refused : failed.value;
  return (
    <main class="frame-sign-in">
      <form
        data-testid="sign-in"
        onSubmit={(event) => {
          event.preventDefault();
          void submit(event.currentTarget);
        }}
      >
        <h1>{f.value.signInTitle}</h1>
        {said === '' ? null : (
          <p class="problem" role="alert">
            {said}
          </p>
        )}
        <label>
          {f.value.login}
          <input name="login" autocomplete="username" spellcheck={false} />
        </label>
        <label>
          {f.value.password}
          <input name="password" type="password" autocomplete="current-password" />
        </label>
        <details>
          <summary>{f.value.orToken}</summary>
          <label>
            {words.value.ui.token}
            <input name="token" type="password" autocomplete="off" spellcheck={false} />
          </label>
        </details>
        <button type="submit" class="primary">
          {f.value.signIn}
        </button>
      </form>
    </main>
  );
}

type Asked = { tenant: string; login: string; password: string };

async function askToken(fetch: Fetch, asked: Asked): Promise<{ token?: string; why?: string }> {
  const content = { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(asked) };
  const response = await fetch('/v1/sign-in', content).catch(() => undefined);
  if (response === undefined) return { why: f.value.unreachable };
  const body: { token?: string; detail?: string } = await response.json().catch(() => ({}));
  if (!response.ok || typeof body.token !== 'string') return body.detail === undefined ? {} : { why: body.detail };
  return { token: body.token };
}
