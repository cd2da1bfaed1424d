import type { Answer } from '../../domain/entry.ts';
import { circumstances } from '../entry-rows.ts';
import { same } from './three-way.ts';

/** Below this likeness two texts are two answers, not one that was reworded. */
const REWORDED = 0.4;

function bigrams(text: string): Map<string, number> {
  const plain = text.replace(/\s+/g, '').toLowerCase();
  const counts = new Map<string, number>();
  for (let at = 0; at + 2 <= plain.length; at++) {
    const pair = plain.slice(at, at + 2);
    counts.set(pair, (counts.get(pair) ?? 0) + 1);
  }
  return counts;
}

const sum = (counts: ReadonlyMap<string, number>): number => [...counts.values()].reduce((a, b) => a + b, 0);

/** Dice's coefficient over pairs of characters, 0-1 (Dice 1945). */
export function likeness(one: string, other: string): number {
  if (one === other) return 1;
  const [a, b] = [bigrams(one), bigrams(other)];
  const shared = [...a].reduce((total, [pair, count]) => total + Math.min(count, b.get(pair) ?? 0), 0);
  const all = sum(a) + sum(b);
  return all === 0 ? 0 : (2 * shared) / all;
}

type Fits = (old: Answer, other: Answer) => number | undefined;

/** From the surest sign to the weakest: the same answer, the same circumstances, a text that was reworded. */
const SIGNS: readonly Fits[] = [
  (old, other) => (same(old, other) ? 1 : undefined),
  (old, other) => (circumstances(old) === circumstances(other) ? likeness(old.text, other.text) : undefined),
  (old, other) => {
    const alike = likeness(old.text, other.text);
    return alike >= REWORDED ? alike : undefined;
  },
];

/**
 * Which answer of a later list an old one became: index of `others` by index of `old`. Each is taken once; of several
 * that fit, the likest pair goes first, and of equal ones the earliest.
 */
export function matchAnswers(old: readonly Answer[], others: readonly Answer[]): Map<number, number> {
  const matched = new Map<number, number>();
  const taken = new Set<number>();
  for (const fits of SIGNS) {
    for (const { from, to } of pairs(old, others, fits)) {
      if (matched.has(from) || taken.has(to)) continue;
      matched.set(from, to);
      taken.add(to);
    }
  }
  return matched;
}

function pairs(old: readonly Answer[], others: readonly Answer[], fits: Fits): { from: number; to: number }[] {
  const all = old.flatMap((one, from) =>
    others.flatMap((other, to) => {
      const alike = fits(one, other);
      return alike === undefined ? [] : [{ from, to, alike }];
    }),
  );
  return all.sort((a, b) => b.alike - a.alike || a.from - b.from || a.to - b.to);
}
