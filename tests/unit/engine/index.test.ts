import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildBm25, scoreBm25 } from '../../../lib/engine/bm25.ts';
import { buildExact, exactOwners } from '../../../lib/engine/exact.ts';
import { buildVocabulary, collectHashes, idOf } from '../../../lib/engine/vocabulary.ts';

const hash = fc.oneof(fc.integer({ min: 0, max: 40 }), fc.integer({ min: 0, max: 2 ** 32 - 1 }));

describe('vocabulary', () => {
  it('finds what is in it and nothing else, like a list', () => {
    fc.assert(
      fc.property(fc.array(hash), fc.array(hash), (known, asked) => {
        const hashes = collectHashes([known]);
        const vocabulary = buildVocabulary(hashes);
        for (const one of [...known, ...asked, 0, 2 ** 32 - 1]) expect(idOf(vocabulary, one)).toBe(hashes.indexOf(one));
      }),
    );
  });
});

/** The formula as it is written in the paper, over plain lists. */
function naiveBm25(documents: readonly (readonly number[])[], query: readonly number[]): number[] {
  const average = documents.reduce((sum, document) => sum + document.length, 0) / documents.length;
  const count = (document: readonly number[], term: number) => document.filter((other) => other === term).length;
  return documents.map((document) =>
    query.reduce((sum, term) => {
      const tf = count(document, term);
      const df = documents.filter((other) => other.includes(term)).length;
      const idf = Math.log(1 + (documents.length - df + 0.5) / (df + 0.5));
      const part = tf === 0 ? 0 : (tf * 2.2) / (tf + 1.2 * (0.25 + (0.75 * document.length) / average));
      return sum + idf * part;
    }, 0),
  );
}

describe('BM25', () => {
  const term = fc.integer({ min: 1, max: 12 });
  const documents = fc.array(fc.array(term, { maxLength: 15 }), { minLength: 1, maxLength: 20 });

  it('scores every document as the formula does, to the precision of one byte', () => {
    fc.assert(
      fc.property(documents, fc.array(term, { maxLength: 8 }), (given, query) => {
        const scores = new Float32Array(given.length);
        scoreBm25(buildBm25(given), query, scores);
        const idfs = query.length * Math.log(1 + given.length + 0.5);
        naiveBm25(given, query).forEach((expected, at) => {
          expect(Math.abs((scores[at] ?? 0) - expected)).toBeLessThanOrEqual((idfs * 2.2) / 255 + 1e-5);
        });
      }),
    );
  });

  it('scores nothing without documents or known terms', () => {
    const scores = new Float32Array(1);
    scoreBm25(buildBm25([]), [1, 2], scores);
    scoreBm25(buildBm25([[3]]), [1, 2], scores);
    expect(scores[0]).toBe(0);
  });
});

describe('exact matches', () => {
  it('finds the classes of equal questions, like a list', () => {
    const text = fc.constantFrom('a', 'a!', 'A b', 'ab', '退款', '退款?', '?', '', ' ');
    const question = fc.record({ text, owner: fc.integer({ min: 0, max: 3 }) });
    fc.assert(
      fc.property(fc.array(question), text, (questions, asked) => {
        const letters = (one: string) => one.replace(/[^\p{L}\p{N}]/gu, '') || one.trim();
        const index = buildExact(questions);
        const expected = questions.filter((one) => letters(one.text) !== '' && letters(one.text) === letters(asked));
        expect(exactOwners(index, asked)).toEqual(expected.map((one) => one.owner).sort((a, b) => a - b));
      }),
    );
  });
});
