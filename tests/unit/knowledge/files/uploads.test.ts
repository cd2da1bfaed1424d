import { afterAll, beforeAll, expect, test } from 'vitest';
import { getImport, getRejected, listImports, runImport, startImport } from '../../../../lib/knowledge/import.ts';
import { startUploaded } from '../../../../lib/knowledge/uploads.ts';
import { startTable, type TestTable } from '../../../support/dynalite.ts';
import { knowledgeRig, newTenant } from '../../../support/knowledge-rig.ts';

let server: TestTable;
beforeAll(async () => {
  server = await startTable();
}, 60_000);
afterAll(() => server.stop());

const REQUEST = { format: 'auto', mode: 'merge', dryRun: false, by: 'manager' } as const;
const NOTHING = new Uint8Array(0);

test('an import waits for its file, is started once, and reads it with what was asked', async () => {
  const { deps } = knowledgeRig(server.table);
  const tenant = newTenant();
  const asked = {
    ...REQUEST,
    upload: true,
    mapping: { Frage: 'question', Antwort: 'answer' },
    language: 'en',
  } as const;
  const { id, status, upload } = await startImport(deps, tenant, asked, NOTHING);
  expect(status).toBe('waiting');
  expect(upload).toMatchObject({ maxBytes: 20 * 1024 * 1024, fields: { key: `uploads/${tenant}/${id}/file` } });

  await expect(startUploaded(deps, tenant, id)).rejects.toMatchObject({ kind: 'conflict' });
  await deps.objects.put(upload?.fields['key'] ?? '', Buffer.from('Frage,Antwort\na?,1\n=b?,\n'));
  expect(await startUploaded(deps, tenant, id)).toEqual({ id, status: 'queued' });
  await runImport(deps, tenant, id);
  expect(await startUploaded(deps, tenant, id)).toEqual({ id, status: 'done' });
  expect(await getImport(deps, tenant, id)).toMatchObject({ added: 1, rejectedTotal: 1, detected: 'csv' });
  const { generation } = await deps.drafts.head(tenant);
  expect(await deps.drafts.all(tenant, generation)).toMatchObject([{ question: 'a?', language: 'en' }]);
  expect(await getRejected(deps, tenant, id)).toMatch(/^\uFEFFsheet,row,column,value,reason,fix\r\n,3,/);
});

test('an import whose file never comes fails in words, and no later start revives it', async () => {
  const { deps, turnClock } = knowledgeRig(server.table);
  const tenant = newTenant();
  const { id } = await startImport(deps, tenant, { ...REQUEST, upload: true }, NOTHING);
  turnClock(16 * 60_000);
  await expect(startUploaded(deps, tenant, id)).rejects.toMatchObject({ kind: 'conflict' });
  await runImport(deps, tenant, id);
  expect(await getImport(deps, tenant, id)).toMatchObject({ status: 'failed', error: /did not arrive/ });
  expect(await startUploaded(deps, tenant, id)).toEqual({ id, status: 'failed' });
});

test('two starts at once are one', async () => {
  const { deps } = knowledgeRig(server.table);
  const tenant = newTenant();
  const { id, upload } = await startImport(deps, tenant, { ...REQUEST, upload: true }, NOTHING);
  await deps.objects.put(upload?.fields['key'] ?? '', Buffer.from('question,answer\na?,1\n'));
  await Promise.all([startUploaded(deps, tenant, id), startUploaded(deps, tenant, id)]);
  await runImport(deps, tenant, id);
  expect(await getImport(deps, tenant, id)).toMatchObject({ status: 'done', added: 1 });
});

test('a file larger than is read is refused before it is sent', async () => {
  const { deps } = knowledgeRig(server.table);
  const large = { ...REQUEST, upload: true, bytes: 21 * 1024 * 1024 };
  await expect(startImport(deps, newTenant(), large, NOTHING)).rejects.toMatchObject({ kind: 'too_large' });
});

test('imports are listed newest first, a catalogue’s are not among them', async () => {
  const { deps } = knowledgeRig(server.table, {
    newId: (prefix) => `${prefix}${String(deps.now()).padStart(16, '0')}`,
  });
  const tenant = newTenant();
  const file = Buffer.from('question,answer\na?,1\n');
  const first = await startImport(deps, tenant, REQUEST, file);
  await startImport(deps, tenant, { ...REQUEST, kind: 'catalog' }, Buffer.from('title\nHat\n'));
  const second = await startImport(deps, tenant, REQUEST, file);
  const { items } = await listImports(deps, tenant, {});
  expect(items.map(({ id }) => id)).toEqual([second.id, first.id]);
  const page = await listImports(deps, tenant, { limit: 1 });
  expect(page.items).toHaveLength(1);
  expect((await listImports(deps, tenant, { limit: 1, cursor: page.cursor })).items[0]?.id).toBe(first.id);
});
