/** `han`: a run of Chinese characters, which has no spaces to split at. Otherwise one word or number. */
export type Token = { text: string; han: boolean };

const LETTERS = /(\p{Script=Han}+)|[[\p{L}\p{M}\p{N}]--\p{Script=Han}]+/gv;
const SYMBOLS = /\S/gu;

/**
 * Splits normalised text into Han runs and words. No segmenter: character bigrams beat dictionary words on short
 * Chinese questions. Punctuation and emoji are passed over, unless the text is nothing else ("？", "👍"): then each
 * symbol is a word.
 */
export function tokenize(normalized: string): Token[] {
  const tokens: Token[] = [];
  for (const match of normalized.matchAll(LETTERS)) tokens.push({ text: match[0], han: match[1] !== undefined });
  if (tokens.length > 0) return tokens;
  return Array.from(normalized.matchAll(SYMBOLS), (match) => ({ text: match[0], han: false }));
}
