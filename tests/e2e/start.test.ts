import { execFile, spawn } from 'node:child_process';
import { readFile, stat } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify, stripVTControlCharacters } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import * as z from 'zod';
import { poll } from '../../scripts/local/client.ts';
import { cleanUp, freePorts, newDataDirectory } from '../support/stack.ts';

const PROJECT = fileURLToPath(new URL('../..', import.meta.url));
const START_MS = 300_000;

type Run = { pid: number; output(): string; ended: Promise<number>; interrupt(): void };

/** Runs a script of the project as a newcomer's shell does. */
function run(script: string, env: Record<string, string>): Run {
  const child = spawn(process.execPath, [script], { cwd: PROJECT, env: { ...process.env, ...env } });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      output += chunk.toString('utf8');
    });
  }
  const ended = new Promise<number>((done) => child.once('close', (code) => done(code ?? -1)));
  return { pid: child.pid ?? 0, output: () => output, ended, interrupt: () => child.kill('SIGINT') };
}

let port: number;
let directory: string;
let running: Run | undefined;
const others: { port: number; directory: string }[] = [];

const start = (env: Record<string, string> = {}): Run =>
  run('scripts/start.ts', { PORT: String(port), CUECARD_DATA_DIR: directory, ...env });

async function ready(started: Run): Promise<void> {
  let code: number | undefined;
  void started.ended.then((ended) => {
    code = ended;
  });
  await poll(
    async () => {
      if (code !== undefined) throw new Error(`ended with ${code}: ${started.output()}`);
      return started.output().includes('Cuecard is ready.') ? true : undefined;
    },
    START_MS,
    'the start',
  );
}

const readDemo = async () =>
  z.record(z.string(), z.unknown()).parse(JSON.parse(await readFile(join(directory, 'demo.json'), 'utf8')));

async function otherPlace(): Promise<{ PORT: string; CUECARD_DATA_DIR: string }> {
  const other = { port: await freePorts(), directory: await newDataDirectory() };
  others.push(other);
  return { PORT: String(other.port), CUECARD_DATA_DIR: other.directory };
}

/** Every process that descends from this one. */
async function descendants(pid: number): Promise<number[]> {
  const { stdout } = await promisify(execFile)('ps', ['-A', '-o', 'pid=,ppid=']);
  const pairs = stdout
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/).map(Number));
  const below = (parent: number): number[] =>
    pairs.flatMap(([child = 0, of]) => (of === parent ? [child, ...below(child)] : []));
  return below(pid);
}

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

const listen = (at: number): Promise<Server> =>
  new Promise((done, fail) => {
    const server = createServer();
    server.once('error', fail);
    server.listen(at, '127.0.0.1', () => done(server));
  });

const closed = (server: Server): Promise<void> => new Promise((done) => server.close(() => done()));

beforeAll(async () => {
  [port, directory] = await Promise.all([freePorts(), newDataDirectory()]);
  running = start();
  await ready(running);
}, START_MS);
afterAll(async () => {
  running?.interrupt();
  await running?.ended;
  for (const place of [{ port, directory }, ...others]) await cleanUp(place.port, place.directory);
});

test('says where to look and what to try, and serves it', async () => {
  const output = running?.output() ?? '';
  const demo = await readDemo();
  expect(output).toContain(String(demo['consoleUrl']));
  expect(output).toContain('npm run demo');
  expect(output.trim().split('\n').length).toBeLessThan(15);
  const health = await fetch(`${String(demo['baseUrl'])}/v1/health`);
  expect(await health.json()).toEqual({ status: 'ok' });
  expect((await fetch(String(demo['consoleUrl']))).status).toBe(200);
});

test('writes down what is needed to call it, for its owner only', async () => {
  const demo = await readDemo();
  expect(demo).toMatchObject({
    baseUrl: `http://127.0.0.1:${port}`,
    wsUrl: `ws://127.0.0.1:${port + 1}`,
    tenant: 'demo',
  });
  for (const name of ['agentToken', 'managerToken', 'adminToken', 'operatorToken']) {
    expect(demo[name]).toMatch(/^cc_(demo|operator)_\w+_[0-9a-f]{64}$/);
  }
  expect(demo['webhookSecret']).toMatch(/^whsec_/);
  expect(demo['consoleUrl']).toContain(`http://127.0.0.1:${port}/console#`);
  for (const name of ['demo.json', 'operator', 'seal-key']) {
    expect((await stat(join(directory, name))).mode & 0o777).toBe(0o600);
  }
});

test('a second one on the same data is refused, and says who holds it', async () => {
  const second = start({ PORT: String(await freePorts()) });
  expect(await second.ended).toBe(1);
  expect(second.output()).toContain(`already running on ${directory}`);
  expect(second.output()).toContain(String(running?.pid));
  expect(second.output()).not.toMatch(/\n\s+at /);
  expect((await readDemo())['baseUrl']).toBe(`http://127.0.0.1:${port}`);
});

test('a taken port is refused by name, and nothing is left behind', async () => {
  const elsewhere = await otherPlace();
  const second = start({ ...elsewhere, PORT: String(port) });
  expect(await second.ended).toBe(1);
  expect(second.output()).toMatch(new RegExp(`Port ${port} .*PORT`));

  const first = Number(elsewhere.PORT);
  const taken = await listen(first + 2);
  const third = start(elsewhere);
  expect(await third.ended).toBe(1);
  expect(third.output()).toContain(`Port ${first + 2}`);
  await closed(taken);
  await expect(stat(join(elsewhere.CUECARD_DATA_DIR, 'lock'))).rejects.toThrow('ENOENT');
});

test.each(['0', 'http', '70000', '65534'])('PORT=%s is refused', async (PORT) => {
  const refused = start({ ...(await otherPlace()), PORT });
  expect(await refused.ended).toBe(1);
  expect(refused.output()).toContain('PORT must be a number');
});

test('the demo runs through it and shows what the agent would see', async () => {
  const demo = run('scripts/demo.ts', { CUECARD_DATA_DIR: directory });
  expect(await demo.ended, demo.output()).toBe(0);
  const output = stripVTControlCharacters(demo.output());
  expect(output).toContain('handoff asked_for_person');
  expect(output).toMatch(/refund\.when\.en/);
  expect(output).toContain('CC2026111900417');
  expect(output).not.toContain('{{');
});

test(
  'Ctrl-C leaves no process and no port; the next start goes on with the same shop',
  async () => {
    const before = await readDemo();
    const { pid = 0 } = running ?? {};
    const children = await descendants(pid);
    expect(children.length).toBeGreaterThanOrEqual(2);
    running?.interrupt();
    expect(await running?.ended).toBe(0);
    await expect.poll(() => children.filter(isAlive), { timeout: 30_000 }).toEqual([]);
    for (const offset of [0, 1, 2, 3]) await closed(await listen(port + offset));

    running = start();
    await ready(running);
    expect(await readDemo()).toEqual(before);
    const queue = await fetch(`${String(before['baseUrl'])}/v1/desk/conversations?owner=queue`, {
      headers: { authorization: `Bearer ${String(before['agentToken'])}` },
    });
    expect(await queue.json()).toMatchObject({ items: [{ customerId: 'cust-lin' }] });
  },
  START_MS,
);

test(
  'killed, it takes its processes along, and the data can be used again',
  async () => {
    const { pid = 0 } = running ?? {};
    const children = await descendants(pid);
    process.kill(pid, 'SIGKILL');
    await running?.ended;
    await expect.poll(() => children.filter(isAlive), { timeout: 30_000 }).toEqual([]);
    running = start();
    await ready(running);
  },
  START_MS,
);
