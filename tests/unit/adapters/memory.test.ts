import { describe, expect, it } from 'vitest';
import { byBytes, once, remembered, tokenBucket } from '../../../lib/adapters/memory.ts';

describe('once', () => {
  it('makes one for many callers, and tries again after a failure', async () => {
    let made = 0;
    const make = once(async () => {
      made += 1;
      if (made === 1) throw new Error('not yet');
      return made;
    });
    await expect(make()).rejects.toThrow('not yet');
    expect(await Promise.all([make(), make()])).toEqual([2, 2]);
  });
});

describe('remembered', () => {
  it('reads again when its time is over or the reading failed', async () => {
    let clock = 0;
    const reads: string[] = [];
    const read = remembered(
      async (key) => {
        reads.push(key);
        if (key === 'bad') throw new Error('down');
        return reads.length;
      },
      { ttlMs: 100, limit: 2, now: () => clock },
    );
    expect([await read('a'), await read('a')]).toEqual([1, 1]);
    clock = 101;
    expect(await read('a')).toBe(2);
    await expect(read('bad')).rejects.toThrow('down');
    await expect(read('bad')).rejects.toThrow('down');
    expect(reads).toEqual(['a', 'a', 'bad', 'bad']);
  });

  it('forgets the oldest beyond its limit', async () => {
    const reads: string[] = [];
    const read = remembered(async (key) => reads.push(key), { ttlMs: 1_000, limit: 2, now: () => 0 });
    for (const key of ['a', 'b', 'c', 'c', 'a']) await read(key);
    expect(reads).toEqual(['a', 'b', 'c', 'a']);
  });
});

describe('byBytes', () => {
  it('keeps what was used last within its bytes, and shares readings under way', async () => {
    const reads: string[] = [];
    const read = byBytes(async (key) => {
      reads.push(key);
      return key === 'none' ? undefined : { value: key, bytes: 40 };
    }, 100);
    await Promise.all([read('a'), read('a')]);
    await read('b');
    await read('a');
    await read('c');
    expect([await read('a'), await read('b'), await read('none')]).toEqual(['a', 'b', undefined]);
    expect(reads).toEqual(['a', 'b', 'c', 'b', 'none']);
  });
});

describe('tokenBucket', () => {
  it('lets a burst pass, then the rate, each key by itself', () => {
    let clock = 0;
    const passes = tokenBucket({ perSecond: 2, burst: 3, limit: 10, now: () => clock });
    expect([passes('a'), passes('a'), passes('a'), passes('a'), passes('b')]).toEqual([true, true, true, false, true]);
    clock = 500;
    expect([passes('a'), passes('a')]).toEqual([true, false]);
    clock = 60_000;
    expect([passes('a'), passes('a'), passes('a'), passes('a')]).toEqual([true, true, true, false]);
  });
});
