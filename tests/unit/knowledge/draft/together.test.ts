/** Everything at once, and everything cut off anywhere: what must hold whatever happens to whom. */
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Table } from '../../../../lib/adapters/dynamodb/table.ts';
import type { Entry } from '../../../../lib/domain/entry.ts';
import { CuecardError } from '../../../../lib/domain/error.ts';
import { EntryId, type TenantId } from '../../../../lib/domain/ids.ts';
import type { ImportMode } from '../../../../lib/domain/import-job.ts';
import { HOLD_MS, type KnowledgeDeps } from '../../../../lib/knowledge/deps.ts';
import { getEntry, putEntry } from '../../../../lib/knowledge/draft.ts';
import { getImport, runImport, startImport } from '../../../../lib/knowledge/import.ts';
import {
  activateRelease,
  createRelease,
  getRelease,
  listReleases,
  runRelease,
} from '../../../../lib/knowledge/release.ts';
import { collect } from '../../../../lib/knowledge/releases/collect.ts';
import { entriesAt } from '../../../../lib/knowledge/releases/knowledge-diff.ts';
import { startTable, type TestTable } from '../../../support/dynalite.ts';
import { killedAfter, knowledgeRig, newTenant } from '../../../support/knowledge-rig.ts';

let server: TestTable;
let table: Table;
beforeAll(async () => {
  server = await startTable();
  table = server.table;
}, 30_000);
afterAll(() => server.stop());

const DAY_MS = 86_400_000;
const id = (name: string): EntryId => EntryId.parse(name);
const entry = (name: string, text: string) => ({
  id: name,
  intent: name,
  question: `${name} what is it?`,
  answers: [{ text }],
});

async function begin(deps: KnowledgeDeps, tenant: TenantId, rows: readonly [string, string][], mode: ImportMode) {
  const lines = rows.map(([name, text]) => `${name},${name} what is it?,${text}`);
  const file = Buffer.from(`id,question,answer\n${lines.join('\n')}\n`);
  return (await startImport(deps, tenant, { format: 'csv', mode, dryRun: false, by: 'ann' }, file)).id;
}

const textOf = (entries: readonly Entry[], name: string): string | undefined =>
  entries.find((one) => one.id === name)?.answers[0]?.text;

async function liveEntries(deps: KnowledgeDeps, tenant: TenantId): Promise<Entry[] | undefined> {
  const live = await deps.live.read(tenant);
  return live?.snapshotKey === undefined ? undefined : entriesAt(deps, live.snapshotKey);
}

const isConflict = (error: unknown): boolean => error instanceof CuecardError && error.kind === 'conflict';

/** Adds one to the number that an entry says, from the revision that was read, until nobody was quicker. */
async function increment(deps: KnowledgeDeps, tenant: TenantId, name: string): Promise<void> {
  for (;;) {
    const seen = await getEntry(deps.drafts, tenant, id(name));
    const text = String(Number(seen.answers[0]?.text) + 1);
    try {
      await putEntry(
        deps.drafts,
        tenant,
        { ...seen, answers: [{ text }] },
        { revision: seen.revision, by: 'ann', at: 1 },
      );
      return;
    } catch (error) {
      if (!isConflict(error)) throw error;
    }
  }
}

/** The two rows of every import say the same: a snapshot in which they differ was made of half of one. */
const isWhole = (entries: readonly Entry[]): boolean =>
  Array.from({ length: 10 }, (_, pair) => pair).every(
    (pair) => textOf(entries, `left${pair}`) === textOf(entries, `right${pair}`),
  );

test('a hundred edits, imports and releases at once: no lost update, no half import, one live release', async () => {
  const { deps, turnClock } = knowledgeRig(table);
  const tenant = newTenant();
  const counters = ['c0', 'c1', 'c2', 'c3', 'c4'];
  for (const name of counters) await putEntry(deps.drafts, tenant, entry(name, '0'));
  const first = await createRelease(deps, tenant, { publish: true }, 'ann');
  await runRelease(deps, tenant, first.id);
  const seen: string[] = [];
  const problems: string[] = [];
  let isOver = false;
  const watch = async (): Promise<void> => {
    while (!isOver) {
      const entries = await liveEntries(deps, tenant);
      const { items } = await listReleases(deps, tenant, { limit: 100 });
      const live = items.filter(({ status }) => status === 'live');
      if (live.length > 1) problems.push(`live at once: ${live.map((one) => one.id)}`);
      if (entries !== undefined && !isWhole(entries)) problems.push('live holds half an import');
      seen.push((await deps.live.read(tenant))?.release ?? '');
      await new Promise((done) => setTimeout(done, 50));
    }
  };
  const edits = Array.from({ length: 60 }, (_, at) => increment(deps, tenant, counters[at % 5] ?? ''));
  // Three imports of each pair, one after the other: of two at once that name one entry each row is somebody's.
  const imports = Array.from({ length: 10 }, async (_, at) => {
    for (let round = 0; round < 3; round++) {
      const text = `by import ${at} round ${round}`;
      const rows: [string, string][] = [
        [`left${at}`, text],
        [`right${at}`, text],
      ];
      await runImport(deps, tenant, await begin(deps, tenant, rows, 'merge'));
    }
  });
  const releases = Array.from({ length: 10 }, async () => {
    const { id: made } = await createRelease(deps, tenant, { publish: true, override: { reason: 'test' } }, 'bob');
    await runRelease({ ...deps, sleep: () => new Promise((done) => setTimeout(done, 20)) }, tenant, made).catch(
      () => undefined,
    );
    return made;
  });
  const watching = watch();
  await Promise.all([...edits, ...imports]);
  const made = await Promise.all(releases);
  isOver = true;
  await watching;
  expect(problems).toEqual([]);
  const { generation } = await deps.drafts.head(tenant);
  const drafted = await deps.drafts.all(tenant, generation);
  expect(counters.map((name) => textOf(drafted, name))).toEqual(['12', '12', '12', '12', '12']);
  expect(Array.from({ length: 10 }, (_, at) => textOf(drafted, `left${at}`))).toEqual(
    Array.from({ length: 10 }, (_, at) => `by import ${at} round 2`),
  );
  expect(isWhole(drafted)).toBe(true);
  // What could not finish among so many stays due and is done when it is quiet.
  for (const one of made) {
    turnClock(HOLD_MS);
    await runRelease(deps, tenant, one);
  }
  const states = (await listReleases(deps, tenant, { limit: 100 })).items;
  expect(states.filter(({ status }) => status === 'live')).toHaveLength(1);
  expect(states.every(({ status }) => status === 'live' || status === 'superseded')).toBe(true);
  const live = (await liveEntries(deps, tenant)) ?? [];
  expect(live.map((one) => [one.id, one.answers[0]?.text])).toEqual(
    drafted.map((one) => [one.id, one.answers[0]?.text]),
  );
  expect(new Set(seen).size).toBeGreaterThan(1);
}, 300_000);

/** Objects of a tenant by their kind. */
const kinds = (objects: Map<string, Uint8Array>): string[] =>
  [...objects.keys()].map((key) => key.split('/')[0] ?? '').sort();

/** Runs it again and again, each time cut off after some calls to the stores; `check` looks at what each leaves. */
async function cutOff(
  rig: ReturnType<typeof knowledgeRig>,
  afters: readonly number[],
  run: (deps: KnowledgeDeps) => Promise<void>,
  check: () => Promise<void>,
): Promise<void> {
  for (const after of afters) {
    await run(killedAfter(rig.deps, after).deps).catch(() => undefined);
    await check();
    rig.turnClock(HOLD_MS);
  }
  await run(rig.deps);
}

const said = (entries: readonly Entry[] = []): (string | undefined)[][] =>
  entries.map((one) => [one.id, one.answers[0]?.text]);

const AFTER: Readonly<Record<ImportMode, string[][]>> = {
  merge: [
    ['a', 'two'],
    ['b', 'one'],
    ['c', 'two'],
  ],
  replace: [
    ['a', 'two'],
    ['c', 'two'],
  ],
};
const URGENT = [
  ['a', 'two'],
  ['b', 'one'],
];

/** A tenant with a release live and an import waiting; what it knew, and the ids of both. */
async function waiting({ deps }: ReturnType<typeof knowledgeRig>, mode: ImportMode) {
  const tenant = newTenant();
  const rows: [string, string][] = [
    ['a', 'one'],
    ['b', 'one'],
  ];
  await runImport(deps, tenant, await begin(deps, tenant, rows, 'merge'));
  const { id: first } = await createRelease(deps, tenant, { publish: true }, 'ann');
  await runRelease(deps, tenant, first);
  const changed: [string, string][] = [
    ['a', 'two'],
    ['c', 'two'],
  ];
  return { tenant, first, before: await liveEntries(deps, tenant), job: await begin(deps, tenant, changed, mode) };
}

/** What is there once everything that nothing refers to has had its time. */
async function expectTidy(rig: ReturnType<typeof knowledgeRig>, tenant: TenantId, job: string): Promise<void> {
  const { deps, objects } = rig;
  const { generation, retired, writing } = await deps.drafts.head(tenant);
  expect({ retired, writing }).toEqual({ retired: [], writing: [] });
  for (const past of ['g0', `g_${job}`].filter((one) => one !== generation)) {
    expect(await deps.drafts.all(tenant, past)).toEqual([]);
  }
  // Two releases, each with its snapshot, its verdicts and its report, of which equal ones are one object.
  const kept = kinds(objects);
  expect(kept.filter((kind) => kind === 'snapshots')).toHaveLength(2);
  expect(kept.every((kind) => ['snapshots', 'verdicts', 'reports'].includes(kind))).toBe(true);
  expect(kept.length).toBeLessThanOrEqual(6);
}

describe('cut off anywhere', () => {
  const calls = fc.nat({ max: 50 });
  const steps = fc.record({
    importCuts: fc.array(calls, { maxLength: 2 }),
    releaseCuts: fc.array(calls, { minLength: 1, maxLength: 3 }),
    collectCut: fc.nat({ max: 20 }),
    mode: fc.constantFrom<ImportMode>('merge', 'replace'),
    urgent: fc.boolean(),
  });

  test('an import or a release leaves live as it was, its retry succeeds, and nothing stays that is never collected', async () => {
    await fc.assert(
      fc.asyncProperty(steps, async ({ importCuts, releaseCuts, collectCut, mode, urgent }) => {
        const rig = knowledgeRig(table);
        const { deps } = rig;
        const { tenant, first, before, job } = await waiting(rig, mode);
        await cutOff(
          rig,
          importCuts,
          (some) => runImport(some, tenant, job),
          async () => expect(await liveEntries(deps, tenant)).toEqual(before),
        );
        expect((await getImport(deps, tenant, job)).status).toBe('done');

        const what = urgent ? { urgent: { entryId: id('a') } } : {};
        const request = { publish: true, override: { reason: 'test' }, ...what };
        const { id: next } = await createRelease(deps, tenant, request, 'ann');
        const after = urgent ? URGENT : AFTER[mode];
        await cutOff(
          rig,
          releaseCuts,
          (some) => runRelease(some, tenant, next),
          async () => {
            const isNew = (await deps.live.read(tenant))?.release === next;
            expect(said(await liveEntries(deps, tenant))).toEqual(isNew ? after : said(before));
          },
        );
        expect((await getRelease(deps, tenant, next)).status).toBe('live');
        expect(said(await liveEntries(deps, tenant))).toEqual(after);

        rig.turnClock(100 * DAY_MS);
        await cutOff(
          rig,
          [collectCut],
          async (some) => void (await collect(some, tenant)),
          async () => expect(said(await liveEntries(deps, tenant))).toEqual(after),
        );
        await expectTidy(rig, tenant, job);
        await activateRelease(deps, tenant, first, 'ann', { reason: 'back' });
        expect(await liveEntries(deps, tenant)).toEqual(before);
      }),
      { numRuns: 15, seed: 11 },
    );
  }, 300_000);

  test('an edit is there once or not at all; who sends it again sees that it is there', async () => {
    for (let calls = 0, cut = true; cut; calls++) {
      const { deps } = knowledgeRig(table);
      const tenant = newTenant();
      await putEntry(deps.drafts, tenant, entry('a', 'one'));
      const seen = await getEntry(deps.drafts, tenant, id('a'));
      const next = { ...seen, answers: [{ text: 'two' }] };
      const dying = killedAfter(deps, calls);
      const edit = { revision: seen.revision, by: 'ann', at: 1 };
      await putEntry(dying.deps.drafts, tenant, next, edit).catch(() => undefined);
      cut = dying.killed();
      const again = await putEntry(deps.drafts, tenant, next, edit).catch((error: unknown) => {
        if (error instanceof CuecardError) return error.members['current'];
        throw error;
      });
      expect(again).toMatchObject({ answers: [{ text: 'two' }], updatedBy: 'ann' });
    }
  });
});
