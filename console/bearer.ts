import type { SignedIn } from '../lib/domain/access.ts';
import { ApiError, type Call, createCall, type Fetch } from './api.ts';

/** A sign-in whose token may be replaced by a fresh one while the page goes on. */
type Bearer = { call: Call; renew(ask: (call: Call) => Promise<SignedIn>): Promise<SignedIn> };

const isRefused = (error: unknown): boolean => error instanceof ApiError && error.status === 401;

/**
 * Calls with the token that holds. One that was refused because the token was being replaced meanwhile is made again
 * with the fresh one: a refused call has done nothing. Throws what `Call` does.
 */
export function createBearer(first: string, fetch: Fetch): Bearer {
  let token = first;
  let renewing: Promise<unknown> | undefined;
  return {
    async call(...asked) {
      const used = token;
      try {
        return await createCall(used, fetch)(...asked);
      } catch (error) {
        if (isRefused(error)) await renewing?.catch(() => undefined);
        if (!isRefused(error) || token === used) throw error;
        return createCall(token, fetch)(...asked);
      }
    },
    async renew(ask) {
      const asked = ask(createCall(token, fetch)).then((fresh) => {
        token = fresh.token;
        return fresh;
      });
      renewing = asked;
      return asked.finally(() => {
        renewing = undefined;
      });
    },
  };
}
