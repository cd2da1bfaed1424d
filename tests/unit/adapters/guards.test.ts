import { randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import { checkCallbackUrl, guardedPost, isPublicAddress } from '../../../lib/adapters/callback.ts';
import { sealWith } from '../../../lib/adapters/seal.ts';

describe('a public address', () => {
  it.each(['93.184.216.34', '2606:2800:220:1:248:1893:25c8:1946'])('%s is one', (address) => {
    expect(isPublicAddress(address)).toBe(true);
  });
  it.each([
    '127.0.0.1',
    '10.1.2.3',
    '172.16.0.1',
    '192.168.1.1',
    '169.254.169.254',
    '100.64.0.1',
    '0.0.0.0',
    '255.255.255.255',
    '::1',
    '::',
    'fe80::1',
    'fc00::1',
    'fd12::1',
    '::ffff:127.0.0.1',
    '::ffff:10.0.0.1',
    // As a URL writes [::127.0.0.1]: the deprecated form that holds an IPv4 address (RFC 4291, 2.5.5.1).
    '::7f00:1',
    '::a9fe:a9fe',
    '64:ff9b::7f00:1',
    '64:ff9b:1::1',
    '2002:7f00:1::',
    'ff02::1',
    'not an address',
  ])('%s is none', (address) => {
    expect(isPublicAddress(address)).toBe(false);
  });
});

describe('a callback URL', () => {
  it.each([
    'http://shop.example/cb',
    'https://127.0.0.1/cb',
    'https://[::1]/cb',
    'https://user:pass@shop.example/',
    'ftp://shop.example/',
    'https://2130706433/',
    'https://0x7f.1/',
    'nonsense',
  ])('%s is refused', (url) => {
    expect(() => checkCallbackUrl(url, false)).toThrow(expect.objectContaining({ kind: 'invalid' }));
  });
  it('https to a name is taken', () => {
    expect(checkCallbackUrl('https://shop.example/cb?x=1', false).hostname).toBe('shop.example');
  });
});

describe('the way out', () => {
  async function serving(status: number, headers: Record<string, string> = {}) {
    const bodies: string[] = [];
    const server = createServer((request, answer) => {
      request.setEncoding('utf8');
      let body = '';
      request.on('data', (chunk: string) => {
        body += chunk;
      });
      request.on('end', () => {
        bodies.push(body);
        answer.writeHead(status, headers).end();
      });
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    const { port } = server.address() as AddressInfo;
    return { port, bodies, close: () => new Promise((done) => server.close(done)) };
  }
  const post = (url: string, allowLocal: boolean) =>
    guardedPost({
      url,
      headers: { 'content-type': 'application/json' },
      body: '{"a":"好"}',
      timeoutMs: 20_000,
      allowLocal,
    });

  it('posts once and gives the status, following no redirect', async () => {
    const { port, bodies, close } = await serving(302, { location: 'http://127.0.0.1:1/' });
    expect(await post(`http://127.0.0.1:${port}/cb`, true)).toBe(302);
    expect(bodies).toEqual(['{"a":"好"}']);
    await close();
  });

  it('does not connect to a name that resolves to this machine', async () => {
    const { port, bodies, close } = await serving(200);
    await expect(post(`https://localhost:${port}/cb`, false)).rejects.toThrow('not a public address');
    expect(bodies).toEqual([]);
    await close();
  });
});

describe('sealed secrets', () => {
  const { seal, open } = sealWith(randomBytes(32).toString('base64'));
  it('open where they were sealed and nowhere else', () => {
    const envelope = seal('whsec_x', 'shop/webhookSecret');
    expect(open(envelope, 'shop/webhookSecret')).toBe('whsec_x');
    expect(() => open(envelope, 'other/webhookSecret')).toThrow();
    expect(() => open(envelope, 'shop/callbackSecret')).toThrow();
    expect(() => open(`${envelope.slice(0, -2)}AA`, 'shop/webhookSecret')).toThrow();
    expect(() => sealWith(randomBytes(32).toString('base64')).open(envelope, 'shop/webhookSecret')).toThrow();
  });
  it('have one spelling: whoever counts by the envelope counts right', () => {
    const envelope = seal('whsec_x', 'c');
    for (const tail of ['.more', '.', '=', '!', '\n', 'A']) expect(() => open(`${envelope}${tail}`, 'c')).toThrow();
    for (const short of ['', 'AAAA', 'AAAAAA']) expect(() => open(`v1.k1.${short}.${short}`, 'c')).toThrow();
  });
  it('never look the same twice', () => {
    expect(seal('x', 'c')).not.toBe(seal('x', 'c'));
  });
});
