import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Entry } from '../../../lib/domain/entry.ts';
import { compile } from '../../../lib/engine/compile.ts';
import { open } from '../../../lib/engine/open.ts';
import { compileInWorker } from '../../../lib/knowledge/compile-in-worker.ts';
import { compileInput } from '../../../lib/knowledge/compile-input.ts';

const source = new URL('../../fixtures/compile-worker.ts', import.meta.url);
const LIMITS = { memoryMb: 512, deadlineMs: 30_000 };

const entries = Array.from({ length: 40 }, (_, index) =>
  Entry.parse({
    id: `e${index}`,
    intent: `e${index}`,
    question: `What about number ${index}?`,
    similarQuestions: [`tell me of ${index}`, `${index} please`, `is ${index} there`],
    answers: [{ text: `It is ${index}.` }],
  }),
);
const input = compileInput(entries, { phrases: {}, skills: {} });

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'cuecard-worker-'));
});
afterAll(() => rm(directory, { recursive: true }));

describe('compiling in a worker', () => {
  test('from sources: the same bytes as in place, with progress', async () => {
    const stages = new Set<string>();
    const { bytes, report } = await compileInWorker(source, LIMITS)(input, (stage) => stages.add(stage));
    expect(Buffer.from(bytes).equals(compile(input).bytes)).toBe(true);
    expect(report.classes).toBe(40);
    expect([...stages]).toEqual(expect.arrayContaining(['features', 'train', 'index', 'calibrate', 'write']));
    expect(open(bytes).classify('what about number 7').candidates[0]?.key).toBe('e7');
  });

  test('from an ES module bundle', async () => {
    const outfile = join(directory, 'worker.mjs');
    await build({
      entryPoints: [source.pathname],
      outfile,
      bundle: true,
      minify: true,
      platform: 'node',
      format: 'esm',
      target: 'node24',
      logLevel: 'silent',
    });
    const { bytes } = await compileInWorker(pathToFileURL(outfile), LIMITS)(input, () => undefined);
    expect(open(bytes).size).toBe(40);
  });

  test('too long, too much memory, or a worker that ends early: an error in words', async () => {
    const none = () => undefined;
    await expect(compileInWorker(source, { ...LIMITS, deadlineMs: 1 })(input, none)).rejects.toMatchObject({
      kind: 'invalid',
      message: expect.stringContaining('longer than'),
    });
    const classes = Array.from({ length: 3_000 }, (_, index) => ({
      key: `k${index}`,
      questions: Array.from({ length: 10 }, (_, other) => `what of ${index} and ${other}, or of ${index * other}`),
      answer: 'so',
      payload: new Uint8Array(),
    }));
    await expect(
      compileInWorker(source, { ...LIMITS, memoryMb: 24 })({ ...input, classes }, none),
    ).rejects.toMatchObject({ kind: 'invalid', message: expect.stringContaining('24 MB') });
    const idle = pathToFileURL(join(import.meta.dirname, '../../../lib/domain/language.ts'));
    await expect(compileInWorker(idle, LIMITS)(input, none)).rejects.toThrow('ended early');
  });

  test('in a thread that was started for something else it does nothing', async () => {
    const worker = new Worker(source, { workerData: { kind: 'other' } });
    const said: unknown[] = [];
    worker.on('message', (message) => said.push(message));
    const [code] = await once(worker, 'exit');
    expect(code).toBe(0);
    expect(said).toEqual([]);
  });
});
