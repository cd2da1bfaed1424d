import * as z from 'zod';
import type { TenantId } from '../../domain/ids.ts';
import type { JobKind } from '../../domain/job.ts';
import type { HeldJob, JobStore } from '../../ports/jobs.ts';
import { jobKey, knowledgePk, workShard } from './keys.ts';
import { getItem, type Item, putItem, queryPage, type Table, updateItem } from './table.ts';

/** What of a job's item the store itself reads; `workShard` and `dueAt` are there while it is due. */
const JobItem = z.object({ job: z.unknown(), attempt: z.number().int(), heldUntil: z.number() });

type Context<T> = { kind: JobKind; table: Table; parse: (stored: unknown) => T };

function held<T>(context: Context<T>, item: Item): HeldJob<T> {
  const { job, attempt } = JobItem.parse(item);
  return { job: context.parse(job), attempt };
}

/**
 * Takes the job by growing `attempt`: only the run that grew it may save, so a run that was slow enough to be taken for
 * dead writes nothing more.
 */
async function claim<T>(
  context: Context<T>,
  tenant: TenantId,
  id: string,
  now: number,
  until: number,
): Promise<HeldJob<T> | undefined> {
  const taken = await updateItem(context.table, jobKey(tenant, context.kind, id), {
    expression: 'SET attempt = attempt + :one, heldUntil = :until, dueAt = :until',
    condition: 'attribute_exists(workShard) AND heldUntil <= :now',
    values: { ':one': 1, ':until': until, ':now': now },
  });
  return taken.status === 'ok' ? held(context, taken.item) : undefined;
}

async function write<T>(
  context: Context<T>,
  tenant: TenantId,
  id: string,
  { job, attempt }: HeldJob<T>,
  until: number | undefined,
): Promise<'ok' | 'lost'> {
  const due = until === undefined ? ' REMOVE workShard, dueAt' : ', heldUntil = :until, dueAt = :until';
  const written = await updateItem(context.table, jobKey(tenant, context.kind, id), {
    expression: `SET job = :job${due}`,
    condition: 'attempt = :attempt',
    values: { ':job': job, ':attempt': attempt, ...(until === undefined ? {} : { ':until': until }) },
  });
  return written.status === 'ok' ? 'ok' : 'lost';
}

/** Jobs of one kind; ids that sort by time list newest first. */
export function dynamodbJobs<T>(table: Table, kind: JobKind, parse: (stored: unknown) => T): JobStore<T> {
  const context: Context<T> = { kind, table, parse };
  return {
    async create(tenant, id, job, dueAt) {
      const key = jobKey(tenant, kind, id);
      const put = await putItem(
        table,
        {
          ...key,
          job,
          attempt: 0,
          heldUntil: 0,
          tenant,
          work: kind,
          workId: id,
          workShard: workShard(`${key.pk}${key.sk}`),
          dueAt,
        },
        { expression: 'attribute_not_exists(pk)' },
      );
      if (put === 'conflict') throw new Error(`job ${id} exists`);
    },
    async read(tenant, id) {
      const item = await getItem(table, jobKey(tenant, kind, id));
      return item === undefined ? undefined : held(context, item);
    },
    claim: (tenant, id, now, until) => claim(context, tenant, id, now, until),
    save: (tenant, id, job, until) => write(context, tenant, id, job, until),
    finish: (tenant, id, job) => write(context, tenant, id, job, undefined),
    async page(tenant, limit, cursor) {
      const pk = knowledgePk(tenant);
      const page = await queryPage(table, {
        key: {
          expression: 'pk = :pk AND begins_with(sk, :prefix)',
          values: { ':pk': pk, ':prefix': `${kind}#` },
        },
        limit,
        reverse: true,
        ...(cursor === undefined ? {} : { cursor: jobKey(tenant, kind, cursor) }),
      });
      const last = page.cursor === undefined ? undefined : String(page.cursor['sk']).slice(kind.length + 1);
      const items = page.items.map((item) => held(context, item));
      return last === undefined ? { items } : { items, cursor: last };
    },
  };
}
