import { createServer, type IncomingHttpHeaders, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import '../../../../scripts/local/whole-bodies.mjs';

const server = createServer((incoming, answer) => {
  const sent = incoming.rawHeaders[incoming.rawHeaders.findIndex((name) => /^content-type$/i.test(name)) + 1];
  answer.end(JSON.stringify({ seen: incoming.headers['content-type'], sent }));
});
beforeAll(() => new Promise<void>((listening) => server.listen(0, '127.0.0.1', () => listening())));
afterAll(() => new Promise((closed) => server.close(closed)));

const post = (headers: IncomingHttpHeaders): Promise<{ seen: string; sent?: string }> =>
  new Promise((done, fail) => {
    const { port } = server.address() as AddressInfo;
    const sending = request({ port, host: '127.0.0.1', method: 'POST', headers }, (answer) => {
      answer.setEncoding('utf8').on('data', (text: string) => done(JSON.parse(text)));
    });
    sending.on('error', fail).end('PK');
  });

test('the local gateway takes every body that is not JSON for bytes, and functions see the type that was sent', async () => {
  const workbook = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
  expect(await post({ 'content-type': workbook })).toEqual({
    seen: `${workbook};application/octet-stream`,
    sent: workbook,
  });
  expect((await post({})).seen).toBe('application/octet-stream');
  expect((await post({ 'content-type': 'application/json; charset=utf-8' })).seen).toBe(
    'application/json; charset=utf-8',
  );
});
