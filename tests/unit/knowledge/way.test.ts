import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Table } from '../../../lib/adapters/dynamodb/table.ts';
import { EntryId, NO_RELEASE, type TenantId } from '../../../lib/domain/ids.ts';
import type { ImportMode } from '../../../lib/domain/import-job.ts';
import type { ReleaseRequest } from '../../../lib/domain/release.ts';
import { DEFAULT_SETTINGS } from '../../../lib/domain/tenant.ts';
import { HOLD_MS, type KnowledgeDeps, MAX_ATTEMPTS } from '../../../lib/knowledge/deps.ts';
import { deleteEntry, getEntry, putEntry } from '../../../lib/knowledge/draft.ts';
import { getImport, runImport, startImport } from '../../../lib/knowledge/import.ts';
import { listEntries } from '../../../lib/knowledge/list-entries.ts';
import {
  activateRelease,
  createRelease,
  getRelease,
  listReleases,
  runRelease,
} from '../../../lib/knowledge/release.ts';
import { startTable, type TestTable } from '../../support/dynalite.ts';
import { killedAfter, knowledgeRig, newTenant } from '../../support/knowledge-rig.ts';

let server: TestTable;
let table: Table;
beforeAll(async () => {
  server = await startTable();
  table = server.table;
}, 30_000);
afterAll(() => server.stop());

const FILE = `id,question,similar_questions,answer
pay,How can I pay?,payment methods|which cards do you take,By card.
ship,When will it ship?,when do you send it|is it on its way,Within a day.
back,How do I return it?,send it back|return an item,By post.
`;

async function start(deps: KnowledgeDeps, tenant: TenantId, file: string, mode: ImportMode = 'merge', dryRun = false) {
  const request = { format: 'csv', mode, dryRun, by: 'manager' } as const;
  return (await startImport(deps, tenant, request, Buffer.from(file))).id;
}

async function importFile(
  deps: KnowledgeDeps,
  tenant: TenantId,
  file: string,
  mode: ImportMode = 'merge',
  dryRun = false,
) {
  const id = await start(deps, tenant, file, mode, dryRun);
  await runImport(deps, tenant, id);
  return getImport(deps, tenant, id);
}

async function release(deps: KnowledgeDeps, tenant: TenantId, request: Partial<ReleaseRequest> = {}) {
  const { id } = await createRelease(deps, tenant, { publish: true, override: undefined, ...request }, 'manager');
  await runRelease(deps, tenant, id);
  return getRelease(deps, tenant, id);
}

async function draftIds(deps: KnowledgeDeps, tenant: TenantId): Promise<string[]> {
  return (await listEntries(deps, tenant, { limit: 200 })).items.map((entry) => entry.id);
}

/** What the live release answers. */
async function answers(deps: KnowledgeDeps, tenant: TenantId, text: string): Promise<string | undefined> {
  const live = await deps.live.read(tenant);
  const bytes = live?.snapshotKey === undefined ? undefined : await deps.objects.get(live.snapshotKey);
  return bytes === undefined ? undefined : deps.open(bytes).classify(text).candidates[0]?.key;
}

describe('imports', () => {
  test('merge adds, changes and keeps; the same file again changes nothing', async () => {
    const { deps } = knowledgeRig(table);
    const tenant = newTenant();
    expect(await importFile(deps, tenant, FILE)).toMatchObject({
      status: 'done',
      rows: 3,
      added: 3,
      changed: 0,
      unchanged: 0,
      rejected: [],
    });
    const { changes } = await deps.drafts.head(tenant);
    expect(await importFile(deps, tenant, FILE)).toMatchObject({ added: 0, changed: 0, unchanged: 3 });
    expect((await deps.drafts.head(tenant)).changes).toBe(changes);
    const edited = 'id,question,answer,policy\npay,How can I pay?,In cash.,auto\nnew,New?,Yes,auto\nbad,Bad?,x,never\n';
    expect(await importFile(deps, tenant, edited)).toMatchObject({
      added: 1,
      changed: 1,
      unchanged: 0,
      rejectedTotal: 1,
      rejected: [{ row: 4, column: 'policy', value: 'never' }],
    });
    expect(await draftIds(deps, tenant)).toEqual(['back', 'new', 'pay', 'ship']);
  });

  test('replace makes the draft exactly the file and leaves no old generation', async () => {
    const { deps } = knowledgeRig(table);
    const tenant = newTenant();
    await importFile(deps, tenant, FILE);
    const before = await deps.drafts.head(tenant);
    const report = await importFile(
      deps,
      tenant,
      'id,question,answer\npay,How can I pay?,By card.\nx,X?,y\n',
      'replace',
    );
    expect(report).toMatchObject({ added: 1, changed: 1, removed: 2 });
    expect(await draftIds(deps, tenant)).toEqual(['pay', 'x']);
    expect(await deps.drafts.all(tenant, before.generation)).toEqual([]);
    expect(await deps.drafts.head(tenant)).toMatchObject({ writing: [], retired: [] });
  });

  test('a dry run counts and writes nothing', async () => {
    const { deps } = knowledgeRig(table);
    const tenant = newTenant();
    expect(await importFile(deps, tenant, FILE, 'merge', true)).toMatchObject({
      status: 'done',
      dryRun: true,
      added: 3,
    });
    expect(await draftIds(deps, tenant)).toEqual([]);
  });

  test('a file that cannot be read fails in words; bad rows alone never empty the draft', async () => {
    const { deps } = knowledgeRig(table);
    const tenant = newTenant();
    await importFile(deps, tenant, FILE);
    expect(await importFile(deps, tenant, 'frage,antwort\na,b\n')).toMatchObject({
      status: 'failed',
      error: expect.stringContaining('found: frage, antwort'),
    });
    expect(await importFile(deps, tenant, 'question,answer\n,b\n', 'replace')).toMatchObject({
      status: 'failed',
      rejectedTotal: 1,
    });
    expect(await draftIds(deps, tenant)).toHaveLength(3);
    expect(await deps.drafts.head(tenant)).toMatchObject({ writing: [], retired: [] });
  });

  test('thousands of bad rows are all reported', async () => {
    const { deps } = knowledgeRig(table);
    const tenant = newTenant();
    const report = await importFile(deps, tenant, `question,answer\n${'only a question,\n'.repeat(3_000)}`);
    expect(report.rejectedTotal).toBe(3_000);
    expect(report.rejected).toHaveLength(3_000);
    expect(report.rejected.at(-1)?.row).toBe(3_001);
  });

  const outcomes = {
    merge: { counts: { added: 1, changed: 1, unchanged: 0, removed: 0 }, ids: ['back', 'new', 'pay', 'ship'] },
    replace: { counts: { added: 1, changed: 1, unchanged: 0, removed: 2 }, ids: ['new', 'pay'] },
  };
  test.each(['merge', 'replace'] as const)(
    'killed after any call, the retry of a %s gives what an uncut run gives',
    async (mode) => {
      const file = 'id,question,answer\npay,How can I pay?,In cash.\nnew,New?,Yes\n';
      for (let calls = 0, cut = true; cut; calls++) {
        const { deps, turnClock } = knowledgeRig(table);
        const tenant = newTenant();
        await importFile(deps, tenant, FILE);
        const id = await start(deps, tenant, file, mode);
        const dying = killedAfter(deps, calls);
        await runImport(dying.deps, tenant, id).catch(() => undefined);
        cut = dying.killed();
        turnClock(HOLD_MS);
        await runImport(deps, tenant, id);
        const report = await getImport(deps, tenant, id);
        expect(report, `cut after ${calls}`).toMatchObject({ status: 'done', ...outcomes[mode].counts });
        expect(await draftIds(deps, tenant)).toEqual(outcomes[mode].ids);
        expect(await deps.drafts.head(tenant)).toMatchObject({ writing: [], retired: [], changes: 2 });
      }
    },
    60_000,
  );

  test('a release waits for an import that was cut off half-way', async () => {
    const { deps, turnClock } = knowledgeRig(table);
    const tenant = newTenant();
    const id = await start(deps, tenant, FILE);
    const halfWay = {
      ...deps.drafts,
      write: async (...[to, generation, { puts = [] }]: Parameters<typeof deps.drafts.write>) => {
        await deps.drafts.write(to, generation, { puts: puts.slice(0, 1) });
        throw new Error('killed');
      },
    };
    await expect(runImport({ ...deps, drafts: halfWay }, tenant, id)).rejects.toThrow('killed');
    expect(await draftIds(deps, tenant)).toHaveLength(1);
    let waited = 0;
    const sleep = async () => {
      waited++;
      turnClock(HOLD_MS);
      await runImport(deps, tenant, id);
    };
    expect(await release({ ...deps, sleep }, tenant)).toMatchObject({ status: 'live', entries: 3 });
    expect(waited).toBe(1);
  });

  test('an import that always fails gives up, says so, and does not hold releases back', async () => {
    const { deps, turnClock } = knowledgeRig(table);
    const tenant = newTenant();
    const id = await start(deps, tenant, FILE);
    const broken = { ...deps, drafts: { ...deps.drafts, write: () => Promise.reject(new Error('the disk is full')) } };
    for (let attempt = 1; attempt < MAX_ATTEMPTS; attempt++) {
      await expect(runImport(broken, tenant, id)).rejects.toThrow('the disk is full');
      turnClock(HOLD_MS);
    }
    await runImport(broken, tenant, id);
    expect(await getImport(deps, tenant, id)).toMatchObject({
      status: 'failed',
      error: expect.stringContaining('the disk is full'),
    });
    expect((await deps.drafts.head(tenant)).writing).toEqual([]);
  });

  test('merges and edits side by side lose nothing', async () => {
    const { deps } = knowledgeRig(table);
    const tenant = newTenant();
    const row = (name: string) => `id,question,answer\n${name},${name}?,x\n`;
    const ids = await Promise.all(Array.from({ length: 8 }, (_, index) => start(deps, tenant, row(`m${index}`))));
    await Promise.all([
      ...ids.map((id) => runImport(deps, tenant, id)),
      ...Array.from({ length: 8 }, (_, index) => {
        const id = `e${index}`;
        return putEntry(deps.drafts, tenant, { id, intent: id, question: `${id}?`, answers: [{ text: 'x' }] });
      }),
    ]);
    expect(await draftIds(deps, tenant)).toHaveLength(16);
    expect((await deps.drafts.head(tenant)).changes).toBe(16);
  });
});

describe('the draft', () => {
  test('entries are put, read, searched and deleted; a bad one is refused by path', async () => {
    const { deps } = knowledgeRig(table);
    const tenant = newTenant();
    await importFile(deps, tenant, FILE);
    const id = EntryId.parse('pay');
    const entry = { ...(await getEntry(deps.drafts, tenant, id)), answers: [{ text: 'By {{shop.methods}}.' }] };
    await putEntry(deps.drafts, tenant, entry);
    expect((await getEntry(deps.drafts, tenant, id)).answers[0]?.text).toBe('By {{shop.methods}}.');
    const bad = { ...entry, answers: [{ text: 'x', when: 'order.colour = red' }] };
    await expect(putEntry(deps.drafts, tenant, bad)).rejects.toMatchObject({
      kind: 'invalid',
      errors: [{ path: 'answers.0.when' }],
    });
    const found = await listEntries(deps, tenant, { q: 'SEND it' });
    expect(found.items.map((one) => one.id)).toEqual(['back', 'ship']);
    const paged = await listEntries(deps, tenant, { q: 'send it', limit: 1 });
    expect(paged.cursor).toBe('back');
    await deleteEntry(deps.drafts, tenant, id);
    await expect(getEntry(deps.drafts, tenant, id)).rejects.toMatchObject({ kind: 'not_found' });
    await expect(deleteEntry(deps.drafts, tenant, id)).rejects.toMatchObject({ kind: 'not_found' });
  });
});

describe('releases', () => {
  test('import, release, live; a second one; rolled back and forward', async () => {
    const { deps } = knowledgeRig(table);
    const tenant = newTenant();
    await importFile(deps, tenant, FILE);
    const first = await release(deps, tenant);
    expect(first).toMatchObject({ status: 'live', entries: 3, questions: 9, by: 'manager' });
    expect(first.report).toMatchObject({ accuracy: 1, goldenRight: 3, goldenTotal: 3, lost: [], against: NO_RELEASE });
    expect(await answers(deps, tenant, 'how can i pay')).toBe('pay');
    await importFile(deps, tenant, 'id,question,answer\nopen,When are you open?,Always\n');
    const second = await release(deps, tenant);
    expect(second.report?.against).toBe(first.id);
    expect(await answers(deps, tenant, 'When are you open')).toBe('open');
    expect((await activateRelease(deps, tenant, first.id, 'admin')).status).toBe('live');
    expect(await answers(deps, tenant, 'When are you open')).not.toBe('open');
    const listed = await listReleases(deps, tenant);
    expect(listed.items.map(({ id, status }) => [id, status])).toEqual([
      [second.id, 'superseded'],
      [first.id, 'live'],
    ]);
    expect((await activateRelease(deps, tenant, second.id, 'admin')).activatedBy).toBe('admin');
  });

  test('an empty draft is a valid release', async () => {
    const { deps } = knowledgeRig(table);
    const tenant = newTenant();
    const empty = await release(deps, tenant);
    expect(empty).toMatchObject({ status: 'live', entries: 0, questions: 0 });
    expect(empty.report?.accuracy).toBeUndefined();
    expect(await answers(deps, tenant, 'anything')).toBeUndefined();
  });

  test('without publish it stops at ready, and goes live only over what it was gated against', async () => {
    const { deps } = knowledgeRig(table);
    const tenant = newTenant();
    await importFile(deps, tenant, FILE);
    const ready = await release(deps, tenant, { publish: false });
    expect(ready.status).toBe('ready');
    expect(await deps.live.read(tenant)).toBeUndefined();
    const other = await release(deps, tenant);
    expect(other.status).toBe('live');
    await expect(activateRelease(deps, tenant, ready.id, 'm')).rejects.toMatchObject({ kind: 'conflict' });
    const again = await release(deps, tenant, { publish: false });
    expect((await activateRelease(deps, tenant, again.id, 'm')).status).toBe('live');
    await expect(activateRelease(deps, tenant, 'rel_none', 'm')).rejects.toMatchObject({ kind: 'not_found' });
  });

  test('a lost question blocks, by name; an override with a reason goes through; taking an entry out does not block', async () => {
    const { deps } = knowledgeRig(table);
    const tenant = newTenant();
    await importFile(deps, tenant, FILE);
    const first = await release(deps, tenant);
    // Another entry claims the question of `pay` for every circumstance: the exact match is no longer one entry's.
    const thief = `id,question,similar_questions,answer\naaa,How can I pay??,${'how can i pay now|how can I pay it|how can I pay you|how could I pay'},Later.\n`;
    await importFile(deps, tenant, thief);
    const blocked = await release(deps, tenant);
    expect(blocked.status).toBe('blocked');
    expect(blocked.report?.lost).toMatchObject([{ text: 'How can I pay?', intent: 'pay', got: 'aaa' }]);
    expect((await deps.live.read(tenant))?.release).toBe(first.id);
    await expect(activateRelease(deps, tenant, blocked.id, 'm')).rejects.toMatchObject({ kind: 'conflict' });
    const forced = await release(deps, tenant, { override: { reason: 'the new wording is wanted' } });
    expect(forced).toMatchObject({ status: 'live', override: { reason: 'the new wording is wanted' } });
    await deleteEntry(deps.drafts, tenant, EntryId.parse('ship'));
    expect((await release(deps, tenant)).status).toBe('live');
  });

  test('a compile that fails leaves the live release as it is and says why', async () => {
    const { deps } = knowledgeRig(table);
    const tenant = newTenant();
    await importFile(deps, tenant, FILE);
    const first = await release(deps, tenant);
    const { CuecardError } = await import('../../../lib/domain/error.ts');
    const failing = { ...deps, compile: () => Promise.reject(new CuecardError('invalid', 'it needs more than 1 MB')) };
    const failed = await release(failing, tenant);
    expect(failed).toMatchObject({ status: 'failed', error: 'it needs more than 1 MB' });
    expect((await deps.live.read(tenant))?.release).toBe(first.id);
  });

  test('a draft that moves while it is compiled is compiled again', async () => {
    const { deps } = knowledgeRig(table);
    const tenant = newTenant();
    await importFile(deps, tenant, FILE);
    let compiles = 0;
    const moving: KnowledgeDeps = {
      ...deps,
      compile: async (input, onProgress) => {
        compiles++;
        if (compiles === 1) await importFile(deps, tenant, 'id,question,answer\nlate,Am I late?,No\n');
        return deps.compile(input, onProgress);
      },
    };
    expect(await release(moving, tenant)).toMatchObject({ status: 'live', entries: 4 });
    expect(compiles).toBe(2);
    expect(await answers(deps, tenant, 'Am I late?')).toBe('late');
  });

  test('two at once: the later one is gated against the earlier, and exactly one is live', async () => {
    const { deps } = knowledgeRig(table);
    const tenant = newTenant();
    await importFile(deps, tenant, FILE);
    const released = await Promise.all([release(deps, tenant), release(deps, tenant), release(deps, tenant)]);
    const { items } = await listReleases(deps, tenant);
    expect(items.filter(({ status }) => status === 'live')).toHaveLength(1);
    expect(items.filter(({ status }) => status === 'superseded')).toHaveLength(2);
    const against = items.map(({ report }) => report?.against);
    expect(new Set(against).size).toBe(3);
    expect(released).toHaveLength(3);
  });

  test('killed after any call, live is the old or the new release, whole, and the retry goes live', async () => {
    for (let calls = 0, cut = true; cut; calls++) {
      const { deps, turnClock } = knowledgeRig(table);
      const tenant = newTenant();
      await importFile(deps, tenant, FILE);
      const first = await release(deps, tenant);
      await importFile(deps, tenant, 'id,question,answer\nopen,When are you open?,Always\n');
      const { id } = await createRelease(deps, tenant, { publish: true }, 'm');
      const dying = killedAfter(deps, calls);
      await runRelease(dying.deps, tenant, id).catch(() => undefined);
      cut = dying.killed();
      const between = await deps.live.read(tenant);
      expect([first.id, id], `cut after ${calls}`).toContain(between?.release);
      expect(await answers(deps, tenant, 'when will it ship')).toBe('ship');
      turnClock(HOLD_MS);
      await runRelease(deps, tenant, id);
      expect(await getRelease(deps, tenant, id), `cut after ${calls}`).toMatchObject({ status: 'live', entries: 4 });
      expect((await deps.live.read(tenant))?.history).toEqual([first.id, id]);
    }
  }, 60_000);

  test('a release cut off after it went live does not undo a rollback', async () => {
    const { deps, turnClock } = knowledgeRig(table);
    const tenant = newTenant();
    await importFile(deps, tenant, FILE);
    const first = await release(deps, tenant);
    await importFile(deps, tenant, 'id,question,answer\nopen,When are you open?,Always\n');
    const { id } = await createRelease(deps, tenant, { publish: true }, 'm');
    const mute = { ...deps, releases: { ...deps.releases, finish: () => Promise.reject(new Error('killed')) } };
    await runRelease(mute, tenant, id).catch(() => undefined);
    expect((await deps.live.read(tenant))?.release).toBe(id);
    await activateRelease(deps, tenant, first.id, 'm');
    turnClock(HOLD_MS);
    await runRelease(deps, tenant, id);
    expect((await deps.live.read(tenant))?.release).toBe(first.id);
    expect((await getRelease(deps, tenant, id)).status).toBe('superseded');
  });
});

test('a release expects the share of unanswerable questions that the tenant has set', async () => {
  const tenant = newTenant();
  const shares: number[] = [];
  const { deps: rig } = knowledgeRig(table);
  const withShare = (outOfScopeShare: number): KnowledgeDeps => ({
    ...rig,
    tenant: async () => ({
      id: tenant,
      name: 'Shop',
      languages: ['en'],
      packs: [],
      settings: { ...DEFAULT_SETTINGS, outOfScopeShare },
      createdAt: '2026-11-22T00:00:00.000Z',
      version: 1,
    }),
    compile: async (input, onProgress) => {
      shares.push(input.outOfScopeShare);
      return rig.compile(input, onProgress);
    },
  });
  await importFile(rig, tenant, FILE);
  await release(withShare(0.6), tenant);
  await release(rig, tenant);
  expect(shares).toEqual([0.6]);
});
