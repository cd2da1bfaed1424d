import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CuecardError } from '../../../../lib/domain/error.ts';
import type { ImportReport } from '../../../../lib/domain/import-job.ts';
import type { KnowledgeDeps } from '../../../../lib/knowledge/deps.ts';
import { readInWorker } from '../../../../lib/knowledge/files/read-in-worker.ts';
import { getImport, runImport, startImport } from '../../../../lib/knowledge/import.ts';
import { startTable, type TestTable } from '../../../support/dynalite.ts';
import { knowledgeRig, newTenant } from '../../../support/knowledge-rig.ts';
import { NASTY_FILES, type Nasty } from '../../../support/nasty-files.ts';

const WORKER = new URL('../../../fixtures/read-worker.ts', import.meta.url);
const PRESENT = 'id,question,answer\nkept,What was there?,This.\n';

let server: TestTable;
beforeAll(async () => {
  server = await startTable();
}, 60_000);
afterAll(() => server.stop());

async function imported(deps: KnowledgeDeps, tenant: ReturnType<typeof newTenant>, bytes: Uint8Array) {
  const request = { format: 'auto', mode: 'merge', dryRun: false, by: 'manager' } as const;
  const { id } = await startImport(deps, tenant, request, bytes);
  await runImport(deps, tenant, id);
  return getImport(deps, tenant, id);
}

/** The import's report, or the words in which the upload was refused at once. */
async function outcome(deps: KnowledgeDeps, tenant: ReturnType<typeof newTenant>, bytes: Uint8Array) {
  try {
    return await imported(deps, tenant, bytes);
  } catch (error) {
    if (error instanceof CuecardError) return error.message;
    throw error;
  }
}

function check({ entries = [], bad = [], error }: Nasty, report: ImportReport | string): void {
  if (error !== undefined) {
    expect(typeof report === 'string' ? report : (report.error ?? 'imported')).toMatch(error);
    return;
  }
  expect(report).toMatchObject({ status: 'done', added: new Set(entries).size });
  expect(typeof report === 'string' ? [] : report.rejected.map(({ row }) => row)).toEqual(bad);
}

describe('nasty files', () => {
  test('there are more than forty', () => {
    expect(NASTY_FILES.length).toBeGreaterThan(40);
  });

  test.each(NASTY_FILES.map((file) => [file.name, file] as const))(
    '%s',
    async (_, file) => {
      const tenant = newTenant();
      const read = readInWorker(WORKER, { memoryMb: 512, deadlineMs: 100_000 });
      const { deps } = knowledgeRig(server.table, file.hostile === true ? { read } : {});
      await imported(deps, tenant, Buffer.from(PRESENT));
      check(file, await outcome(deps, tenant, file.bytes()));

      const { generation, writing } = await deps.drafts.head(tenant);
      const stored = await deps.drafts.all(tenant, generation);
      const mine = stored.filter(({ id }) => id !== 'kept');
      expect(mine.map(({ question }) => question).sort()).toEqual([...(file.entries ?? [])].sort());
      expect(stored.some(({ id }) => id === 'kept')).toBe(true);
      expect(writing).toEqual([]);
      const texts = mine.flatMap(({ answers }) => answers.map(({ text }) => text));
      if (file.answers !== undefined) expect(texts).toEqual(file.answers);
    },
    120_000,
  );
});

describe('reading in a thread of its own', () => {
  test('what needs too much memory or time is refused in words, and this process goes on', async () => {
    const rows = Array.from({ length: 45_000 }, (_, at) => `q${at} ${'long '.repeat(60)},a`).join('\n');
    const file = Buffer.from(`question,answer\n${rows}\n`);
    const request = { hint: 'csv', context: { timeZone: 'UTC' } };
    await expect(readInWorker(WORKER, { memoryMb: 24, deadlineMs: 60_000 })('entries', file, request)).rejects.toThrow(
      /more than 24 MB of memory/,
    );
    await expect(readInWorker(WORKER, { memoryMb: 512, deadlineMs: 1 })('entries', file, request)).rejects.toThrow(
      /takes longer than 0.001 s/,
    );
  }, 60_000);
});
