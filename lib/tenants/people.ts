/** The people of a tenant: made, changed and removed by admins. Whatever takes power away takes it away at once. */
import { createHash } from 'node:crypto';
import type {
  AccessAction,
  CreatePerson,
  OneTimeLink,
  PatchPerson,
  PersonRecord,
  PersonView,
} from '../domain/access.ts';
import { CuecardError } from '../domain/error.ts';
import { AgentId, type TenantId } from '../domain/ids.ts';
import type { Caller, TokenRecord } from '../domain/tenant.ts';
import { normalLogin } from './passwords.ts';
import type { RandomBytes } from './secrets.ts';
import { hashSecret, ticketOf } from './tokens.ts';

export type PeopleStore = {
  person(tenant: string, id: string): Promise<PersonRecord | undefined>;
  people(tenant: string): Promise<PersonRecord[]>;
  putPerson(tenant: string, record: PersonRecord, expected: number | undefined): Promise<'ok' | 'conflict'>;
  deletePerson(tenant: string, id: string, expected: number): Promise<'ok' | 'conflict'>;
  admins(tenant: string): Promise<ReadonlySet<string>>;
  addAdmin(tenant: string, id: string): Promise<void>;
  dropAdmin(tenant: string, id: string): Promise<'ok' | 'last'>;
  tokens(tenant: string): Promise<{ id: string; record: TokenRecord }[]>;
  deleteToken(tenant: string, id: string): Promise<void>;
};

/** Keeps that something was done; never raises. */
export type Note = (
  tenant: TenantId,
  by: Pick<Caller, 'agentId' | 'role'>,
  action: AccessAction,
  about?: { subject?: string; detail?: string },
) => Promise<void>;

export type PeopleDeps = PeopleStore & { random: RandomBytes; now(): number; note: Note };

const SECRET_BYTES = 32;
const LINK_MS = 24 * 60 * 60 * 1_000;
const MOST_PEOPLE = 5_000;
const ATTEMPTS = 5;

/** A login names its person: the same login is the same item, so that two of them cannot be. */
export const personIdOf = (login: string): string =>
  createHash('sha256').update(normalLogin(login)).digest('hex').slice(0, 20);

export function viewOfPerson(
  { link, password, version: _, epoch: __, ...person }: PersonRecord,
  now: number,
): PersonView {
  return {
    ...person,
    hasPassword: password !== undefined,
    ...(link === undefined || link.expiresAt <= now ? {} : { linkUntil: new Date(link.expiresAt).toISOString() }),
  };
}

const nobody = (id: string): CuecardError => new CuecardError('not_found', `no person ${id}`);

function newLink(deps: PeopleDeps, tenant: string, id: string) {
  const secret = Buffer.from(deps.random(SECRET_BYTES)).toString('hex');
  const expiresAt = deps.now() + LINK_MS;
  const shown: OneTimeLink = { ticket: ticketOf(tenant, id, secret), expiresAt: new Date(expiresAt).toISOString() };
  return { kept: { hash: hashSecret(secret), expiresAt }, shown };
}

/** Reads a person, changes them by a pure function, and puts them back unless somebody was faster. */
export async function changePerson(
  deps: Pick<PeopleStore, 'person' | 'putPerson'>,
  tenant: string,
  id: string,
  change: (person: PersonRecord) => PersonRecord,
): Promise<{ before: PersonRecord; after: PersonRecord }> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const before = await deps.person(tenant, id);
    if (before === undefined) throw nobody(id);
    const after = { ...change(before), version: before.version + 1 };
    if ((await deps.putPerson(tenant, after, before.version)) === 'ok') return { before, after };
  }
  throw new CuecardError('conflict', 'this person kept changing; try again');
}

/** A login in one spelling may be longer than it was typed, or hold a blank: then it names nobody in conversations. */
function agentIdOf(login: string): AgentId {
  const { data } = AgentId.safeParse(normalLogin(login));
  if (data !== undefined) return data;
  const message = 'a login of other characters is needed, or an agentId with it';
  throw new CuecardError('invalid', message, { errors: [{ path: 'body.login', message }] });
}

async function create(deps: PeopleDeps, tenant: TenantId, caller: Caller, wish: CreatePerson) {
  const id = personIdOf(wish.login);
  const agentId = wish.agentId ?? agentIdOf(wish.login);
  const people = await deps.people(tenant);
  if (people.length >= MOST_PEOPLE) throw new CuecardError('conflict', `a tenant has at most ${MOST_PEOPLE} people`);
  if (people.some((one) => one.agentId === agentId)) {
    throw new CuecardError('conflict', `somebody is ${agentId} in conversations already`);
  }
  const link = newLink(deps, tenant, id);
  const record: PersonRecord = {
    id,
    login: wish.login,
    name: wish.name,
    role: wish.role,
    agentId,
    version: 1,
    // Epochs never come again, also where a login is removed and made anew: its old sign-ins stay ended.
    epoch: deps.now(),
    link: link.kept,
    createdAt: new Date(deps.now()).toISOString(),
  };
  if ((await deps.putPerson(tenant, record, undefined)) === 'conflict') {
    throw new CuecardError('conflict', `somebody has the login ${wish.login}`);
  }
  await deps.note(tenant, caller, 'person.created', { subject: id, detail: wish.role });
  return { person: viewOfPerson(record, deps.now()), link: link.shown };
}

const isAdmin = ({ role, disabled }: Pick<PersonRecord, 'role' | 'disabled'>): boolean =>
  role === 'admin' && disabled !== true;

async function leaveAdmins(deps: PeopleDeps, tenant: TenantId, person: PersonRecord): Promise<void> {
  if ((await deps.dropAdmin(tenant, person.id)) === 'last') {
    throw new CuecardError('conflict', `${person.name} is the last admin who can sign in; make another one first`);
  }
}

/** Personal tokens speak for the same agent: they go with the person's sign-ins. */
async function dropTokensOf(deps: PeopleDeps, tenant: TenantId, agentId: AgentId): Promise<void> {
  const all = await deps.tokens(tenant);
  await Promise.all(
    all.filter(({ record }) => record.agentId === agentId).map(({ id }) => deps.deleteToken(tenant, id)),
  );
}

const changed = (person: PersonRecord, { name, role, disabled }: PatchPerson): PersonRecord => ({
  ...person,
  name: name ?? person.name,
  role: role ?? person.role,
  ...(disabled === undefined ? {} : { disabled }),
});

/** Whether sign-ins of before must end: another role, or no way in any more. */
const endsSessions = (before: PersonRecord, after: PersonRecord): boolean =>
  before.role !== after.role || (after.disabled === true && before.disabled !== true);

async function patch(deps: PeopleDeps, tenant: TenantId, caller: Caller, id: string, wish: PatchPerson) {
  const known = await deps.person(tenant, id);
  if (known === undefined) throw nobody(id);
  // Out of the admins before the person changes, into them after: whoever is counted there is one.
  if (isAdmin(known) && !isAdmin(changed(known, wish))) await leaveAdmins(deps, tenant, known);
  const { before, after } = await changePerson(deps, tenant, id, (person) => {
    const next = changed(person, wish);
    if (!endsSessions(person, next)) return next;
    const { link: _, ...rest } = next;
    return { ...(next.disabled === true ? rest : next), epoch: person.epoch + 1 };
  });
  if (isAdmin(after) && after.password !== undefined) await deps.addAdmin(tenant, id);
  if (endsSessions(before, after)) await dropTokensOf(deps, tenant, after.agentId);
  await deps.note(tenant, caller, 'person.changed', { subject: id, detail: describe(wish) });
  return viewOfPerson(after, deps.now());
}

const describe = ({ role, disabled, name }: PatchPerson): string =>
  [role === undefined ? '' : `role ${role}`, inWords(disabled), name === undefined ? '' : 'name']
    .filter((part) => part !== '')
    .join(', ');
const inWords = (disabled: boolean | undefined): string =>
  disabled === undefined ? '' : disabled ? 'disabled' : 'enabled';

async function remove(deps: PeopleDeps, tenant: TenantId, caller: Caller, id: string): Promise<void> {
  const known = await deps.person(tenant, id);
  if (known === undefined) throw nobody(id);
  if (isAdmin(known)) await leaveAdmins(deps, tenant, known);
  if ((await deps.deletePerson(tenant, id, known.version)) === 'conflict') {
    throw new CuecardError('conflict', 'this person was changed meanwhile; look again');
  }
  await dropTokensOf(deps, tenant, known.agentId);
  await deps.note(tenant, caller, 'person.removed', { subject: id });
}

/** A fresh link; one made before opens nothing any more. Raises `conflict` for who is disabled. */
async function link(deps: PeopleDeps, tenant: TenantId, caller: Caller, id: string): Promise<OneTimeLink> {
  const fresh = newLink(deps, tenant, id);
  await changePerson(deps, tenant, id, (person) => {
    if (person.disabled === true) throw new CuecardError('conflict', `${person.name} is disabled`);
    return { ...person, link: fresh.kept };
  });
  await deps.note(tenant, caller, 'person.link', { subject: id });
  return fresh.shown;
}

export const people = (deps: PeopleDeps) => ({
  create: (tenant: TenantId, caller: Caller, wish: CreatePerson) => create(deps, tenant, caller, wish),
  async list(tenant: TenantId) {
    const all = await deps.people(tenant);
    const byLogin = all.toSorted((a, b) => a.login.localeCompare(b.login));
    return { items: byLogin.map((person) => viewOfPerson(person, deps.now())) };
  },
  patch: (tenant: TenantId, caller: Caller, id: string, wish: PatchPerson) => patch(deps, tenant, caller, id, wish),
  remove: (tenant: TenantId, caller: Caller, id: string) => remove(deps, tenant, caller, id),
  link: (tenant: TenantId, caller: Caller, id: string) => link(deps, tenant, caller, id),
});
