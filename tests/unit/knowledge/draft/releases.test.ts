import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Table } from '../../../../lib/adapters/dynamodb/table.ts';
import { EntryId, type TenantId } from '../../../../lib/domain/ids.ts';
import type { Release, ReleaseRequest } from '../../../../lib/domain/release.ts';
import { DEFAULT_SETTINGS, type Settings } from '../../../../lib/domain/tenant.ts';
import type { KnowledgeDeps } from '../../../../lib/knowledge/deps.ts';
import { deleteEntry, getEntry, putEntry } from '../../../../lib/knowledge/draft.ts';
import { startImport } from '../../../../lib/knowledge/import.ts';
import { listEntries } from '../../../../lib/knowledge/list-entries.ts';
import { activateRelease, createRelease, getRelease, runRelease } from '../../../../lib/knowledge/release.ts';
import { listAudit } from '../../../../lib/knowledge/releases/audit.ts';
import { collect, runCollect, STANDING, tidyAfter } from '../../../../lib/knowledge/releases/collect.ts';
import { knowledgeDiff } from '../../../../lib/knowledge/releases/knowledge-diff.ts';
import { startTable, type TestTable } from '../../../support/dynalite.ts';
import { knowledgeRig, newTenant } from '../../../support/knowledge-rig.ts';

let server: TestTable;
let table: Table;
beforeAll(async () => {
  server = await startTable();
  table = server.table;
}, 30_000);
afterAll(() => server.stop());

const DAY_MS = 86_400_000;
const PAY = EntryId.parse('pay');

const entry = (id: string, question: string, text: string, similarQuestions: string[] = []) => ({
  id,
  intent: id,
  question,
  similarQuestions,
  answers: [{ text }],
});
const FAQ = [
  entry('pay', 'How can I pay?', 'By card.', ['payment methods', 'which cards do you take']),
  entry('ship', 'When will it ship?', 'Within a day.', ['when do you send it', 'is it on its way']),
  entry('back', 'How do I return it?', 'By post.', ['send it back', 'return an item']),
];

const withSettings = (settings: Partial<Settings>) => ({
  tenant: async (id: TenantId) => ({
    id,
    name: 'Shop',
    languages: ['en' as const],
    packs: [],
    settings: { ...DEFAULT_SETTINGS, ...settings },
    createdAt: '2026-11-22T00:00:00.000Z',
    version: 1,
  }),
});

/** A shop with three entries, nothing live. */
async function shop(changes: Partial<KnowledgeDeps> = {}) {
  const rig = knowledgeRig(table, changes);
  const tenant = newTenant();
  for (const one of FAQ) await putEntry(rig.deps.drafts, tenant, one);
  return { ...rig, tenant };
}

async function release(deps: KnowledgeDeps, tenant: TenantId, request: Partial<ReleaseRequest> = {}) {
  const { id } = await createRelease(deps, tenant, { publish: true, ...request }, 'ann');
  await runRelease(deps, tenant, id);
  return getRelease(deps, tenant, id);
}

async function liveText(deps: KnowledgeDeps, tenant: TenantId, question: string): Promise<string | undefined> {
  const live = await deps.live.read(tenant);
  const bytes = live?.snapshotKey === undefined ? undefined : await deps.objects.get(live.snapshotKey);
  if (bytes === undefined) return undefined;
  const engine = deps.open(bytes);
  const [best] = engine.classify(question).candidates;
  return best === undefined
    ? undefined
    : JSON.parse(new TextDecoder().decode(engine.payload(best.index))).answers[0].text;
}

describe('two people edit one entry', () => {
  test('the second gets both versions and nothing is overwritten', async () => {
    const { deps, tenant } = await shop();
    const seen = await getEntry(deps.drafts, tenant, PAY);
    const edit = (text: string, by: string) =>
      putEntry(deps.drafts, tenant, { ...seen, answers: [{ text }] }, { revision: seen.revision, by, at: 1_000 });
    const first = await edit('In cash.', 'ann');
    expect(first).toMatchObject({ answers: [{ text: 'In cash.' }], updatedBy: 'ann' });
    expect(first.revision).not.toBe(seen.revision);
    await expect(edit('By cheque.', 'bob')).rejects.toMatchObject({
      kind: 'conflict',
      members: {
        current: { answers: [{ text: 'In cash.' }], revision: first.revision, updatedBy: 'ann' },
        yours: { answers: [{ text: 'By cheque.' }] },
      },
    });
    expect((await getEntry(deps.drafts, tenant, PAY)).answers[0]?.text).toBe('In cash.');
    await putEntry(deps.drafts, tenant, { ...seen, answers: [{ text: 'Either.' }] });
    expect((await getEntry(deps.drafts, tenant, PAY)).answers[0]?.text).toBe('Either.');
  });

  test('an edit that leaves the pack out leaves the entry the pack’s', async () => {
    const { deps } = knowledgeRig(table);
    const tenant = newTenant();
    const entry = { id: 'a', intent: 'a', question: 'Why?', answers: [{ text: 'So.' }] };
    await putEntry(deps.drafts, tenant, { ...entry, pack: 'ecommerce@1.0.0' });
    const edited = await putEntry(deps.drafts, tenant, { ...entry, question: 'Why not?' });
    expect(edited).toMatchObject({ question: 'Why not?', pack: 'ecommerce@1.0.0' });
  });

  test('so does who edits what is gone, makes anew what is there, or sends the same edit twice', async () => {
    const { deps, tenant } = await shop();
    const seen = await getEntry(deps.drafts, tenant, PAY);
    const next = { ...seen, note: 'checked' };
    const first = await putEntry(deps.drafts, tenant, next, { revision: seen.revision });
    await expect(putEntry(deps.drafts, tenant, next, { revision: seen.revision })).rejects.toMatchObject({
      members: { current: { revision: first.revision, note: 'checked' }, yours: { note: 'checked' } },
    });
    const stale = { revision: seen.revision };
    await expect(deleteEntry(deps.drafts, tenant, PAY, stale)).rejects.toMatchObject({ kind: 'conflict' });
    await deleteEntry(deps.drafts, tenant, PAY, { revision: first.revision });
    await expect(
      putEntry(deps.drafts, tenant, { ...next, note: 'again' }, { revision: first.revision }),
    ).rejects.toMatchObject({
      kind: 'conflict',
      members: { current: null },
    });
    await putEntry(deps.drafts, tenant, seen, { revision: null });
    await expect(putEntry(deps.drafts, tenant, next, { revision: null })).rejects.toMatchObject({ kind: 'conflict' });
  });
});

test('a list is narrowed by what entries are, and pages on', async () => {
  const { deps, tenant } = await shop(withSettings({ shopFacts: { carrier: 'SF', hours: '' } }));
  const more = [
    { ...entry('old', 'Old?', 'x'), answers: [{ text: 'x', validUntil: '2026-01-01T00:00:00Z' }], category: 'sale' },
    { ...entry('soon', 'Soon?', 'x'), answers: [{ text: 'x', validFrom: '2027-01-01T00:00:00Z' }], policy: 'human' },
    { ...entry('off', 'Off?', 'By {{shop.carrier}}.'), off: true, pack: 'ecommerce@1.0.0', language: 'en' },
    { ...entry('shop.hours', 'Open?', 'From {{shop.hours}} by {{shop.carrier}}.'), intent: 'shop.hours' },
    { ...entry('piece', 'A piece?', 'x'), passage: { article: 'Care', path: ['Wash'] } },
  ];
  for (const one of more) await putEntry(deps.drafts, tenant, one);
  const ids = async (filter: Parameters<typeof listEntries>[2]) =>
    (await listEntries(deps, tenant, filter)).items.map(({ id }) => id);
  expect(await ids({ state: 'expired' })).toEqual(['old']);
  expect(await ids({ state: 'scheduled' })).toEqual(['soon']);
  expect(await ids({ state: 'off' })).toEqual(['off']);
  expect(await ids({ state: 'locked' })).toEqual(['shop.hours']);
  expect(await ids({ state: 'unlocked' })).toEqual(['off']);
  expect(await ids({ state: 'passage' })).toEqual(['piece']);
  expect(await ids({ category: 'sale' })).toEqual(['old']);
  expect(await ids({ policy: 'human' })).toEqual(['soon']);
  expect(await ids({ intent: 'shop' })).toEqual(['shop.hours']);
  expect(await ids({ pack: 'ecommerce', language: 'en' })).toEqual(['off']);
  expect(await ids({ pack: 'none', q: 'send it' })).toEqual(['back', 'ship']);
  const first = await listEntries(deps, tenant, { pack: 'none', limit: 3 });
  const second = await listEntries(deps, tenant, { pack: 'none', limit: 200, cursor: first.cursor });
  expect([...first.items, ...second.items].map(({ id }) => id)).toEqual(await ids({ pack: 'none' }));
  expect(second.cursor).toBeUndefined();
});

describe('what a change will do', () => {
  test('is said of draft, live and releases, page by page', async () => {
    const { deps, tenant } = await shop();
    expect(await knowledgeDiff(deps, tenant, {})).toMatchObject({ from: 'rel_0', to: 'draft', added: 3, changed: 0 });
    const first = await release(deps, tenant);
    expect(first.changed).toEqual({ added: 3, changed: 0, removed: 0 });
    expect(await knowledgeDiff(deps, tenant, {})).toMatchObject({ from: first.id, items: [], added: 0 });
    await putEntry(deps.drafts, tenant, entry('open', 'When are you open?', 'Always.'));
    await putEntry(deps.drafts, tenant, entry('pay', 'How can I pay?', 'In cash.', ['payment methods']));
    await deleteEntry(deps.drafts, tenant, EntryId.parse('back'));
    const ready = await release(deps, tenant, { publish: false, note: 'cash from now on' });
    expect(ready).toMatchObject({
      status: 'ready',
      note: 'cash from now on',
      changed: { added: 1, changed: 1, removed: 1 },
    });
    const diff = await knowledgeDiff(deps, tenant, { from: 'live', to: ready.id, limit: 2 });
    expect(diff).toMatchObject({ to: ready.id, added: 1, changed: 1, removed: 1, cursor: 'open' });
    expect(diff.items.map(({ id, kind }) => [id, kind])).toEqual([
      ['back', 'removed'],
      ['open', 'added'],
    ]);
    const rest = await knowledgeDiff(deps, tenant, { to: ready.id, cursor: diff.cursor });
    expect(rest.cursor).toBeUndefined();
    expect(rest.items).toEqual([
      {
        id: 'pay',
        kind: 'changed',
        question: 'How can I pay?',
        fields: [
          { path: 'similarQuestions.1', before: 'which cards do you take' },
          { path: 'answers.0.text', before: 'By card.', after: 'In cash.' },
        ],
      },
    ]);
    await expect(knowledgeDiff(deps, tenant, { to: 'rel_none' as typeof ready.id })).rejects.toMatchObject({
      kind: 'not_found',
    });
  });

  test('an entry that is switched off stays in the draft and leaves the next release', async () => {
    const { deps, tenant } = await shop();
    await release(deps, tenant);
    await putEntry(deps.drafts, tenant, { ...(await getEntry(deps.drafts, tenant, PAY)), off: true });
    expect(await knowledgeDiff(deps, tenant, {})).toMatchObject({
      removed: 1,
      items: [{ id: 'pay', kind: 'removed' }],
    });
    expect(await release(deps, tenant)).toMatchObject({ status: 'live', entries: 2 });
    expect((await getEntry(deps.drafts, tenant, PAY)).off).toBe(true);
  });
});

describe('a freeze window', () => {
  const freezes = [{ from: '2026-11-01T00:00:00Z', until: '2026-11-02T00:00:00Z', reason: 'the sale' }];

  test('lets nothing go live without a reason, and the log keeps the reason', async () => {
    const { deps, tenant, turnClock } = await shop(withSettings({ freezes }));
    await expect(createRelease(deps, tenant, { publish: true }, 'ann')).rejects.toMatchObject({
      kind: 'conflict',
      message: expect.stringMatching(/2026-11-01.*2026-11-02.*the sale/),
    });
    const ready = await release(deps, tenant, { publish: false });
    expect(ready.status).toBe('ready');
    await expect(activateRelease(deps, tenant, ready.id, 'ann')).rejects.toMatchObject({ kind: 'conflict' });
    expect(await deps.live.read(tenant)).toBeUndefined();
    const override = { reason: 'the price was wrong' };
    expect((await activateRelease(deps, tenant, ready.id, 'bob', override)).status).toBe('live');
    const { items } = await listAudit(deps, tenant, {});
    expect(items.map(({ by, action, subject }) => [by, action, subject])).toEqual([
      ['bob', 'release.activated', ready.id],
      ['ann', 'release.created', ready.id],
    ]);
    expect(items[0]?.detail).toContain('the price was wrong');
    turnClock(2 * DAY_MS);
    expect((await release(deps, tenant)).status).toBe('live');
  });

  test('that opens while a release is made stops it; when it closes the release may go live', async () => {
    const { deps, tenant, turnClock } = await shop();
    const { id } = await createRelease(deps, tenant, { publish: true }, 'ann');
    const frozen = { ...deps, ...withSettings({ freezes }) };
    await runRelease(frozen, tenant, id);
    expect(await getRelease(deps, tenant, id)).toMatchObject({
      status: 'blocked',
      report: { blockers: [{ kind: 'freeze' }] },
    });
    await expect(activateRelease(frozen, tenant, id, 'ann')).rejects.toMatchObject({ kind: 'conflict' });
    turnClock(2 * DAY_MS);
    expect((await activateRelease(frozen, tenant, id, 'ann')).status).toBe('live');
  });
});

describe('the log of decisions', () => {
  test('tells roll-backs from releases, newest first, page by page, and a repeated event once', async () => {
    const { deps, tenant } = await shop();
    const first = await release(deps, tenant);
    const second = await release(deps, tenant, { note: 'again' });
    await activateRelease(deps, tenant, first.id, 'bob');
    await activateRelease(deps, tenant, first.id, 'bob');
    const one = await listAudit(deps, tenant, { limit: 3 });
    const two = await listAudit(deps, tenant, { limit: 3, cursor: one.cursor });
    expect([...one.items, ...two.items].map(({ action, subject }) => [action, subject])).toEqual([
      ['release.rolled_back', first.id],
      ['release.activated', second.id],
      ['release.created', second.id],
      ['release.activated', first.id],
      ['release.created', first.id],
    ]);
    expect(one.items[2]?.detail).toContain('again');
    const seen = async (wish: Parameters<typeof listAudit>[2]) =>
      (await listAudit(deps, tenant, wish)).items.map(({ action, subject }) => [action, subject]);
    expect(await seen({ person: 'bob' })).toEqual([['release.rolled_back', first.id]]);
    expect(await seen({ action: 'release.activated', subject: first.id })).toEqual([['release.activated', first.id]]);
    expect(await seen({ action: 'release' })).toHaveLength(5);
    expect(await seen({ action: 'rel' })).toEqual([]);
    const at = one.items[0]?.at ?? '';
    expect(await seen({ from: at.replace('Z', '+00:00') })).toContainEqual(['release.rolled_back', first.id]);
    expect(await seen({ until: two.items.at(-1)?.at })).toEqual([]);
    const narrowed = await listAudit(deps, tenant, { action: 'release.created', limit: 1 });
    const next = await listAudit(deps, tenant, { action: 'release.created', limit: 1, cursor: narrowed.cursor });
    expect([...narrowed.items, ...next.items].map(({ subject }) => subject)).toEqual([second.id, first.id]);
  });
});

describe('an urgent notice', () => {
  test('takes one entry of the draft and leaves the rest; changed answers keep the model', async () => {
    const { deps, tenant } = await shop();
    const first = await release(deps, tenant);
    await putEntry(deps.drafts, tenant, { ...FAQ[0], answers: [{ text: 'Cards are down: by transfer.' }] });
    await putEntry(deps.drafts, tenant, { ...FAQ[1], answers: [{ text: 'Not yet to be seen.' }] });
    let trained = 0;
    const counting: KnowledgeDeps = {
      ...deps,
      compile: (input, onProgress) =>
        deps.compile(input, (...stage) => {
          if (stage[0] === 'train') trained++;
          onProgress(...stage);
        }),
    };
    const urgent = await release(counting, tenant, { urgent: { entryId: PAY } });
    expect(urgent).toMatchObject({
      status: 'live',
      urgent: { entryId: 'pay' },
      changed: { added: 0, changed: 1, removed: 0 },
      report: { against: first.id, reused: ['model', 'calibration'] },
    });
    expect(trained).toBe(0);
    expect(await liveText(deps, tenant, 'which cards do you take')).toBe('Cards are down: by transfer.');
    expect(await liveText(deps, tenant, 'is it on its way')).toBe('Within a day.');
  });

  test('a new entry is learnt beside what is live, with the confidence that was; one that is gone leaves', async () => {
    const { deps, tenant } = await shop();
    await release(deps, tenant);
    await putEntry(
      deps.drafts,
      tenant,
      entry('closed', 'Are you closed today?', 'Yes, the warehouse is.', ['warehouse closed']),
    );
    await deleteEntry(deps.drafts, tenant, EntryId.parse('back'));
    const urgent = await release(deps, tenant, { urgent: { entryId: EntryId.parse('closed') } });
    expect(urgent).toMatchObject({
      status: 'live',
      entries: 4,
      changed: { added: 1, changed: 0, removed: 0 },
      report: { reused: ['calibration'] },
    });
    expect(await liveText(deps, tenant, 'is the warehouse closed')).toBe('Yes, the warehouse is.');
    expect(await liveText(deps, tenant, 'How do I return it?')).toBe('By post.');
    const gone = await release(deps, tenant, { urgent: { entryId: EntryId.parse('back') } });
    expect(gone).toMatchObject({ status: 'live', entries: 3, changed: { added: 0, changed: 0, removed: 1 } });
  });

  test('needs something live, and an entry', async () => {
    const { deps, tenant } = await shop();
    expect(await release(deps, tenant, { urgent: { entryId: PAY } })).toMatchObject({
      status: 'failed',
      error: expect.stringContaining('nothing is live'),
    });
    await release(deps, tenant);
    const unknown = { urgent: { entryId: EntryId.parse('nobody') } };
    expect(await release(deps, tenant, unknown)).toMatchObject({
      status: 'failed',
      error: expect.stringContaining('nobody'),
    });
  });

  test('is made again from what is live by then when another release was quicker', async () => {
    const { deps, tenant } = await shop();
    await release(deps, tenant);
    await putEntry(deps.drafts, tenant, { ...FAQ[0], answers: [{ text: 'By transfer.' }] });
    await putEntry(deps.drafts, tenant, { ...FAQ[1], answers: [{ text: 'In two days.' }] });
    let others = 0;
    const raced: KnowledgeDeps = {
      ...deps,
      compile: async (input, onProgress) => {
        if (others++ === 0) await release(deps, tenant);
        return deps.compile(input, onProgress);
      },
    };
    expect((await release(raced, tenant, { urgent: { entryId: PAY } })).status).toBe('live');
    expect(await liveText(deps, tenant, 'When will it ship?')).toBe('In two days.');
    expect(await liveText(deps, tenant, 'How can I pay?')).toBe('By transfer.');
  });
});

describe('what nothing refers to any more', () => {
  const snapshots = (objects: Map<string, Uint8Array>) =>
    [...objects.keys()].filter((key) => key.startsWith('snapshots/'));

  test('goes; the live release, the one before it and the newest keep their snapshots; collected ones say so', async () => {
    const { deps, tenant, objects, turnClock } = await shop(withSettings({ keepReleases: 2 }));
    const made: Release[] = [];
    for (let count = 0; count < 6; count++) {
      await putEntry(deps.drafts, tenant, { ...FAQ[0], answers: [{ text: `Answer ${count}.` }] });
      made.push(await release(deps, tenant));
    }
    await activateRelease(deps, tenant, made[1]?.id ?? '', 'ann');
    await collect(deps, tenant);
    expect(snapshots(objects)).toHaveLength(6);
    turnClock(2 * DAY_MS);
    await collect(deps, tenant);
    // Live is 1 and before it 5; the two newest of the others are 4 and 3.
    expect(snapshots(objects).sort()).toEqual([1, 3, 4, 5].map((at) => made[at]?.snapshotKey ?? '').sort());
    const refused = activateRelease(deps, tenant, made[0]?.id ?? '', 'ann');
    await expect(refused).rejects.toMatchObject({ kind: 'conflict', message: expect.stringContaining('cleared away') });
    expect((await activateRelease(deps, tenant, made[3]?.id ?? '', 'ann')).status).toBe('live');
  });

  test('a snapshot that two releases share stays as long as one of them is kept', async () => {
    const { deps, tenant, objects, turnClock } = await shop(withSettings({ keepReleases: 1 }));
    const first = await release(deps, tenant);
    for (let count = 0; count < 4; count++) {
      await putEntry(deps.drafts, tenant, { ...FAQ[0], answers: [{ text: `Answer ${count}.` }] });
      await release(deps, tenant);
    }
    await collect(deps, tenant);
    await putEntry(deps.drafts, tenant, FAQ[0]);
    turnClock(2 * DAY_MS);
    const same = await release(deps, tenant);
    expect(same.snapshotKey).toBe(first.snapshotKey);
    await collect(deps, tenant);
    expect(objects.has(first.snapshotKey ?? '')).toBe(true);
    expect((await getRelease(deps, tenant, first.id)).collectedAt).toBeDefined();
    expect(await liveText(deps, tenant, 'How can I pay?')).toBe('By card.');
  });

  test('uploads, half-written objects, old catalogues and reports go with their time; young ones stay', async () => {
    const { deps, tenant, objects, turnClock } = await shop();
    const live = await release(deps, tenant);
    const put = (key: string) => deps.objects.put(key, new Uint8Array(1));
    const idle = ['uploads', 'catalogs', 'snapshots', 'verdicts', 'reports', 'golden'].map(
      (kind) => `${kind}/${tenant}/idle`,
    );
    for (const key of [...idle, `uploads/other/idle`]) await put(key);
    await collect(deps, tenant);
    expect(idle.filter((key) => objects.has(key))).toEqual(idle);
    turnClock(3 * DAY_MS);
    await put(`uploads/${tenant}/young`);
    await collect(deps, tenant);
    expect(idle.filter((key) => objects.has(key))).toEqual([]);
    expect(
      [`uploads/${tenant}/young`, 'uploads/other/idle', live.snapshotKey ?? ''].every((key) => objects.has(key)),
    ).toBe(true);
  });

  test('the standing job is made once, comes back every day, and is done by one at a time', async () => {
    const { deps, tenant, objects, turnClock } = await shop();
    await Promise.all([tidyAfter(deps, tenant, 'import'), tidyAfter(deps, tenant, 'release')]);
    await deps.objects.put(`uploads/${tenant}/idle`, new Uint8Array(1));
    turnClock(3 * DAY_MS);
    await Promise.all([runCollect(deps, tenant, STANDING), runCollect(deps, tenant, STANDING)]);
    expect((await deps.collections.read(tenant, STANDING))?.job).toMatchObject({ removed: 1 });
    expect([...objects.keys()].filter((key) => key.startsWith('uploads/'))).toEqual([]);
    turnClock(2 * DAY_MS);
    await runCollect(deps, tenant, STANDING);
    expect((await deps.collections.read(tenant, STANDING))?.attempt).toBe(2);
  });

  test('entries that an edit left in a generation of the past go', async () => {
    const { deps, tenant } = await shop();
    await deps.drafts.write(tenant, 'g_imp_gone', { puts: [] });
    const head = await deps.drafts.head(tenant);
    await deps.drafts.putHead(tenant, { ...head, generation: 'g_imp_now' }, head.version);
    expect(await deps.drafts.all(tenant, 'g0')).toHaveLength(3);
    await collect(deps, tenant);
    expect(await deps.drafts.all(tenant, 'g0')).toEqual([]);
  });
});

test('a release that failed cannot go live, though its snapshot is stored and nothing was live before', async () => {
  const { deps, tenant } = await shop();
  const { id } = await release(deps, tenant, { publish: false });
  const held = await deps.releases.read(tenant, id);
  if (held === undefined) throw new Error('no release');
  await deps.releases.finish(tenant, id, {
    ...held,
    job: { ...held.job, status: 'failed', error: 'the store stood still' },
  });
  const activated = activateRelease(deps, tenant, id, 'mia', { reason: 'now' });
  await expect(activated).rejects.toMatchObject({ kind: 'conflict', message: expect.stringContaining('stood still') });
  expect(await deps.live.read(tenant)).toBeUndefined();
});

test('a mapping whose header is called constructor is kept as it came', async () => {
  const { deps, tenant } = await shop();
  const { job } = (await deps.imports.read(tenant, await importWith(deps, tenant, { constructor: 'answer' }))) ?? {};
  expect(Object.entries(job?.asked?.mapping ?? {})).toEqual([['constructor', 'answer']]);
});

async function importWith(deps: KnowledgeDeps, tenant: TenantId, mapping: Record<string, string>): Promise<string> {
  const request = { format: 'csv', mode: 'merge', dryRun: true, by: 'mia', mapping } as const;
  const { id } = await startImport(deps, tenant, request, new TextEncoder().encode('question,constructor\nhow,so\n'));
  return id;
}
