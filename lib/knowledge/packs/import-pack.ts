import { Entry } from '../../domain/entry.ts';
import { CuecardError } from '../../domain/error.ts';
import type { TenantId } from '../../domain/ids.ts';
import type { ImportJob } from '../../domain/import-job.ts';
import type { KeptEntry } from '../../domain/kept-entry.ts';
import type { PackUpdate } from '../../domain/pack-update.ts';
import type { DraftStore, Touch } from '../../ports/draft.ts';
import type { KnowledgeDeps } from '../deps.ts';
import { changeHead } from '../draft.ts';
import { appliedHead } from '../import-entries.ts';
import type { Running } from '../job.ts';
import { changes, countsOf, type Judged, judge, judgeAll, type MergeBase, readBase, reportOf } from './merge-pack.ts';

/** Entries written side by side, and after how many the hold on the job is renewed. */
const LANES = 8;
const SLICE = 200;
const PAGE = 200;
/** How often an entry is merged again because a person changed it meanwhile. */
const ATTEMPTS = 20;

type Deps = Pick<KnowledgeDeps, 'drafts' | 'objects' | 'now' | 'audit'>;
type Run = Running<ImportJob>;

/** Every entry of a generation with its revision. */
async function allKept(drafts: DraftStore, tenant: TenantId, generation: string): Promise<KeptEntry[]> {
  const all: KeptEntry[] = [];
  for (let cursor: string | undefined, more = true; more; more = cursor !== undefined) {
    const page = await drafts.page(tenant, generation, PAGE, cursor);
    all.push(...page.items);
    cursor = page.cursor;
  }
  return all;
}

type Place = { deps: Deps; tenant: TenantId; generation: string; base: MergeBase; touch: Touch };

/** Writes what becomes of an entry over exactly what was judged; what a person changed meanwhile is judged again. */
async function settleEntry(place: Place, { id, mine, verdict }: Judged, revision: string | undefined): Promise<void> {
  const { deps, tenant, generation, base, touch } = place;
  let judged: Judged = { id, mine, verdict };
  let expected = revision;
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    if (!changes(judged)) return;
    const change = { expected, next: judged.verdict.next, touch };
    if ((await deps.drafts.swap(tenant, generation, id, change)).status === 'ok') return;
    const kept = await deps.drafts.kept(tenant, generation, id);
    expected = kept?.revision;
    const now = kept === undefined ? undefined : Entry.parse(kept);
    judged = { id, mine: now, verdict: judge(base, id, now) };
  }
  throw new CuecardError('unavailable', `entry ${id} is being changed too often: try again`);
}

async function writeAll(
  running: Run,
  place: Place,
  judged: readonly Judged[],
  revisions: ReadonlyMap<string, string>,
): Promise<void> {
  const work = judged.filter(changes);
  if (revisions.size === 0) return writeFirst(running, place, work);
  for (let from = 0; from < work.length; from += SLICE) {
    await running.save({});
    const slice = work.slice(from, from + SLICE);
    const lanes = Array.from({ length: LANES }, async (_, lane) => {
      for (let at = lane; at < slice.length; at += LANES) {
        const one = slice[at];
        if (one !== undefined) await settleEntry(place, one, revisions.get(one.id));
      }
    });
    await Promise.all(lanes);
  }
}

/** Into a draft that holds nothing: there is nothing to write over. */
async function writeFirst(running: Run, { deps, generation }: Place, work: readonly Judged[]): Promise<void> {
  const puts = work.flatMap(({ verdict }) => verdict.next ?? []);
  for (let from = 0; from < puts.length; from += SLICE) {
    await running.save({});
    await deps.drafts.write(running.tenant, generation, { puts: puts.slice(from, from + SLICE) });
  }
}

/** Where the report of a merge lies, for as long as its import is listed. */
export const reportKey = (tenant: TenantId, id: string): string => `packs/${tenant}/updates/${id}.json`;

/** The first run decides what is reported; a later one only does what is left. */
async function settleReport(deps: Deps, running: Run, report: PackUpdate): Promise<void> {
  if (running.job().planned) return;
  await deps.objects.put(reportKey(running.tenant, running.id), new TextEncoder().encode(JSON.stringify(report)));
  await running.save({ ...countsOf(report), rows: report.unchanged + rowsOf(report), planned: true });
}

const rowsOf = ({ added, updated, merged, kept, conflicts }: PackUpdate): number =>
  added.length + updated.length + merged.length + kept.length + conflicts.length;

/**
 * Merges into the draft everyone sees. The head says so from before the first entry until after the last: no release is
 * made of half an update. If a `replace` flips the draft meanwhile, the merge is done on the new one.
 */
async function merge(deps: Deps, running: Run): Promise<void> {
  const { tenant, id } = running;
  const { pack, packMerge: request, by } = running.job();
  if (pack === undefined || request === undefined) throw new CuecardError('invalid', 'the import names no pack');
  for (let written = false; !written; ) {
    const { generation } = await changeHead(deps.drafts, tenant, (head) =>
      head.writing.includes(id) ? undefined : { ...head, writing: [...head.writing, id] },
    );
    const kept = await allKept(deps.drafts, tenant, generation);
    const present = kept.map((entry) => Entry.parse(entry));
    const base = await readBase(deps, tenant, present, request);
    const judged = judgeAll(base, present);
    await settleReport(deps, running, reportOf(base, judged, false));
    const revisions = new Map(kept.map((entry) => [entry.id, entry.revision]));
    const touch = { by, at: deps.now() };
    await writeAll(running, { deps, tenant, generation, base, touch }, judged, revisions);
    const left = await changeHead(deps.drafts, tenant, (head) =>
      head.generation === generation ? appliedHead(head, id, running.job()) : undefined,
    );
    written = left.generation === generation;
  }
}

async function audit(deps: Deps, { tenant, job }: Run): Promise<void> {
  const { by, createdAt, packMerge, added, changed, removed } = job();
  if (packMerge === undefined) return;
  const { from, to } = packMerge;
  await deps.audit.append(tenant, {
    at: createdAt,
    by,
    action: from === undefined ? 'pack.installed' : 'pack.updated',
    subject: to,
    detail: `${from === undefined ? '' : `from ${from}: `}${added} added, ${changed} changed, ${removed} removed`,
  });
}

/** Installs or updates a pack; safe to do again after having been cut off anywhere. */
export async function runPackImport(deps: Deps, running: Run): Promise<void> {
  await running.save({ status: 'running' });
  const head = await deps.drafts.head(running.tenant);
  if (!head.applied.includes(running.id)) await merge(deps, running);
  await audit(deps, running);
  await running.finish({ status: 'done', finishedAt: new Date(deps.now()).toISOString() });
}
