/** rows → asked one by one, as production asks → figures; every step may be done again. */
import * as z from 'zod';
import { CuecardError } from '../../domain/error.ts';
import { EvaluatedRow, type EvaluationJob, type EvaluationRow, Miss } from '../../domain/evaluation.ts';
import type { TenantId } from '../../domain/ids.ts';
import { RowProblem } from '../../domain/import-job.ts';
import type { FileContent } from '../files/types.ts';
import { type Running, runJob } from '../job.ts';
import { missOf } from './compare.ts';
import type { Asking, EvaluateDeps, Hit } from './deps.ts';
import { expectations, outcomeOf, unknownExpected } from './expected.ts';
import { figuresOf } from './figures.ts';
import { rowsOf } from './rows.ts';

/** Asked in one go before other work gets its turn (ms), and how often progress is kept (ms). */
const SLICE_MS = 10;
const SAVE_MS = 1_000;
/** Rows waiting for a model at once. */
const LANES = 8;
const SHOWN_MISSES = 200;
const SHOWN_REJECTED = 500;

type Run = Running<EvaluationJob>;
type Outcomes = { rows: EvaluatedRow[]; rejected: RowProblem[]; withoutMeaning: number };

/** What a report shows of a run. */
export const ShownRows = z.object({ misses: z.array(Miss), rejected: z.array(RowProblem) });
export type ShownRows = z.infer<typeof ShownRows>;
export const Results = z.array(EvaluatedRow);

const encode = (value: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(value));
export const decode = (bytes: Uint8Array): unknown => JSON.parse(new TextDecoder().decode(bytes));

async function readRows(deps: EvaluateDeps, running: Run): Promise<{ rows: EvaluationRow[]; rejected: RowProblem[] }> {
  const bytes = await deps.objects.get(running.job().uploadKey);
  if (bytes === undefined) throw new CuecardError('not_found', 'the uploaded file is no longer there: upload it again');
  return rowsOf(rowsInJson(bytes) ?? (await deps.readFile(bytes)));
}

const Wrapped = z.object({ rows: z.array(z.unknown()) });

/** The rows of a JSON body that also says what the run is to be; undefined for any other file. */
function rowsInJson(bytes: Uint8Array): FileContent | undefined {
  const text = new TextDecoder().decode(bytes).trimStart();
  if (!text.startsWith('{')) return undefined;
  try {
    const { rows } = Wrapped.parse(JSON.parse(text));
    return {
      kind: 'objects',
      detected: 'json',
      rejected: [],
      objects: rows.map((value, at) => ({ row: at + 1, value })),
    };
  } catch {
    return undefined;
  }
}

/** Keeps progress now and then, which also keeps the job in this run's hands, and lets messages have their turn. */
function pacing(deps: EvaluateDeps, running: Run, total: number) {
  let since = deps.ticks();
  let savedAt = deps.ticks();
  return async (done: number): Promise<void> => {
    if (deps.ticks() - since < SLICE_MS) return;
    await deps.breathe();
    since = deps.ticks();
    if (since - savedAt < SAVE_MS) return;
    await running.save({ progress: { stage: 'ask', done, total } });
    savedAt = deps.ticks();
  };
}

async function askAll(
  deps: EvaluateDeps,
  running: Run,
  asking: Asking,
  rows: readonly EvaluationRow[],
): Promise<Outcomes> {
  const { release } = running.job();
  const expectedOf = expectations(asking.entries);
  const pace = pacing(deps, running, rows.length);
  const outcomes: Outcomes = { rows: [], rejected: [], withoutMeaning: 0 };
  for (let at = 0; at < rows.length; at += LANES) {
    const some = rows.slice(at, at + LANES);
    const told = await Promise.all(some.map((row) => askOne(asking, row, expectedOf(row.expected))));
    for (const [place, row] of some.entries()) {
      const one = told[place];
      if (one === undefined) outcomes.rejected.push(unknownExpected(row, release));
      else outcomes.rows.push(one.row);
      if (one?.hit.degraded === true) outcomes.withoutMeaning += 1;
    }
    await pace(at + some.length);
  }
  return outcomes;
}

type Told = { row: EvaluatedRow; hit: Hit };

async function askOne(
  asking: Asking,
  row: EvaluationRow,
  expected: ReturnType<ReturnType<typeof expectations>>,
): Promise<Told | undefined> {
  if (expected === undefined) return undefined;
  const hit = await asking.ask(row);
  return { row: outcomeOf(row, expected, hit), hit };
}

async function evaluate(deps: EvaluateDeps, running: Run): Promise<void> {
  await running.save({ status: 'running', progress: { stage: 'read', done: 0, total: 1 } });
  const read = await readRows(deps, running);
  await running.save({ progress: { stage: 'ask', done: 0, total: read.rows.length } });
  const asking = await deps.asking(running.tenant, running.job().release);
  const outcomes = await askAll(deps, running, asking, read.rows);
  const misses = outcomes.rows.filter(({ right }) => !right).map(missOf);
  const rejected = [...read.rejected, ...outcomes.rejected].sort((a, b) => a.row - b.row);
  const place = `evaluations/${running.tenant}/${running.id}`;
  const shown: ShownRows = { misses: misses.slice(0, SHOWN_MISSES), rejected: rejected.slice(0, SHOWN_REJECTED) };
  await deps.objects.put(`${place}/results.json`, encode(outcomes.rows));
  await deps.objects.put(`${place}/shown.json`, encode(shown));
  const { withoutMeaning } = outcomes;
  await running.finish({
    status: 'done',
    finishedAt: new Date(deps.now()).toISOString(),
    figures: { ...figuresOf(outcomes.rows, asking.thresholds), ...(withoutMeaning === 0 ? {} : { withoutMeaning }) },
    missesTotal: misses.length,
    rejectedTotal: rejected.length,
    resultsKey: `${place}/results.json`,
    shownKey: `${place}/shown.json`,
    progress: { stage: 'done', done: outcomes.rows.length, total: outcomes.rows.length },
  });
}

/** Does an evaluation that is due; safe to call again after having been cut off anywhere. */
export function runEvaluation(deps: EvaluateDeps, tenant: TenantId, id: string): Promise<void> {
  return runJob<EvaluationJob>(tenant, id, {
    store: deps.evaluations,
    now: deps.now,
    run: (running) => evaluate(deps, running),
    fail: async (_, reason) => ({
      status: 'failed',
      error: reason,
      finishedAt: new Date(deps.now()).toISOString(),
    }),
  });
}
