import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ARGON2, hashPassword, isCurrentHash, verifyPassword } from '../../../lib/adapters/argon2.ts';
import { acceptablePassword } from '../../../lib/tenants/passwords.ts';
import { admit } from '../../../lib/tenants/throttle.ts';

describe('a password', () => {
  it.each([
    ['short', 'ninechars'],
    ['too long', 'ab9'.repeat(67)],
    ['the login', 'Lin@Shop.example'],
    ['the login in full width', 'ｌｉｎ@shop.example'],
    ['common', 'Password123'],
    ['common here', 'woaini5201314'],
    ['a run', '1234567890'],
    ['a run of the keyboard', 'qwertyuiop'],
    ['one character', '0000000000'],
    ['a word over and over', 'abcabcabcabc'],
  ])('is refused when it is %s', (_, typed) => {
    expect(() => acceptablePassword(typed, 'lin@shop.example')).toThrow(expect.objectContaining({ kind: 'invalid' }));
  });

  it.each(['a quiet harbour', '两岸猿声啼不住轻舟已过', `${'ab9'.repeat(66)} z`, '🐟🐠🐡🦈🐙🦑🦀🦞🦐🐚'])(
    'may be %s',
    (typed) => {
      expect(acceptablePassword(typed, 'lin')).toBe(typed);
    },
  );

  it('is the same however it was composed', () => {
    expect(acceptablePassword('Ångström ünits', 'lin')).toBe(acceptablePassword('Ångström ünits', 'lin'));
  });

  it('is hashed by Argon2id with the parameters named, salted, and made again when they change', async () => {
    const hash = await hashPassword('a quiet harbour');
    expect(hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$[\w+/]+\$[\w+/]+$/);
    expect(hash).not.toBe(await hashPassword('a quiet harbour'));
    expect(await verifyPassword('a quiet harbour', hash)).toBe(true);
    expect(await verifyPassword('a quiet harbor', hash)).toBe(false);
    expect(isCurrentHash(hash)).toBe(true);
    expect(isCurrentHash(hash.replace(`m=${ARGON2.memorySize}`, 'm=4096'))).toBe(false);
    expect(isCurrentHash('nonsense')).toBe(false);
  });
});

describe('a pace', () => {
  const pace = { intervalMs: 10_000, burst: 10 };
  it('never lets more through than its burst and its interval, whenever they come', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(30_000), { maxLength: 80 }), (gaps) => {
        let [now, seen, passed] = [1_000_000, undefined as number | undefined, 0];
        const begun = now;
        for (const gap of gaps) {
          now += gap;
          const outcome = admit(seen, now, pace);
          if (!outcome.allowed) continue;
          passed += 1;
          seen = outcome.next;
        }
        expect(passed).toBeLessThanOrEqual(pace.burst + (now - begun) / pace.intervalMs);
      }),
    );
  });

  it('says how long to wait, and lets through after it', () => {
    fc.assert(
      fc.property(fc.nat(200_000), (ahead) => {
        const outcome = admit(1_000_000 + ahead, 1_000_000, pace);
        if (outcome.allowed) return;
        expect(outcome.waitMs).toBeGreaterThan(0);
        expect(admit(1_000_000 + ahead, 1_000_000 + outcome.waitMs, pace).allowed).toBe(true);
      }),
    );
  });
});
