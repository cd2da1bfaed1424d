import { createHash } from 'node:crypto';
import { Entry } from '../../domain/entry.ts';
import type { TenantId } from '../../domain/ids.ts';
import { ImportJob } from '../../domain/import-job.ts';
import type { KeptEntry } from '../../domain/kept-entry.ts';
import { CollectJob, DraftHead, LivePointer } from '../../domain/knowledge.ts';
import { ReleaseJob } from '../../domain/release.ts';
import type { DraftStore, Touch } from '../../ports/draft.ts';
import type { JobStore } from '../../ports/jobs.ts';
import type { LiveStore } from '../../ports/release.ts';
import { dynamodbJobs } from './jobs.ts';
import { draftEntryKey, draftKey, draftPk, type Key, liveKey } from './keys.ts';
import {
  batchWrite,
  deleteItem,
  type Expression,
  getItem,
  type Item,
  putItem,
  putNew,
  queryAll,
  queryPage,
  type Table,
  updateItem,
} from './table.ts';

const EMPTY_DRAFT: DraftHead = { version: 0, generation: 'g0', changes: 0, writing: [], applied: [], retired: [] };

/** Batches in flight at once: a big import is many small writes, and the table takes them side by side. */
const LANES = 4;

const inGeneration = (tenant: TenantId, generation: string) => ({
  key: { expression: 'pk = :pk', values: { ':pk': draftPk(tenant, generation) } },
  consistent: true,
});

/** Entries read and parsed at a time: beside other work in one process, ten thousand at once would keep it waiting. */
const PAGE = 500;

/** Entries are kept as JSON text: smaller and quicker than a map of typed values, and never queried by field. */
const textOf = (item: Item): string => String(item['entry']);
const entryOf = (item: Item): Entry => Entry.parse(JSON.parse(textOf(item)));

/** Of the text as it is stored: two people who read the same text may not both change it. */
const revisionOf = (text: string): string => createHash('sha256').update(text).digest('base64url').slice(0, 16);

/** `touchedAt` and `touchedBy` are beside the text, so that they are no part of what a revision is of. */
const touchOf = (touch: Touch | undefined): Item =>
  touch === undefined ? {} : { touchedAt: touch.at, touchedBy: touch.by };

function keptOf(item: Item): KeptEntry {
  const { touchedAt, touchedBy } = item;
  return {
    ...entryOf(item),
    revision: revisionOf(textOf(item)),
    ...(typeof touchedAt === 'number' ? { updatedAt: new Date(touchedAt).toISOString() } : {}),
    ...(typeof touchedBy === 'string' ? { updatedBy: touchedBy } : {}),
  };
}

/** The condition under which an item is still the one that was read. */
const unchanged = (item: Item | undefined): Expression =>
  item === undefined
    ? { expression: 'attribute_not_exists(pk)' }
    : { expression: '#entry = :text', names: { '#entry': 'entry' }, values: { ':text': textOf(item) } };

const idOf = (cursor: Item): string => String(cursor['sk']).slice('entry#'.length);

/** Spreads a list over lanes that run side by side. */
async function inLanes<T>(list: readonly T[], run: (part: T[]) => Promise<void>): Promise<void> {
  const size = Math.ceil(list.length / LANES);
  if (size === 0) return;
  const parts = Array.from({ length: LANES }, (_, lane) => list.slice(lane * size, (lane + 1) * size));
  await Promise.all(parts.filter((part) => part.length > 0).map(run));
}

const currentRevision = (item: Item | undefined): string | undefined =>
  item === undefined ? undefined : revisionOf(textOf(item));

type Change = Parameters<DraftStore['swap']>[3];

/** Reads, compares, and writes on the condition that nobody has written since. */
async function swap(table: Table, key: Key, { expected, next, touch }: Change): ReturnType<DraftStore['swap']> {
  const item = await getItem(table, key);
  if (currentRevision(item) !== expected) return { status: 'conflict' };
  if (next === undefined) {
    const status = item === undefined ? 'ok' : await deleteItem(table, key, unchanged(item));
    return { status, revision: undefined };
  }
  const text = JSON.stringify(next);
  const status = await putItem(table, { ...key, entry: text, ...touchOf(touch) }, unchanged(item));
  return { status, revision: revisionOf(text) };
}

export function dynamodbDrafts(table: Table): DraftStore {
  return {
    async head(tenant) {
      const item = await getItem(table, draftKey(tenant));
      if (item !== undefined) return DraftHead.parse(item);
      await putNew(table, { ...draftKey(tenant), ...EMPTY_DRAFT });
      return DraftHead.parse(await getItem(table, draftKey(tenant)));
    },
    putHead(tenant, head, expected) {
      return putItem(
        table,
        { ...draftKey(tenant), ...head, version: expected + 1 },
        { expression: '#version = :expected', names: { '#version': 'version' }, values: { ':expected': expected } },
      );
    },
    async touch(tenant, generation) {
      const touched = await updateItem(table, draftKey(tenant), {
        expression: 'SET changes = changes + :one, #version = #version + :one',
        condition: 'generation = :generation',
        names: { '#version': 'version' },
        values: { ':one': 1, ':generation': generation },
      });
      return touched.status;
    },
    async entry(tenant, generation, id) {
      const item = await getItem(table, draftEntryKey(tenant, generation, id));
      return item === undefined ? undefined : entryOf(item);
    },
    async kept(tenant, generation, id) {
      const item = await getItem(table, draftEntryKey(tenant, generation, id));
      return item === undefined ? undefined : keptOf(item);
    },
    async page(tenant, generation, limit, cursor) {
      const page = await queryPage(table, {
        ...inGeneration(tenant, generation),
        limit,
        ...(cursor === undefined ? {} : { cursor: draftEntryKey(tenant, generation, cursor) }),
      });
      const items = page.items.map(keptOf);
      return page.cursor === undefined ? { items } : { items, cursor: idOf(page.cursor) };
    },
    async all(tenant, generation) {
      const entries: Entry[] = [];
      let cursor: Item | undefined;
      do {
        const query = { ...inGeneration(tenant, generation), limit: PAGE };
        const page = await queryPage(table, cursor === undefined ? query : { ...query, cursor });
        entries.push(...page.items.map(entryOf));
        cursor = page.cursor;
      } while (cursor !== undefined);
      return entries;
    },
    async write(tenant, generation, { puts = [], deletes = [], touch }) {
      const key = (id: string) => draftEntryKey(tenant, generation, id);
      const items = puts.map((entry) => ({ ...key(entry.id), entry: JSON.stringify(entry), ...touchOf(touch) }));
      await inLanes(items, (part) => batchWrite(table, { puts: part }));
      await inLanes(deletes.map(key), (part) => batchWrite(table, { deletes: part }));
    },
    swap: (tenant, generation, id, change) => swap(table, draftEntryKey(tenant, generation, id), change),
    async drop(tenant, generation) {
      const items = await queryAll(table, inGeneration(tenant, generation));
      const keys = items.map((item) => draftEntryKey(tenant, generation, idOf(item)));
      await inLanes(keys, (part) => batchWrite(table, { deletes: part }));
    },
  };
}

export const dynamodbImports = (table: Table): JobStore<ImportJob> =>
  dynamodbJobs(table, 'import', (stored) => ImportJob.parse(stored));

export const dynamodbReleases = (table: Table): JobStore<ReleaseJob> =>
  dynamodbJobs(table, 'release', (stored) => ReleaseJob.parse(stored));

export const dynamodbCollections = (table: Table): JobStore<CollectJob> =>
  dynamodbJobs(table, 'collect', (stored) => CollectJob.parse(stored));

export function dynamodbLive(table: Table): LiveStore {
  return {
    async read(tenant) {
      const item = await getItem(table, liveKey(tenant));
      return item === undefined ? undefined : LivePointer.parse(item);
    },
    put(tenant, pointer, expected) {
      const item = { ...liveKey(tenant), ...pointer };
      if (expected === undefined) return putNew(table, item);
      return putItem(table, item, {
        expression: '#version = :expected',
        names: { '#version': 'version' },
        values: { ':expected': expected },
      });
    },
  };
}
