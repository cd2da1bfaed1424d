import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Table } from '../../../../lib/adapters/dynamodb/table.ts';
import { Entry } from '../../../../lib/domain/entry.ts';
import { EntryId, type TenantId } from '../../../../lib/domain/ids.ts';
import { DEFAULT_SETTINGS } from '../../../../lib/domain/tenant.ts';
import { HOLD_MS, type KnowledgeDeps } from '../../../../lib/knowledge/deps.ts';
import { deleteEntry, putEntry } from '../../../../lib/knowledge/draft.ts';
import { getImport, runImport } from '../../../../lib/knowledge/import.ts';
import { OUT_OF_SCOPE, type Pack } from '../../../../lib/knowledge/packs/pack.ts';
import { type PackRoomDeps, packRoom } from '../../../../lib/knowledge/packs/room.ts';
import { installPack } from '../../../../lib/knowledge/packs/update.ts';
import { createRelease, runRelease } from '../../../../lib/knowledge/release.ts';
import { startTable, type TestTable } from '../../../support/dynalite.ts';
import { killedAfter, knowledgeRig, newTenant } from '../../../support/knowledge-rig.ts';

let server: TestTable;
let table: Table;
beforeAll(async () => {
  server = await startTable();
  table = server.table;
}, 30_000);
afterAll(() => server.stop());

const id = (name: string) => EntryId.parse(name);
const entry = (name: string, fields: object = {}) => ({
  id: id(name),
  intent: `toy.${name}`,
  language: 'en' as const,
  question: `What about ${name}?`,
  similarQuestions: [`${name} how`, `and the ${name}`],
  answers: [{ text: `About ${name}: {{shop.${name}}}.` }],
  ...fields,
});

function pack(version: string, entries: object[], more: Partial<Pack> = {}): Pack {
  return {
    name: 'toys',
    version,
    languages: ['en'],
    phrases: { greet: { en: `Hello from ${version}` } },
    skills: { toy: `team-${version}` },
    facts: [],
    intents: [],
    entries: entries.map((one) => Entry.parse({ ...one, pack: `toys@${version}` })),
    golden: [{ text: 'nothing to do with toys', intent: OUT_OF_SCOPE }],
    ...more,
  };
}

const ask = (name: string) => ({
  name,
  category: 'toys',
  question: { en: `Say ${name}` },
  example: { en: 'soon' },
});
const V1 = pack(
  '1.0.0',
  ['post', 'back', 'size', 'gone'].map((name) => entry(name)),
  { facts: ['post', 'back'].map(ask) },
);
const V2 = pack(
  '1.1.0',
  [
    entry('post', {
      similarQuestions: ['post how', 'and the post', 'mailed yet'],
      answers: [{ text: 'The post: {{shop.post}}!' }],
    }),
    entry('back', { answers: [{ text: 'Back, by the pack: {{shop.back}}.' }] }),
    entry('size'),
    entry('fresh'),
  ],
  { facts: ['post', 'fresh'].map(ask) },
);

/** A tenant with the first version installed; `ship` brings a deployment with another one. */
async function shop(changes: Partial<KnowledgeDeps> = {}) {
  let shipped = V1;
  let facts: Record<string, string | null> = {};
  const { deps, turnClock } = knowledgeRig(table, {
    loadPack: async () => shipped,
    ...changes,
  });
  const tenant = newTenant();
  const record = () => ({
    id: tenant,
    name: 'Shop',
    languages: ['en' as const],
    packs: [],
    settings: {
      ...DEFAULT_SETTINGS,
      shopFacts: Object.fromEntries(
        Object.entries(facts).flatMap(([key, value]) => (value === null ? [] : [[key, value]])),
      ),
    },
    createdAt: '2026-11-22T00:00:00.000Z',
    version: 1,
  });
  const roomDeps: PackRoomDeps = {
    ...deps,
    packNames: async () => ['toys'],
    readTenant: async () => record(),
    setFacts: async (_, given) => {
      facts = { ...facts, ...(given as Record<string, string | null>) };
      return record();
    },
  };
  await installPack(deps, tenant, 'toys', 'm');
  const room = packRoom(roomDeps);
  const ship = (next: Pack) => {
    shipped = next;
  };
  const draft = async () => {
    const { generation } = await deps.drafts.head(tenant);
    return new Map((await deps.drafts.all(tenant, generation)).map((one) => [one.id as string, one]));
  };
  return { deps, roomDeps, room, tenant, ship, draft, turnClock };
}

/** The edits of a shop: one entry reworded, one conflicting, one deleted, one off, one of its own. */
async function work({ deps, tenant, room }: Pick<Awaited<ReturnType<typeof shop>>, 'deps' | 'tenant' | 'room'>) {
  await putEntry(deps.drafts, tenant, { ...V1.entries[0], similarQuestions: ['post how', 'our own words'] });
  await putEntry(deps.drafts, tenant, { ...V1.entries[1], answers: [{ text: 'Back, by us.' }] });
  await room.switch(tenant, id('size'), 'off', 'm');
  await putEntry(deps.drafts, tenant, entry('mine'));
}

async function finish(deps: KnowledgeDeps, tenant: TenantId, job: string) {
  await runImport(deps, tenant, job);
  return getImport(deps, tenant, job);
}

test('a list of packs says what is installed and what could be updated', async () => {
  const { room, tenant, ship } = await shop();
  expect((await room.list(tenant)).items).toMatchObject([{ name: 'toys', installed: { version: '1.0.0' } }]);
  expect((await room.list(tenant)).items[0]?.update).toBeUndefined();
  ship(V2);
  expect((await room.list(tenant)).items[0]).toMatchObject({ version: '1.1.0', update: '1.1.0' });
});

describe('an update', () => {
  test('a dry run says everything and writes nothing', async () => {
    const { room, tenant, ship, draft, deps } = await shop();
    await work({ deps, tenant, room });
    ship(V2);
    const before = await draft();
    const report = await room.preview(tenant, 'toys', { by: 'm' });
    expect(report).toMatchObject({ pack: 'toys', from: '1.0.0', to: '1.1.0', dryRun: true, unchanged: 1 });
    expect(report.added.map((one) => one.id)).toEqual(['fresh']);
    expect(report.removed.map((one) => one.id)).toEqual(['gone']);
    expect(report.merged).toMatchObject([
      {
        id: 'post',
        fields: [{ path: 'similarQuestions' }, { path: 'answers.0.text', after: 'The post: {{shop.post}}!' }],
      },
    ]);
    expect(report.conflicts).toMatchObject([
      {
        entryId: 'back',
        fields: [{ path: 'answers.0.text', theirs: 'Back, by the pack: {{shop.back}}.', mine: 'Back, by us.' }],
      },
    ]);
    expect(await draft()).toEqual(before);
  });

  test('asks where both changed, then merges; a second one has nothing to do', async () => {
    const { room, tenant, ship, draft, deps } = await shop();
    await work({ deps, tenant, room });
    await deleteEntry(deps.drafts, tenant, id('gone'));
    ship(V2);
    await expect(room.update(tenant, 'toys', { by: 'm' })).rejects.toMatchObject({
      kind: 'conflict',
      members: { conflicts: [{ entryId: 'back' }] },
      errors: [{ path: 'choices.back' }],
    });
    await expect(room.update(tenant, 'toys', { by: 'm', choices: { [id('bakc')]: 'mine' } })).rejects.toMatchObject({
      kind: 'invalid',
      errors: [{ path: 'choices.bakc' }],
    });
    const started = await room.update(tenant, 'toys', { by: 'm', choices: { [id('back')]: 'mine' } });
    expect(await finish(deps, tenant, started.id)).toMatchObject({
      kind: 'pack',
      status: 'done',
      added: 1,
      changed: 2,
      removed: 0,
    });
    const after = await draft();
    expect([...after.keys()].sort()).toEqual(['back', 'fresh', 'mine', 'post', 'size']);
    expect(after.get('post')).toMatchObject({
      pack: 'toys@1.1.0',
      similarQuestions: ['post how', 'mailed yet', 'our own words'],
      answers: [{ text: 'The post: {{shop.post}}!' }],
    });
    expect(after.get('back')?.answers[0]?.text).toBe('Back, by us.');
    expect(after.get('size')).toMatchObject({ off: true, pack: 'toys@1.1.0' });
    expect(after.get('mine')?.pack).toBeUndefined();
    expect(await room.report(tenant, started.id)).toMatchObject({
      dryRun: false,
      merged: [{ id: 'post' }, { id: 'back' }],
    });
    const again = await room.preview(tenant, 'toys', { by: 'm' });
    expect(again).toMatchObject({ added: [], updated: [], merged: [], removed: [], conflicts: [] });
    const audit = await deps.audit.page(tenant, 10);
    expect(audit.items.map(({ action, subject }) => [action, subject])).toContainEqual(['pack.updated', 'toys@1.1.0']);
  });

  test('takes the old version’s phrases, skills and facts away with it', async () => {
    const { room, tenant, ship, deps } = await shop();
    ship(V2);
    const names = async () => (await room.facts(tenant)).items.map(({ name }) => name);
    expect(await names()).toEqual(['post', 'back', 'gone', 'size']);
    const { id: job } = await room.update(tenant, 'toys', { by: 'm' });
    await runImport(deps, tenant, job);
    expect(await names()).toEqual(['post', 'fresh', 'back', 'size']);
    const release = await createRelease(deps, tenant, { publish: true }, 'm');
    await runRelease(deps, tenant, release.id);
    const live = await deps.live.read(tenant);
    const bytes = await deps.objects.get(live?.snapshotKey ?? '');
    const meta = new TextDecoder().decode(deps.open(bytes ?? new Uint8Array()).meta());
    expect(JSON.parse(meta)).toEqual({ phrases: V2.phrases, skills: V2.skills });
  });

  test('killed after any call, the retry ends where an update in one go ends', async () => {
    const wanted = await (async () => {
      const { room, tenant, ship, draft, deps } = await shop();
      await work({ deps, tenant, room });
      ship(V2);
      const { id: job } = await room.update(tenant, 'toys', { by: 'm', choices: { [id('back')]: 'theirs' } });
      await runImport(deps, tenant, job);
      return draft();
    })();
    for (let calls = 0, cut = true; cut; calls++) {
      const { room, tenant, ship, draft, deps, turnClock } = await shop();
      await work({ deps, tenant, room });
      ship(V2);
      const { id: job } = await room.update(tenant, 'toys', { by: 'm', choices: { [id('back')]: 'theirs' } });
      const dying = killedAfter(deps, calls);
      await runImport(dying.deps, tenant, job).catch(() => undefined);
      cut = dying.killed();
      turnClock(HOLD_MS);
      // A shop's edit between the two runs is merged into, not written over.
      const { generation } = await deps.drafts.head(tenant);
      const size = await deps.drafts.entry(tenant, generation, id('size'));
      await putEntry(deps.drafts, tenant, { ...size, note: 'seen' });
      expect(await finish(deps, tenant, job), `cut after ${calls}`).toMatchObject({
        status: 'done',
        added: 1,
        removed: 1,
      });
      const after = await draft();
      expect(after.get('size')?.note, `cut after ${calls}`).toBe('seen');
      after.set('size', wanted.get('size') ?? after.get('size') ?? Entry.parse(entry('size')));
      expect(after, `cut after ${calls}`).toEqual(wanted);
      expect((await deps.drafts.head(tenant)).writing).toEqual([]);
    }
  }, 120_000);

  test('an edit made while it is written is merged, not lost', async () => {
    const { room, tenant, ship, draft, deps } = await shop();
    ship(V2);
    const { id: job } = await room.update(tenant, 'toys', { by: 'm' });
    let edits = 0;
    const racing: KnowledgeDeps = {
      ...deps,
      drafts: {
        ...deps.drafts,
        swap: async (...args) => {
          if (args[2] === 'post' && edits++ === 0) {
            await putEntry(deps.drafts, tenant, { ...V1.entries[0], note: 'just now' });
          }
          return deps.drafts.swap(...args);
        },
      },
    };
    await runImport(racing, tenant, job);
    expect((await draft()).get('post')).toMatchObject({
      note: 'just now',
      answers: [{ text: 'The post: {{shop.post}}!' }],
    });
  });

  test('of what is not installed, or older than what is, there is none', async () => {
    const { room, tenant, ship, deps } = await shop();
    ship(pack('0.9.0', [entry('post')]));
    await expect(room.preview(tenant, 'toys', { by: 'm' })).rejects.toMatchObject({ kind: 'conflict' });
    await expect(
      packRoom({
        ...deps,
        packNames: async () => [],
        readTenant: async () => undefined,
        setFacts: async () => Promise.reject(),
      }).preview(newTenant(), 'toys', { by: 'm' }),
    ).rejects.toMatchObject({ kind: 'not_found' });
  });

  test('installing again puts back what is missing and leaves edits alone', async () => {
    const { room, tenant, draft, deps } = await shop();
    await work({ deps, tenant, room });
    await deleteEntry(deps.drafts, tenant, id('gone'));
    const { id: job } = await room.install(tenant, 'toys', 'm');
    expect(await finish(deps, tenant, job)).toMatchObject({ added: 1, changed: 0, removed: 0 });
    expect((await draft()).get('back')?.answers[0]?.text).toBe('Back, by us.');
  });
});

describe('the shop’s layer', () => {
  test('off is left out of a release, on is in it again', async () => {
    const { room, tenant, deps } = await shop();
    const entries = async () => {
      const { id: release } = await createRelease(deps, tenant, { publish: true }, 'm');
      await runRelease(deps, tenant, release);
      return (await deps.releases.read(tenant, release))?.job.entries;
    };
    expect((await room.switch(tenant, id('size'), 'off', 'ann')).off).toBe(true);
    expect(await entries()).toBe(3);
    const on = await room.switch(tenant, id('size'), 'on', 'ann');
    expect(on.off).toBeUndefined();
    expect(on.updatedBy).toBe('ann');
    expect(await entries()).toBe(4);
    await expect(room.switch(tenant, id('none'), 'off', 'ann')).rejects.toMatchObject({ kind: 'not_found' });
  });

  test('reset goes back to the pack’s words, of a deleted entry too; the shop’s own has none', async () => {
    const { room, tenant, deps, draft } = await shop();
    await work({ deps, tenant, room });
    await deleteEntry(deps.drafts, tenant, id('gone'));
    await room.reset(tenant, id('back'), 'm');
    await room.reset(tenant, id('gone'), 'm');
    const after = await draft();
    expect(after.get('back')).toEqual(V1.entries[1]);
    expect(after.get('gone')).toEqual(V1.entries[3]);
    await expect(room.reset(tenant, id('mine'), 'm')).rejects.toMatchObject({ kind: 'conflict' });
    await expect(room.reset(tenant, id('never'), 'm')).rejects.toMatchObject({ kind: 'not_found' });
  });
});

describe('shop facts', () => {
  test('say what each unlocks, and take what may be said', async () => {
    const { room, tenant, deps } = await shop();
    await putEntry(deps.drafts, tenant, entry('both', { answers: [{ text: '{{shop.post}} and {{shop.own_fact}}' }] }));
    const by = async () => new Map((await room.facts(tenant)).items.map((fact) => [fact.name, fact]));
    expect((await by()).get('post')).toMatchObject({ entries: 2, unlocks: 1, waiting: [{ entryId: 'post' }] });
    expect((await by()).get('own_fact')).toMatchObject({ category: 'own', entries: 1, unlocks: 0 });
    const { items } = await room.setFacts(tenant, { facts: { post: 'by noon' } });
    expect(items.find(({ name }) => name === 'post')).toMatchObject({ value: 'by noon', unlocks: 0, waiting: [] });
    expect((await by()).get('own_fact')).toMatchObject({ unlocks: 1, waiting: [{ entryId: 'both' }] });
    await room.switch(tenant, id('both'), 'off', 'm');
    expect((await by()).get('post')).toMatchObject({ entries: 1 });
    await room.setFacts(tenant, { facts: { post: null } });
    expect((await by()).get('post')?.value).toBeUndefined();
  });

  test('an unknown name is told with the nearest, and no value is empty, a slot or two lines', async () => {
    const { room, tenant } = await shop();
    const facts = { pots: 'x', back: ' ', post: '{{shop.back}}', size: { en: 'two\nlines' } };
    await expect(room.setFacts(tenant, { facts })).rejects.toMatchObject({
      kind: 'invalid',
      errors: [
        { path: 'facts.pots', message: expect.stringContaining('did you mean post?') },
        { path: 'facts.back', message: expect.stringContaining('empty') },
        { path: 'facts.post', message: expect.stringContaining('slot') },
        { path: 'facts.size.en', message: expect.stringContaining('one line') },
      ],
    });
  });
});
