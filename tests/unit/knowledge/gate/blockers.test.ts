import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { EntryId } from '../../../../lib/domain/ids.ts';
import { blockersOf, DEFAULT_LIMITS, type Findings, limitsOf } from '../../../../lib/knowledge/gate/blockers.ts';
import { type Change, type Compared, comparisonOf } from '../../../../lib/knowledge/gate/compare.ts';
import { chanceOfLosses } from '../../../../lib/measure/paired.ts';

const one = (change: Change | undefined, got = 'other', expected = 'pay'): Compared => ({
  question: { text: `a question that is ${change ?? 'kept'}`, expected },
  before: { got: change === 'gained' ? 'other' : expected, confidence: 0.9, right: change !== 'gained' },
  after: { got: change === 'lost' ? got : expected, confidence: 0.6, right: change !== 'lost' },
  change,
});
const many = (lost: number, gained: number, kept: number, got?: string): Compared[] => [
  ...Array.from({ length: lost }, () => one('lost', got)),
  ...Array.from({ length: gained }, () => one('gained')),
  ...Array.from({ length: kept }, () => one(undefined)),
];
const NONE: Findings = {
  asked: [],
  pack: [],
  own: [],
  recent: [],
  conflicts: [],
  knownConflicts: [],
  isLive: () => true,
};
const kinds = (findings: Partial<Findings>, limits = DEFAULT_LIMITS): string[] =>
  blockersOf({ ...NONE, ...findings }, limits).map(({ kind }) => kind);

describe('chance', () => {
  test('is the sign test’s', () => {
    expect(chanceOfLosses(0, 0)).toBe(1);
    expect(chanceOfLosses(0, 7)).toBe(1);
    expect(chanceOfLosses(5, 0)).toBeCloseTo(1 / 32);
    expect(chanceOfLosses(3, 1)).toBeCloseTo(5 / 16);
    expect(chanceOfLosses(2_000, 0)).toBeGreaterThanOrEqual(0);
    expect(chanceOfLosses(1_000, 1_000)).toBeCloseTo(0.509, 2);
  });

  test('falls with every loss and grows with every gain', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 300 }), fc.integer({ min: 0, max: 300 }), (lost, gained) => {
        const chance = chanceOfLosses(lost, gained);
        expect(chance).toBeGreaterThanOrEqual(0);
        expect(chance).toBeLessThanOrEqual(1);
        expect(chanceOfLosses(lost + 1, gained)).toBeLessThanOrEqual(chance + 1e-12);
        expect(chanceOfLosses(lost, gained + 1)).toBeGreaterThanOrEqual(chance - 1e-12);
      }),
    );
  });
});

describe('what blocks', () => {
  test('one golden question is enough, unless the tenant lets more pass', () => {
    expect(kinds({ asked: many(1, 30, 100) })).toEqual(['golden_lost']);
    expect(kinds({ asked: many(2, 0, 0) }, limitsOf({ gate: { goldenLost: 2 } }))).toEqual([]);
    const [blocker] = blockersOf({ ...NONE, asked: many(5, 0, 0, 'refund') }, DEFAULT_LIMITS);
    expect(blocker).toMatchObject({ count: 5, detail: expect.stringContaining('now goes to refund') });
  });

  test('a pack’s questions count in sum, and one that somebody wrote into another entry counts alone', () => {
    expect(kinds({ pack: many(4, 1, 200) })).toEqual([]);
    expect(kinds({ pack: many(12, 0, 200) })).toEqual(['golden_lost']);
    expect(kinds({ pack: many(12, 0, 200), isLive: () => false })).toEqual([]);
    const [lost = one('lost')] = many(1, 0, 0);
    expect(kinds({ pack: [{ ...lost, after: { ...lost.after, confidence: 0.98 } }, ...many(0, 0, 200)] })).toEqual([
      'golden_lost',
    ]);
  });

  test('accuracy: only a fall beyond the limit that chance does not explain', () => {
    expect(kinds({ own: many(3, 0, 20) })).toEqual([]);
    expect(kinds({ own: many(40, 34, 200) })).toEqual([]);
    expect(kinds({ own: many(30, 10, 2_000) })).toEqual([]);
    expect(kinds({ own: many(60, 10, 1_000) })).toEqual(['accuracy']);
    const [blocker] = blockersOf({ ...NONE, own: many(60, 10, 930) }, DEFAULT_LIMITS);
    expect(blocker?.detail).toContain('5.0 % fewer');
  });

  test('what new entries take does not count against what they bring', () => {
    const isLive = (intent: string): boolean => intent !== 'new';
    const { before: _, ...fresh } = one(undefined, 'new', 'new');
    const brought = (count: number) => Array.from({ length: count }, () => fresh);
    const taken = many(60, 10, 930, 'new');
    expect(kinds({ own: [...taken, ...brought(300)], isLive })).toEqual([]);
    expect(kinds({ own: [...taken, ...brought(3)], isLive })).toEqual(['accuracy']);
  });

  test('recent turns: the net fall of those that were answered', () => {
    expect(kinds({ recent: many(9, 0, 100) })).toEqual([]);
    expect(kinds({ recent: many(20, 2, 100) })).toEqual(['recent_turns']);
    expect(kinds({ recent: many(2, 0, 3) })).toEqual([]);
  });

  test('a conflict blocks until it is live; a near-duplicate never does', () => {
    const ids = ['a', 'b'].map((id) => EntryId.parse(id));
    const conflict = { kind: 'same_question' as const, entryIds: ids, question: 'How?', detail: 'a and b claim it' };
    expect(kinds({ conflicts: [conflict] })).toEqual(['conflict']);
    expect(kinds({ conflicts: [conflict], knownConflicts: [conflict] })).toEqual([]);
    expect(kinds({ conflicts: [{ ...conflict, kind: 'near_duplicate' }] })).toEqual([]);
  });

  test('releases that differ by chance alone are hardly ever blocked', () => {
    // Of 1,000 questions, 80 change sides, each way alike: a fall of more than 2 % is 2.2 deviations away.
    let blocked = 0;
    const flips = fc.sample(fc.array(fc.boolean(), { minLength: 80, maxLength: 80 }), { numRuns: 300, seed: 7 });
    for (const sides of flips) {
      const lost = sides.filter(Boolean).length;
      blocked += kinds({ own: many(lost, 80 - lost, 920) }).length;
    }
    expect(blocked).toBeLessThanOrEqual(12);
  });
});

test('counts are of all, examples the first of each kind, the lost before the others', () => {
  const all = [...many(0, 0, 5), ...many(150, 120, 0)];
  const { asked, gained, lost, changed, examples, right, rightBefore } = comparisonOf(
    all.map((compared) => ({ ...compared, after: { ...compared.after, place: compared.after.right ? 0 : -1 } })),
  );
  expect({ asked, gained, lost, changed, right, rightBefore }).toEqual({
    asked: 275,
    gained: 120,
    lost: 150,
    changed: 0,
    right: 125,
    rightBefore: 155,
  });
  expect(examples.map(({ change }) => change)).toEqual([...Array(100).fill('lost'), ...Array(100).fill('gained')]);
});
