import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { link, mkdir, open, rm } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { dirname, join } from 'node:path';
import { allowedUpload, type UploadPolicy } from '../../lib/adapters/local-uploads.ts';
import { CuecardError, type ErrorKind } from '../../lib/domain/error.ts';
import { readMultipart } from './multipart.ts';

/**
 * Takes the files that are too large for the gateway, as S3 does in the cloud: a form whose fields were signed, then the
 * file. Each form puts one object once. Nothing else is served, and nothing can be read.
 */
export type UploadListener = { url: string; stop(): Promise<void> };

const HOST = '127.0.0.1';
const REQUEST_MS = 300_000;
/** So long the rest of a refused form is waited for. */
const REST_MS = 5_000;
const MAX_CONNECTIONS = 16;
const MAX_FIELDS = 20;
const MAX_FIELD_BYTES = 8_192;

const STATUS: Readonly<Partial<Record<ErrorKind, number>>> = {
  invalid: 400,
  forbidden: 403,
  conflict: 409,
  too_large: 413,
  unsupported_media: 415,
};

/** The page stands on another port. The form's fields are what allows an upload, not where it comes from. */
const CORS = {
  'access-control-allow-origin': '*',
  'access-control-allow-methods': 'POST',
  'access-control-allow-headers': '*',
  'access-control-max-age': '3600',
};

function answer(response: ServerResponse, status: number, detail = ''): void {
  response.writeHead(status, { ...CORS, 'content-type': 'text/plain; charset=utf-8', connection: 'close' });
  response.end(detail);
}

const boundaryOf = (request: IncomingMessage): string => {
  const found = /^multipart\/form-data;.*?boundary=(?:"([^"]{1,100})"|([^;\s]{1,100}))/i.exec(
    request.headers['content-type'] ?? '',
  );
  const boundary = found?.[1] ?? found?.[2];
  if (boundary === undefined) throw new CuecardError('unsupported_media', 'post a multipart form');
  return boundary;
};

type Target = { policy: UploadPolicy; file: string; beside: string };

/** Writes what follows into a file beside the object, which then takes its place in one step, unless it is there. */
async function keep({ policy, file, beside }: Target, chunks: AsyncIterable<Buffer>): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  const handle = await open(beside, 'wx', 0o600);
  try {
    let bytes = 0;
    for await (const chunk of chunks) {
      bytes += chunk.length;
      if (bytes > policy.maxBytes)
        throw new CuecardError('too_large', `the file may hold at most ${policy.maxBytes} bytes`);
      await handle.write(chunk);
    }
    if (bytes === 0) throw new CuecardError('invalid', 'the file is empty');
    await link(beside, file);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST')
      throw new CuecardError('conflict', 'the form was used');
    throw error;
  } finally {
    await handle.close();
    await rm(beside, { force: true });
  }
}

type Listening = { objects: string; secret: string; now: () => number };

/** Fields come first, then the file, which is the last part. */
async function receive(request: IncomingMessage, { objects, secret, now }: Listening): Promise<void> {
  const fields = new Map<string, string>();
  const events = readMultipart(request.iterator({ destroyOnReturn: false }), boundaryOf(request))[
    Symbol.asyncIterator
  ]();
  let name = '';
  for (let next = await events.next(); next.done !== true; next = await events.next()) {
    const event = next.value;
    if (event.kind === 'part') name = startField(fields, event.name);
    else addField(fields, name, event.bytes);
    if (name === 'file') break;
  }
  const policy = allowedUpload(fields, secret, now());
  if (policy === undefined) throw new CuecardError('forbidden', 'the form is not signed, or has expired');
  const file = join(objects, policy.key);
  await keep({ policy, file, beside: `${file}.${randomUUID()}` }, dataOf(events));
}

function startField(fields: Map<string, string>, name: string): string {
  if (fields.size >= MAX_FIELDS) throw new CuecardError('invalid', 'the form has too many fields');
  if (name !== 'file') fields.set(name, '');
  return name;
}

function addField(fields: Map<string, string>, name: string, bytes: Buffer): void {
  const value = `${fields.get(name) ?? ''}${bytes.toString('utf8')}`;
  if (value.length > MAX_FIELD_BYTES) throw new CuecardError('invalid', 'a field of the form is too long');
  fields.set(name, value);
}

async function* dataOf(events: ReturnType<ReturnType<typeof readMultipart>[typeof Symbol.asyncIterator]>) {
  for (let next = await events.next(); next.done !== true; next = await events.next()) {
    if (next.value.kind === 'part') throw new CuecardError('invalid', 'the file must be the last part of the form');
    yield next.value.bytes;
  }
}

/** Another name for this machine is another site's: it may not speak to us. */
const isOurs = (request: IncomingMessage, port: number): boolean =>
  [`${HOST}:${port}`, `localhost:${port}`].includes(request.headers.host ?? '');

/** A form that is refused is read to its end: hung up on while it still writes, a browser would not see the reason. */
async function readRest(request: IncomingMessage): Promise<void> {
  if (request.readableEnded || request.destroyed) return;
  request.removeAllListeners('readable');
  request.resume();
  await once(request, 'end', { signal: AbortSignal.timeout(REST_MS) }).catch(() => undefined);
}

async function serve(request: IncomingMessage, response: ServerResponse, port: number, to: Listening): Promise<void> {
  try {
    if (!isOurs(request, port) || request.url !== '/') return answer(response, 404);
    if (request.method === 'OPTIONS') return answer(response, 204);
    if (request.method !== 'POST') return answer(response, 405);
    await receive(request, to);
    answer(response, 204);
  } catch (error) {
    await readRest(request);
    const refusal = error instanceof CuecardError ? error : new CuecardError('invalid', 'the upload could not be read');
    answer(response, STATUS[refusal.kind] ?? 500, refusal.message);
  }
}

/** Listens on loopback until it is stopped. `objects` is the directory of the object store. */
export async function startUploadListener(port: number, to: Listening): Promise<UploadListener> {
  const server = createServer({ requestTimeout: REQUEST_MS }, (request, response) => {
    void serve(request, response, port, to);
  });
  server.maxConnections = MAX_CONNECTIONS;
  await new Promise<void>((listening, fail) => {
    server.once('error', fail);
    server.listen(port, HOST, () => listening());
  });
  return {
    url: `http://${HOST}:${port}/`,
    stop: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}
