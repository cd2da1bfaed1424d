import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { directoryStore } from '../../../lib/adapters/directory.ts';
import { s3Store } from '../../../lib/adapters/s3.ts';
import type { ObjectStore, StoredObject } from '../../../lib/ports/objects.ts';

type Answer = { status: number; headers?: Record<string, string>; body?: Buffer | string };

const NO_SUCH_KEY: Answer = {
  status: 404,
  headers: { 'content-type': 'application/xml' },
  body: '<?xml version="1.0"?><Error><Code>NoSuchKey</Code><Message>none</Message></Error>',
};

/** A page of a listing, two keys long, as ListObjectsV2 gives it. */
function listed(kept: Map<string, Buffer>, query: URLSearchParams): Answer {
  const [prefix, after] = [query.get('prefix') ?? '', query.get('continuation-token') ?? ''];
  const keys = [...kept.keys()].map((path) => path.replace(/^\/bucket\//, '')).sort();
  const found = keys.filter((key) => key.startsWith(prefix) && key > after);
  const contents = found.slice(0, 2).map((key) => {
    const size = kept.get(`/bucket/${key}`)?.length ?? 0;
    return `<Contents><Key>${key}</Key><LastModified>2026-11-01T00:00:00.000Z</LastModified><Size>${size}</Size></Contents>`;
  });
  const next = found.length > 2 ? `<NextContinuationToken>${found[1]}</NextContinuationToken>` : '';
  const body = `<?xml version="1.0"?><ListBucketResult>${contents.join('')}${next}</ListBucketResult>`;
  return { status: 200, headers: { 'content-type': 'application/xml' }, body };
}

/** The calls that a store makes, as S3 answers them: signed calls only, `NoSuchKey` in XML, the aws-chunked upload decoded. */
function answerOf(kept: Map<string, Buffer>, { method, url, headers }: IncomingMessage, body: Buffer): Answer {
  const { pathname: key, searchParams } = new URL(url ?? '', 'http://s3');
  if (headers.authorization?.startsWith('AWS4-HMAC-SHA256 Credential=local/') !== true) return { status: 403 };
  if (method === 'PUT') {
    kept.set(key, headers['content-encoding'] === 'aws-chunked' ? unchunked(body) : body);
    return { status: 200, headers: { etag: '"1"' } };
  }
  if (method === 'DELETE') {
    kept.delete(key);
    return { status: 204 };
  }
  if (searchParams.has('list-type')) return listed(kept, searchParams);
  const found = kept.get(key);
  return found === undefined ? NO_SUCH_KEY : { status: 200, body: found };
}

function s3Server(): Server {
  const kept = new Map<string, Buffer>();
  return createServer((request, answer) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { status, headers, body } = answerOf(kept, request, Buffer.concat(chunks));
      answer.writeHead(status, headers).end(body);
    });
  });
}

function unchunked(body: Buffer): Buffer {
  const parts: Buffer[] = [];
  for (let at = 0; ; ) {
    const end = body.indexOf('\r\n', at);
    const size = Number.parseInt(body.subarray(at, end).toString(), 16);
    if (!(size > 0)) return Buffer.concat(parts);
    parts.push(body.subarray(end + 2, end + 2 + size));
    at = end + 2 + size + 2;
  }
}

let server: Server;
let directory: string;
let client: S3Client;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'cuecard-objects-'));
  server = s3Server();
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  client = new S3Client({
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    region: 'local',
    forcePathStyle: true,
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
});

afterAll(async () => {
  client.destroy();
  await new Promise((done) => server.close(done));
  await rm(directory, { recursive: true });
});

let part = 0;
const stores: [string, () => ObjectStore][] = [
  ['a directory', () => directoryStore(directory, () => `part-${part++}`)],
  ['S3', () => s3Store(client, 'bucket')],
];

describe.each(stores)('objects in %s', (_, open) => {
  it('come back byte for byte', async () => {
    const bytes = Uint8Array.from({ length: 70_000 }, (__, at) => (at * 7) % 256);
    await open().put('snapshots/demo/abc', bytes);
    expect(Buffer.compare((await open().get('snapshots/demo/abc')) ?? Buffer.alloc(0), bytes)).toBe(0);
  });

  it('are replaced whole', async () => {
    await open().put('x/y', new TextEncoder().encode('a longer text'));
    await open().put('x/y', new TextEncoder().encode('short'));
    expect(Buffer.from((await open().get('x/y')) ?? []).toString()).toBe('short');
  });

  it('are listed under their prefix page by page, and gone once deleted', async () => {
    const store = open();
    for (const name of ['a', 'b', 'c', 'deep/d']) await store.put(`list/shop/${name}`, Buffer.from(name));
    await store.put('list/shopping/e', Buffer.from('e'));
    const all = async (): Promise<StoredObject[]> => {
      const found: StoredObject[] = [];
      let cursor: string | undefined;
      do {
        const page = await store.list('list/shop/', cursor);
        found.push(...page.items);
        cursor = page.cursor;
      } while (cursor !== undefined);
      return found;
    };
    const before = await all();
    expect(before.map(({ key, bytes }) => [key, bytes])).toEqual([
      ['list/shop/a', 1],
      ['list/shop/b', 1],
      ['list/shop/c', 1],
      ['list/shop/deep/d', 6],
    ]);
    expect(before.every(({ at }) => at > Date.parse('2026-01-01') && at < Date.parse('2126-01-01'))).toBe(true);
    await store.delete('list/shop/b');
    await store.delete('list/shop/b');
    expect((await all()).map(({ key }) => key)).toEqual(['list/shop/a', 'list/shop/c', 'list/shop/deep/d']);
    expect(await store.get('list/shop/b')).toBeUndefined();
    expect((await store.list('list/nobody/')).items).toEqual([]);
    expect((await store.list('list/shop/a')).items.map(({ key }) => key)).toEqual(['list/shop/a']);
    expect((await store.list('list/shop/a/')).items).toEqual([]);
    expect((await store.list('list/shoppi')).items.map(({ key }) => key)).toEqual(['list/shopping/e']);
  });

  it('that were never put are not there', async () => {
    expect(await open().get('no/such')).toBeUndefined();
  });
});

describe('a directory', () => {
  it('never hands out what lies beside it', async () => {
    const store = directoryStore(directory, () => 'part');
    await expect(store.get('../../etc/passwd')).rejects.toThrow('outside');
    await expect(store.put('/etc/cuecard', new Uint8Array())).rejects.toThrow('outside');
  });

  it("never leads from one tenant's keys to another's", async () => {
    const store = directoryStore(directory, () => 'part');
    await store.put('packs/rival/updates/imp_1.json', Buffer.from('{}'));
    await expect(store.get('packs/shop/updates/../../rival/updates/imp_1.json')).rejects.toThrow('outside');
    await expect(store.get('packs/shop/\u0000')).rejects.toThrow('outside');
  });

  it('leaves nothing half written', async () => {
    const store = directoryStore(directory, () => `half-${part++}`);
    await Promise.all(Array.from({ length: 20 }, (_, at) => store.put('race', Buffer.from(String(at).repeat(1_000)))));
    const text = Buffer.from((await store.get('race')) ?? []).toString();
    expect(Array.from({ length: 20 }, (_, at) => String(at).repeat(1_000))).toContain(text);
    expect((await readdir(directory)).filter((name) => name.includes('half'))).toEqual([]);
  });
});
