import fc from 'fast-check';
import { expect, test } from 'vitest';
import { byUse } from '../../../../lib/assist/by-use.ts';
import type { Ranked } from '../../../../lib/assist/retrieve.ts';
import { Entry } from '../../../../lib/domain/entry.ts';
import { EntryId } from '../../../../lib/domain/ids.ts';
import { shiftKey } from '../../../../lib/domain/ranking.ts';
import { MOST_SHIFT, shiftsOf } from '../../../../lib/knowledge/learn/ranking.ts';

const ranked = (id: string, confidence: number): Ranked => ({
  entry: Entry.parse({ id, intent: id, question: id, answers: [{ text: id }] }),
  confidence,
});
const tally = (entryId: string, used: number, dismissed: number) => ({
  entryId: EntryId.parse(entryId),
  intent: 'asked',
  used,
  dismissed,
});
const names = (list: readonly Ranked[]): string[] => list.map(({ entry }) => entry.id);

test('a shift grows with use, falls with dismissal, and is none where both are equal', () => {
  const shifts = shiftsOf([tally('a', 9, 1), tally('b', 1, 9), tally('c', 5, 5), tally('d', 2, 0)]);
  const of = (id: string): number => shifts[shiftKey('asked', id)] ?? 0;
  expect(of('a')).toBeGreaterThan(of('d'));
  expect(of('d')).toBeGreaterThan(0);
  expect(of('b')).toBeCloseTo(-of('a'));
  expect(of('c')).toBe(0);
});

test('a shift is bounded whatever is counted', () => {
  fc.assert(
    fc.property(fc.nat(1_000_000), fc.nat(1_000_000), (used, dismissed) => {
      const [shift = 0] = Object.values(shiftsOf([tally('a', used, dismissed)]));
      expect(Math.abs(shift)).toBeLessThanOrEqual(MOST_SHIFT);
    }),
  );
});

test('what agents use goes before what they dismiss where both are about as probable', () => {
  const ranking = shiftsOf([tally('a', 0, 40), tally('b', 40, 0)]);
  expect(names(byUse({ ranking }, 'asked', [ranked('a', 0.5), ranked('b', 0.42)]))).toEqual(['b', 'a']);
  expect(names(byUse({ ranking }, 'asked', [ranked('a', 0.5), ranked('b', 0.39)]))).toEqual(['a', 'b']);
  expect(names(byUse({ ranking }, 'other', [ranked('a', 0.5), ranked('b', 0.42)]))).toEqual(['a', 'b']);
});

test('without what was learnt the order is as it was', () => {
  const list = [ranked('a', 0.4), ranked('b', 0.5)];
  expect(byUse({}, 'asked', list)).toBe(list);
});

test('no confidence changes, none is lost, and whoever changes places lies within 0.1', () => {
  const confidence = fc.double({ min: 0, max: 1, noNaN: true });
  const shift = fc.double({ min: -MOST_SHIFT, max: MOST_SHIFT, noNaN: true });
  fc.assert(
    fc.property(fc.array(fc.tuple(confidence, shift), { maxLength: 12 }), (drawn) => {
      const before = drawn.map(([value], at) => ranked(`e${at}`, value));
      const ranking = Object.fromEntries(drawn.map(([, value], at) => [shiftKey('asked', `e${at}`), value]));
      const after = byUse({ ranking }, 'asked', before);
      expect(new Set(after)).toEqual(new Set(before));
      const place = new Map(after.map((one, at) => [one, at]));
      const swapped = before.flatMap((one, at) =>
        before
          .slice(at + 1)
          .filter((later) => (place.get(later) ?? 0) < (place.get(one) ?? 0))
          .map((later) => Math.abs(later.confidence - one.confidence)),
      );
      expect(Math.max(0, ...swapped)).toBeLessThanOrEqual(2 * MOST_SHIFT + 1e-9);
    }),
  );
});
