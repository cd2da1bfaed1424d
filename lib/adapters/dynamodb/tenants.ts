import * as z from 'zod';
import { CuecardError } from '../../domain/error.ts';
import type { TenantId } from '../../domain/ids.ts';
import { Live, Role, Tenant } from '../../domain/tenant.ts';
import { liveKey, tenantKey, tokenKey } from './keys.ts';
import { getItem, putItem, putNew, type Table, updateItem } from './table.ts';

/** A secret of a tenant as it is kept: sealed, and, once rotated away, valid until a moment (epoch ms). */
const SealedSecret = z.object({ sealed: z.string(), until: z.number().optional() });
export type SealedSecret = z.infer<typeof SealedSecret>;

export const SecretName = z.enum(['webhookSecret', 'callbackSecret']);
export type SecretName = z.infer<typeof SecretName>;

/** The tenant with its secrets, newest first. */
const TenantItem = z.object({ tenant: Tenant, secrets: z.record(SecretName, z.array(SealedSecret)) });
export type TenantItem = z.infer<typeof TenantItem>;

const TokenItem = z.object({ hash: z.string(), role: Role, agentId: z.string(), name: z.string().optional() });
export type TokenItem = z.infer<typeof TokenItem>;

export async function readTenant(table: Table, id: TenantId): Promise<TenantItem | undefined> {
  const item = await getItem(table, tenantKey(id));
  return item === undefined ? undefined : TenantItem.parse(item);
}

export async function createTenant(table: Table, item: TenantItem): Promise<void> {
  const outcome = await putNew(table, { ...tenantKey(item.tenant.id), ...item });
  if (outcome === 'conflict') throw new CuecardError('conflict', `tenant ${item.tenant.id} exists`);
}

/** Replaces the tenant if nobody changed it since it was read. */
export async function updateTenant(table: Table, item: TenantItem, readVersion: number): Promise<'ok' | 'conflict'> {
  return putItem(
    table,
    { ...tenantKey(item.tenant.id), ...item },
    {
      expression: '#tenant.#version = :read',
      names: { '#tenant': 'tenant', '#version': 'version' },
      values: { ':read': readVersion },
    },
  );
}

export async function readLive(table: Table, id: TenantId): Promise<Live | undefined> {
  const item = await getItem(table, liveKey(id));
  return item === undefined ? undefined : Live.parse(item);
}

export async function readToken(table: Table, tenant: string, id: string): Promise<TokenItem | undefined> {
  const item = await getItem(table, tokenKey(tenant, id));
  return item === undefined ? undefined : TokenItem.parse(item);
}

export async function putToken(table: Table, tenant: string, id: string, token: TokenItem): Promise<void> {
  await putNew(table, { ...tokenKey(tenant, id), ...token });
}

/** Writes one field of the live pointer without touching the others; creates the pointer if there is none. */
export async function setCatalogKey(table: Table, id: TenantId, key: string): Promise<void> {
  await updateItem(table, liveKey(id), {
    expression:
      'SET catalogKey = :key, #release = if_not_exists(#release, :none), #version = if_not_exists(#version, :zero) + :one',
    names: { '#release': 'release', '#version': 'version' },
    values: { ':key': key, ':none': 'rel_0', ':zero': 0, ':one': 1 },
  });
}
