/** Finds the words of a list in a normalised text: the longest at each place, each place once, in one pass. */

export type Hit = { start: number; end: number; word: string; weight: number };
export type WordList = { weights: ReadonlyMap<string, number>; longest: number };

/** Rows of a weight and words, parted by spaces; a `|` begins a phrase that holds spaces itself. */
export function wordList(rows: readonly (readonly [number, string])[]): WordList {
  const weights = new Map<string, number>();
  for (const [weight, words] of rows) {
    const [single = '', ...phrases] = words.split('|');
    for (const word of [...single.split(' '), ...phrases])
      if (word !== '' && !weights.has(word)) weights.set(word, weight);
  }
  return { weights, longest: Math.max(1, ...[...weights.keys()].map((word) => word.length)) };
}

const LATIN = /[a-z0-9]/;
const latin = (unit: string) => unit !== '' && LATIN.test(unit);

/** A Latin word counts where it stands alone. */
function standsAlone(text: string, start: number, end: number): boolean {
  if (!latin(text.charAt(start))) return true;
  return !(latin(text.charAt(start - 1)) || latin(text.charAt(end)));
}

function longestAt(text: string, start: number, { weights, longest }: WordList): Hit | undefined {
  for (let length = Math.min(longest, text.length - start); length > 0; length -= 1) {
    const word = text.slice(start, start + length);
    const weight = weights.get(word);
    if (weight !== undefined && standsAlone(text, start, start + length))
      return { start, end: start + length, word, weight };
  }
  return undefined;
}

export function scan(text: string, list: WordList): Hit[] {
  const hits: Hit[] = [];
  for (let at = 0; at < text.length; ) {
    const hit = longestAt(text, at, list);
    if (hit !== undefined) hits.push(hit);
    at = hit?.end ?? at + 1;
  }
  return hits;
}
