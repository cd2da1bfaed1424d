import { me, people, sessions } from '../lib/app/access.ts';
import {
  createPerson,
  linkPerson,
  listPeople,
  listSessions,
  listTokens,
  patchPerson,
  readMe,
  removePerson,
  revokeSession,
  revokeToken,
  signOut,
} from '../lib/domain/contract/access.ts';
import { http, on } from './support/http.ts';

export const handler = http(
  on(readMe, async ({ caller, tenant }) => ({ status: 200, body: me(tenant, caller) })),
  on(signOut, async ({ caller, tenant }) => {
    await (await sessions()).signOut(tenant, caller);
    return { status: 200, body: { signedOut: true } };
  }),
  on(createPerson, async ({ caller, tenant, body }) => ({
    status: 201,
    body: await (await people()).create(tenant, caller, body),
  })),
  on(listPeople, async ({ tenant }) => ({ status: 200, body: await (await people()).list(tenant) })),
  on(patchPerson, async ({ caller, tenant, params, body }) => ({
    status: 200,
    body: await (await people()).patch(tenant, caller, params.id, body),
  })),
  on(removePerson, async ({ caller, tenant, params }) => {
    await (await people()).remove(tenant, caller, params.id);
    return { status: 200, body: { removed: true } };
  }),
  on(linkPerson, async ({ caller, tenant, params }) => ({
    status: 201,
    body: await (await people()).link(tenant, caller, params.id),
  })),
  on(listSessions, async ({ caller, tenant }) => ({
    status: 200,
    body: await (await sessions()).list(tenant, caller),
  })),
  on(revokeSession, async ({ caller, tenant, params }) => {
    await (await sessions()).revoke(tenant, caller, params.id);
    return { status: 200, body: { revoked: true } };
  }),
  on(listTokens, async ({ tenant }) => ({ status: 200, body: await (await sessions()).tokens(tenant) })),
  on(revokeToken, async ({ caller, tenant, params }) => {
    await (await sessions()).revokeToken(tenant, caller, params.id);
    return { status: 200, body: { revoked: true } };
  }),
);
