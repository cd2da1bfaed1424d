import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Child, startChild } from './child.ts';
import { keptSecret, takeDataDirectory } from './data-directory.ts';
import { createTable } from './table.ts';
import { startUploadListener } from './upload-listener.ts';

/**
 * The whole product on one machine: DynamoDB's wire protocol by dynalite in a process of its own, on disk, and
 * serverless-offline running `serverless.yml`, and a listener that takes large files. Everything binds to loopback.
 */
const HOST = '127.0.0.1';
const TABLE = 'cuecard';
const STAGE = 'local';
const READY_MS = 90_000;
const POLL_MS = 100;

const modulePath = (path: string): string => fileURLToPath(new URL(`../../node_modules/${path}`, import.meta.url));
const WHOLE_BODIES = new URL('./whole-bodies.mjs', import.meta.url).href;
const PROJECT = fileURLToPath(new URL('../..', import.meta.url));

export type StackOptions = {
  port: number;
  dataDirectory: string;
  /** Functions in threads of their own, as far apart as in the cloud, instead of in one process. */
  workerThreads?: boolean;
  /** What the functions reach the store by, given its address: a proxy that counts operations, say. */
  storeProxy?: (storeUrl: string) => Promise<string>;
  /** More variables for the functions: where models are, say. */
  env?: Record<string, string>;
};

export type Stack = {
  baseUrl: string;
  wsUrl: string;
  lambdaUrl: string;
  storeUrl: string;
  dataDirectory: string;
  operatorToken: string;
  store: Child;
  functions: Child;
  /** Resolves when a part of the stack ended by itself. */
  ended: Promise<string>;
  stop(): Promise<void>;
};

/** The HTTP port and the four after it: WebSocket, function starts, store, uploads. */
export const portsOf = (port: number) => ({
  http: port,
  websocket: port + 1,
  lambda: port + 2,
  store: port + 3,
  uploads: port + 4,
});

async function checkPorts(ports: Record<string, number>): Promise<void> {
  for (const [name, port] of Object.entries(ports)) {
    await new Promise<void>((done, fail) => {
      const probe = createServer();
      probe.once('error', () =>
        fail(new Error(`Port ${port} (${name}) is taken. Set PORT to a free one; the four after it are used too.`)),
      );
      probe.listen(port, HOST, () => probe.close(() => done()));
    });
  }
}

async function until(ready: () => Promise<boolean>, child: Child, what: string, logFile: string): Promise<void> {
  const deadline = Date.now() + READY_MS;
  let ended = false;
  void child.ended.then(() => {
    ended = true;
  });
  while (!(await ready().catch(() => false))) {
    if (ended || Date.now() > deadline) throw new Error(`${what} did not start:\n${await tail(logFile)}`);
    await new Promise((done) => setTimeout(done, POLL_MS));
  }
}

async function tail(logFile: string): Promise<string> {
  const text = existsSync(logFile) ? await readFile(logFile, 'utf8') : '';
  return text.split('\n').slice(-20).join('\n');
}

const answers = async (url: string): Promise<boolean> => (await fetch(url)).status > 0;
const healthy = async (url: string): Promise<boolean> => (await fetch(`${url}/v1/health`)).status === 200;

/** Starts everything and waits until requests can be served. */
export async function startStack(options: StackOptions): Promise<Stack> {
  const ports = portsOf(options.port);
  const directory = await takeDataDirectory(resolve(options.dataDirectory));
  const children: Pick<Child, 'stop'>[] = [];
  const stop = async (): Promise<void> => {
    for (const child of children.toReversed()) await child.stop();
    await directory.release();
  };
  try {
    await checkPorts(ports);
    return await launch(options, ports, directory.path, children, stop);
  } catch (error) {
    await stop();
    throw error;
  }
}

async function launch(
  options: StackOptions,
  ports: ReturnType<typeof portsOf>,
  dataDirectory: string,
  children: Pick<Child, 'stop'>[],
  stop: () => Promise<void>,
): Promise<Stack> {
  const logs = join(dataDirectory, 'logs');
  await mkdir(logs, { recursive: true });
  const storeUrl = `http://${HOST}:${ports.store}`;
  const store = startStore(ports.store, dataDirectory, join(logs, 'store.log'));
  children.push(store);
  await until(() => answers(storeUrl), store, 'The store', join(logs, 'store.log'));
  await createTable(storeUrl, TABLE);

  const operatorSecret = await keptSecret(join(dataDirectory, 'operator'), 32, 'hex');
  const uploadKey = await keptSecret(join(dataDirectory, 'upload-key'), 32, 'hex');
  const objects = join(dataDirectory, 'objects');
  const uploads = await startUploadListener(ports.uploads, { objects, secret: uploadKey, now: Date.now });
  children.push(uploads);
  const urls = {
    baseUrl: `http://${HOST}:${ports.http}`,
    wsUrl: `ws://${HOST}:${ports.websocket}`,
    lambdaUrl: `http://${HOST}:${ports.lambda}`,
    storeUrl,
  };
  const functions = startFunctions(options, ports, join(logs, 'functions.log'), {
    CUECARD_OBJECTS: `file:${objects}`,
    CUECARD_UPLOAD_URL: uploads.url,
    CUECARD_UPLOAD_KEY: uploadKey,
    CUECARD_SEAL_KEY: await keptSecret(join(dataDirectory, 'seal-key'), 32, 'base64'),
    CUECARD_OPERATOR_TOKEN_SHA256: createHash('sha256').update(operatorSecret).digest('hex'),
    CUECARD_DYNAMODB_ENDPOINT: (await options.storeProxy?.(storeUrl)) ?? storeUrl,
    CUECARD_LAMBDA_ENDPOINT: urls.lambdaUrl,
    CUECARD_WEBSOCKET_ENDPOINT: `http://${HOST}:${ports.websocket}`,
    CUECARD_WEBSOCKET_URL: urls.wsUrl,
    CUECARD_BUILD_DIRECTORY: `.esbuild/${ports.http}`,
  });
  children.push(functions);
  await until(() => healthy(urls.baseUrl), functions, 'The stack', join(logs, 'functions.log'));
  const ended = Promise.race([store.ended.then(() => 'the store'), functions.ended.then(() => 'the functions')]);
  return {
    ...urls,
    dataDirectory,
    operatorToken: `cc_operator_local_${operatorSecret}`,
    store,
    functions,
    ended,
    stop,
  };
}

const startStore = (port: number, dataDirectory: string, logFile: string): Child =>
  startChild(
    modulePath('dynalite/cli.js'),
    [
      '--host',
      HOST,
      '--port',
      String(port),
      '--path',
      join(dataDirectory, 'store'),
      '--createTableMs',
      '0',
      '--updateTableMs',
      '0',
    ],
    { logFile },
  );

/** Two lines a call, written by the gateway, cost more than some calls; what our functions log is logged all the same. */
const LOCAL = {
  AWS_ACCESS_KEY_ID: 'local',
  AWS_SECRET_ACCESS_KEY: 'local',
  AWS_REGION: 'local',
  SLS_LOG_LEVEL: 'warning',
};

const startFunctions = (
  options: StackOptions,
  ports: ReturnType<typeof portsOf>,
  logFile: string,
  env: Record<string, string>,
): Child =>
  startChild(
    modulePath('serverless/bin/serverless.js'),
    [
      'offline',
      '--stage',
      STAGE,
      '--host',
      HOST,
      '--httpPort',
      String(ports.http),
      '--websocketPort',
      String(ports.websocket),
      '--lambdaPort',
      String(ports.lambda),
      ...(options.workerThreads === true ? [] : ['--useInProcess']),
      '--config',
      join(PROJECT, 'serverless.yml').slice(PROJECT.length),
    ],
    {
      logFile,
      nodeOptions: ['--unhandled-rejections=warn', '--import', WHOLE_BODIES],
      env: { ...LOCAL, ...options.env, ...env },
    },
  );
