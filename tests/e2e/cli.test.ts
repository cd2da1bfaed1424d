import { execFile, spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { FAQ_CSV, FAQ_ENTRIES, HOURS } from '../support/faq.ts';
import { sharedStack } from '../support/shared-stack.ts';
import type { Shop } from '../support/shop.ts';
import type { SharedStack } from '../support/stack.ts';

const CLI = fileURLToPath(new URL('../../cli/cuecard.mjs', import.meta.url));

let stack: SharedStack;
let faq: Shop;
let folder: string;

beforeAll(async () => {
  stack = sharedStack();
  faq = await stack.newShop();
  folder = await mkdtemp(join(tmpdir(), 'cuecard-cli-'));
}, 300_000);
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

type Ended = { code: number; out: string; err: string };

/** The command line as a shell runs it, in a folder of its own. */
function cuecard(args: readonly string[], { as = faq, piped = '' } = {}): Promise<Ended> {
  const env = { PATH: process.env['PATH'], CUECARD_URL: stack.baseUrl, CUECARD_TOKEN: as.keys.managerToken };
  const child = spawn(process.execPath, [CLI, ...args], { cwd: folder, env });
  const said = { out: '', err: '' };
  child.stdout.on('data', (chunk: Buffer) => {
    said.out += chunk.toString('utf8');
  });
  child.stderr.on('data', (chunk: Buffer) => {
    said.err += chunk.toString('utf8');
  });
  child.stdin.end(piped);
  return new Promise((done) => child.once('close', (code) => done({ code: code ?? -1, ...said })));
}

test('npx finds it in a clone, with whatever Node there is', async () => {
  const project = fileURLToPath(new URL('../..', import.meta.url));
  const { stdout } = await promisify(execFile)('npx', ['--no', 'cuecard', '--version'], { cwd: project });
  expect(stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
});

const exit = ({ code, out, err }: Ended) => ({ code, said: out + err });

test('from a spreadsheet to a release, and back', async () => {
  await writeFile(join(folder, 'faq.csv'), `${FAQ_CSV}broken,,nothing asked,,\n`);

  const tried = await cuecard(['import', 'faq.csv', '--dry-run']);
  expect(exit(tried)).toMatchObject({ code: 3, said: expect.stringContaining('Would import') });
  expect((await cuecard(['diff', '--exit-code'])).code).toBe(0);

  const imported = await cuecard(['import', 'faq.csv', '--errors', 'bad.csv', '--json']);
  expect(JSON.parse(imported.out)).toMatchObject({ status: 'done', added: FAQ_ENTRIES, rejectedTotal: 1 });
  expect(await readFile(join(folder, 'bad.csv'), 'utf8')).toContain('the answer is missing');

  const changes = await cuecard(['diff', '--json', '--exit-code']);
  expect(changes.code).toBe(3);
  expect(JSON.parse(changes.out)).toMatchObject({ from: 'rel_0', to: 'draft', added: FAQ_ENTRIES });

  const first = await cuecard(['release', '--note', 'the first', '--json']);
  expect(JSON.parse(first.out)).toMatchObject({ status: 'live', note: 'the first' });

  const asked = await cuecard(['test', HOURS.question]);
  expect(exit(asked)).toMatchObject({ code: 0, said: expect.stringContaining(HOURS.answer) });

  await faq.manage('DELETE', `/v1/knowledge/entries/${HOURS.id}`);
  expect((await cuecard(['release', '--json'])).code).toBe(0);
  expect((await cuecard(['test', HOURS.question])).out).not.toContain(HOURS.answer);

  const back = await cuecard(['rollback']);
  expect(exit(back)).toMatchObject({ code: 0, said: expect.stringContaining('is live') });
  expect((await cuecard(['releases'])).out).toContain('superseded');
  expect((await cuecard(['test', HOURS.question])).out).toContain(HOURS.answer);
});

test('a file of questions says how many come right, and fails a pipeline that wants more', async () => {
  await writeFile(join(folder, 'questions.csv'), `question,expected\n${HOURS.question},${HOURS.id}\nblub blub,none\n`);
  const run = await cuecard(['test', 'questions.csv', '--misses', 'misses.csv', '--json']);
  expect(JSON.parse(run.out)).toMatchObject({ status: 'done', figures: { rows: 2 } });
  await writeFile(join(folder, 'wrong.csv'), `question,expected\n${HOURS.question},shipping\n`);
  expect((await cuecard(['test', 'wrong.csv', '--min', '0.9'])).code).toBe(3);
});

test.each(['json', 'csv', 'xlsx'])(
  'what one environment exports as %s, another imports to the same',
  async (format) => {
    const other = await stack.newShop();
    const file = `knowledge.${format}`;
    expect((await cuecard(['export', '--output', file])).code).toBe(0);
    const copied = await cuecard(['import', file, '--json'], { as: other });
    expect(JSON.parse(copied.out)).toMatchObject({ status: 'done', rejectedTotal: 0 });
    const entries = async (shop: Shop) => (await cuecard(['export', '--format', 'json'], { as: shop })).out;
    expect(JSON.parse(await entries(other))).toEqual(JSON.parse(await entries(faq)));
  },
);

test('what is piped is imported, and a token that is none exits with 4', async () => {
  const other = await stack.newShop();
  const piped = (await cuecard(['export'])).out;
  expect((await cuecard(['import', '-'], { as: other, piped })).code).toBe(0);
  const stranger = { ...other, keys: { ...other.keys, managerToken: 'cc_nobody_1_x' } };
  expect(exit(await cuecard(['diff'], { as: stranger }))).toMatchObject({ code: 4 });
});
