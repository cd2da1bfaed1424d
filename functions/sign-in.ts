import { signingIn } from '../lib/app/access.ts';
import { setPassword, signIn } from '../lib/domain/contract/access.ts';
import { http, on } from './support/http.ts';

export const handler = http(
  on(signIn, async ({ body, address }) => ({
    status: 200,
    body: await (await signingIn()).signIn(body, address),
  })),
  on(setPassword, async ({ caller, body }) => ({
    status: 200,
    body: await (await signingIn()).setPassword(caller, body),
  })),
);
