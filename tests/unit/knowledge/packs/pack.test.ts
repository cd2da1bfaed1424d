import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { stringify } from 'yaml';
import type { Table } from '../../../../lib/adapters/dynamodb/table.ts';
import { EntryId } from '../../../../lib/domain/ids.ts';
import { SnapshotMeta } from '../../../../lib/domain/knowledge.ts';
import { deleteEntry, getEntry, putEntry } from '../../../../lib/knowledge/draft.ts';
import { listEntries } from '../../../../lib/knowledge/list-entries.ts';
import { lintPack } from '../../../../lib/knowledge/packs/lint.ts';
import { listPacks, loadPack, readPackFiles } from '../../../../lib/knowledge/packs/pack.ts';
import { installPack } from '../../../../lib/knowledge/packs/update.ts';
import { createRelease, getRelease, runRelease } from '../../../../lib/knowledge/release.ts';
import { startTable, type TestTable } from '../../../support/dynalite.ts';
import { knowledgeRig, newTenant } from '../../../support/knowledge-rig.ts';

const manifest = {
  name: 'toys',
  version: '1.0.0',
  languages: ['en'],
  phrases: { greet: { en: 'Hello' } },
  skills: { delivery: 'logistics' },
  facts: [{ name: 'dispatch', category: 'delivery', question: { en: 'How soon?' }, example: { en: 'soon' } }],
  intents: [
    { name: 'delivery.when', category: 'delivery', title: { en: 'When' } },
    { name: 'toy.safe', category: 'toys', title: { en: 'Safe' } },
  ],
};
const similar = (words: string) => Array.from({ length: 12 }, (_, index) => `${words} ${index}`);
const when = {
  id: 'when',
  intent: 'delivery.when',
  question: 'When is it sent?',
  similarQuestions: similar('sent when'),
  answers: [{ text: 'It is sent {{shop.dispatch}}.' }],
};
const safe = {
  id: 'safe',
  intent: 'toy.safe',
  question: 'Is it safe?',
  similarQuestions: similar('safe for age'),
  answers: [{ text: 'Yes, from three years on.' }],
};
const golden = [{ text: 'has it been posted, sent I mean', intent: 'delivery.when' }];

let root: string;
let server: TestTable;
let table: Table;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'cuecard-packs-'));
  server = await startTable();
  table = server.table;
}, 30_000);
afterAll(async () => {
  await rm(root, { recursive: true });
  await server.stop();
});

async function writePack(name: string, entries: unknown, more: { manifest?: object; golden?: unknown } = {}) {
  await mkdir(join(root, name, 'en'), { recursive: true });
  await writeFile(join(root, name, 'pack.yaml'), stringify({ ...manifest, name, ...more.manifest }));
  await writeFile(join(root, name, 'en', 'all.yaml'), stringify(entries));
  await writeFile(join(root, name, 'golden.en.yaml'), stringify(more.golden ?? golden));
  return join(root, name);
}

const lint = async (directory: string) =>
  lintPack(await readPackFiles(directory)).map(({ entry, message }) => `${entry ?? ''} ${message}`.trim());

describe('a pack', () => {
  test('is read with its tag, language and golden questions, and has no problem', async () => {
    const directory = await writePack('toys', [when, safe]);
    expect(await lint(directory)).toEqual([]);
    const pack = await loadPack(root, 'toys');
    expect(pack.entries[0]).toMatchObject({ id: 'when', language: 'en', pack: 'toys@1.0.0', policy: 'auto' });
    expect(pack.golden).toEqual([{ ...golden[0], language: 'en' }]);
    expect(await listPacks(root)).toContain('toys');
    await expect(loadPack(root, '../toys')).rejects.toMatchObject({ kind: 'not_found' });
    await expect(loadPack(root, 'absent')).rejects.toMatchObject({ kind: 'not_found' });
  });

  test('what is wrong with it is named', async () => {
    const directory = await writePack(
      'bad',
      [
        { ...when, similarQuestions: similar('x').slice(1) },
        { ...safe, intent: 'toy.unknown', answers: [{ text: 'Within 3 days, {{shop.nothing}}', when: 'moon = full' }] },
        { ...safe, answers: [{ text: 'It is guaranteed, {{what.ever}}' }] },
        { id: 'shapeless', question: 'No answers' },
      ],
      {
        golden: [
          { text: 'is it SAFE', intent: 'toy.gone' },
          { text: 'weather?', intent: 'none' },
        ],
      },
    );
    const problems = await lint(directory);
    for (const wanted of [
      /^shapeless .*answers/,
      /^when has 11 similar questions/,
      /^safe intent toy.unknown/,
      /^safe shop fact nothing/,
      /^safe condition: .*moon/,
      /^safe promises "3 days"/,
      /^safe promises "guaranteed"/,
      /^safe unknown slot {{what.ever}}/,
      /^safe another entry has this id/,
      /no entry has the intent toy.gone/,
      /is an authored question of safe/,
    ]) {
      expect(problems).toEqual(expect.arrayContaining([expect.stringMatching(wanted)]));
    }
    expect(problems.some((problem) => problem.includes('weather'))).toBe(false);
    await expect(loadPack(root, 'bad')).rejects.toMatchObject({ kind: 'invalid' });
  });

  test('broken YAML is a problem of its file, not a crash', async () => {
    const directory = await writePack('broken', [when]);
    await writeFile(join(directory, 'en', 'zz.yaml'), '- id: [');
    expect((await readPackFiles(directory)).problems).toMatchObject([{ file: 'en/zz.yaml' }]);
    await cp(directory, join(root, 'worse'), { recursive: true });
    await writeFile(join(root, 'worse', 'pack.yaml'), 'name: {');
    expect((await readPackFiles(join(root, 'worse'))).manifest).toBeUndefined();
  });
});

test('installed and released: its questions gate, its phrases travel; what the shop wrote itself stays', async () => {
  await writePack('toys', [when, safe]);
  const { deps } = knowledgeRig(table, { loadPack: (name) => loadPack(root, name) });
  const tenant = newTenant();
  const own = { ...safe, answers: [{ text: 'Ours is.' }] };
  await putEntry(deps.drafts, tenant, own);
  expect(await installPack(deps, tenant, 'toys', 'm')).toMatchObject({
    kind: 'pack',
    added: 1,
    changed: 0,
    unchanged: 1,
  });
  expect((await getEntry(deps.drafts, tenant, EntryId.parse('safe'))).answers[0]?.text).toBe('Ours is.');
  const { id } = await createRelease(deps, tenant, { publish: true }, 'm');
  await runRelease(deps, tenant, id);
  expect(await getRelease(deps, tenant, id)).toMatchObject({ status: 'live', report: { goldenTotal: 2 } });
  const live = await deps.live.read(tenant);
  const bytes = await deps.objects.get(live?.snapshotKey ?? '');
  if (bytes === undefined) throw new Error('the live snapshot is there');
  const meta = SnapshotMeta.parse(JSON.parse(new TextDecoder().decode(deps.open(bytes).meta())));
  expect(meta).toEqual({ phrases: manifest.phrases, skills: manifest.skills });

  await writePack('toys', [{ ...when, answers: [{ text: 'Sent {{shop.dispatch}}!' }] }], {
    manifest: { version: '1.1.0' },
  });
  expect(await installPack(deps, tenant, 'toys', 'm')).toMatchObject({ added: 0, changed: 1 });
  expect((await getEntry(deps.drafts, tenant, EntryId.parse('when'))).pack).toBe('toys@1.1.0');
  await deleteEntry(deps.drafts, tenant, EntryId.parse('when'));
  // A tag that came with an entry from outside names no pack, and no key either.
  await putEntry(deps.drafts, tenant, {
    ...own,
    id: 'odd',
    question: 'Odd?',
    similarQuestions: [],
    pack: '../../other@1.0.0',
  });
  await putEntry(deps.drafts, tenant, {
    ...own,
    id: 'even',
    question: 'Even?',
    similarQuestions: [],
    pack: 'unheard-of@1.0.0',
  });
  const again = await createRelease(deps, tenant, { publish: true }, 'm');
  await runRelease(deps, tenant, again.id);
  expect(await getRelease(deps, tenant, again.id)).toMatchObject({ status: 'live', entries: 3 });
  expect((await listEntries(deps, tenant, {})).items).toHaveLength(3);
});

test('the packs that ship have no problem', async () => {
  for (const name of await listPacks('knowledge')) expect(await lint(join('knowledge', name)), name).toEqual([]);
});
