import { createHash, timingSafeEqual } from 'node:crypto';
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

export type FindToken = (tenant: string, id: string) => Promise<TokenRecord | undefined>;

const same = (secret: string, hash: string): boolean => {
  const expected = Buffer.from(hash, 'hex');
  const actual = sha256(secret);
  return expected.length === actual.length && timingSafeEqual(expected, actual);
};

const unauthenticated = (): CuecardError =>
  new CuecardError('unauthenticated', 'a valid bearer token is required: "authorization: Bearer cc_…"');

/**
 * Who calls, from the `authorization` header. `operatorHash` is the SHA-256 (hex) of the operator token's secret part.
 * Raises `unauthenticated`, never saying which part was wrong.
 */
export async function authenticate(
  header: string | undefined,
  find: FindToken,
  operatorHash: string | undefined,
): Promise<Caller> {
  const match = TOKEN.exec(header?.replace(/^Bearer\s+/i, '') ?? '');
  const [, tenant, id, secret] = match ?? [];
  if (tenant === undefined || id === undefined || secret === undefined) throw unauthenticated();
  if (tenant === OPERATOR) {
    if (operatorHash === undefined || !same(secret, operatorHash)) throw unauthenticated();
    return { role: 'operator', agentId: AgentId.parse(OPERATOR) };
  }
  const record = await find(tenant, id);
  if (record === undefined || !same(secret, record.hash)) throw unauthenticated();
  const { hash: _, ...grant } = record;
  return { ...grant, tenant: TenantId.parse(tenant) };
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
