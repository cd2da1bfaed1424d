/** Who works for a tenant, how they are let in, and what is kept of what they saw. */
import { randomBytes } from 'node:crypto';
import { once } from '../adapters/memory.ts';
import { type Me, pagesOf } from '../domain/access.ts';
import type { TenantId } from '../domain/ids.ts';
import type { Caller } from '../domain/tenant.ts';
import type { OpenDesks } from '../tenants/close-desks.ts';
import type { PeopleStore } from '../tenants/people.ts';
import { accessNotes } from './access-notes.ts';
import { now, seal, settings, sleep, table } from './clients.ts';
import { readTenant, tenantStore } from './library.ts';

/** Who calls, as the page shows it. */
export const me = (tenant: TenantId, { agentId, name, role, expiresAt }: Caller): Me => ({
  tenant,
  agentId,
  role,
  pages: pagesOf(role),
  ...(name === undefined ? {} : { name }),
  ...(expiresAt === undefined ? {} : { expiresAt: new Date(expiresAt).toISOString() }),
});

const store = /* @__PURE__ */ once(async (): Promise<PeopleStore> => {
  const [kept, held, theTable] = await Promise.all([
    import('../adapters/dynamodb/people.ts'),
    import('../adapters/dynamodb/sessions.ts'),
    table(),
  ]);
  return {
    person: (...who) => kept.readPerson(theTable, ...who),
    people: (tenant) => kept.listPeople(theTable, tenant),
    putPerson: (...change) => kept.putPerson(theTable, ...change),
    deletePerson: (...who) => kept.deletePerson(theTable, ...who),
    admins: (tenant) => kept.readAdmins(theTable, tenant),
    addAdmin: (...who) => kept.addAdmin(theTable, ...who),
    dropAdmin: (...who) => kept.dropAdmin(theTable, ...who),
    tokens: (tenant) => held.listTokens(theTable, tenant),
    deleteToken: (...which) => held.deleteToken(theTable, ...which),
  };
});

/** A global index is behind its table by less, as far as nothing is wrong. */
const INDEX_LAG_MS = 250;

/** Desks that are open over the WebSocket, for who may no longer hear of anything; none where there is no gateway. */
const openDesks = /* @__PURE__ */ once(async (): Promise<OpenDesks> => {
  const [desk, theTable, { websocketEndpoint }] = await Promise.all([
    import('../adapters/dynamodb/desk.ts'),
    table(),
    settings(),
  ]);
  return {
    of: (tenant) => desk.connections(theTable, tenant as TenantId, Math.floor(now() / 1_000)),
    settle: () => sleep(INDEX_LAG_MS),
    async close(connection) {
      await desk.dropConnection(theTable, connection);
      if (websocketEndpoint === undefined) return;
      const [{ close }, { managementClient }] = await Promise.all([
        import('../adapters/websocket.ts'),
        import('./sdk/management.ts'),
      ]);
      await close(managementClient(websocketEndpoint), connection);
    },
  };
});

const closingStore = /* @__PURE__ */ once(async () => {
  const [{ closingDesks }, kept, desks] = await Promise.all([
    import('../tenants/close-desks.ts'),
    store(),
    openDesks(),
  ]);
  return closingDesks(kept, desks);
});

/** The people of a tenant, as admins change them. */
export const people = /* @__PURE__ */ once(async () => {
  const [room, kept, { note }] = await Promise.all([import('../tenants/people.ts'), closingStore(), accessNotes()]);
  return room.people({ ...kept, random: randomBytes, now, note });
});

/** Sign-ins and personal tokens that are open. */
export const sessions = /* @__PURE__ */ once(async () => {
  const [room, kept, { note }] = await Promise.all([import('../tenants/sessions.ts'), closingStore(), accessNotes()]);
  return room.sessions({ ...kept, now, note });
});

/** Lets people in: the function that hashes passwords. */
export const signingIn = /* @__PURE__ */ once(async () => {
  const [room, { turnstile }, kept, held, tenants, argon2, theTable, theSeal, { note }] = await Promise.all([
    import('../tenants/sign-in.ts'),
    import('../tenants/turnstile.ts'),
    closingStore(),
    import('../adapters/dynamodb/sessions.ts'),
    tenantStore(),
    import('../adapters/argon2.ts'),
    table(),
    seal(),
    accessNotes(),
  ]);
  // One at a time: a hash keeps the processor of an instance to itself. The last in line has waited about two seconds.
  const oneByOne = turnstile({ atOnce: 1, waiting: 20, retryAfterSeconds: 2 });
  return room.signIn({
    ...kept,
    tenant: readTenant,
    putToken: (...token) => tenants.putToken(theTable, ...token),
    readTries: (hash) => held.readTries(theTable, hash),
    putTries: (...tries) => held.putTries(theTable, ...tries),
    dropTries: (hash) => held.dropTries(theTable, hash),
    passwords: {
      hash: (password) => oneByOne(() => argon2.hashPassword(password)),
      verify: (password, hash) => oneByOne(() => argon2.verifyPassword(password, hash)),
      isCurrent: argon2.isCurrentHash,
    },
    seal: theSeal,
    random: randomBytes,
    now,
    note,
  });
});
