import { readFileSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { highestFor, productsOf } from '../../../lib/engine/dot.ts';
import { DOT_MODULE } from '../../../lib/engine/dot-module.generated.ts';
import { assemble, SOURCE } from '../../../scripts/build-dot.ts';

/** The same in plain JavaScript. */
function naive(rows: Int8Array, count: number, vector: Int16Array): number[] {
  return Array.from({ length: count }, (_, row) =>
    vector.reduce((sum, value, at) => sum + value * (rows[row * vector.length + at] ?? 0), 0),
  );
}

const LARGEST = 80;
const byte = fc.oneof(fc.constantFrom(-128, 127, 0), fc.integer({ min: -128, max: 127 }));
const highest = highestFor(LARGEST);
const number = fc.oneof(fc.constantFrom(-highest, highest, 0), fc.integer({ min: -highest, max: highest }));
const shape = fc.record({ count: fc.integer({ min: 0, max: 13 }), dimensions: fc.integer({ min: 1, max: LARGEST }) });

const asked = shape.chain(({ count, dimensions }) => {
  const length = count * dimensions;
  const vector = fc
    .array(number, { minLength: dimensions, maxLength: dimensions })
    .map((list) => Int16Array.from(list));
  return fc.record({
    count: fc.constant(count),
    rows: fc.array(byte, { minLength: length, maxLength: length }).map((list) => Int8Array.from(list)),
    vectors: fc.array(vector, { minLength: 1, maxLength: 3 }),
  });
});

describe('products of rows of bytes with a vector', () => {
  it('are those of plain JavaScript, whatever the numbers, the rows and the dimensions', () => {
    fc.assert(
      fc.property(asked, ({ count, rows, vectors }) => {
        const products = productsOf(rows, count, vectors[0]?.length ?? 0);
        for (const vector of vectors) expect([...products(vector)]).toEqual(naive(rows, count, vector));
      }),
      { numRuns: 300 },
    );
  });

  it.each([16, 256, 1_000, 1_536, 3_072, 20_000])('stay within 32 bits at %i dimensions', (dimensions) => {
    const vector = new Int16Array(dimensions).fill(-highestFor(dimensions));
    const rows = new Int8Array(2 * dimensions).fill(-128).fill(127, dimensions);
    const expected = naive(rows, 2, vector);
    expect(expected[0]).toBeLessThan(2 ** 31);
    expect([...productsOf(rows, 2, dimensions)(vector)]).toEqual(expected);
  });

  it('keep apart from those of other rows', () => {
    const one = productsOf(Int8Array.of(1, 2, 3), 1, 3);
    const other = productsOf(Int8Array.of(4, 5, 6, 7), 2, 2);
    const first = one(Int16Array.of(1, 1, 1));
    expect([...other(Int16Array.of(10, 1))]).toEqual([45, 67]);
    expect([...first]).toEqual([6]);
  });

  it('hold their memory no longer than they are held', async () => {
    setFlagsFromString('--expose-gc');
    const collect: () => void = runInNewContext('gc');
    const kept = productsOf(new Int8Array(1_024), 16, 64);
    const memories = [1, 2, 3].map(() => {
      const products = productsOf(new Int8Array(1_024), 16, 64);
      return new WeakRef(products(new Int16Array(64)).buffer);
    });
    await setImmediate();
    collect();
    expect(memories.map((memory) => memory.deref())).toEqual([undefined, undefined, undefined]);
    expect(kept(new Int16Array(64))).toHaveLength(16);
  });
});

describe('the module', () => {
  const source = readFileSync(SOURCE, 'utf8');

  it('is what its text assembles to', () => {
    expect(Buffer.from(assemble(source)).toString('base64')).toBe(DOT_MODULE);
    expect(assemble(source).length).toBeLessThan(4_096);
  });

  it('is another when the text is, and none of what the assembler does not know', () => {
    expect(assemble(source.replace('(i32.const 32)', '(i32.const 64)'))).not.toEqual(assemble(source));
    expect(() => assemble(source.replace('i32x4.splat', 'f32x4.splat'))).toThrow('f32x4.splat is not known');
    expect(() => assemble(source.replace('local.get $sumEnd', 'local.get $end'))).toThrow('there is no $end');
  });
});
