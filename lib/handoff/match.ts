/** What agents really wrote beside what was suggested: feedback without a click, and the measure of shadow mode. */
import type { Suggestion } from '../domain/assist.ts';

export type Match = { event: 'used' | 'edited' | 'ignored'; suggestionId?: string; similarity: number };

/** Up to punctuation and spaces the same text. */
const USED = 0.98;
/** Half of the character pairs are shared: the agent began from the suggestion. */
const EDITED = 0.5;
const MAX_COMPARED = 2_000;

const plain = (text: string): string =>
  text
    .slice(0, MAX_COMPARED)
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\p{P}\p{S}\s]+/gu, '');

function pairs(text: string): Map<string, number> {
  const counts = new Map<string, number>();
  for (let at = 0; at + 1 < text.length; at += 1) {
    const pair = text.slice(at, at + 2);
    counts.set(pair, (counts.get(pair) ?? 0) + 1);
  }
  return counts;
}

/** Dice's coefficient over character pairs, 0-1: needs no words, so Chinese and English are measured alike. */
export function similarity(first: string, second: string): number {
  const [a, b] = [plain(first), plain(second)];
  if (a === b) return 1;
  if (a.length < 2 || b.length < 2) return 0;
  const left = pairs(a);
  let shared = 0;
  for (const [pair, count] of pairs(b)) shared += Math.min(count, left.get(pair) ?? 0);
  return (2 * shared) / (a.length + b.length - 2);
}

/** Which suggestion a reply came from, if any. */
export function matchReply(text: string, suggestions: readonly Suggestion[]): Match {
  const scored = suggestions.map(({ id, text: suggested }) => ({
    suggestionId: id,
    similarity: similarity(text, suggested),
  }));
  const best = scored.sort((a, b) => b.similarity - a.similarity)[0];
  if (best === undefined || best.similarity < EDITED) return { event: 'ignored', similarity: best?.similarity ?? 0 };
  return { event: best.similarity >= USED ? 'used' : 'edited', ...best };
}
