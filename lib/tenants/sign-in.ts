/** How a person is let in: by login and password, or by a link that works once. */
import { type PersonRecord, pagesOf, type SignedIn, type SignInRequest } from '../domain/access.ts';
import { CuecardError } from '../domain/error.ts';
import { AgentId, TenantId } from '../domain/ids.ts';
import type { Caller, Tenant, TokenRecord } from '../domain/tenant.ts';
import { acceptablePassword, normalPassword } from './passwords.ts';
import { changePerson, type Note, type PeopleStore, personIdOf } from './people.ts';
import type { RandomBytes } from './secrets.ts';
import { sourceOf } from './source.ts';
import { newToken, readTicket, sameSecret } from './tokens.ts';
import { countChange, countTries, sealDevice, type TryDeps } from './tries.ts';

export type SignInDeps = TryDeps &
  Pick<PeopleStore, 'person' | 'putPerson' | 'addAdmin'> & {
    tenant(id: TenantId): Promise<Tenant | undefined>;
    putToken(tenant: string, id: string, record: TokenRecord): Promise<void>;
    passwords: {
      hash(password: string): Promise<string>;
      verify(password: string, hash: string): Promise<boolean>;
      isCurrent(hash: string): boolean;
    };
    random: RandomBytes;
    note: Note;
  };

const DEFAULT_HOURS = 12;
const HOUR_MS = 3_600_000;

/** The same for a login nobody has, a wrong password, a disabled person and a tenant there is not. */
const refused = (): CuecardError =>
  new CuecardError('unauthenticated', 'this tenant, login and password do not belong together');
/** The same for a link that was used, has ended, was replaced or never was. */
const usedUp = (): CuecardError =>
  new CuecardError(
    'unauthenticated',
    'this link does not work any more: it works once, for a day; ask your admin for another',
  );

type ByPassword = Extract<SignInRequest, { login: string }>;
type ByLink = Extract<SignInRequest, { link: string }>;

/** A hash that no password has: who has none is compared with it, so that nobody can tell by the time it takes. */
let decoy: Promise<string> | undefined;
function decoyHash({ passwords, random }: SignInDeps): Promise<string> {
  decoy ??= passwords.hash(Buffer.from(random(32)).toString('hex')).catch((error: unknown) => {
    decoy = undefined;
    throw error;
  });
  return decoy;
}

async function matches(deps: SignInDeps, person: PersonRecord | undefined, typed: string): Promise<boolean> {
  const password = normalPassword(typed);
  const hash = person?.password ?? (await decoyHash(deps));
  const isRight = await deps.passwords.verify(password, hash);
  return isRight && person?.password !== undefined && person.disabled !== true;
}

async function readTenant(deps: SignInDeps, id: string): Promise<Tenant | undefined> {
  const tenant = TenantId.safeParse(id.trim());
  return tenant.success ? deps.tenant(tenant.data) : undefined;
}

const UNKNOWN = { agentId: AgentId.parse('unknown'), role: 'agent' } as const;

/** A sign-in of this person, until `sessionHours` have passed or their epoch has. */
async function letIn(deps: SignInDeps, tenant: Tenant, person: PersonRecord): Promise<SignedIn> {
  const now = deps.now();
  const expiresAt = Math.floor((now + (tenant.settings.sessionHours ?? DEFAULT_HOURS) * HOUR_MS) / 1_000);
  const { role, agentId, name, id, epoch } = person;
  const fresh = newToken(deps.random, tenant.id, { role, agentId, name });
  await deps.putToken(tenant.id, fresh.id, {
    ...fresh.record,
    expiresAt,
    createdAt: new Date(now).toISOString(),
    person: { id, epoch },
  });
  const until = new Date(expiresAt * 1_000).toISOString();
  return {
    token: fresh.token,
    expiresAt: until,
    device: sealDevice(deps, tenant.id, id),
    me: { tenant: tenant.id, agentId, name, role, pages: pagesOf(role), expiresAt: until },
  };
}

/** A hash of yesterday's parameters becomes one of today's while the password is at hand. Another change goes first. */
async function freshen(deps: SignInDeps, tenant: string, person: PersonRecord, typed: string): Promise<void> {
  if (person.password === undefined || deps.passwords.isCurrent(person.password)) return;
  const password = await deps.passwords.hash(normalPassword(typed));
  await deps.putPerson(tenant, { ...person, password, version: person.version + 1 }, person.version);
}

async function byPassword(deps: SignInDeps, wish: ByPassword, source: string): Promise<SignedIn> {
  const tenant = await readTenant(deps, wish.tenant);
  const tried = await countTries(deps, wish, source, tenant !== undefined);
  const person = tenant === undefined ? undefined : await deps.person(tenant.id, personIdOf(wish.login));
  const isRight = await matches(deps, person, wish.password);
  if (tenant === undefined) throw refused();
  if (!isRight || person === undefined) {
    // What was typed as a login may be a password: only a login that exists is named.
    await deps.note(tenant.id, person ?? UNKNOWN, 'sign_in.bad', person === undefined ? {} : { subject: person.id });
    throw refused();
  }
  await Promise.all([
    tried === undefined ? undefined : deps.dropTries(tried),
    freshen(deps, tenant.id, person, wish.password),
  ]);
  if (person.role === 'admin') await deps.addAdmin(tenant.id, person.id);
  const signedIn = await letIn(deps, tenant, person);
  await deps.note(tenant.id, person, 'sign_in.good', { subject: person.id });
  return signedIn;
}

/** Uses the link up in one conditional put, which also sets the password if there is one. */
async function byLink(deps: SignInDeps, wish: ByLink): Promise<SignedIn> {
  const ticket = readTicket(wish.link);
  const tenant = await readTenant(deps, wish.tenant);
  if (ticket === undefined || tenant === undefined || ticket.tenant !== tenant.id) throw usedUp();
  const person = await deps.person(tenant.id, ticket.id);
  if (person === undefined || !opens(person, ticket.secret, deps.now())) throw usedUp();
  const password =
    wish.password === undefined
      ? undefined
      : await deps.passwords.hash(acceptablePassword(wish.password, person.login));
  const after = withoutLink(person, password);
  if ((await deps.putPerson(tenant.id, after, person.version)) === 'conflict') throw usedUp();
  if (after.role === 'admin' && after.password !== undefined) await deps.addAdmin(tenant.id, after.id);
  const signedIn = await letIn(deps, tenant, after);
  const detail = password === undefined ? {} : { detail: 'password set' };
  await deps.note(tenant.id, after, 'sign_in.link', { subject: after.id, ...detail });
  return signedIn;
}

/** With a password, other sign-ins of the person end: they are of an epoch that has passed. */
function withoutLink({ link: _, ...person }: PersonRecord, password: string | undefined): PersonRecord {
  const version = person.version + 1;
  return password === undefined ? { ...person, version } : { ...person, version, password, epoch: person.epoch + 1 };
}

const opens = ({ link, disabled }: PersonRecord, secret: string, now: number): boolean =>
  link !== undefined && disabled !== true && link.expiresAt > now && sameSecret(secret, link.hash);

/**
 * Sets the caller's own password; who has one says it. All of their sign-ins end, and a fresh one takes the place of the
 * one that asked.
 */
async function setPassword(
  deps: SignInDeps,
  caller: Caller,
  { current, password }: { current?: string | undefined; password: string },
): Promise<SignedIn> {
  const { tenant: id, personId } = caller;
  const tenant = id === undefined ? undefined : await deps.tenant(id);
  const person = tenant === undefined || personId === undefined ? undefined : await deps.person(tenant.id, personId);
  if (tenant === undefined || person === undefined) {
    throw new CuecardError('conflict', 'a personal token has no password: sign in as a person');
  }
  if (person.password !== undefined) await mustKnow(deps, tenant, person, current ?? '');
  const hash = await deps.passwords.hash(acceptablePassword(password, person.login));
  const { after } = await changePerson(deps, tenant.id, person.id, ({ link: _, ...now }) => {
    if (now.password !== person.password) throw new CuecardError('conflict', 'the password was changed meanwhile');
    return { ...now, password: hash, epoch: now.epoch + 1 };
  });
  if (after.role === 'admin') await deps.addAdmin(tenant.id, after.id);
  await deps.note(tenant.id, caller, 'password.set', { subject: person.id });
  return letIn(deps, tenant, after);
}

/** A sign-in that was left open must not be a way to try passwords either. */
async function mustKnow(deps: SignInDeps, tenant: Tenant, person: PersonRecord, typed: string): Promise<void> {
  await countChange(deps, tenant.id, person.id);
  if (!(await matches(deps, person, typed))) {
    const message = 'this is not your password of now';
    throw new CuecardError('invalid', message, { errors: [{ path: 'body.current', message }] });
  }
}

export const signIn = (deps: SignInDeps) => ({
  /** `address`: the network address that asks, as the gateway saw it. */
  signIn: (wish: SignInRequest, address?: string) =>
    'link' in wish ? byLink(deps, wish) : byPassword(deps, wish, sourceOf(address)),
  setPassword: (caller: Caller, wish: { current?: string | undefined; password: string }) =>
    setPassword(deps, caller, wish),
});
