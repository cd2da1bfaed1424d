import { BIGRAM, CHAR, CLOSE, HAN, HAN_BIGRAM, LONGEST_GRAM, LONGEST_SKIP, OPEN, SKIP, WORD } from './features.ts';
import { finish, hashPair, hashString, step } from './hash.ts';
import type { Token } from './tokenize.ts';

/** A feature of a text and where in it it stands: UTF-16 units `start` to `end` (exclusive), boundary marks left out. */
export type Piece = { hash: number; start: number; end: number };
export type Pieces = { words: readonly Piece[]; chars: readonly Piece[] };

/** A token as it was read, and where it was written. */
export type Placed = { token: Token; start: number; end: number };

/** Where tokens stand in the text that they were cut from. `read` may have words put right; they keep their place. */
export function placed(text: string, written: readonly Token[], read: readonly Token[]): Placed[] {
  let from = 0;
  return written.map((own, at) => {
    const start = Math.max(from, text.indexOf(own.text, from));
    from = start + own.text.length;
    return { token: read[at] ?? own, start, end: from };
  });
}

/** What `features` makes of these tokens, hash by hash, with the place of each; repetitions are kept. */
export function pieces(tokens: readonly Placed[]): Pieces {
  const latin = tokens.filter(({ token }) => !token.han);
  const han = tokens.filter(({ token }) => token.han);
  return {
    words: [...han.flatMap(characters), ...latin.flatMap((_, at) => wordsFrom(latin, at))],
    chars: [
      ...han.flatMap((one) => grams(one, 2, HAN_BIGRAM)),
      ...latin.flatMap((one) => grams(one, LONGEST_GRAM, CHAR)),
    ],
  };
}

function characters({ token, start }: Placed): Piece[] {
  let at = start;
  return Array.from(token.text, (character) => {
    const from = at;
    at += character.length;
    return { hash: hashString(character, HAN), start: from, end: at };
  });
}

/** A word, and its pairs with the next ones: each reaches from the one to the other. */
function wordsFrom(words: readonly Placed[], at: number): Piece[] {
  const first = words[at];
  if (first === undefined) return [];
  const hash = hashString(first.token.text, WORD);
  const pairs = words.slice(at + 1, at + 1 + LONGEST_SKIP).map((other, place) => ({
    hash: hashPair(hash, hashString(other.token.text, WORD), place === 0 ? BIGRAM : SKIP),
    start: first.start,
    end: other.end,
  }));
  return [{ hash, start: first.start, end: first.end }, ...pairs];
}

/** Of a word that was put right, every n-gram stands for the whole of what was written. */
function grams({ token: { text }, start, end }: Placed, longest: number, seed: number): Piece[] {
  const asWritten = end - start === text.length;
  const unit = (at: number) => (at < 0 ? OPEN : at >= text.length ? CLOSE : text.charCodeAt(at));
  const found: Piece[] = [];
  for (let from = -1; from < text.length; from += 1) {
    let hash = step(seed, unit(from));
    for (let at = from + 1; at < from + longest && at <= text.length; at += 1) {
      hash = step(hash, unit(at));
      const own = { start: start + Math.max(0, from), end: start + Math.min(text.length, at + 1) };
      found.push({ hash: finish(hash), ...(asWritten ? own : { start, end }) });
    }
  }
  return found;
}
