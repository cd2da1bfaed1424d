import { createHash, timingSafeEqual } from 'node:crypto';
import type { PersonRecord } from '../domain/access.ts';
import { CuecardError } from '../domain/error.ts';
import { AgentId, OPERATOR, TenantId } from '../domain/ids.ts';
import type { Caller, Role, TokenRecord } from '../domain/tenant.ts';
import type { RandomBytes } from './secrets.ts';

/** `cc_<tenant>_<id>_<256 random bits, hex>`: the tenant and the id find the record, the rest proves it. */
const TOKEN = /^cc_([a-z0-9][a-z0-9-]{0,62})_([a-z0-9]{1,32})_([a-f0-9]{64})$/;
const ID_BYTES = 6;
const SECRET_BYTES = 32;

const sha256 = (text: string): Buffer => createHash('sha256').update(text).digest();
const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

export type NewToken = { token: string; id: string; record: TokenRecord };

export function newToken(
  random: RandomBytes,
  tenant: string,
  grant: { role: Role; agentId: AgentId; name?: string | undefined },
): NewToken {
  const id = hex(random(ID_BYTES));
  const secret = hex(random(SECRET_BYTES));
  const { name, ...rest } = grant;
  const record = { ...rest, hash: sha256(secret).toString('hex'), ...(name === undefined ? {} : { name }) };
  return { token: `cc_${tenant}_${id}_${secret}`, id, record };
}

/** What stands in a one-time link: the shape of a token, with the person's id in place of the token's. */
export const ticketOf = (tenant: string, id: string, secret: string): string => `cc_${tenant}_${id}_${secret}`;

export function readTicket(ticket: string): { tenant: string; id: string; secret: string } | undefined {
  const [, tenant, id, secret] = TOKEN.exec(ticket) ?? [];
  return tenant === undefined || id === undefined || secret === undefined ? undefined : { tenant, id, secret };
}

/** Of 256 random bits, which need no salt and no slow hash. */
export const hashSecret = (secret: string): string => sha256(secret).toString('hex');

export function sameSecret(secret: string, hash: string): boolean {
  const expected = Buffer.from(hash, 'hex');
  const actual = sha256(secret);
  return expected.length === actual.length && timingSafeEqual(expected, actual);
}

/** Where tokens and the people behind sign-ins are found; what either gives may be a second old. */
export type Doors = {
  token(tenant: string, id: string): Promise<TokenRecord | undefined>;
  person(tenant: string, id: string): Promise<PersonRecord | undefined>;
  now(): number;
};

const unauthenticated = (): CuecardError =>
  new CuecardError('unauthenticated', 'a valid bearer token is required: "authorization: Bearer cc_…"');

/**
 * Who calls, from the `authorization` header. `operatorHash` is the SHA-256 (hex) of the operator token's secret part.
 * Raises `unauthenticated`, never saying which part was wrong.
 */
export async function authenticate(
  header: string | undefined,
  doors: Doors,
  operatorHash: string | undefined,
): Promise<Caller> {
  const ticket = readTicket(header?.replace(/^Bearer\s+/i, '') ?? '');
  if (ticket === undefined) throw unauthenticated();
  const { tenant, id, secret } = ticket;
  if (tenant === OPERATOR) {
    if (operatorHash === undefined || !sameSecret(secret, operatorHash)) throw unauthenticated();
    return { role: 'operator', agentId: AgentId.parse(OPERATOR) };
  }
  const record = await doors.token(tenant, id);
  if (record === undefined || !sameSecret(secret, record.hash) || !(await isOpen(doors, tenant, record))) {
    throw unauthenticated();
  }
  return callerOf(tenant, id, record);
}

/** Whether what somebody came in by still lets them in, by its id alone: its secret was shown when they came. */
export async function stillOpens(doors: Doors, tenant: string, tokenId: string): Promise<boolean> {
  const record = await doors.token(tenant, tokenId);
  return record !== undefined && isOpen(doors, tenant, record);
}

/** A sign-in ends with its hours, and with its person's epoch: a new password or role, a person who is disabled or gone. */
async function isOpen(doors: Doors, tenant: string, { expiresAt, person }: TokenRecord): Promise<boolean> {
  if (expiresAt !== undefined && expiresAt * 1_000 <= doors.now()) return false;
  if (person === undefined) return true;
  const known = await doors.person(tenant, person.id);
  return known !== undefined && known.disabled !== true && known.epoch === person.epoch;
}

function callerOf(tenant: string, tokenId: string, { role, agentId, name, person, expiresAt }: TokenRecord): Caller {
  return {
    role,
    agentId,
    tenant: TenantId.parse(tenant),
    tokenId,
    ...(name === undefined ? {} : { name }),
    ...(person === undefined ? {} : { personId: person.id, personEpoch: person.epoch }),
    ...(expiresAt === undefined ? {} : { expiresAt: expiresAt * 1_000 }),
  };
}

/** Roles a route is open to; a supervisor may do what an agent may, an admin what anybody in the tenant may. */
export function authorize(caller: Caller, roles: readonly Role[]): void {
  const allowed =
    roles.includes(caller.role) ||
    (caller.role === 'supervisor' && roles.includes('agent')) ||
    (caller.role === 'admin' && roles.some((role) => role !== 'operator'));
  if (!allowed)
    throw new CuecardError('forbidden', `this needs the role ${roles.join(' or ')}; yours is ${caller.role}`);
}
