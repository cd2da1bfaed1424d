import { execFile } from 'node:child_process';
import { constants } from 'node:fs';
import { open, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { decodeSnapshot, encodeSnapshot } from '../../lib/engine/snapshot.ts';
import { FAQ_CSV, HOURS, SHIPPING } from '../support/faq.ts';
import { conversationId, PATIENCE_MS, type Shop } from '../support/shop.ts';
import { startTestStack, type TestStack } from '../support/stack.ts';

let stack: TestStack;
let healthy: Shop;

/** A tenant whose live snapshot nobody has read yet, and where that lies. */
async function freshShop(settings: object = {}): Promise<{ shop: Shop; snapshot: string }> {
  const shop = await stack.newShop(settings);
  await shop.imported('csv', FAQ_CSV);
  const { status, snapshotKey = '' } = await shop.release();
  expect(status).toBe('live');
  return { shop, snapshot: join(stack.dataDirectory, 'objects', snapshotKey) };
}

beforeAll(async () => {
  stack = await startTestStack();
  healthy = (await freshShop()).shop;
}, 300_000);
afterAll(() => stack?.stop());

/** Calls the schedule's function as the scheduler does, without waiting for its minute. */
async function sweep(): Promise<void> {
  const url = `${stack.lambdaUrl}/2015-03-31/functions/cuecard-local-sweep/invocations`;
  const answer = await fetch(url, { method: 'POST', body: '{}' });
  expect(await answer.json()).toMatchObject({ done: true });
}

/** Everybody else is served as if nothing were. */
async function othersAreServed(): Promise<void> {
  expect((await fetch(`${stack.baseUrl}/v1/health`)).status).toBe(200);
  const assist = await healthy.ask(HOURS.question);
  expect(assist.suggestions[0]?.text).toBe(HOURS.answer);
  expect(assist.degraded).toEqual([]);
}

const answered = { suggestions: [{ source: { id: HOURS.id } }], degraded: [] };
const withoutKnowledge = {
  suggestions: [],
  degraded: ['snapshot'],
  decision: { kind: 'handoff', reason: 'nothing_fits' },
};

/** In the place of a file, something that never answers a read; gives the file back. */
async function hangReads(file: string): Promise<() => Promise<void>> {
  await rename(file, `${file}.kept`);
  await promisify(execFile)('mkfifo', [file]);
  return async () => {
    await rename(file, `${file}.fifo`);
    await rename(`${file}.kept`, file);
    // Whoever waits for it reads its end.
    const writer = await open(`${file}.fifo`, constants.O_WRONLY | constants.O_NONBLOCK).catch(() => undefined);
    await writer?.close();
  };
}

describe.concurrent('one tenant’s trouble is nobody else’s', () => {
  test.each<[string, (bytes: Uint8Array<ArrayBuffer>) => Uint8Array]>([
    ['cut short', (bytes) => bytes.subarray(0, Math.floor(bytes.length / 2))],
    ['empty', () => new Uint8Array()],
    ['with one bit turned', (bytes) => bytes.with(bytes.length - 9, (bytes.at(-9) ?? 0) ^ 1)],
  ])(
    'a snapshot %s is told from a whole one: a person answers, and the next message is read as ever',
    async (_, damage) => {
      const { shop, snapshot } = await freshShop();
      const whole = new Uint8Array(await readFile(snapshot));
      await writeFile(snapshot, damage(whole));
      const conversation = conversationId();
      expect(await shop.ask(HOURS.question, conversation)).toMatchObject(withoutKnowledge);
      const { head } = await shop.until(conversation, (now) => now.head.owner === 'queue', 'the queue');
      expect(head.handoff?.reason).toBe('nothing_fits');
      await othersAreServed();
      await writeFile(snapshot, whole);
      expect(await shop.ask(HOURS.question)).toMatchObject(answered);
    },
  );

  test('a snapshot that is never read to its end holds up one turn for a while, and nobody else', async ({
    expect,
  }) => {
    const { shop, snapshot } = await freshShop();
    const giveBack = await hangReads(snapshot);
    const conversation = conversationId();
    const { messageId, answer } = await shop.say(conversation, HOURS.question);
    expect(answer.status).toBe(202);
    await othersAreServed();
    expect(await shop.assists(conversation)).toEqual([]);
    expect(await shop.assistOf(conversation, messageId)).toMatchObject(withoutKnowledge);
    await giveBack();
    expect(await shop.ask(HOURS.question)).toMatchObject(answered);
  });

  test('an assist that throws ends nothing and loses nothing: the sweep finishes the work', async ({ expect }) => {
    const { shop, snapshot } = await freshShop();
    // Whole by its checksum, and nonsense where the answers are: it opens, and reading an entry throws.
    const sections = new Map(decodeSnapshot(new Uint8Array(await readFile(snapshot))));
    sections.set('payload.bytes', new Uint8Array(sections.get('payload.bytes')?.length ?? 0).fill(0x21));
    await writeFile(snapshot, encodeSnapshot(sections));

    const conversation = conversationId();
    const { messageId, answer } = await shop.say(conversation, HOURS.question);
    expect(answer.status).toBe(202);
    const log = join(stack.dataDirectory, 'logs', 'functions.log');
    const failed = async () => (await readFile(log, 'utf8')).includes('background_failed');
    await expect.poll(failed, { timeout: PATIENCE_MS }).toBe(true);
    expect(await shop.assists(conversation)).toEqual([]);
    await othersAreServed();

    // Compiled anew from the same draft the snapshot is what it was.
    expect((await shop.release()).status).toBe('live');
    const swept = async () => {
      await sweep();
      return (await shop.assists(conversation)).length;
    };
    await expect.poll(swept, { timeout: PATIENCE_MS, interval: 1_000 }).toBe(1);
    const [assist] = await shop.assists(conversation);
    expect(assist).toMatchObject({ ...answered, messageIds: [messageId], revision: 1 });
    const { messages } = await shop.until(conversation, (now) => now.messages.length === 2, 'the answer');
    expect(messages.map(({ author }) => author.type)).toEqual(['customer', 'bot']);
    await sweep();
    expect(await shop.assists(conversation)).toEqual([assist]);
  });
});

test('while the store stands still nothing is promised; once it moves, everything goes on', async () => {
  const conversation = conversationId();
  const { pid = 0 } = stack.store.process;
  process.kill(pid, 'SIGSTOP');
  let said: Promise<{ messageId: string; answer: Response }>;
  try {
    const health = fetch(`${stack.baseUrl}/v1/health`, { signal: AbortSignal.timeout(2_000) }).then(
      ({ status }) => status,
      () => 'no answer',
    );
    said = healthy.say(conversation, SHIPPING.question);
    expect(await health).not.toBe(200);
  } finally {
    process.kill(pid, 'SIGCONT');
  }
  const { messageId, answer } = await said;
  expect(answer.status).toBe(202);
  expect((await healthy.assistOf(conversation, messageId)).suggestions[0]?.text).toBe(SHIPPING.answer);
  await othersAreServed();
});

test('a message that was accepted survives the end of every process', async () => {
  const { shop, snapshot } = await freshShop();
  const giveBack = await hangReads(snapshot);
  const conversation = conversationId();
  const { messageId, answer } = await shop.say(conversation, HOURS.question);
  expect(answer.status).toBe(202);
  stack.functions.process.kill('SIGKILL');
  expect(await stack.ended).toBe('the functions');
  await stack.halt();
  await giveBack();

  const { port, dataDirectory } = stack;
  stack = await startTestStack({ port, dataDirectory });
  const swept = async () => {
    await sweep();
    return (await shop.assists(conversation)).length;
  };
  await expect.poll(swept, { timeout: PATIENCE_MS, interval: 1_000 }).toBe(1);
  const [assist] = await shop.assists(conversation);
  expect(assist).toMatchObject({ ...answered, messageIds: [messageId], revision: 1 });
  const { messages } = await shop.until(conversation, (now) => now.messages.length === 2, 'the answer');
  expect(messages.map(({ author }) => author.type)).toEqual(['customer', 'bot']);
});
