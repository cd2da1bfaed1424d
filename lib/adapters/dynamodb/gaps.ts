import * as z from 'zod';
import type { TenantId } from '../../domain/ids.ts';
import { GapRecord, GapsJob, GapsState, ProposalRecord, TranscriptJob } from '../../domain/learning.ts';
import type { GapStore } from '../../ports/gaps.ts';
import type { JobStore } from '../../ports/jobs.ts';
import { dynamodbJobs } from './jobs.ts';
import { jobKey, learntKey, learntPk, workShard } from './keys.ts';
import { batchWrite, getItem, type Item, putItem, queryAll, type Table, updateItem } from './table.ts';

export const dynamodbTranscripts = (table: Table): JobStore<TranscriptJob> =>
  dynamodbJobs(table, 'transcript', (stored) => TranscriptJob.parse(stored));

/** A tenant has one job of this kind, made due again and again. */
export const GAPS_JOB = 'current';

export function dynamodbGapsJobs(table: Table) {
  return {
    ...dynamodbJobs(table, 'gaps', (stored) => GapsJob.parse(stored)),
    /** Makes the job due, unless it is. */
    async request(tenant: TenantId, job: GapsJob, at: number): Promise<void> {
      const key = jobKey(tenant, 'gaps', GAPS_JOB);
      await updateItem(table, key, {
        expression:
          'SET #job = :job, attempt = if_not_exists(attempt, :none), heldUntil = :none, #tenant = :tenant, #work = :work, workId = :id, workShard = :shard, dueAt = :at',
        names: { '#job': 'job', '#tenant': 'tenant', '#work': 'work' },
        values: {
          ':job': job,
          ':none': 0,
          ':tenant': tenant,
          ':work': 'gaps',
          ':id': GAPS_JOB,
          ':shard': workShard(`${key.pk}${key.sk}`),
          ':at': at,
        },
        condition: 'attribute_not_exists(workShard)',
      });
    },
  };
}

/** What was found is JSON text; the status stands beside it, since managers change it while a job writes. */
const Stored = z.object({ found: z.string(), status: z.string(), dismissedAt: z.number().optional() });

const gapOf = (item: Item): GapRecord => {
  const { found, status, dismissedAt } = Stored.parse(item);
  return GapRecord.parse({ ...JSON.parse(found), status, dismissedAt });
};
const proposalOf = (item: Item): ProposalRecord => {
  const { found, status } = Stored.parse(item);
  return ProposalRecord.parse({ ...JSON.parse(found), status });
};

const SECONDS_A_DAY = 86_400;

export function dynamodbGaps(table: Table, { keptDays, now }: { keptDays: number; now: () => number }): GapStore {
  const list = (tenant: TenantId, sort: 'gap' | 'proposal'): Promise<Item[]> =>
    queryAll(table, {
      key: {
        expression: 'pk = :pk AND begins_with(sk, :sort)',
        values: { ':pk': learntPk(tenant), ':sort': `${sort}#` },
      },
      consistent: true,
    });
  const put = async (tenant: TenantId, sort: 'gap' | 'proposal', id: string, found: object): Promise<void> => {
    await updateItem(table, learntKey(tenant, sort, id), {
      expression: 'SET #found = :found, #status = if_not_exists(#status, :open), expiresAt = :expires',
      names: { '#found': 'found', '#status': 'status' },
      values: {
        ':found': JSON.stringify(found),
        ':open': 'open',
        ':expires': Math.floor(now() / 1_000) + keptDays * SECONDS_A_DAY,
      },
    });
  };
  const one = (tenant: TenantId, sort: 'gap' | 'proposal', id: string) => getItem(table, learntKey(tenant, sort, id));
  return {
    async state(tenant) {
      const item = await getItem(table, learntKey(tenant, 'state', 'gaps'));
      return item === undefined ? undefined : GapsState.parse(item);
    },
    async putState(tenant, state) {
      await putItem(table, { ...learntKey(tenant, 'state', 'gaps'), ...state });
    },
    gaps: async (tenant) => (await list(tenant, 'gap')).map(gapOf),
    async gap(tenant, id) {
      const item = await one(tenant, 'gap', id);
      return item === undefined ? undefined : gapOf(item);
    },
    proposals: async (tenant) => (await list(tenant, 'proposal')).map(proposalOf),
    async proposal(tenant, id) {
      const item = await one(tenant, 'proposal', id);
      return item === undefined ? undefined : proposalOf(item);
    },
    async write(tenant, { gaps = [], proposals = [] }) {
      for (const { status: _, dismissedAt: __, ...found } of gaps) await put(tenant, 'gap', found.id, found);
      for (const { status: _, ...found } of proposals) await put(tenant, 'proposal', found.id, found);
    },
    async drop(tenant, { gaps = [], proposals = [] }) {
      await batchWrite(table, {
        deletes: [
          ...gaps.map((id) => learntKey(tenant, 'gap', id)),
          ...proposals.map((id) => learntKey(tenant, 'proposal', id)),
        ],
      });
    },
    async setGapStatus(tenant, id, to, count) {
      const changed = await updateItem(table, learntKey(tenant, 'gap', id), {
        expression: 'SET #status = :to, dismissedAt = :count',
        names: { '#status': 'status', '#found': 'found' },
        values: { ':to': to, ':count': count },
        condition: 'attribute_exists(#found)',
      });
      return changed.status;
    },
    async setProposalStatus(tenant, id, from, to) {
      const changed = await updateItem(table, learntKey(tenant, 'proposal', id), {
        expression: 'SET #status = :to',
        names: { '#status': 'status' },
        values: { ':from': from, ':to': to },
        condition: '#status = :from',
      });
      return changed.status;
    },
  };
}
