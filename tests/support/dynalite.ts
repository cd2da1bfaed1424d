/** DynamoDB for tests: dynalite in a process of its own, or the store that `DYNAMODB_LOCAL_URL` names. */
import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Table } from '../../lib/adapters/dynamodb/table.ts';
import { createTable } from '../../scripts/local/table.ts';

export type TestTable = { table: Table; endpoint: string; stop(): Promise<void> };

const CLI = fileURLToPath(import.meta.resolve('dynalite/cli.js'));
const START_DEADLINE_MS = 15_000;

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

/** Resolves when the child says that it listens; rejects when it ends or takes too long. */
function listening(child: ChildProcess): Promise<void> {
  return new Promise((done, fail) => {
    const late = setTimeout(() => fail(new Error('dynalite did not start in time')), START_DEADLINE_MS);
    child.once('exit', (code) => fail(new Error(`dynalite ended with ${code}`)));
    child.stdout?.on('data', (chunk) => {
      if (!String(chunk).includes('listening')) return;
      clearTimeout(late);
      done();
    });
  });
}

async function startDynalite(): Promise<{ endpoint: string; stop(): Promise<void> }> {
  const port = await freePort();
  const args = [CLI, '--port', String(port), '--host', '127.0.0.1', '--createTableMs', '0'];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'ignore'] });
  const leave = () => child.kill('SIGKILL');
  process.once('exit', leave);
  await listening(child);
  return {
    endpoint: `http://127.0.0.1:${port}`,
    async stop() {
      process.off('exit', leave);
      const ended = once(child, 'exit');
      child.kill('SIGKILL');
      await ended;
    },
  };
}

/** A fresh table, as `serverless.yml` describes it. Stop it when done. */
export async function startTable(): Promise<TestTable> {
  const url = process.env['DYNAMODB_LOCAL_URL'];
  const server =
    url === undefined || url === '' ? await startDynalite() : { endpoint: url, stop: async () => undefined };
  const name = `test-${randomBytes(6).toString('hex')}`;
  await createTable(server.endpoint, name);
  const client = new DynamoDBClient({
    endpoint: server.endpoint,
    region: 'local',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
  return {
    endpoint: server.endpoint,
    table: { name, client },
    async stop() {
      client.destroy();
      await server.stop();
    },
  };
}
