import type { SignedIn, SignInRequest } from '../lib/domain/access.ts';
import { ApiError, type Fetch, refusal } from './api.ts';
import { refusalWords } from './refused-words.ts';
import type { SignInWords } from './sign-in-words.ts';

/** Signs in. Throws `ApiError`, or fetch's own error when nothing was reached. */
export async function askSignIn(fetch: Fetch, wish: SignInRequest): Promise<SignedIn> {
  const headers = { 'content-type': 'application/json' };
  const response = await fetch('/v1/sign-in', { method: 'POST', headers, body: JSON.stringify(wish) });
  if (!response.ok) throw await refusal(response);
  return response.json() as Promise<SignedIn>;
}

/** Ends a sign-in at the server; who is offline is signed out here all the same, and there by its hours. */
export async function endSignIn(fetch: Fetch, token: string): Promise<void> {
  const headers = { authorization: `Bearer ${token}` };
  await fetch('/v1/sign-out', { method: 'POST', headers, keepalive: true }).catch(() => undefined);
}

/** The tenant that a link's ticket is for: `cc_<tenant>_<person>_<secret>`. */
export const tenantOfTicket = (ticket: string): string | undefined =>
  /^cc_([a-z0-9][a-z0-9-]{0,62})_[a-z0-9]{1,32}_[a-f0-9]{64}$/.exec(ticket)?.[1];

/** Why it did not work, in the page's language. */
export function whyNot(error: unknown, say: SignInWords, byLink: boolean): string {
  if (!(error instanceof ApiError)) return say.unreachable;
  const { retryAfterSeconds, errors } = error.problem;
  if (error.status === 429) return say.tooMany.replace('{seconds}', String(retryAfterSeconds ?? 10));
  if (error.status === 401) return byLink ? say.usedUp : say.wrong;
  if (errors?.some(({ path }) => path === 'body.password') === true) {
    return error.message.includes('characters') ? say.length : say.common;
  }
  return refusalWords(error);
}

type Kept = Pick<Storage, 'getItem' | 'setItem'>;
const DEVICE = 'cuecard.device.';
const TENANT = 'cuecard.tenant';

/** What tells this device from a stranger's at its next sign-in; it opens nothing by itself. */
export const keptDevice = (kept: Kept, tenant: string): { device?: string } => {
  const device = kept.getItem(DEVICE + tenant);
  return device === null ? {} : { device };
};

export function keepDevice(kept: Kept, { device, me }: SignedIn): void {
  kept.setItem(DEVICE + me.tenant, device);
  kept.setItem(TENANT, me.tenant);
}

export const lastTenant = (kept: Kept): string => kept.getItem(TENANT) ?? '';
