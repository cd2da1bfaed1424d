import { describe, expect, it } from 'vitest';
import { sourceOf } from '../../../lib/tenants/source.ts';
import { turnstile } from '../../../lib/tenants/turnstile.ts';

describe('a turnstile', () => {
  it('lets one in after the other, and turns away whoever finds the line full', async () => {
    const pass = turnstile({ atOnce: 1, waiting: 2, retryAfterSeconds: 2 });
    const done: (() => void)[] = [];
    let inside = 0;
    let most = 0;
    const work = async (): Promise<void> => {
      inside += 1;
      most = Math.max(most, inside);
      await new Promise<void>((resolve) => done.push(resolve));
      inside -= 1;
    };
    const all = Array.from({ length: 3 }, () => pass(work));
    await expect(pass(work)).rejects.toMatchObject({ kind: 'unavailable', members: { retryAfterSeconds: 2 } });
    for (const one of all) {
      await expect.poll(() => done.length).toBe(1);
      done.pop()?.();
      await one;
    }
    expect(most).toBe(1);
    expect(await pass(async () => 'free again')).toBe('free again');
  });

  it('is passed on by work that fails', async () => {
    const pass = turnstile({ atOnce: 1, waiting: 1, retryAfterSeconds: 1 });
    await expect(pass(() => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
    expect(await pass(async () => 'next')).toBe('next');
  });
});

describe('who an address stands for', () => {
  it.each([
    ['203.0.113.7', '203.0.113.7'],
    ['::ffff:203.0.113.7', '203.0.113.7'],
    ['2001:db8:0:7:1:2:3:4', '2001:db8:0:7::/64'],
    ['2001:DB8::7:9:9:9:9', '2001:db8:0:7::/64'],
    ['2001:0db8:0000:0007::1', '2001:db8:0:7::/64'],
    ['::1', '0:0:0:0::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
    ['not an address', 'unknown'],
    [undefined, 'unknown'],
  ])('%s: %s', (address, source) => expect(sourceOf(address)).toBe(source));
});
