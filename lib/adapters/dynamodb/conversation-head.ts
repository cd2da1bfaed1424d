/** A conversation's head as an item: on the time line after every message, in its owner's list, due while it says so. */
import * as z from 'zod';
import { Head, type Owner } from '../../domain/conversation.ts';
import { CuecardError } from '../../domain/error.ts';
import type { TenantId } from '../../domain/ids.ts';
import type { Page } from '../../ports/page.ts';
import { deskOwnerKey, GSI_DESK, headKey, workShard } from './keys.ts';
import { type Item, queryPage, type Table } from './table.ts';

/** Sorts after every message in `byTime`, so that one backward query gives head and newest messages. */
export const HEAD_TIME = 'n#head';

const HeadItem = z.object({ body: z.string() });
export const readHead = (item: Item | undefined): Head | undefined =>
  item === undefined ? undefined : Head.parse(JSON.parse(HeadItem.parse(item).body));

/** The queue by priority, then who goes before their class, then by waiting time; other owners by last change. */
function deskSort({ owner, handoff, updatedAt }: Head): string {
  if (owner !== 'queue' || handoff === undefined) return updatedAt;
  return `${9 - handoff.priority}#${handoff.front === true ? '!' : ''}${handoff.at}`;
}

/** The function that a due head is for; one of before it said so is an assist's or a delivery's. */
export const functionFor = ({ dueFor, turn, backlog }: Head): NonNullable<Head['dueFor']> =>
  dueFor ?? (turn?.again === true || backlog !== undefined ? 'assist' : 'deliver');

export function headItem(tenant: TenantId, head: Head, expiresAt: number) {
  const key = headKey(tenant, head.id);
  return {
    ...key,
    time: HEAD_TIME,
    body: JSON.stringify(head),
    version: head.version,
    deskKey: deskOwnerKey(tenant, head.owner),
    deskSort: deskSort(head),
    ...(head.owner === 'queue' && head.handoff !== undefined ? { skill: head.handoff.skill } : {}),
    expiresAt,
    ...(head.dueAt === undefined
      ? {}
      : {
          workShard: workShard(key.pk),
          dueAt: head.dueAt,
          attempts: 0,
          work: functionFor(head),
          workId: head.turn?.id ?? 'head',
          tenant,
          conversation: head.id,
        }),
  };
}

const Cursor = z.object({ pk: z.string(), sk: z.string(), deskSort: z.string() });

function readCursor(cursor: string): z.infer<typeof Cursor> {
  try {
    return Cursor.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')));
  } catch (cause) {
    throw new CuecardError('invalid', 'the cursor is not one of ours', { cause });
  }
}

/** A page of an owner's conversations: the queue most urgent first, others newest first. Raises `invalid` on a foreign cursor. */
export async function listHeads(
  table: Table,
  tenant: TenantId,
  owner: Owner,
  limit: number,
  cursor?: string,
): Promise<Page<Head>> {
  const deskKey = deskOwnerKey(tenant, owner);
  const page = await queryPage(table, {
    index: GSI_DESK,
    key: { expression: 'deskKey = :key', values: { ':key': deskKey } },
    limit,
    reverse: owner !== 'queue',
    ...(cursor === undefined ? {} : { cursor: { ...readCursor(cursor), deskKey } }),
  });
  const items = page.items.map(readHead).filter((head): head is Head => head !== undefined);
  if (page.cursor === undefined) return { items };
  return { items, cursor: Buffer.from(JSON.stringify(Cursor.parse(page.cursor))).toString('base64url') };
}
