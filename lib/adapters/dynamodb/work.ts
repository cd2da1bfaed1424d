import * as z from 'zod';
import { AgentId, ConversationId, TenantId } from '../../domain/ids.ts';
import { JobKind } from '../../domain/job.ts';
import type { DueWork, WorkStore } from '../../ports/starts.ts';
import { GSI_WORK, WORK_SHARDS } from './keys.ts';
import { type Item, queryPage, type Table, updateItem } from './table.ts';

const common = { pk: z.string(), sk: z.string(), dueAt: z.number(), tenant: TenantId, workId: z.string() };
/** How a due item says what to start: a conversation's flow, a platform's, or the job it is. */
const WorkItem = z.discriminatedUnion('work', [
  z.object({ ...common, work: z.literal('assist'), conversation: ConversationId, attempts: z.number() }),
  z.object({ ...common, work: z.literal('deliver'), conversation: ConversationId, attempts: z.number() }),
  z.object({ ...common, work: z.literal('route'), conversation: ConversationId, attempts: z.number() }),
  z.object({ ...common, work: z.literal('agent'), workId: AgentId, attempts: z.number() }),
  z.object({ ...common, work: z.literal('catchUp'), attempts: z.number() }),
  z.object({ ...common, work: JobKind, attempt: z.number() }),
]);

function startOf(item: z.infer<typeof WorkItem>): DueWork['work'] {
  const { tenant, workId } = item;
  switch (item.work) {
    case 'assist':
      return { name: 'assist', payload: { tenant, conversation: item.conversation, message: workId } };
    case 'deliver':
      return { name: 'deliver', payload: { tenant, conversation: item.conversation } };
    case 'route':
      return { name: 'route', payload: { tenant, conversation: item.conversation } };
    case 'agent':
      return { name: 'route', payload: { tenant, agent: item.workId } };
    case 'catchUp':
      return { name: 'catchUp', payload: { tenant } };
    default:
      return { name: 'work', payload: { tenant, kind: item.work, id: workId } };
  }
}

/** Nothing for an item that says no work we know: it must not keep the sweep from all others. */
function readWork(raw: Item): DueWork[] {
  const { success, data: item } = WorkItem.safeParse(raw);
  if (!success) return [];
  const attempts = 'attempts' in item ? item.attempts : item.attempt;
  return [{ key: { pk: item.pk, sk: item.sk }, dueAt: item.dueAt, attempts, work: startOf(item) }];
}

/** Due work of every sort, by the sparse index `work`. */
export function dynamodbWork(table: Table): WorkStore {
  return {
    shards: WORK_SHARDS,
    async due(shard, now, limit) {
      const { items } = await queryPage(table, {
        index: GSI_WORK,
        key: {
          expression: 'workShard = :shard AND dueAt <= :now',
          values: { ':shard': `work#${shard}`, ':now': now },
        },
        limit,
      });
      return items.flatMap(readWork);
    },
    /** `attempts` is the sweep's own count; a job keeps its own beside it. */
    async defer({ key, dueAt, attempts }, until) {
      const moved = await updateItem(table, key, {
        expression: 'SET dueAt = :until, attempts = :attempts',
        values: { ':until': until, ':attempts': attempts + 1, ':seen': dueAt },
        condition: 'dueAt = :seen',
      });
      return moved.status;
    },
  };
}
