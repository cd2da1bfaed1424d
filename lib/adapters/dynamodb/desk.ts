import * as z from 'zod';
import { DeskPhrase } from '../../domain/contract/desk-session.ts';
import { AgentId, ConversationId, type TenantId } from '../../domain/ids.ts';
import { Role } from '../../domain/tenant.ts';
import { connectionKey, deskConnectionsKey, GSI_DESK, phraseKey, ticketKey } from './keys.ts';
import { deleteItem, getItem, putItem, queryAll, type Table, updateItem } from './table.ts';

/** Who a one-use ticket lets in, and by which sign-in or token they asked for it. */
const Ticket = z.object({
  tenant: z.string(),
  agentId: AgentId,
  role: Role,
  tokenId: z.string().optional(),
  personId: z.string().optional(),
  personEpoch: z.number().optional(),
  signInEndsAt: z.number().optional(),
  expiresAt: z.number(),
});
export type Ticket = z.infer<typeof Ticket>;

/** A desk's connection: whose it is, and what it shows. */
const Connection = z.object({
  connection: z.string(),
  agentId: AgentId.optional(),
  role: Role.optional(),
  tokenId: z.string().optional(),
  personId: z.string().optional(),
  personEpoch: z.number().optional(),
  opens: ConversationId.optional(),
});
export type Connection = z.infer<typeof Connection>;

/** Keeps a ticket under the hash of its secret part. `expiresAt` in epoch seconds is checked when it is used, too. */
export async function putTicket(table: Table, hash: string, ticket: Ticket): Promise<void> {
  await putItem(table, { ...ticketKey(hash), ...ticket });
}

/** Takes a ticket away; only one caller gets it. */
export async function takeTicket(table: Table, hash: string, nowSeconds: number): Promise<Ticket | undefined> {
  const item = await getItem(table, ticketKey(hash));
  if (item === undefined) return undefined;
  const taken = await deleteItem(table, ticketKey(hash), { expression: 'attribute_exists(pk)' });
  const ticket = Ticket.parse(item);
  return taken === 'ok' && ticket.expiresAt > nowSeconds ? ticket : undefined;
}

/** `at` as ISO 8601; `expiresAt` in epoch seconds. */
export async function putConnection(
  table: Table,
  { tenant, expiresAt: _, signInEndsAt: __, ...by }: Ticket,
  connection: string,
  at: string,
  expiresAt: number,
): Promise<void> {
  await putItem(table, {
    ...connectionKey(connection),
    connection,
    ...by,
    deskKey: deskConnectionsKey(tenant),
    deskSort: at,
    expiresAt,
  });
}

/** Notes what a connected desk shows; one that is gone stays gone. */
export async function noteOpen(
  table: Table,
  connection: string,
  conversation: ConversationId | undefined,
): Promise<void> {
  const opens = { names: { '#opens': 'opens' }, condition: 'attribute_exists(pk)' };
  await updateItem(
    table,
    connectionKey(connection),
    conversation === undefined
      ? { ...opens, expression: 'REMOVE #opens' }
      : { ...opens, expression: 'SET #opens = :opens', values: { ':opens': conversation } },
  );
}

export async function dropConnection(table: Table, connection: string): Promise<void> {
  await deleteItem(table, connectionKey(connection));
}

/** The open connections of a tenant's desks; one whose time is over (epoch seconds) is none, cleared away yet or not. */
export async function connections(table: Table, tenant: TenantId, nowSeconds: number): Promise<Connection[]> {
  const items = await queryAll(table, {
    index: GSI_DESK,
    key: { expression: 'deskKey = :key', values: { ':key': deskConnectionsKey(tenant) } },
  });
  return items.filter(({ expiresAt }) => Number(expiresAt) > nowSeconds).map((item) => Connection.parse(item));
}

const Phrases = z.object({ phrases: z.array(DeskPhrase) });

/** Phrases of an agent (`agent:<id>`) or of the team (`team`). */
export async function readPhrases(table: Table, tenant: TenantId, owner: string): Promise<DeskPhrase[]> {
  const item = await getItem(table, phraseKey(tenant, owner));
  return item === undefined ? [] : Phrases.parse(item).phrases;
}

export async function writePhrases(
  table: Table,
  tenant: TenantId,
  owner: string,
  phrases: DeskPhrase[],
): Promise<void> {
  await putItem(table, { ...phraseKey(tenant, owner), phrases });
}
