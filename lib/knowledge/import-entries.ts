import type { Entry } from '../domain/entry.ts';
import { CuecardError } from '../domain/error.ts';
import type { TenantId } from '../domain/ids.ts';
import type { ImportCounts, ImportJob } from '../domain/import-job.ts';
import type { DraftHead } from '../domain/knowledge.ts';
import type { DraftStore } from '../ports/draft.ts';
import type { ReadResult } from './checks/entries-of.ts';
import type { ReadContext } from './checks/read-context.ts';
import type { KnowledgeDeps } from './deps.ts';
import { changeHead } from './draft.ts';
import type { Running } from './job.ts';
import { tenantFacts } from './packs/facts.ts';
import { keepMarks, type Plan, planImport, sameEntry } from './plan.ts';
import { storedProgress } from './progress.ts';
import { saveReading } from './reading.ts';

/** The hold on the job is renewed after this many entries. */
const SLICE = 500;
/** So many finished imports are remembered on the draft's head. */
const REMEMBERED = 50;

type Deps = Pick<KnowledgeDeps, 'drafts' | 'objects' | 'now' | 'read' | 'tenant' | 'loadPack' | 'products'>;

/** What the file's rows are checked against: the draft as it is, the shop's facts and products. */
async function contextOf(deps: Deps, tenant: TenantId, job: ImportJob): Promise<ReadContext> {
  const { generation } = await deps.drafts.head(tenant);
  const [existing, facts, products] = await Promise.all([
    job.mode === 'merge' ? deps.drafts.all(tenant, generation) : [],
    factsOf(deps, tenant),
    deps.products.all(tenant),
  ]);
  return {
    timeZone: job.timeZone,
    ...(job.asked?.mapping === undefined ? {} : { mapping: job.asked.mapping }),
    ...(job.asked?.language === undefined ? {} : { language: job.asked.language }),
    existing,
    facts,
    // Knowledge may come before the catalogue.
    ...(products.length === 0 ? {} : { productIds: products.map(({ id }) => id) }),
  };
}

async function factsOf(deps: Deps, tenant: TenantId): Promise<string[]> {
  const values = (await deps.tenant(tenant))?.settings.shopFacts ?? {};
  return (await tenantFacts(deps, tenant, values)).map(({ name }) => name);
}

async function readJob(deps: Deps, running: Running<ImportJob>): Promise<ReadResult> {
  const job = running.job();
  const bytes = job.uploadKey === undefined ? undefined : await deps.objects.get(job.uploadKey);
  if (bytes === undefined) throw new CuecardError('not_found', 'the uploaded file is gone');
  const context = await contextOf(deps, running.tenant, job);
  const progress = storedProgress(running, deps.now);
  try {
    return await deps.read('entries', bytes, { hint: job.format, context }, (stage, done, total) =>
      progress.report({ stage, done, total }),
    );
  } finally {
    await progress.settled();
  }
}

/** A file of bad rows only must not empty the draft. */
function refuseEmptying(job: ImportJob, read: ReadResult): void {
  if (job.mode === 'replace' && read.entries.length === 0) {
    throw new CuecardError('invalid', 'no row of the file could be used: the draft is left as it is');
  }
}

type Wanted = Pick<ReadResult, 'entries' | 'gone'>;

const planOf = (job: ImportJob, present: readonly Entry[], { entries, gone }: Wanted): Plan<Entry> =>
  planImport(present, keepMarks(present, entries), job.mode, sameEntry, new Set<string>(gone));

/** The first run decides the counts; what a later run finds already written is not counted again. */
async function settle(running: Running<ImportJob>, counts: ImportCounts): Promise<void> {
  if (!running.job().planned) await running.save({ ...counts, planned: true });
}

async function writeSlices(
  deps: Deps,
  running: Running<ImportJob>,
  generation: string,
  entries: readonly Entry[],
): Promise<void> {
  for (let start = 0; start < entries.length; start += SLICE) {
    await running.save({ progress: { stage: 'writing', done: start, total: entries.length } });
    await deps.drafts.write(running.tenant, generation, {
      puts: entries.slice(start, start + SLICE),
      touch: { by: running.job().by, at: deps.now() },
    });
  }
}

const without = (list: readonly string[], item: string): string[] => list.filter((other) => other !== item);
const remembered = (list: readonly string[], item: string): string[] => [...list, item].slice(-REMEMBERED);

/** The head once an import has been written whole. */
export const appliedHead = (head: DraftHead, id: string, counts: ImportCounts): DraftHead => ({
  ...head,
  writing: without(head.writing, id),
  applied: remembered(head.applied, id),
  changes: head.changes + (counts.added + counts.changed + counts.removed > 0 ? 1 : 0),
});

/**
 * Merging writes into the draft everyone sees, so the head says who is writing from before the first entry until after
 * the last: no release is made of half an import. If a `replace` flips the draft meanwhile, the merge is done on the
 * new one.
 */
async function merge(deps: Deps, running: Running<ImportJob>, wanted: Wanted): Promise<void> {
  const { tenant, id } = running;
  for (let written = false; !written; ) {
    const { generation } = await changeHead(deps.drafts, tenant, (head) =>
      head.writing.includes(id) ? undefined : { ...head, writing: [...head.writing, id] },
    );
    const plan = planOf(running.job(), await deps.drafts.all(tenant, generation), wanted);
    await settle(running, plan.counts);
    await writeSlices(deps, running, generation, plan.puts);
    await deps.drafts.write(tenant, generation, { deletes: plan.removes.map((entry) => entry.id) });
    const left = await changeHead(deps.drafts, tenant, (head) =>
      head.generation === generation ? appliedHead(head, id, running.job()) : undefined,
    );
    written = left.generation === generation;
  }
}

const stagedGeneration = (id: string): string => `g_${id}`;

/** Replacing writes a generation nobody sees, then flips to it with one write. */
async function replace(deps: Deps, running: Running<ImportJob>, wanted: Wanted): Promise<void> {
  const { tenant, id } = running;
  const staged = stagedGeneration(id);
  const before = await deps.drafts.head(tenant);
  const plan = planOf(running.job(), await deps.drafts.all(tenant, before.generation), wanted);
  await settle(running, plan.counts);
  await writeSlices(deps, running, staged, [...plan.puts, ...plan.kept]);
  await changeHead(deps.drafts, tenant, (head) => ({
    ...appliedHead(head, id, running.job()),
    generation: staged,
    retired: [...head.retired, head.generation],
  }));
}

/** Deletes generations that a `replace` left behind. A reader that still holds one finds the new head and reads again. */
async function dropRetired(drafts: DraftStore, tenant: TenantId): Promise<void> {
  const { retired, generation } = await drafts.head(tenant);
  for (const old of retired) {
    if (old !== generation) await drafts.drop(tenant, old);
    await changeHead(drafts, tenant, (head) =>
      head.retired.includes(old) ? { ...head, retired: without(head.retired, old) } : undefined,
    );
  }
}

async function apply(deps: Deps, running: Running<ImportJob>, read: ReadResult): Promise<void> {
  const head = await deps.drafts.head(running.tenant);
  if (head.applied.includes(running.id)) return;
  refuseEmptying(running.job(), read);
  if (running.job().mode === 'replace') await replace(deps, running, read);
  else await merge(deps, running, read);
}

async function countOnly(deps: Deps, running: Running<ImportJob>, read: ReadResult): Promise<void> {
  refuseEmptying(running.job(), read);
  const { generation } = await deps.drafts.head(running.tenant);
  const present = await deps.drafts.all(running.tenant, generation);
  await settle(running, planOf(running.job(), present, read).counts);
}

/** Reads the upload, writes the draft, and keeps the report. */
export async function runEntryImport(deps: Deps, running: Running<ImportJob>): Promise<void> {
  await running.save({ status: 'running' });
  const read = await readJob(deps, running);
  await saveReading(deps, running, read);
  if (read.problem !== undefined) throw new CuecardError('invalid', read.problem);
  if (running.job().dryRun) await countOnly(deps, running, read);
  else await apply(deps, running, read);
  await dropRetired(deps.drafts, running.tenant);
  const { rows } = running.job();
  await running.finish({
    status: 'done',
    progress: { stage: 'done', done: rows, total: rows },
    finishedAt: new Date(deps.now()).toISOString(),
  });
}

/** An import that is given up must not hold releases back, nor leave a staged generation that nobody deletes. */
export async function abandonEntryImport(deps: Deps, { tenant, id, job }: Running<ImportJob>): Promise<void> {
  const staged = stagedGeneration(id);
  await changeHead(deps.drafts, tenant, (head) => {
    if (head.applied.includes(id)) return undefined;
    if (job().mode === 'replace') return { ...head, retired: [...without(head.retired, staged), staged] };
    if (!head.writing.includes(id)) return undefined;
    return { ...head, writing: without(head.writing, id), changes: head.changes + 1 };
  });
  await dropRetired(deps.drafts, tenant);
}
