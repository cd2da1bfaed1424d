import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { parse, sign, verify } from '../../../lib/platforms/generic.ts';

const SECRET = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
const OTHER = 'whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD';
const bytes = (text: string) => new TextEncoder().encode(text);

/** The scheme written out once more from its specification: HMAC-SHA256 over `id.timestamp.body`, base64. */
function signature(secret: string, id: string, timestamp: number, body: string): string {
  const key = Buffer.from(secret.replace('whsec_', ''), 'base64');
  return `v1,${createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64')}`;
}

const nowSeconds = () => Math.floor(Date.now() / 1000);
function headers(body: string, options: { secret?: string; id?: string; at?: number; signature?: string } = {}) {
  const { secret = SECRET, id = 'msg_1', at = nowSeconds() } = options;
  return {
    'webhook-id': id,
    'webhook-timestamp': String(at),
    'webhook-signature': options.signature ?? signature(secret, id, at, body),
  };
}

describe('Standard Webhooks, inbound', () => {
  const body = '{"type":"message.created"}';

  it('agrees with the vector of the specification', () => {
    const at = 1614265330;
    const vector = sign('msg_p5jXN8AQM9LWM0D4loKWxJek', '{"test": 2432232314}', at * 1000, SECRET);
    expect(vector['webhook-signature']).toBe('v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=');
  });

  it('accepts a right signature and gives the delivery id', () => {
    expect(verify(headers(body), bytes(body), [SECRET])).toBe('msg_1');
  });

  it('accepts any of several signatures and any of several secrets, for rotation', () => {
    const right = signature(SECRET, 'msg_1', nowSeconds(), body);
    expect(verify(headers(body, { signature: `v1,AAAA ${right}` }), bytes(body), [SECRET])).toBe('msg_1');
    expect(verify(headers(body), bytes(body), [OTHER, SECRET])).toBe('msg_1');
  });

  it.each([
    ['another secret', headers(body, { secret: OTHER }), 'No matching signature'],
    ['a version that is not ours', headers(body, { signature: 'v2,AAAA' }), 'No matching signature'],
    ['too old', headers(body, { at: nowSeconds() - 301 }), 'too old'],
    ['too new', headers(body, { at: nowSeconds() + 302 }), 'too new'],
    ['no timestamp', { ...headers(body), 'webhook-timestamp': '' }, 'webhook-timestamp'],
    ['no signature', { ...headers(body), 'webhook-signature': '' }, 'webhook-signature'],
    ['no id', { ...headers(body), 'webhook-id': '' }, 'webhook-id'],
    ['a timestamp that is none', { ...headers(body), 'webhook-timestamp': 'soon' }, 'Invalid'],
  ])('refuses %s, saying why', (_, wrong, why) => {
    expect(() => verify(wrong, bytes(body), [SECRET])).toThrow(expect.objectContaining({ kind: 'unauthenticated' }));
    expect(() => verify(wrong, bytes(body), [SECRET])).toThrow(why);
  });

  it('refuses a body changed by one byte', () => {
    expect(() => verify(headers(body), bytes(body.replace('created', 'creatad')), [SECRET])).toThrow('No matching');
  });

  it('refuses a delivery id that would not fit a key', () => {
    const id = 'x'.repeat(300);
    expect(() => verify(headers(body, { id }), bytes(body), [SECRET])).toThrow('longer than 256');
  });
});

describe('inbound events', () => {
  const data = { conversationId: 'c1', messageId: 'm1', author: { type: 'customer', id: 'u1' }, text: '什么时候发货' };
  const event = (value: unknown) => parse(bytes(JSON.stringify(value)));

  it('reads the envelope, and the same fields without it', () => {
    expect(event({ type: 'message.created', data })).toEqual(event({ type: 'message.created', ...data }));
    expect(event({ type: 'message.created', data })).toMatchObject({ data: { text: '什么时候发货' } });
  });

  it.each([
    ['not JSON', '{"type":', 'not JSON'],
    ['not UTF-8', new Uint8Array([0x7b, 0xff, 0x7d]), 'not JSON'],
    ['no type', '{}', 'shape'],
    ['an unknown type', '{"type":"message.exploded","data":{}}', 'shape'],
    ['an array', '[]', 'shape'],
  ])('refuses %s', (_, body, why) => {
    expect(() => parse(typeof body === 'string' ? bytes(body) : body)).toThrow(why);
  });

  it.each([
    ['data.messageId', { ...data, messageId: '' }],
    ['data.author.type', { ...data, author: { type: 'robot', id: 'u' } }],
    ['data.text', { conversationId: 'c1', messageId: 'm1', author: data.author }],
    ['data.parts.0.kind', { ...data, parts: [{ kind: 'hologram' }] }],
    ['data.conversationId', { ...data, conversationId: 'a b\n' }],
  ])('names the wrong place %s', (path, wrong) => {
    try {
      event({ type: 'message.created', data: wrong });
      expect.unreachable();
    } catch (error) {
      expect(error).toMatchObject({
        kind: 'invalid',
        errors: expect.arrayContaining([expect.objectContaining({ path })]),
      });
    }
  });
});
