/** Tokens and sign-ins, which are the same thing with an end, and how fast somebody may try to sign in. */
import * as z from 'zod';
import { TokenRecord } from '../../domain/tenant.ts';
import { tokenKey, triesKey } from './keys.ts';
import { deleteItem, getItem, putItem, queryAll, type Table } from './table.ts';

/** Every token and sign-in of a tenant, ended ones that TTL has not cleared included; read consistently. */
export async function listTokens(table: Table, tenant: string): Promise<{ id: string; record: TokenRecord }[]> {
  const { pk } = tokenKey(tenant, '');
  const items = await queryAll(table, {
    key: { expression: 'pk = :pk AND begins_with(sk, :prefix)', values: { ':pk': pk, ':prefix': 'token#' } },
    consistent: true,
  });
  return items.map((item) => ({ id: String(item['sk']).slice('token#'.length), record: TokenRecord.parse(item) }));
}

export async function deleteToken(table: Table, tenant: string, id: string): Promise<void> {
  await deleteItem(table, tokenKey(tenant, id));
}

const Tries = z.object({ next: z.number() });

/** When the last allowed attempt would have come had all come evenly (epoch ms). */
export async function readTries(table: Table, hash: string): Promise<number | undefined> {
  const item = await getItem(table, triesKey(hash));
  return item === undefined ? undefined : Tries.parse(item).next;
}

/** Counts an attempt if nobody counted one since `seen` was read. */
export const putTries = (
  table: Table,
  hash: string,
  next: number,
  seen: number | undefined,
): Promise<'ok' | 'conflict'> =>
  putItem(
    table,
    { ...triesKey(hash), next, expiresAt: Math.ceil(next / 1_000) },
    seen === undefined
      ? { expression: 'attribute_not_exists(pk)' }
      : { expression: '#next = :seen', names: { '#next': 'next' }, values: { ':seen': seen } },
  );

export async function dropTries(table: Table, hash: string): Promise<void> {
  await deleteItem(table, triesKey(hash));
}
