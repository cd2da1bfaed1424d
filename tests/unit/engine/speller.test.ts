import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { correct, slips } from '../../../lib/engine/speller.ts';

/** Damerau's distance with neighbours swapped at most once (optimal string alignment), by its recursive definition. */
function naiveDistance(a: string, b: string): number {
  if (a === '' || b === '') return a.length + b.length;
  const same = a.at(-1) === b.at(-1) ? 0 : 1;
  const ways = [
    naiveDistance(a.slice(0, -1), b.slice(0, -1)) + same,
    naiveDistance(a.slice(0, -1), b) + 1,
    naiveDistance(a, b.slice(0, -1)) + 1,
  ];
  const isSwap = a.length > 1 && b.length > 1 && a.at(-1) === b.at(-2) && a.at(-2) === b.at(-1);
  if (isSwap) ways.push(naiveDistance(a.slice(0, -2), b.slice(0, -2)) + 1);
  return Math.min(...ways);
}

const spelt = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), minLength: 5, maxLength: 6 });
const any = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), minLength: 1, maxLength: 6 });

describe('slips', () => {
  it('are the texts at a distance of exactly one', () => {
    fc.assert(
      fc.property(any, any, (a, b) => {
        expect(slips(a).has(b)).toBe(naiveDistance(a, b) === 1);
      }),
      { numRuns: 300 },
    );
  });
});

describe('correct', () => {
  it('finds a word whenever comparing with all of them does', () => {
    const counts = fc.dictionary(spelt, fc.integer({ min: 1, max: 5 }), { maxKeys: 20 });
    fc.assert(
      fc.property(counts, spelt, (known, asked) => {
        const found = correct(asked, (word) => known[word] ?? 0);
        const near = Object.keys(known).filter((other) => naiveDistance(asked, other) === 1);
        if (known[asked] !== undefined || near.length === 0) expect(found).toBe(asked);
        else expect(near).toContain(found);
        if (found !== asked && near.some((other) => other[0] === asked[0])) expect(found[0]).toBe(asked[0]);
      }),
      { numRuns: 60 },
    );
  });

  it('takes the commoner of two, and one that keeps the first letter before that', () => {
    const counts = new Map([
      ['carts', 2],
      ['cards', 9],
      ['barks', 99],
    ]);
    const commonness = (word: string) => counts.get(word) ?? 0;
    expect(correct('carxs', commonness)).toBe('cards');
    expect(correct('carks', commonness)).toBe('cards');
    expect(correct('carts', commonness)).toBe('carts');
  });

  it('leaves alone what is short, a number, a code or Chinese', () => {
    for (const text of ['cart', '12346', 'x1234', '退款多旧', '', 'card'.repeat(500)]) {
      expect(correct(text, () => 1)).toBe(text);
      expect(correct(text, (word) => (word === text ? 0 : 1))).toBe(text);
    }
  });
});
