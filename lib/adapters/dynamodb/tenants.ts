import { CuecardError } from '../../domain/error.ts';
import type { TenantId } from '../../domain/ids.ts';
import { TenantRecord, TokenRecord } from '../../domain/tenant.ts';
import { tenantKey, tokenKey } from './keys.ts';
import { getItem, putItem, putNew, type Table } from './table.ts';

export async function readTenant(table: Table, id: TenantId): Promise<TenantRecord | undefined> {
  const item = await getItem(table, tenantKey(id));
  return item === undefined ? undefined : TenantRecord.parse(item);
}

export async function createTenant(table: Table, item: TenantRecord): Promise<void> {
  const outcome = await putNew(table, { ...tenantKey(item.tenant.id), ...item });
  if (outcome === 'conflict') throw new CuecardError('conflict', `tenant ${item.tenant.id} exists`);
}

/** Replaces the tenant if nobody changed it since it was read. */
export async function updateTenant(table: Table, item: TenantRecord, readVersion: number): Promise<'ok' | 'conflict'> {
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

export async function readToken(table: Table, tenant: string, id: string): Promise<TokenRecord | undefined> {
  const item = await getItem(table, tokenKey(tenant, id));
  return item === undefined ? undefined : TokenRecord.parse(item);
}

export async function putToken(table: Table, tenant: string, id: string, token: TokenRecord): Promise<void> {
  await putNew(table, { ...tokenKey(tenant, id), ...token });
}
