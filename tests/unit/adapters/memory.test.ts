import { describe, expect, it } from 'vitest';
import { byBytes, once, remembered, sharing, tokenBucket } from '../../../lib/adapters/memory.ts';

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

describe('sharing', () => {
  it('reads once for all who ask meanwhile and for some times as long after, and keeps no failure', async () => {
    let clock = 0;
    const reads: string[] = [];
    const reading: (() => void)[] = [];
    const read = sharing(
      async (key) => {
        reads.push(key);
        if (key === 'bad') throw new Error('down');
        await new Promise<void>((done) => reading.push(done));
        return reads.length;
      },
      { times: 4, mostMs: 100, limit: 2, now: () => clock },
    );
    const both = [read('a'), read('a')];
    clock = 10;
    reading[0]?.();
    expect(await Promise.all(both)).toEqual([1, 1]);
    clock = 49;
    expect(await read('a')).toBe(1);
    clock = 50;
    const slow = read('a');
    clock = 1_050;
    reading[1]?.();
    expect(await slow).toBe(2);
    clock = 1_149;
    expect(await read('a')).toBe(2);
    await expect(read('bad')).rejects.toThrow('down');
    await expect(read('bad')).rejects.toThrow('down');
    expect(reads).toEqual(['a', 'a', 'bad', 'bad']);
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
