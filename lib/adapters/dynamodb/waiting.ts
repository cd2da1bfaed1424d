/** The queue as its index keys tell it: a head is kilobytes, a place in the line is its priority and its time. */
import * as z from 'zod';
import { ConversationId, type TenantId } from '../../domain/ids.ts';
import type { InLine } from '../../domain/routing.ts';
import { conversationPk, deskOwnerKey, GSI_DESK } from './keys.ts';
import { type Item, queryPage, type Table } from './table.ts';

/** `skill` is missing on heads that were put before it was written beside them. */
const WaitingItem = z.object({ pk: z.string(), deskSort: z.string(), skill: z.string().default('general') });
/** As `deskSort` writes it. */
const SORT = /^(\d)#(!?)(.+)$/;

/** Who waits, most urgent first, at most `limit`. */
export async function readWaiting(table: Table, tenant: TenantId, limit: number): Promise<InLine[]> {
  const waiting: InLine[] = [];
  let cursor: Item | undefined;
  do {
    const page = await queryPage(table, {
      index: GSI_DESK,
      key: { expression: 'deskKey = :key', values: { ':key': deskOwnerKey(tenant, 'queue') } },
      limit: limit - waiting.length,
      only: ['pk', 'deskSort', 'skill'],
      ...(cursor === undefined ? {} : { cursor }),
    });
    waiting.push(...page.items.flatMap((item) => waitingOf(tenant, item) ?? []));
    cursor = page.cursor;
  } while (cursor !== undefined && waiting.length < limit);
  return waiting;
}

function waitingOf(tenant: TenantId, item: Item): InLine | undefined {
  const { pk, deskSort, skill } = WaitingItem.parse(item);
  const [, urgency, front, since = ''] = SORT.exec(deskSort) ?? [];
  const at = Date.parse(since);
  if (urgency === undefined || Number.isNaN(at)) return undefined;
  const conversation = ConversationId.parse(pk.slice(conversationPk(tenant, '').length));
  return { conversation, skill, priority: 9 - Number(urgency), at, ...(front === '!' ? { front: true } : {}) };
}
