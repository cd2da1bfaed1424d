/** The stack under measure: its processes, the demo shop in it, and the sender beside it. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Client, client } from '../../scripts/local/client.ts';
import { type Demo, seed } from '../../scripts/local/seed.ts';
import { type Stack, startStack } from '../../scripts/local/stack.ts';
import { type Sender, startSender, watchCpu } from './load.ts';
import { moments, plan, type Send } from './plan.ts';
import type { Job, Sent } from './sender.ts';
import { type Http, http } from './webhook.ts';

export type Rig = {
  stack: Stack;
  demo: Demo;
  api: Client;
  http: Http;
  sender: Sender;
  load(sends: Send[], watch?: Job['watch']): Promise<Loaded>;
  stop(): Promise<void>;
};

/** `share`: of one core while messages came; `cpuMs`: for one message, with what it left to do after that. */
export type Busy = { share: number | undefined; cpuMs: number | undefined };
export type Loaded = { sent: Sent[]; busy: { functions: Busy; store: Busy; sender: Busy } };

/** What a message leaves to do is done after the quiet window. */
const AFTER_MS = 3_000;
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

const scaled = (value: number | undefined, factor: number): number | undefined =>
  value === undefined ? undefined : value * factor;

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
      const started = performance.now();
      const used = watchCpu(pids);
      const job = { target: { baseUrl, tenant, secret }, sends, ...(watch === undefined ? {} : { watch }) };
      const sent = await sender.run(job);
      const [seconds, during] = [(performance.now() - started) / 1000, used()];
      await new Promise((done) => setTimeout(done, AFTER_MS));
      const all = used();
      const busy = (name: keyof typeof pids): Busy => ({
        share: scaled(during[name], 1 / seconds),
        cpuMs: scaled(all[name], 1000 / sends.length),
      });
      return { sent, busy: { functions: busy('functions'), store: busy('store'), sender: busy('sender') } };
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
