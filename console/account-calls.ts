import type { SessionView, SignedIn } from '../lib/domain/access.ts';
import { account } from './account-words.ts';
import { ApiError, type Call } from './api.ts';
import { whyNot } from './sign-in-call.ts';
import { say } from './sign-in-words.ts';

export type PasswordChange = { current: string; password: string };

/** Sets one's own password; the answer is the sign-in that takes the place of this one. Throws what `Call` does. */
export const askPassword = (call: Call, { current, password }: PasswordChange): Promise<SignedIn> =>
  call('PUT', '/v1/me/password', { ...(current === '' ? {} : { current }), password }) as Promise<SignedIn>;

/** One's own other sign-ins, newest first: an admin's list holds everybody's. Of a personal token there are none. */
export async function otherSessions(call: Call): Promise<SessionView[]> {
  const { items } = (await call('GET', '/v1/sessions')) as { items: SessionView[] };
  const mine = items.find(({ current }) => current)?.personId;
  return items.filter(({ current, personId }) => !current && personId === mine);
}

/** Ends them one by one; one that is over already is no failure. */
export async function endSessions(call: Call, ids: readonly string[]): Promise<void> {
  for (const id of ids) {
    await call('DELETE', `/v1/sessions/${encodeURIComponent(id)}`).catch((error: unknown) => {
      if (!(error instanceof ApiError) || error.status !== 404) throw error;
    });
  }
}

/** Why the password was not taken, in the page's language. */
export function whyNotChanged(error: unknown): string {
  const isCurrent = error instanceof ApiError && error.problem.errors?.some(({ path }) => path === 'body.current');
  return isCurrent === true ? account.value.notCurrent : whyNot(error, say.value, false);
}
