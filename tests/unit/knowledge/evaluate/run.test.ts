import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { dynamodbJobs } from '../../../../lib/adapters/dynamodb/jobs.ts';
import type { Table } from '../../../../lib/adapters/dynamodb/table.ts';
import { CuecardError } from '../../../../lib/domain/error.ts';
import { Evaluation, EvaluationJob } from '../../../../lib/domain/evaluation.ts';
import { ReleaseId } from '../../../../lib/domain/ids.ts';
import { HOLD_MS } from '../../../../lib/knowledge/deps.ts';
import type { Asking, EvaluateDeps } from '../../../../lib/knowledge/evaluate/deps.ts';
import { evaluationRoom } from '../../../../lib/knowledge/evaluate/room.ts';
import { EVALUATION_COLUMNS } from '../../../../lib/knowledge/evaluate/rows.ts';
import { readHere } from '../../../../lib/knowledge/files/readers.ts';
import { startTable, type TestTable } from '../../../support/dynalite.ts';
import { knowledgeRig, newTenant, type Rig } from '../../../support/knowledge-rig.ts';

let server: TestTable;
let table: Table;
beforeAll(async () => {
  server = await startTable();
  table = server.table;
}, 30_000);
afterAll(() => server.stop());

const RELEASE = ReleaseId.parse('rel_one');
const ENTRIES = ['pay', 'ship', 'back'].map((id) => ({ id, intent: id, question: `question of ${id}` }));

/** Ranks the entries that a question names, in their order. */
const scripted: Asking = {
  entries: ENTRIES,
  thresholds: [
    { target: 0.95, threshold: 0.9 },
    { target: 0.5, threshold: 0.4 },
  ],
  ask: async ({ question }) => {
    const place = ({ id }: { id: string }): number => question.indexOf(id);
    const found = ENTRIES.filter((entry) => place(entry) >= 0).sort((a, b) => place(a) - place(b));
    const ranked = found.map(({ id, intent }, at) => ({ entryId: id, intent, confidence: 0.8 / (1 + 3 * at) }));
    return { ranked, shown: ranked.length > 0, exact: false, degraded: false };
  },
};

type World = { deps: EvaluateDeps; rig: Rig; breaths: () => number; room: ReturnType<typeof evaluationRoom> };

function world(changes: Partial<EvaluateDeps> = {}): World {
  const rig = knowledgeRig(table);
  let breaths = 0;
  let ticks = 0;
  const deps: EvaluateDeps = {
    ...rig.deps,
    evaluations: dynamodbJobs(table, 'evaluation', (stored) => EvaluationJob.parse(stored)),
    live: { read: async () => ({ release: RELEASE, snapshotKey: 'k', version: 1, history: [RELEASE] }) },
    asking: async () => scripted,
    checkRelease: async (_, release) => {
      if (release !== RELEASE) throw new CuecardError('not_found', `no release ${release}`);
    },
    readFile: async (bytes) => readHere('content', bytes, { hint: undefined, columns: EVALUATION_COLUMNS }),
    breathe: async () => {
      breaths += 1;
    },
    // A reading of the clock takes four milliseconds.
    ticks: () => {
      ticks += 4;
      return ticks;
    },
    ...changes,
  };
  return { deps, rig, breaths: () => breaths, room: evaluationRoom(deps) };
}

const FILE =
  'question,expected\nhow to pay,pay\nship and pay,pay\nelephants,none\nback there,none\nwhat,ship\nx,nobody\n';
const by = 'manager';

async function ran({ room }: World, file: string, wish: object = {}, tenant = newTenant()) {
  const { id, status } = await room.start(tenant, { ...wish, by }, Buffer.from(file));
  expect(status).toBe('queued');
  await room.run(tenant, id);
  return { tenant, id, report: await room.read(tenant, id) };
}

describe('a batch hit test', () => {
  test('is queued, asked and reported, its bad rows named and its misses listed', async () => {
    const { report } = await ran(world(), FILE, { name: 'before the sale' });
    expect(Evaluation.parse(report)).toEqual(report);
    expect(report).toMatchObject({
      name: 'before the sale',
      release: RELEASE,
      by,
      status: 'done',
      rejected: [{ row: 7, column: 'expected', value: 'nobody' }],
      rejectedTotal: 1,
      missesTotal: 3,
      figures: { rows: 5, recall1: 1 / 3, recall3: 2 / 3, outOfScope: { rows: 2, rejected: 0.5 } },
    });
    expect(report.misses).toMatchObject([
      { row: 3, expected: 'pay', got: 'ship', rank: 2 },
      { row: 5, expected: 'none', got: 'back' },
      { row: 6, expected: 'ship', got: 'none', confidence: 0 },
    ]);
  });

  test('takes rows, name and release as JSON too', async () => {
    const rows = [{ question: 'how to pay', expected: 'pay' }];
    const { report } = await ran(world(), JSON.stringify({ rows, name: 'by JSON', release: RELEASE }));
    expect(report).toMatchObject({ name: 'by JSON', status: 'done', missesTotal: 0, figures: { rows: 1, recall1: 1 } });
  });

  test('is compared with an earlier one, named at the start or when it is read', async () => {
    const one = world();
    const first = await ran(one, FILE);
    const other = world({
      objects: one.deps.objects,
      asking: async () => ({
        ...scripted,
        ask: async (row) => {
          const hit = await scripted.ask(row);
          return { ...hit, ranked: hit.ranked.filter(({ entryId }) => entryId !== 'ship') };
        },
      }),
    });
    const second = await ran(other, FILE, { against: first.id }, first.tenant);
    expect(second.report.against).toMatchObject({ id: first.id, shared: 5, gainedTotal: 1, lostTotal: 0 });
    expect(second.report.against?.gained).toMatchObject([{ question: 'ship and pay' }]);
    const back = await one.room.read(first.tenant, first.id, second.id);
    expect(back.against).toMatchObject({ id: second.id, gainedTotal: 0, lostTotal: 1 });
    await expect(one.room.read(first.tenant, first.id, 'evl_none')).rejects.toThrow('no evaluation evl_none');
    await expect(ran(one, FILE, { against: 'evl_none' }, first.tenant)).rejects.toThrow('no evaluation evl_none');
  });

  test('is listed newest first, without its misses, and only to its tenant', async () => {
    const one = world();
    const first = await ran(one, FILE);
    const second = await ran(one, FILE, {}, first.tenant);
    const listed = await one.room.list(first.tenant, {});
    expect(listed.items.map(({ id }) => id)).toEqual([second.id, first.id]);
    expect(listed.items[0]).toMatchObject({ status: 'done', missesTotal: 3, misses: [] });
    const page = await one.room.list(first.tenant, { limit: 1 });
    expect((await one.room.list(first.tenant, { limit: 1, cursor: page.cursor })).items[0]?.id).toBe(first.id);
    await expect(one.room.read(newTenant(), first.id)).rejects.toMatchObject({ kind: 'not_found' });
  });

  test('gives its misses as a file that can be run again', async () => {
    const one = world();
    const { tenant, id } = await ran(one, FILE);
    const file = await one.room.misses(tenant, id);
    const again = await ran(one, file);
    expect(again.report).toMatchObject({ missesTotal: 3, rejectedTotal: 0, figures: { rows: 3 } });
  });

  test('lets other work have its turn, and says how far it is', async () => {
    const saved: unknown[] = [];
    const one = world();
    const { evaluations } = one.deps;
    const watched = world({
      evaluations: {
        ...evaluations,
        save: (tenant, id, held, until) => {
          saved.push(held.job.progress);
          return evaluations.save(tenant, id, held, until);
        },
      },
    });
    const rows = Array.from({ length: 8_000 }, (_, at) => `pay ${at},pay`).join('\n');
    const { report } = await ran(watched, `question,expected\n${rows}\n`);
    expect(report.figures).toMatchObject({ rows: 8_000, recall1: 1 });
    expect(watched.breaths()).toBeGreaterThan(200);
    expect(saved).toContainEqual({ stage: 'ask', done: 0, total: 8_000 });
    expect(saved.length).toBeGreaterThan(3);
  });
});

describe('a file that is none', () => {
  test('is refused at once, or fails the run with what to do', async () => {
    const one = world();
    const start = (file: string | Uint8Array, wish: object = {}) =>
      one.room.start(newTenant(), { ...wish, by }, Buffer.from(file));
    await expect(start('')).rejects.toMatchObject({ kind: 'invalid' });
    await expect(start(new Uint8Array(4 * 1024 * 1024 + 1))).rejects.toMatchObject({ kind: 'too_large' });
    await expect(start(JSON.stringify({ rows: [], release: 'no release' }))).rejects.toMatchObject({ kind: 'invalid' });
    await expect(start(FILE, { release: 'rel_other' })).rejects.toMatchObject({ kind: 'not_found' });
    const { report } = await ran(one, 'frage,antwort\nx,y\n');
    expect(report).toMatchObject({ status: 'failed', error: expect.stringContaining('no column is called question') });
    const many = `question,expected\n${'q,pay\n'.repeat(20_001)}`;
    expect((await ran(one, many)).report).toMatchObject({ status: 'failed', error: expect.stringContaining('20000') });
  });

  test('of a tenant without a release has nothing to be asked of', async () => {
    const one = world({ live: { read: async () => undefined } });
    await expect(one.room.start(newTenant(), { by }, Buffer.from(FILE))).rejects.toMatchObject({ kind: 'conflict' });
  });

  test('has no misses before it is done', async () => {
    const one = world();
    const tenant = newTenant();
    const { id } = await one.room.start(tenant, { by }, Buffer.from(FILE));
    await expect(one.room.misses(tenant, id)).rejects.toMatchObject({ kind: 'conflict' });
    expect(await one.room.read(tenant, id)).toMatchObject({ status: 'queued', misses: [] });
  });
});

test('a run that is killed at any call is finished by the next, with the same figures', async () => {
  const whole = (await ran(world(), FILE)).report.figures;
  let calls = 1;
  for (let killed = true; killed; calls += 1) {
    const one = world();
    let left = calls;
    killed = false;
    const guard = <Store extends object>(store: Store): Store =>
      new Proxy(store, {
        get(target, name, receiver) {
          const value: unknown = Reflect.get(target, name, receiver);
          if (typeof value !== 'function') return value;
          return async (...args: unknown[]) => {
            left -= 1;
            if (left < 0) {
              killed = true;
              throw new Error('killed');
            }
            return value.apply(target, args);
          };
        },
      });
    const tenant = newTenant();
    const { id } = await one.room.start(tenant, { by }, Buffer.from(FILE));
    const cut = evaluationRoom({
      ...one.deps,
      evaluations: guard(one.deps.evaluations),
      objects: guard(one.deps.objects),
    });
    await cut.run(tenant, id).catch(() => undefined);
    one.rig.turnClock(HOLD_MS + 1_000);
    await one.room.run(tenant, id);
    const report = await one.room.read(tenant, id);
    expect(report, `killed at call ${calls}`).toMatchObject({ status: 'done', missesTotal: 3 });
    expect(report.figures).toEqual(whole);
  }
  expect(calls).toBeGreaterThan(5);
});
