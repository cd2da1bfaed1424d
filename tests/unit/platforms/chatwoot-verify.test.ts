import { createHmac } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { verify } from '../../../lib/platforms/chatwoot/verify.ts';

const NOW = 1_795_000_000_000;
const RAW = Buffer.from('{"event":"message_created","content":"你好 \\u00e9"}');
const sign = (secret: string, timestamp: string, raw: Buffer = RAW): string =>
  `sha256=${createHmac('sha256', secret).update(`${timestamp}.`).update(raw).digest('hex')}`;
const at = (offset: number): string => String(NOW / 1_000 + offset);
const headers = (secret: string, timestamp: string) => ({
  'x-chatwoot-timestamp': timestamp,
  'x-chatwoot-signature': sign(secret, timestamp),
});
const required = { secrets: ['one', 'two'], setting: 'required' as const, now: NOW };

describe('the signature', () => {
  test.each(['one', 'two'])('holds under the webhook’s or the bot’s secret: %s', (secret) => {
    expect(verify(headers(secret, at(0)), RAW, required)).toBe('signed');
  });
  test.each([-299, 299])('may be %s seconds old', (offset) => {
    expect(verify(headers('one', at(offset)), RAW, required)).toBe('signed');
  });
  test.each([
    ['another secret', headers('three', at(0)), /does not match/],
    ['too old', headers('one', at(-301)), /five minutes/],
    ['from the future', headers('one', at(301)), /five minutes/],
    ['another time than was signed', { ...headers('one', at(0)), 'x-chatwoot-timestamp': at(1) }, /does not match/],
    ['no timestamp', { 'x-chatwoot-signature': sign('one', at(0)) }, /timestamp/],
    ['a timestamp that is none', headers('one', '17e8'), /timestamp/],
    ['no signature', {}, /missing header/],
    ['not hex', { ...headers('one', at(0)), 'x-chatwoot-signature': 'sha256=zz' }, /form/],
    ['cut short', { ...headers('one', at(0)), 'x-chatwoot-signature': sign('one', at(0)).slice(0, -2) }, /form/],
    [
      'over the body alone',
      {
        ...headers('one', at(0)),
        'x-chatwoot-signature': `sha256=${createHmac('sha256', 'one').update(RAW).digest('hex')}`,
      },
      /does not match/,
    ],
  ])('is refused: %s', (_, given, why) => {
    expect(() => verify(given, RAW, required)).toThrow(
      expect.objectContaining({ kind: 'unauthenticated', message: expect.stringMatching(why) }),
    );
  });
  test('is over the very bytes', () => {
    expect(() => verify(headers('one', at(0)), Buffer.concat([RAW, Buffer.from(' ')]), required)).toThrow(
      /does not match/,
    );
  });
  test('is nothing without a secret to compare with', () => {
    expect(() => verify(headers('one', at(0)), RAW, { ...required, secrets: [] })).toThrow(/no webhook secret/);
  });
});

describe('without a signature', () => {
  test.each(['when_signed', 'off'] as const)('%s lets it be, as unsigned', (setting) => {
    expect(verify({}, RAW, { ...required, setting })).toBe('unsigned');
  });
  test('a wrong one is refused where right ones are looked for', () => {
    expect(() => verify(headers('three', at(0)), RAW, { ...required, setting: 'when_signed' })).toThrow(
      /does not match/,
    );
  });
  test('off believes no signature either', () => {
    expect(verify(headers('one', at(0)), RAW, { ...required, setting: 'off' })).toBe('unsigned');
  });
});
