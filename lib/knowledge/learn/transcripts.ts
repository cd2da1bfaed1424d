/** Chat exports: taken in as a job, reported on, and turned into draft entries topic by topic. */
import * as z from 'zod';
import { CuecardError } from '../../domain/error.ts';
import type { EntryId, TenantId } from '../../domain/ids.ts';
import type { TranscriptJob } from '../../domain/learning.ts';
import { DEFAULT_SETTINGS } from '../../domain/tenant.ts';
import { TranscriptReport, TranscriptTopic } from '../../domain/transcript.ts';
import type { Page } from '../../ports/page.ts';
import { type Running, runJob } from '../job.ts';
import { tryStart } from '../try-start.ts';
import type { LearnDeps } from './deps.ts';
import { type Drafted, draftEntries } from './draft-entries.ts';
import { readTranscript } from './read-transcript.ts';
import { type Findings, reportOf } from './transcript-report.ts';

/** Of the rows that could not be read, so many are named; their number is always said. */
const MAX_REJECTED = 200;
const MAX_PAGE = 100;
/** Progress is stored at most this often (ms), which also keeps the job. */
const SAVE_MS = 1_000;

export type StartTranscript = { name?: string | undefined; by: string };

/** Keeps the file and a due job for it. Raises `invalid` for an empty file. */
export async function startTranscript(
  deps: LearnDeps,
  tenant: TenantId,
  { name, by }: StartTranscript,
  bytes: Uint8Array,
): Promise<{ id: string; status: 'queued' }> {
  if (bytes.length === 0) throw new CuecardError('invalid', 'the file is empty');
  const at = deps.now();
  const id = deps.newId('trs_');
  const uploadKey = `transcripts/${tenant}/${id}/upload`;
  await deps.objects.put(uploadKey, bytes);
  const timeZone = (await deps.tenant(tenant))?.settings.timeZone ?? DEFAULT_SETTINGS.timeZone;
  const report = TranscriptReport.parse({ id, name, by, status: 'queued', createdAt: new Date(at).toISOString() });
  await deps.transcripts.create(tenant, id, { ...report, uploadKey, timeZone }, at);
  await tryStart(deps, tenant, 'transcript', id);
  return { id, status: 'queued' };
}

/** Reads a transcript that is due; done again from the start when it was cut off, since nothing else is written. */
export function runTranscript(deps: LearnDeps, tenant: TenantId, id: string): Promise<void> {
  return runJob<TranscriptJob>(tenant, id, {
    store: deps.transcripts,
    now: deps.now,
    run: (running) => read(deps, running),
    fail: async (_, reason) => ({ status: 'failed', error: reason, finishedAt: new Date(deps.now()).toISOString() }),
  });
}

async function read(deps: LearnDeps, running: Running<TranscriptJob>): Promise<void> {
  const { uploadKey, timeZone } = running.job();
  const bytes = await deps.objects.get(uploadKey);
  if (bytes === undefined) throw new CuecardError('not_found', 'the file is no longer there: upload it again');
  const transcript = readTranscript(bytes, timeZone);
  const rejected = transcript.rejected.slice(0, MAX_REJECTED);
  await running.save({ status: 'running', rejected, rejectedTotal: transcript.rejected.length });
  if (transcript.messages === 0) {
    const [first] = transcript.rejected;
    const why = first === undefined ? '' : `; row ${first.row}: ${first.reason}`;
    throw new CuecardError('invalid', `no message could be read from the file${why}`);
  }
  const found = await reportOf(transcript, await deps.reader(running.tenant), deps.now(), progressOf(deps, running));
  const reportKey = `transcripts/${running.tenant}/${running.id}/topics.json`;
  await deps.objects.put(reportKey, new TextEncoder().encode(JSON.stringify(found.topics)));
  const { topics: _, ...figures } = found;
  await running.finish({
    status: 'done',
    ...figures,
    reportKey,
    finishedAt: new Date(deps.now()).toISOString(),
  } satisfies Partial<TranscriptJob & Findings>);
}

function progressOf({ now }: LearnDeps, running: Running<TranscriptJob>) {
  let last = Number.NEGATIVE_INFINITY;
  return async (stage: string, done: number, total: number): Promise<void> => {
    if (now() - last < SAVE_MS) return;
    last = now();
    await running.save({ progress: { stage, done, total } });
  };
}

/** Newest first, without topics. */
export async function listTranscripts(
  { transcripts }: LearnDeps,
  tenant: TenantId,
  { cursor, limit = 50 }: { cursor?: string | undefined; limit?: number | undefined },
): Promise<Page<TranscriptReport>> {
  const { items, cursor: next } = await transcripts.page(tenant, Math.min(limit, MAX_PAGE), cursor);
  const page = { items: items.map(({ job }) => TranscriptReport.parse({ ...job, topics: [] })) };
  return next === undefined ? page : { ...page, cursor: next };
}

const Topics = z.array(TranscriptTopic);

async function kept(
  deps: LearnDeps,
  tenant: TenantId,
  id: string,
): Promise<{ job: TranscriptJob; topics: TranscriptTopic[] }> {
  const held = await deps.transcripts.read(tenant, id);
  if (held === undefined) throw new CuecardError('not_found', `no transcript ${id}`);
  const { job } = held;
  const bytes = job.reportKey === undefined ? undefined : await deps.objects.get(job.reportKey);
  return { job, topics: bytes === undefined ? [] : Topics.parse(JSON.parse(new TextDecoder().decode(bytes))) };
}

/** Raises `not_found`. A topic is drafted while the entry that it proposes is in the draft. */
export async function getTranscript(deps: LearnDeps, tenant: TenantId, id: string): Promise<TranscriptReport> {
  const { job, topics } = await kept(deps, tenant, id);
  const { generation } = await deps.drafts.head(tenant);
  const isThere = async (entry: EntryId | undefined): Promise<boolean> =>
    entry !== undefined && (await deps.drafts.entry(tenant, generation, entry)) !== undefined;
  const drafted = await Promise.all(topics.map(({ proposal }) => isThere(proposal?.id)));
  return TranscriptReport.parse({ ...job, topics: topics.map((topic, at) => ({ ...topic, drafted: drafted[at] })) });
}

/** Writes topics' proposals into the draft; an entry that is there already stays. Raises `invalid` for a topic without. */
export async function draftTopics(
  deps: LearnDeps,
  tenant: TenantId,
  id: string,
  wanted: readonly string[],
  by: string,
): Promise<Drafted> {
  const { topics } = await kept(deps, tenant, id);
  const chosen = wanted.map((one) => ({ one, topic: topics.find((topic) => topic.id === one) }));
  const errors = chosen.flatMap(({ one, topic }, at) =>
    topic?.proposal === undefined
      ? [
          {
            path: `topics.${at}`,
            message: topic === undefined ? `no topic ${one}` : 'agents gave no answer to draft from',
          },
        ]
      : [],
  );
  if (errors.length > 0) throw new CuecardError('invalid', 'not every topic can be drafted', { errors });
  return draftEntries(
    deps,
    tenant,
    chosen.flatMap(({ topic }) => topic?.proposal ?? []),
    by,
  );
}
