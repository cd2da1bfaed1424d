/** The rooms of people and sign-ins over a real table, with a clock of the test's own and what was noted. */
import { randomBytes } from 'node:crypto';
import * as people from '../../lib/adapters/dynamodb/people.ts';
import * as sessions from '../../lib/adapters/dynamodb/sessions.ts';
import type { Table } from '../../lib/adapters/dynamodb/table.ts';
import * as tenantStore from '../../lib/adapters/dynamodb/tenants.ts';
import { sealWith } from '../../lib/adapters/seal.ts';
import type { CreatePerson } from '../../lib/domain/access.ts';
import { AgentId, TenantId } from '../../lib/domain/ids.ts';
import { type Caller, DEFAULT_SETTINGS, type Tenant } from '../../lib/domain/tenant.ts';
import { type Note, type PeopleStore, people as peopleRoom } from '../../lib/tenants/people.ts';
import { sessions as sessionsRoom } from '../../lib/tenants/sessions.ts';
import { type SignInDeps, signIn as signInRoom } from '../../lib/tenants/sign-in.ts';
import { authenticate } from '../../lib/tenants/tokens.ts';

export const PASSWORD = 'a quiet harbour';
export const TENANT = TenantId.parse('shop');

/** Stands for Argon2id, which has a test of its own: the strength of a hash is not what these tests are about. */
const quickPasswords = (calls: string[]): SignInDeps['passwords'] => ({
  hash: async (password) => `$quick$v2$${password}`,
  async verify(password, hash) {
    calls.push(hash);
    return hash.split('$').at(-1) === password;
  },
  isCurrent: (hash) => hash.startsWith('$quick$v2$'),
});

export const tenantNamed = (id: TenantId): Tenant => ({
  id,
  name: id,
  languages: ['en'],
  packs: [],
  settings: DEFAULT_SETTINGS,
  createdAt: '2026-11-22T08:00:00.000Z',
  version: 1,
});

/** Attempts as the table counts them, where many are made and its own condition is not what is looked at. */
export function memoryTries(): Pick<SignInDeps, 'readTries' | 'putTries' | 'dropTries'> {
  const kept = new Map<string, number>();
  return {
    readTries: async (hash) => kept.get(hash),
    async putTries(hash, next, seen) {
      if (kept.get(hash) !== seen) return 'conflict';
      kept.set(hash, next);
      return 'ok';
    },
    dropTries: async (hash) => void kept.delete(hash),
  };
}

let rooms = 0;

export function accessRoom(
  table: Table,
  tenant: TenantId = TENANT,
  more: Partial<SignInDeps> = {},
  around = (store: PeopleStore): PeopleStore => store,
) {
  rooms += 1;
  const here = `192.0.2.${rooms}`;
  const clock = { now: Date.parse('2026-11-22T08:00:00.000Z') };
  const notes: { action: string; by: string; subject?: string }[] = [];
  const compared: string[] = [];
  const now = () => clock.now;
  const note: Note = async (_, { agentId }, action, about = {}) => void notes.push({ action, by: agentId, ...about });
  const store = around({
    person: (...who) => people.readPerson(table, ...who),
    people: (id) => people.listPeople(table, id),
    putPerson: (...change) => people.putPerson(table, ...change),
    deletePerson: (...who) => people.deletePerson(table, ...who),
    admins: (id) => people.readAdmins(table, id),
    addAdmin: (...who) => people.addAdmin(table, ...who),
    dropAdmin: (...who) => people.dropAdmin(table, ...who),
    tokens: (id) => sessions.listTokens(table, id),
    deleteToken: (...which) => sessions.deleteToken(table, ...which),
  });
  const room = {
    clock,
    notes,
    compared,
    store,
    putToken: (...token: Parameters<SignInDeps['putToken']>) => tenantStore.putToken(table, ...token),
    people: peopleRoom({ ...store, random: randomBytes, now, note }),
    sessions: sessionsRoom({ ...store, now, note }),
    signIn: signInRoom({
      ...store,
      tenant: async (id) => (id === tenant ? tenantNamed(id) : undefined),
      putToken: (...token) => tenantStore.putToken(table, ...token),
      readTries: (hash) => sessions.readTries(table, hash),
      putTries: (...tries) => sessions.putTries(table, ...tries),
      dropTries: (hash) => sessions.dropTries(table, hash),
      passwords: quickPasswords(compared),
      seal: sealWith(Buffer.alloc(32, 7).toString('base64')),
      random: randomBytes,
      now,
      note,
      ...more,
    }),
    /** The caller behind a token; rejects where it opens nothing. */
    callerOf: (token: string): Promise<Caller> =>
      authenticate(
        `Bearer ${token}`,
        {
          token: (...which) => tenantStore.readToken(table, ...which),
          person: (...who) => people.readPerson(table, ...who),
          now,
        },
        undefined,
      ),
    boss: { role: 'admin', agentId: AgentId.parse('boss'), tenant } satisfies Caller,
    /** A person who has opened their link and set a password. */
    async hired(login: string, role: CreatePerson['role'] = 'agent') {
      const made = await room.people.create(tenant, room.boss, { login, name: login, role });
      const signedIn = await room.signIn.signIn({ tenant, link: made.link.ticket, password: PASSWORD });
      return { ...made, signedIn };
    },
    enter: (login: string, password = PASSWORD, device?: string, address = here) =>
      room.signIn.signIn({ tenant, login, password, ...(device === undefined ? {} : { device }) }, address),
  };
  return room;
}
