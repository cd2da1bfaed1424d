import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CuecardError } from '../../../lib/domain/error.ts';
import { compile } from '../../../lib/engine/compile.ts';
import { denseByClass, hitsByClass, quantise } from '../../../lib/engine/dense.ts';
import { generator } from '../../../lib/engine/hash.ts';
import { open } from '../../../lib/engine/open.ts';
import type { CompileInput } from '../../../lib/engine/types.ts';
import { SHOP_INPUT } from './shop.ts';

const SHOP = SHOP_INPUT.classes;
const DIMENSIONS = 24;
const EMBEDDING = { model: 'stand-in', dimensions: DIMENSIONS };

/** A direction for each class and some noise: what an embedding that knows the meaning would give. */
function standIn(noise: number) {
  const random = generator(7);
  const normal = () => random() + random() + random() - 1.5;
  const centres = SHOP.map(() => Float32Array.from({ length: DIMENSIONS }, normal));
  return (owner: number): Float32Array => Float32Array.from(centres[owner] ?? [], (value) => value + noise * normal());
}

function withVectors(noise: number, extra: Partial<CompileInput> = {}): CompileInput {
  const vectorOf = standIn(noise);
  const classes = SHOP.map((one, owner) => ({ ...one, vectors: one.questions.map(() => vectorOf(owner)) }));
  return { ...SHOP_INPUT, classes, embedding: EMBEDDING, ...extra };
}

const invalid = (run: () => unknown): string => {
  try {
    run();
  } catch (error) {
    if (error instanceof CuecardError && error.kind === 'invalid') return error.message;
    throw error;
  }
  return '';
};

describe('vectors in one byte a number', () => {
  const number = fc.float({ min: -1, max: 1, noNaN: true });
  const vector = fc.array(number, { minLength: 8, maxLength: 8 }).map((list) => Float32Array.from(list));

  it('give the cosine of the nearest question of each class, nearly as plain lists do', () => {
    const classes = fc.array(fc.array(vector, { maxLength: 4 }), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(classes, vector, (given, asked) => {
        const start = Uint32Array.from([0, ...given.map((_, at) => given.slice(0, at + 1).flat().length)]);
        const cosine = (a: Float32Array, b: Float32Array) => {
          const dot = a.reduce((sum, value, at) => sum + value * (b[at] ?? 0), 0);
          const size = Math.hypot(...a) * Math.hypot(...b);
          return size === 0 ? Number.NaN : dot / size;
        };
        const found = denseByClass(quantise(given.flat(), 8), start, asked);
        given.forEach((questions, owner) => {
          const cosines = questions.map((one) => cosine(one, asked)).filter((one) => !Number.isNaN(one));
          if (cosines.length < questions.length || cosines.length === 0) return;
          expect(Math.abs((found[owner] ?? 9) - Math.max(...cosines))).toBeLessThan(0.02);
        });
      }),
    );
  });

  it('from outside are found by key; what was not named is no nearer than the last', () => {
    const indexOf = (key: string) => ['a', 'b', 'c'].indexOf(key);
    const known = (key: string) => (indexOf(key) < 0 ? undefined : indexOf(key));
    const hits = [
      { key: 'c', similarity: 0.75 },
      { key: 'gone', similarity: 0.7 },
      { key: 'a', similarity: 0.5 },
    ];
    expect([...(hitsByClass(hits, 3, known) ?? [])]).toEqual([0.5, 0.5, 0.75]);
    expect(hitsByClass([{ key: 'gone', similarity: 1 }], 3, known)).toBeUndefined();
    expect(hitsByClass([], 3, known)).toBeUndefined();
  });
});

describe('an engine with vectors', () => {
  const { bytes, report } = compile(withVectors(0.35));
  const engine = open(bytes);
  const sparse = open(compile(SHOP_INPUT).bytes);
  const asked = ['请问什么时候可以发货', 'where is my parcel', '', '???', 'how do i pay'];

  it('says what its vectors come from, and compiles to the same bytes again', () => {
    expect(engine.embedding).toEqual(EMBEDDING);
    expect(engine.vectorsLie).toBe('inside');
    expect(sparse.embedding).toBeUndefined();
    expect(compile(withVectors(0.35)).bytes).toEqual(bytes);
  });

  it('answers a text without a vector exactly as one that knows none', () => {
    for (const text of asked) {
      expect(engine.classify(text)).toEqual(sparse.classify(text));
      expect(engine.search(text)).toEqual(sparse.search(text));
      expect(sparse.classify(text, { vector: new Float32Array(3) })).toEqual(sparse.classify(text));
    }
  });

  it('understands words that it has never seen by their vector', () => {
    const vectorOf = standIn(0);
    SHOP.forEach(({ key }, owner) => {
      const vector = vectorOf(owner);
      expect(engine.classify('zzyzx qwv', { vector }).candidates[0]?.key).toBe(key);
      expect(engine.search('zzyzx qwv', { vector })[0]?.key).toBe(key);
    });
  });

  it('is right more often with them than without, on held-out questions', () => {
    expect(report.dense?.accuracy).toBeGreaterThan(report.accuracy ?? 1);
  });

  it('refuses a vector of another length or with a number that is none', () => {
    expect(invalid(() => engine.classify('a', { vector: new Float32Array(5) }))).toContain('5 numbers');
    const broken = new Float32Array(DIMENSIONS).fill(Number.NaN);
    expect(invalid(() => engine.search('a', { vector: broken }))).toContain('none');
    const short = SHOP.map((one) => ({ ...one, vectors: one.questions.map(() => new Float32Array(2)) }));
    expect(invalid(() => compile(withVectors(0.35, { classes: short })))).toContain('stand-in');
    expect(invalid(() => compile(withVectors(0.35, { classes: SHOP })))).toContain('0 numbers');
  });

  it('leaves the vectors out when they lie outside, and takes what was found there', () => {
    const outside = compile(withVectors(0.35, { vectorsLie: 'outside' })).bytes;
    const other = open(outside);
    expect(outside.length).toBeLessThan(bytes.length);
    expect(other.vectorsLie).toBe('outside');
    const key = SHOP[2]?.key ?? '';
    const dense = [
      { key, similarity: 0.97 },
      { key: SHOP[0]?.key ?? '', similarity: 0.1 },
    ];
    expect(other.classify('zzyzx qwv', { dense }).candidates[0]?.key).toBe(key);
    expect(other.classify('how do i pay', { vector: standIn(0)(1) })).toEqual(sparse.classify('how do i pay'));
  });

  it('keeps confidences a falling share of 1, whatever the vector', () => {
    const number = fc.float({ min: -1, max: 1, noNaN: true });
    const vectors = fc.array(number, { minLength: DIMENSIONS, maxLength: DIMENSIONS });
    fc.assert(
      fc.property(vectors, fc.constantFrom(...asked), (list, text) => {
        const shares = engine
          .classify(text, { vector: Float32Array.from(list) })
          .candidates.map((one) => one.confidence);
        expect(shares).toEqual(shares.toSorted((a, b) => b - a));
        expect(shares.reduce((sum, one) => sum + one, 0)).toBeLessThanOrEqual(1 + 1e-9);
        expect(shares.every((one) => one >= 0)).toBe(true);
      }),
      { numRuns: 60 },
    );
  });
});
