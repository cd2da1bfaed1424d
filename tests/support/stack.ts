import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { client } from '../../scripts/local/client.ts';
import { type Demo, seed } from '../../scripts/local/seed.ts';
import { type Stack, type StackOptions, startStack } from '../../scripts/local/stack.ts';
import { Keys, type Shop, shop } from './shop.ts';

const FIRST_PORT = 20_000;
const PORTS = 5;
const BLOCKS = 3_000;
const ATTEMPTS = 50;

const isFree = (port: number): Promise<boolean> =>
  new Promise((done) => {
    const probe = createServer();
    probe.once('error', () => done(false));
    probe.listen(port, '127.0.0.1', () => probe.close(() => done(true)));
  });

/** The first of five free ports in a row. */
export async function freePorts(): Promise<number> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const first = FIRST_PORT + PORTS * Math.floor(Math.random() * BLOCKS);
    const free = await Promise.all(Array.from({ length: PORTS }, (_, offset) => isFree(first + offset)));
    if (free.every(Boolean)) return first;
  }
  throw new Error('no five free ports in a row');
}

export const newDataDirectory = (): Promise<string> => mkdtemp(join(tmpdir(), 'cuecard-test-'));

/** What a start on this port has built for itself. */
const buildOf = (port: number): string => fileURLToPath(new URL(`../../.esbuild/${port}`, import.meta.url));

/** Takes away what a stack leaves on disk. */
export async function cleanUp(port: number, dataDirectory: string): Promise<void> {
  for (const path of [dataDirectory, buildOf(port)]) await rm(path, { recursive: true, force: true, maxRetries: 3 });
}

/** Where a stack is reached. */
export type Running = Pick<Stack, 'baseUrl' | 'wsUrl' | 'lambdaUrl' | 'storeUrl' | 'dataDirectory' | 'operatorToken'>;

/** What a test does with a stack, whoever started it. */
export type SharedStack = Running & {
  /** The demo shop; seeds it when first asked for. */
  demo(): Promise<Demo>;
  /** A new tenant that knows nothing but what it is given. */
  newShop(settings?: object): Promise<Shop>;
};

export type TestStack = Stack &
  SharedStack & {
    port: number;
    /** Ends the processes and keeps the data, for another start on it. */
    halt(): Promise<void>;
    /** Ends the processes and takes the data away. */
    stop(): Promise<void>;
  };

/** Shops on a running stack. */
export function shared(stack: Running): SharedStack {
  const { baseUrl, operatorToken } = stack;
  let seeded: Promise<Demo> | undefined;
  return {
    ...stack,
    demo() {
      seeded ??= seed(stack);
      return seeded;
    },
    async newShop(settings = {}) {
      const id = `t-${randomUUID().slice(0, 8)}`;
      const body = { id, name: id, mode: 'hybrid', quietWindowMs: 0, ...settings };
      return shop(baseUrl, id, Keys.parse(await client(baseUrl).call('POST', '/v1/tenants', operatorToken, body)));
    },
  };
}

/** The whole product on free ports and a directory of its own. Whoever starts it stops it. */
export async function startTestStack(options: Partial<StackOptions> = {}): Promise<TestStack> {
  const port = options.port ?? (await freePorts());
  const dataDirectory = options.dataDirectory ?? (await newDataDirectory());
  const stack = await startStack({ ...options, port, dataDirectory }).catch(async (error: unknown) => {
    await cleanUp(port, dataDirectory);
    throw error;
  });
  return {
    ...stack,
    ...shared(stack),
    port,
    halt: stack.stop,
    async stop() {
      await stack.stop();
      await cleanUp(port, dataDirectory);
    },
  };
}
