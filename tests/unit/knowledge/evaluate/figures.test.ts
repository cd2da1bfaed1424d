import { describe, expect, test } from 'vitest';
import { EvaluatedRow, EvaluationFigures } from '../../../../lib/domain/evaluation.ts';
import { compareRuns } from '../../../../lib/knowledge/evaluate/compare.ts';
import type { Hit } from '../../../../lib/knowledge/evaluate/deps.ts';
import { expectations, outcomeOf } from '../../../../lib/knowledge/evaluate/expected.ts';
import { figuresOf } from '../../../../lib/knowledge/evaluate/figures.ts';
import { missesFile } from '../../../../lib/knowledge/evaluate/misses-file.ts';

const ENTRIES = [
  { id: 'a.zh', intent: 'a', question: '怎么付款' },
  { id: 'a.en', intent: 'a', question: 'How do I pay?' },
  { id: 'b', intent: 'b.intent', question: 'Where is it?' },
  { id: 'c', intent: 'c', question: 'How big is it?' },
];
const expectedOf = expectations(ENTRIES);

type Scripted = [expected: string, ranked: Record<string, number>, shown?: boolean, exact?: boolean];
const intentOf = (id: string): string => ENTRIES.find((entry) => entry.id === id)?.intent ?? '?';

function evaluated(scripts: readonly Scripted[]): EvaluatedRow[] {
  return scripts.map(([written, ranked, shown = true, exact = false], at) => {
    const hit: Hit = {
      ranked: Object.entries(ranked).map(([entryId, confidence]) => ({
        entryId,
        intent: intentOf(entryId),
        confidence,
      })),
      shown,
      exact,
      degraded: false,
    };
    const expected = expectedOf(written);
    if (expected === undefined) throw new Error(`nothing is called ${written}`);
    return EvaluatedRow.parse(outcomeOf({ row: at + 2, question: `q${at}`, expected: written }, expected, hit));
  });
}

/** Six questions, small enough for paper. */
const ROWS = evaluated([
  ['a.en', { 'a.en': 0.9, b: 0.05 }],
  ['a.en', { b: 0.6, 'a.en': 0.3 }],
  ['b', { b: 0.8, c: 0.1 }, true, true],
  ['c', { 'a.en': 0.4, b: 0.3 }],
  ['none', { c: 0.3 }, false],
  ['无', { b: 0.7 }, true],
]);
const POINTS = [
  { target: 0.95, threshold: 0.75 },
  { target: 0.5, threshold: 0.5 },
];

describe('the figures of a run', () => {
  const figures = figuresOf(ROWS, POINTS);

  test('are what paper says of six questions', () => {
    expect(EvaluationFigures.parse(figures)).toEqual(figures);
    expect(figures).toMatchObject({ rows: 6, recall1: 2 / 4, recall3: 3 / 4, recall5: 3 / 4, mrr: 2.5 / 4, exact: 1 });
    // a: 1 of 2 expected, 2 answered; b: 1 of 1, 2 answered; c: none.
    expect(figures.macroF1).toBeCloseTo((2 / 4 + 2 / 3 + 0) / 3, 12);
    // Each in a bin of its own: |1 − .9|, .6, |1 − .8|, .4, .3, .7.
    expect(figures.ece).toBeCloseTo((0.1 + 0.6 + 0.2 + 0.4 + 0.3 + 0.7) / 6, 12);
  });

  test('of the thresholds count a stray that is answered as wrong', () => {
    expect(figures.atThreshold).toEqual([
      { target: 0.95, threshold: 0.75, precision: 1, coverage: 2 / 6 },
      { target: 0.5, threshold: 0.5, precision: 2 / 4, coverage: 4 / 6 },
    ]);
    expect(figures.outOfScope).toEqual({ rows: 2, rejected: 1 / 2 });
  });

  test('name who takes whose questions, strays among them, and have a reliability that adds up', () => {
    expect(figures.confused).toEqual(
      expect.arrayContaining([
        { expected: 'a.en', got: 'b', count: 1 },
        { expected: 'c', got: 'a.en', count: 1 },
        { expected: 'none', got: 'b', count: 1 },
      ]),
    );
    expect(figures.confused).toHaveLength(3);
    expect(figures.reliability.reduce((sum, { mass }) => sum + mass, 0)).toBe(6);
    expect(figures.reliability.filter(({ mass }) => mass > 0)).toHaveLength(6);
  });

  test('of nothing, and of questions that nothing is ranked for, are figures still', () => {
    expect(EvaluationFigures.parse(figuresOf([], POINTS))).toMatchObject({ rows: 0, recall1: 0, ece: 0 });
    const silent = evaluated([['a.en', {}, false]]);
    expect(silent[0]).toMatchObject({ got: 'none', confidence: 0, right: false });
    expect(figuresOf(silent, POINTS)).toMatchObject({
      recall1: 0,
      mrr: 0,
      confused: [{ expected: 'a.en', got: 'none' }],
    });
  });
});

describe('what is expected', () => {
  test.for([
    ['a.zh', 'entry', 'a.zh'],
    ['A.ZH', 'entry', 'a.zh'],
    ['a', 'intent', 'a'],
    ['c', 'entry', 'c'],
    ['怎么付款', 'entry', 'a.zh'],
    ['None', 'none', 'none'],
    ['没有', 'none', 'none'],
    ['ｏｏｓ', 'none', 'none'],
  ] as const)('"%s" names the %s %s', ([written, by, expected]) => {
    expect(expectedOf(written)).toEqual({ by, expected });
  });

  test('is unknown under any other name', () => {
    expect(expectedOf('d')).toBeUndefined();
    expect(expectedOf('')).toBeUndefined();
  });

  test('is an intent when any of its entries comes first', () => {
    const [row] = evaluated([['a', { b: 0.5, 'a.zh': 0.2, 'a.en': 0.1 }]]);
    expect(row).toMatchObject({ by: 'intent', got: 'b.intent', rank: 2, right: false });
  });
});

describe('two runs', () => {
  test('are compared over the rows that both asked', () => {
    const now = ROWS.map((row): EvaluatedRow => {
      if (row.question === 'q1') return { ...row, right: true, rank: 1, got: 'a.en', confidence: 0.7 };
      if (row.question === 'q2') return { ...row, right: false, rank: 2, got: 'c', confidence: 0.4 };
      return row;
    });
    const earlier = ROWS.filter(({ question }) => question !== 'q5');
    const later = [...now, { ...(ROWS[0] ?? now[0]), question: 'new' } as EvaluatedRow];
    expect(compareRuns({ id: 'evl_1', rows: earlier }, later)).toMatchObject({
      id: 'evl_1',
      shared: 5,
      gainedTotal: 1,
      lostTotal: 1,
      gained: [{ question: 'q1', got: 'b', confidence: 0.6 }],
      lost: [{ question: 'q2', got: 'c', confidence: 0.4 }],
    });
  });

  test('that expect different things of one question are not compared in it', () => {
    const other = ROWS.map((row) => ({ ...row, expected: 'b' }));
    expect(compareRuns({ id: 'x', rows: other }, ROWS).shared).toBe(1);
  });
});

describe('the file of misses', () => {
  test('has every miss and no formula', () => {
    const [first] = ROWS;
    if (first === undefined) throw new Error('no row');
    const row = (question: string): EvaluatedRow => ({ ...first, question, right: false });
    const text = missesFile([
      first,
      row('=1+1'),
      row('@SUM(A1)'),
      row(' -2'),
      row('say "hi", twice\nor not'),
      row('plain'),
    ]);
    expect(text.startsWith('\uFEFFrow,question,expected,got,confidence,rank,language,shown\r\n')).toBe(true);
    expect(text).toContain("'=1+1");
    expect(text).toContain("'@SUM(A1)");
    expect(text).toContain("' -2");
    expect(text).toContain('"say ""hi"", twice\nor not"');
    expect(text.match(/\r\n/g)).toHaveLength(6);
    expect(text).not.toMatch(/(^|,)"?[=@]/m);
  });

  test('says how many it leaves out where it would be too large', () => {
    const [first] = ROWS;
    const rows = Array.from({ length: 2_000 }, () => ({
      ...(first as EvaluatedRow),
      right: false,
      question: 'x'.repeat(4_000),
    }));
    const text = missesFile(rows);
    expect(text.length).toBeLessThan(4_000_000);
    expect(text).toMatch(/… \d+ more/);
  });
});
