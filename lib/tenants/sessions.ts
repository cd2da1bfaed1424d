/** Sign-ins and personal tokens that are open: seen and ended one by one. */
import type { SessionView, TokenView } from '../domain/access.ts';
import { CuecardError } from '../domain/error.ts';
import type { TenantId } from '../domain/ids.ts';
import type { Caller, TokenRecord } from '../domain/tenant.ts';
import type { Note, PeopleStore } from './people.ts';

export type SessionsDeps = Pick<PeopleStore, 'tokens' | 'deleteToken' | 'people' | 'admins'> & {
  now(): number;
  note: Note;
};

type Held = { id: string; record: TokenRecord };
type SignIn = Held & { record: TokenRecord & { person: { id: string; epoch: number } } };

const isSignIn = (held: Held): held is SignIn => held.record.person !== undefined;

const viewOfToken = ({ id, record: { role, agentId, name, createdAt } }: Held): TokenView => ({
  id,
  role,
  agentId,
  ...(name === undefined ? {} : { name }),
  ...(createdAt === undefined ? {} : { createdAt }),
});

const viewOfSignIn = ({ id, record }: SignIn, caller: Caller): SessionView => ({
  id,
  personId: record.person.id,
  agentId: record.agentId,
  ...(record.name === undefined ? {} : { name: record.name }),
  ...(record.createdAt === undefined ? {} : { createdAt: record.createdAt }),
  expiresAt: new Date((record.expiresAt ?? 0) * 1_000).toISOString(),
  current: id === caller.tokenId,
});

/** The sign-ins that still let somebody in: not over, and of their person's epoch. */
async function openSignIns(deps: SessionsDeps, tenant: TenantId): Promise<SignIn[]> {
  const [held, people] = await Promise.all([deps.tokens(tenant), deps.people(tenant)]);
  const epochs = new Map(people.filter(({ disabled }) => disabled !== true).map(({ id, epoch }) => [id, epoch]));
  return held
    .filter(isSignIn)
    .filter(
      ({ record }) =>
        (record.expiresAt ?? 0) * 1_000 > deps.now() && epochs.get(record.person.id) === record.person.epoch,
    );
}

const mayEnd = (caller: Caller, { id, record }: SignIn): boolean =>
  caller.role === 'admin' || id === caller.tokenId || record.person.id === caller.personId;

async function revoke(deps: SessionsDeps, tenant: TenantId, caller: Caller, id: string): Promise<void> {
  const found = (await deps.tokens(tenant)).filter(isSignIn).find((one) => one.id === id);
  if (found === undefined || !mayEnd(caller, found)) throw new CuecardError('not_found', `no sign-in ${id}`);
  await deps.deleteToken(tenant, id);
  await deps.note(tenant, caller, 'session.revoked', { subject: found.record.person.id });
}

/** Raises `conflict` for the last way in that an admin has. */
async function revokeToken(deps: SessionsDeps, tenant: TenantId, caller: Caller, id: string): Promise<void> {
  const all = (await deps.tokens(tenant)).filter((one) => !isSignIn(one));
  const found = all.find((one) => one.id === id);
  if (found === undefined) throw new CuecardError('not_found', `no token ${id}`);
  const others = all.filter(({ id: other, record }) => other !== id && record.role === 'admin');
  if (found.record.role === 'admin' && others.length === 0 && (await deps.admins(tenant)).size === 0) {
    throw new CuecardError(
      'conflict',
      'nobody could administer this tenant any more: make an admin who can sign in first',
    );
  }
  await deps.deleteToken(tenant, id);
  await deps.note(tenant, caller, 'token.revoked', { subject: id, detail: found.record.agentId });
}

export const sessions = (deps: SessionsDeps) => ({
  /** One's own; an admin's list holds everybody's. Newest first. */
  async list(tenant: TenantId, caller: Caller): Promise<{ items: SessionView[] }> {
    const open = (await openSignIns(deps, tenant)).filter((one) => mayEnd(caller, one));
    const newest = open.toSorted((a, b) => (b.record.createdAt ?? '').localeCompare(a.record.createdAt ?? ''));
    return { items: newest.map((one) => viewOfSignIn(one, caller)) };
  },
  revoke: (tenant: TenantId, caller: Caller, id: string) => revoke(deps, tenant, caller, id),
  async tokens(tenant: TenantId): Promise<{ items: TokenView[] }> {
    const all = (await deps.tokens(tenant)).filter((one) => !isSignIn(one));
    return { items: all.map(viewOfToken).toSorted((a, b) => a.agentId.localeCompare(b.agentId)) };
  },
  revokeToken: (tenant: TenantId, caller: Caller, id: string) => revokeToken(deps, tenant, caller, id),
  /** Ends the caller's own sign-in. A personal token is no sign-in and stays: it is revoked by its id. */
  async signOut(tenant: TenantId, caller: Caller): Promise<void> {
    if (caller.personId === undefined || caller.tokenId === undefined) return;
    await deps.deleteToken(tenant, caller.tokenId);
    await deps.note(tenant, caller, 'sign_out');
  },
});
