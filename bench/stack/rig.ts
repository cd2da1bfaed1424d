/** The stack under measure: its processes, the demo shop in it, and the sender beside it. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Client, client } from '../../scripts/local/client.ts';
import { type Demo, seed } from '../../scripts/local/seed.ts';
import { type Stack, startStack } from '../../scripts/local/stack.ts';
import { type Busy, type Sender, startSender, watchCpu } from './load.ts';
import { moments, plan, type Send } from './plan.ts';
import type { Job, Sent } from './sender.ts';
import { type Http, http } from './webhook.ts';

export type Rig = {
  stack: Stack;
  demo: Demo;
  api: Client;
  http: Http;
  sender: Sender;
  /** Sends a load; with how busy each process was, as shares of one core. */
  load(sends: Send[], watch?: Job['watch']): Promise<{ sent: Sent[]; busy: Busy }>;
  stop(): Promise<void>;
};

const WARM_RATE = 10;
const WARM_SECONDS = 5;

export const benchDirectory = (): { path: string; remove(): void } => {
  const path = mkdtempSync(join(tmpdir(), 'cuecard-bench-'));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
};

/** Starts a stack on `dataDirectory`, seeded. `prefix` keeps its conversations apart from another start's. */
export async function startRig(
  port: number,
  dataDirectory: string,
  storeProxy?: (storeUrl: string) => Promise<string>,
): Promise<Rig> {
  const stack = await startStack({ port, dataDirectory, ...(storeProxy === undefined ? {} : { storeProxy }) });
  try {
    return rigOf(stack, await seed(stack));
  } catch (error) {
    await stack.stop();
    throw error;
  }
}

function rigOf(stack: Stack, demo: Demo): Rig {
  const sender = startSender();
  const calls = http();
  const { baseUrl, tenant, webhookSecret: secret } = demo;
  const pids = { functions: stack.functions.process.pid, store: stack.store.process.pid, sender: sender.pid };
  return {
    stack,
    demo,
    api: client(stack.baseUrl),
    http: calls,
    sender,
    async load(sends, watch) {
      const busy = watchCpu(pids);
      const job = { target: { baseUrl, tenant, secret }, sends, ...(watch === undefined ? {} : { watch }) };
      return { sent: await sender.run(job), busy: busy() };
    },
    async stop() {
      calls.close();
      sender.stop();
      await stack.stop();
    },
  };
}

/** Every function has started, the release is open, the code has run often enough to be compiled. */
export async function warm(rig: Rig): Promise<void> {
  await rig.load(plan('warm', moments(WARM_RATE, WARM_RATE, WARM_SECONDS), WARM_RATE, 1));
}
