/**
 * `npm run demo`: a short bilingual conversation through the signed webhook, and what the agent would see.
 * Uses the stack that runs on the data directory, or starts one of its own for as long as it takes.
 */
import { randomUUID } from 'node:crypto';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { styleText } from 'node:util';
import { Assist } from '../lib/domain/assist.ts';
import type { Head } from '../lib/domain/conversation.ts';
import { type Client, client, poll } from './local/client.ts';
import { Demo, seed } from './local/seed.ts';
import { startStack } from './local/stack.ts';

const OWN_PORT = 3900;
const ASSIST_MS = 15_000;
const dataDirectory = process.env['CUECARD_DATA_DIR'] ?? '.cuecard';

type Line = { text?: string; parts?: { kind: string; orderNumber?: string }[]; as?: string };
type Scene = { title: string; customer: string; lines: readonly Line[] };

const SCENES: readonly Scene[] = [
  {
    title: '一位中文顾客 · a Chinese customer',
    customer: 'cust-lin',
    lines: [
      { text: '在吗' },
      { text: '我的快递到哪了' },
      { parts: [{ kind: 'order_card', orderNumber: 'CC2026111900417' }], as: '[订单 CC2026111900417]' },
      { text: '好的' },
      { text: '我要投诉你们！！转人工' },
    ],
  },
  {
    title: 'an English customer · 一位英文顾客',
    customer: 'cust-hartley',
    lines: [{ text: 'hi there' }, { text: 'how long do refunds take to arrive?' }, { text: 'ok thanks' }],
  },
];

const grey = (text: string): string => styleText('gray', text);
const percent = (share: number): string => `${Math.round(share * 100)} %`;

function show(assist: Assist): void {
  const { understanding, suggestions, next, cards, order, decision } = assist;
  const intent = `${understanding.intent.name} ${percent(understanding.intent.confidence)}`;
  console.log(`  ${styleText('cyan', understanding.act)}  ${grey(intent)}`);
  for (const [index, { text, confidence, source }] of suggestions.entries()) {
    console.log(`  ${styleText('green', String(index + 1))} ${text}`);
    console.log(grey(`    ${percent(confidence)} · ${source.title} (${source.id})`));
  }
  if (order !== undefined) console.log(`  ${styleText('magenta', 'order')} ${order.number}`);
  for (const { title, price, reason } of cards) {
    console.log(
      `  ${styleText('magenta', 'card')} ${title} ${price === undefined ? '' : `${price.amount} ${price.currency}`} ${grey(reason)}`,
    );
  }
  if (next !== undefined) console.log(`  ${styleText('blue', next.phase)} ${next.text}`);
  console.log(`  ${styleText('yellow', decision.kind)} ${grey(decision.reason)}`);
}

/** A customer reads before writing on: waits until the bot has said what it has to say, its quiet window included. */
async function botToSpeak(api: Client, demo: Demo, conversationId: string): Promise<void> {
  await poll(
    async () => {
      const found = await api.call('GET', `/v1/desk/conversations/${conversationId}`, demo.agentToken);
      const { pending, turn } = (found as { head: Pick<Head, 'pending' | 'turn'> }).head;
      const decided = turn === undefined || turn.assisted === turn.revision;
      return decided && pending === undefined ? true : undefined;
    },
    ASSIST_MS,
    'The bot',
  );
}

const samples: { id: string }[] = JSON.parse(
  await readFile(new URL('../knowledge/sample-customers.json', import.meta.url), 'utf8'),
);

async function play(demo: Demo, { title, customer: id, lines }: Scene): Promise<void> {
  const api = client(demo.baseUrl);
  const conversationId = `demo-${randomUUID().slice(0, 8)}`;
  const customer = samples.find((sample) => sample.id === id);
  console.log(`\n${styleText('bold', title)}`);
  for (const [index, { as, ...content }] of lines.entries()) {
    const messageId = `${conversationId}-${index}`;
    const author = { type: 'customer', id };
    const data = { conversationId, messageId, author, ...content, ...(index === 0 ? { customer } : {}) };
    const answer = await api.webhook(demo.tenant, demo.webhookSecret, 'message.created', data);
    if (answer.status !== 202) throw new Error(`The webhook answered ${answer.status}: ${await answer.text()}`);
    const assist = await poll(
      async () => {
        const found = await api.call('GET', `/v1/desk/conversations/${conversationId}/assists`, demo.agentToken);
        const { items } = found as { items: unknown[] };
        return items
          .map((item) => Assist.parse(item))
          .find(({ messageIds }) => messageIds.some((known) => known === messageId));
      },
      ASSIST_MS,
      'The assist',
    );
    console.log(`\n${styleText('bold', '›')} ${as ?? content.text}`);
    show(assist);
    await botToSpeak(api, demo, conversationId);
  }
}

async function running(): Promise<Demo | undefined> {
  const file = join(dataDirectory, 'demo.json');
  if (!existsSync(file)) return undefined;
  const demo = Demo.parse(JSON.parse(await readFile(file, 'utf8')));
  const alive = await fetch(`${demo.baseUrl}/v1/health`).then(
    ({ status }) => status === 200,
    () => false,
  );
  return alive ? demo : undefined;
}

async function ownStack(): Promise<{ demo: Demo; stop(): Promise<void> }> {
  console.log(grey('Nothing is running; starting a stack for the demo …'));
  const directory = mkdtempSync(join(tmpdir(), 'cuecard-demo-'));
  const stack = await startStack({ port: OWN_PORT, dataDirectory: directory });
  const stop = async (): Promise<void> => {
    await stack.stop();
    rmSync(directory, { recursive: true, force: true });
  };
  return { demo: await seed(stack), stop };
}

const found = await running();
const { demo, stop } = found === undefined ? await ownStack() : { demo: found, stop: async () => undefined };
try {
  for (const scene of SCENES) await play(demo, scene);
  console.log(`\n${grey('The same conversations are on the desk:')} ${demo.consoleUrl}`);
} finally {
  await stop();
}
