import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { request } from 'node:http';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { localUploads } from '../../../../lib/adapters/local-uploads.ts';
import { startUploadListener, type UploadListener } from '../../../../scripts/local/upload-listener.ts';

const NOW = Date.parse('2026-11-01T08:00:00Z');
const LIMITS = { maxBytes: 100_000, expiresAt: NOW + 60_000 };
let objects: string;
let listener: UploadListener;
let clock = NOW;

const freePort = (): Promise<number> =>
  new Promise((done) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => done(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });

beforeAll(async () => {
  objects = await mkdtemp(join(tmpdir(), 'cuecard-uploads-'));
  listener = await startUploadListener(await freePort(), { objects, secret: 'secret', now: () => clock });
});

afterAll(async () => {
  await listener.stop();
  await rm(objects, { recursive: true });
});

const formFor = (name: string, limits = LIMITS) =>
  localUploads(listener.url, 'secret')(`uploads/shop/${name}/file`, limits);

function post(fields: Record<string, string>, file: Uint8Array | undefined, url = listener.url): Promise<Response> {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  if (file !== undefined) form.append('file', new Blob([new Uint8Array(file)]), 'knowledge.xlsx');
  return fetch(url, { method: 'POST', body: form });
}

const stored = (name: string): Promise<Buffer> => readFile(join(objects, 'uploads', 'shop', name, 'file'));

describe('the upload listener', () => {
  test('keeps the bytes of a signed form as they are, delimiters of other forms and all', async () => {
    const bytes = Buffer.concat([
      Buffer.from('\r\n--x\r\n\r\n--'),
      Buffer.from([...Array(256).keys()]),
      Buffer.alloc(90_000, 13),
    ]);
    const { fields } = await formFor('a');
    expect((await post(fields, bytes)).status).toBe(204);
    expect((await stored('a')).equals(bytes)).toBe(true);
  });

  test('a form is used once', async () => {
    const { fields } = await formFor('once');
    expect((await post(fields, Buffer.from('first'))).status).toBe(204);
    expect((await post(fields, Buffer.from('second'))).status).toBe(409);
    expect(String(await stored('once'))).toBe('first');
  });

  test('a larger file is refused, and nothing of it is left', async () => {
    const { fields } = await formFor('large', { ...LIMITS, maxBytes: 1_000 });
    expect((await post(fields, Buffer.alloc(1_001))).status).toBe(413);
    expect(await readdir(join(objects, 'uploads', 'shop', 'large'))).toEqual([]);
    expect((await post(fields, Buffer.alloc(1_000))).status).toBe(204);
  });

  test('changed, unsigned and expired forms are refused', async () => {
    const { fields } = await formFor('b');
    const policy = Buffer.from(
      JSON.stringify({ key: 'uploads/other/b/file', maxBytes: 9, expiresAt: NOW + 9_999 }),
    ).toString('base64url');
    const file = Buffer.from('x');
    expect((await post({ ...fields, policy }, file)).status).toBe(403);
    expect((await post({ ...fields, key: 'uploads/other/b/file' }, file)).status).toBe(403);
    expect((await post({ ...fields, signature: '' }, file)).status).toBe(403);
    expect((await post({}, file)).status).toBe(403);
    clock = NOW + 60_000;
    expect((await post(fields, file)).status).toBe(403);
    clock = NOW;
    await expect(stored('b')).rejects.toThrow();
  });

  test('whoever still writes when the form is refused is told why', async () => {
    const { fields } = await formFor('told');
    for (let round = 0; round < 10; round++) {
      const answer = await post({ ...fields, signature: '' }, Buffer.alloc(70_000, 120));
      expect(`${answer.status} ${await answer.text()}`).toContain('403 the form is not signed');
    }
  });

  test('a signature never reaches outside the uploads', async () => {
    const presign = localUploads(listener.url, 'secret');
    for (const key of ['uploads/../../secret/file', '/etc/passwd', 'snapshots/x', 'uploads/shop/c/../d/file']) {
      expect((await post((await presign(key, LIMITS)).fields, Buffer.from('x'))).status, key).toBe(403);
    }
  });

  test('nothing else is served, and no other site’s name is listened to', async () => {
    expect((await fetch(listener.url)).status).toBe(405);
    expect((await fetch(`${listener.url}uploads/shop/a/file`)).status).toBe(404);
    expect((await fetch(listener.url, { method: 'POST', body: 'x' })).status).toBe(415);
    const { fields } = await formFor('empty');
    expect((await post(fields, undefined)).status).toBe(400);
    const status = await new Promise((done) => {
      request(listener.url, { method: 'POST', headers: { host: 'evil.example' } }, (reply) =>
        done(reply.statusCode),
      ).end();
    });
    expect(status).toBe(404);
  });

  test('a file that breaks off is not kept', async () => {
    const { fields } = await formFor('broken');
    const parts = Object.entries(fields).map(
      ([name, value]) => `--b\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
    );
    const body = `${parts.join('')}--b\r\nContent-Disposition: form-data; name="file"\r\n\r\nhalf a fi`;
    const headers = { 'content-type': 'multipart/form-data; boundary=b' };
    expect((await fetch(listener.url, { method: 'POST', body, headers })).status).toBe(400);
    await expect(stored('broken')).rejects.toThrow();
  });
});
