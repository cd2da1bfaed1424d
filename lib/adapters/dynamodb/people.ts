import * as z from 'zod';
import { PersonRecord } from '../../domain/access.ts';
import { adminsKey, personKey } from './keys.ts';
import { deleteItem, getItem, type Item, putItem, queryAll, type Table, updateItem } from './table.ts';

const person = (item: Item): PersonRecord => PersonRecord.parse(item);

export async function readPerson(table: Table, tenant: string, id: string): Promise<PersonRecord | undefined> {
  const item = await getItem(table, personKey(tenant, id));
  return item === undefined ? undefined : person(item);
}

/** Everybody of a tenant; read consistently. */
export async function listPeople(table: Table, tenant: string): Promise<PersonRecord[]> {
  const { pk } = personKey(tenant, '');
  const items = await queryAll(table, {
    key: { expression: 'pk = :pk AND begins_with(sk, :prefix)', values: { ':pk': pk, ':prefix': 'person#' } },
    consistent: true,
  });
  return items.map(person);
}

const asRead = (version: number) => ({
  expression: '#version = :read',
  names: { '#version': 'version' },
  values: { ':read': version },
});

/** Puts a person if the stored version is `expected`; undefined: nobody of this login is stored. */
export const putPerson = (
  table: Table,
  tenant: string,
  record: PersonRecord,
  expected: number | undefined,
): Promise<'ok' | 'conflict'> =>
  putItem(
    table,
    { ...personKey(tenant, record.id), ...record },
    expected === undefined ? { expression: 'attribute_not_exists(pk)' } : asRead(expected),
  );

export const deletePerson = (table: Table, tenant: string, id: string, expected: number): Promise<'ok' | 'conflict'> =>
  deleteItem(table, personKey(tenant, id), asRead(expected));

const Admins = z.object({ admins: z.set(z.string()).optional() });

/** The admins who can sign in. */
export async function readAdmins(table: Table, tenant: string): Promise<ReadonlySet<string>> {
  return Admins.parse((await getItem(table, adminsKey(tenant))) ?? {}).admins ?? new Set();
}

export async function addAdmin(table: Table, tenant: string, id: string): Promise<void> {
  await updateItem(table, adminsKey(tenant), { expression: 'ADD admins :one', values: { ':one': new Set([id]) } });
}

/**
 * Takes somebody from the admins, unless nobody would be left. Two admins who demote each other at once meet in this one
 * item: the second finds itself the last.
 */
export async function dropAdmin(table: Table, tenant: string, id: string): Promise<'ok' | 'last'> {
  const dropped = await updateItem(table, adminsKey(tenant), {
    expression: 'DELETE admins :one',
    condition: 'contains(admins, :id) AND size(admins) > :single',
    values: { ':one': new Set([id]), ':id': id, ':single': 1 },
  });
  if (dropped.status === 'ok') return 'ok';
  return (await readAdmins(table, tenant)).has(id) ? 'last' : 'ok';
}
