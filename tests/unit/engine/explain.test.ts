import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compile } from '../../../lib/engine/compile.ts';
import { marginShares } from '../../../lib/engine/explain.ts';
import { features } from '../../../lib/engine/features.ts';
import { normalize } from '../../../lib/engine/normalize.ts';
import { open } from '../../../lib/engine/open.ts';
import { queryOf, readOpened, spelt } from '../../../lib/engine/opened.ts';
import { pieces, placed } from '../../../lib/engine/pieces.ts';
import { rank } from '../../../lib/engine/rank.ts';
import { tokenize } from '../../../lib/engine/tokenize.ts';

const QUESTIONS: Record<string, string[]> = {
  refund: ['how do I get a refund', 'money back please', '怎么退款', '退款多久到账'],
  parcel: ['where is my parcel', 'track my package', '快递到哪了', '物流怎么查'],
  invoice: ['I need an invoice', 'can you send a receipt', '发票怎么开', '开电子发票'],
  size: ['which size fits me', 'is it true to size', '尺码怎么选', '偏大还是偏小'],
};
const encoder = new TextEncoder();
const { bytes } = compile({
  classes: Object.entries(QUESTIONS).map(([key, questions]) => ({
    key,
    questions,
    answer: `answer of ${key}`,
    payload: encoder.encode(key),
  })),
  meta: new Uint8Array(0),
  outOfScopeShare: 0.3,
});
const engine = open(bytes);
const opened = readOpened(bytes);

const read = (text: string) => {
  const normalized = normalize(text);
  const written = tokenize(normalized);
  const tokens = spelt(opened, written);
  return { normalized, tokens, query: queryOf(opened, tokens), places: placed(normalized, written, tokens) };
};

const word = fc.constantFrom(
  ...[
    'refund',
    'refudn',
    'money',
    'parcel',
    'where',
    'my',
    'size',
    'invoice',
    'zebra',
    '退款',
    '发票',
    '快递呢',
    '尺',
    '，',
    '?',
    'I',
    '⑨',
  ],
);
const anyText = fc.oneof(
  fc.array(word, { maxLength: 8 }).map((words) => words.join(' ')),
  fc.string({ maxLength: 40 }),
);

describe('pieces of a text', () => {
  test('are the very features that the classifier reads, each within the text', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const { normalized, tokens, places } = read(text);
        const found = pieces(places);
        const known = features(tokens);
        const distinct = (list: readonly { hash: number }[]) => [...new Set(list.map(({ hash }) => hash))].sort();
        expect(distinct(found.words)).toEqual([...known.words].sort());
        expect(distinct(found.chars)).toEqual([...known.chars].sort());
        for (const { start, end } of [...found.words, ...found.chars]) {
          expect(start).toBeGreaterThanOrEqual(0);
          expect(end).toBeGreaterThan(start);
          expect(end).toBeLessThanOrEqual(normalized.length);
        }
      }),
    );
  });
});

describe('a margin taken apart', () => {
  test('adds up to the margin that ranks, for every class and any text', () => {
    fc.assert(
      fc.property(anyText, fc.nat({ max: 3 }), (text, owner) => {
        const { query, places } = read(text);
        const { margin, constant, shares } = marginShares(opened, owner, places, query);
        const sum = shares.reduce((all, { weight }) => all + weight, constant);
        expect(sum).toBeCloseTo(margin, 4);
        const ranking = rank(opened.model, query, opened.space, { count: 4, allowed: undefined });
        const place = ranking.classes.indexOf(owner);
        if (place >= 0) expect(ranking.margins[place]).toBe(margin);
      }),
    );
  });
});

describe('reasons', () => {
  test('name the nearest authored question with the cosine that the calibrator reads', () => {
    for (const text of ['get my money back', '退款要多久才到账', 'where is the package now']) {
      const { query } = read(text);
      const ranking = rank(opened.model, query, opened.space, { count: 4, allowed: undefined });
      const [first = 0] = ranking.classes;
      const { nearest } = engine.explain(text, first);
      expect(nearest?.similarity).toBeCloseTo(ranking.signals[2] ?? Number.NaN, 6);
    }
    const refund = engine.indexOf('refund') ?? -1;
    expect(engine.explain('退款要多久才到账', refund).nearest?.question).toBe(3);
    expect(engine.explain('退款多久到账', refund).nearest).toMatchObject({ question: 3, similarity: 1 });
  });

  test('name what carried it first, in the words of the message, and what spoke against it last', () => {
    const refund = engine.indexOf('refund') ?? -1;
    const { ngrams } = engine.explain('Refund for the parcel', refund);
    expect(ngrams[0]?.text).toBe('refund');
    expect(ngrams.at(-1)?.text).toMatch(/parcel/);
    expect(ngrams.at(-1)?.weight).toBeLessThan(0);
    expect(ngrams.map(({ weight }) => weight)).toEqual(ngrams.map(({ weight }) => weight).toSorted((a, b) => b - a));
    expect(engine.explain('我要退款', refund).ngrams[0]?.text).toMatch(/退款|退|款/);
  });

  test('of a word put right stand under what was written', () => {
    const refund = engine.indexOf('refund') ?? -1;
    const { ngrams } = engine.explain('refudn', refund);
    expect(ngrams.map(({ text }) => text)).toEqual(['refudn']);
    expect(engine.explain('refudn', refund, { spelling: false }).ngrams[0]?.text).not.toBe('refudn');
  });

  test('of a text without a known piece there are none', () => {
    expect(engine.explain('zzzz', 0, { spelling: false })).toEqual({ ngrams: [] });
    expect(engine.explain('', 0)).toEqual({ ngrams: [] });
  });
});
