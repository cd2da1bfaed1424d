/**
 * Corrects a word that no question has to the one that a single slip of the finger makes of it: a letter left out, put
 * in, changed, or two neighbours swapped (F. J. Damerau, "A technique for computer detection and correction of spelling
 * errors", CACM 7, 1964: four in five typing errors are one of these). All such words are made and looked up, some
 * hundreds for one unknown word (P. Norvig, "How to write a spelling corrector", 2007): nothing is stored for it.
 */

/** Shorter words are as often another word as a slip; longer ones are numbers and pasted text. UTF-16 units. */
const SHORTEST = 5;
const LONGEST = 20;
const LETTERS = Array.from('abcdefghijklmnopqrstuvwxyz');
const LATIN = /^[a-z]+$/;

/** A word of plain letters, neither short nor long: what is not may be another word, a number or a code. */
export function isCorrectable(word: string): boolean {
  return word.length >= SHORTEST && word.length <= LONGEST && LATIN.test(word);
}

/** How common a word is in the questions; 0 for one that none has. */
export type Commonness = (word: string) => number;

/** What one slip makes of a word cut in two, at the cut: a swap and a letter less; then a letter more and another one. */
function atCut(head: string, tail: string): string[] {
  const rest = tail.slice(1);
  const fewer = tail === '' ? [] : [head + rest];
  const swapped = tail.length > 1 ? [head + tail.charAt(1) + tail.charAt(0) + tail.slice(2)] : [];
  const changed = tail === '' ? [] : LETTERS.map((letter) => head + letter + rest);
  return [...swapped, ...fewer, ...changed, ...LETTERS.map((letter) => head + letter + tail)];
}

/** Every text that one slip makes of `word`, with the letters a to z; `word` is not among them. */
export function slips(word: string): Set<string> {
  const made = new Set<string>();
  for (let cut = 0; cut <= word.length; cut += 1) {
    for (const text of atCut(word.slice(0, cut), word.slice(cut))) made.add(text);
  }
  made.delete(word);
  return made;
}

/**
 * The known word that `word` is one slip away from; `word` itself where it is known, where there is none, and where it is
 * too short, too long or not of plain letters. A slip rarely hits the first letter, so a word that keeps it goes first;
 * then the commoner one.
 */
export function correct(word: string, commonness: Commonness): string {
  if (!isCorrectable(word) || commonness(word) > 0) return word;
  let found = word;
  let most = 0;
  for (const made of slips(word)) {
    const known = commonness(made);
    const worth = known > 0 && made.charAt(0) === word.charAt(0) ? known + 1_000_000 : known;
    if (worth <= most) continue;
    found = made;
    most = worth;
  }
  return found;
}
