/**
 * A need that customers name in their own words and products meet in theirs: "不油腻" is met by "清爽", "for hiking" by
 * "trail". Authored, not learnt; compiled into the index, so that answering reads nothing else.
 */
export type Need = {
  id: string;
  /** What a card's reason calls it. */
  label: { zh: string; en: string };
  /** How customers say it. */
  asks: readonly string[];
  /** What a product says of itself that meets it. */
  meets: readonly string[];
  /** Said of a product, these rule it out. */
  unless: readonly string[];
};

const LATIN = /[\p{Script=Latin}\p{N}]/u;
const DENIED = /(?:不|非|无|没有?|未|别)$|(?:\bnot|\bnon|\bno|\bwithout|n't)[\s-]*$/u;
const DENIAL = /^(?:不|非|无|没|未|not |non|no |without )/u;

/** Whether `phrase` stands at `at` as words of its own: `oil` is not in `foil`. */
function isWhole(text: string, at: number, length: number): boolean {
  const cuts = (left: number) => LATIN.test(text.charAt(left)) && LATIN.test(text.charAt(left + 1));
  return !cuts(at - 1) && !cuts(at + length - 1);
}

/** Where a phrase stands in a normalised text, the first time it does as words of its own; -1 when it does not. */
export function findPhrase(text: string, phrase: string): number {
  for (let at = text.indexOf(phrase); at >= 0; at = text.indexOf(phrase, at + 1)) {
    if (isWhole(text, at, phrase.length)) return at;
  }
  return -1;
}

/** A phrase a text says of itself; "不防水" and "not waterproof" do not say "waterproof". */
function says(text: string, phrase: string): boolean {
  const at = findPhrase(text, phrase);
  if (at < 0) return false;
  return DENIAL.test(phrase) || !DENIED.test(text.slice(Math.max(0, at - 8), at));
}

/** Whether a product whose normalised words these are meets a need. */
export function meetsNeed(text: string, { meets, unless }: Need): boolean {
  return meets.some((phrase) => says(text, phrase)) && !unless.some((phrase) => findPhrase(text, phrase) >= 0);
}

/** The needs a normalised query names (by place in `needs`), and the query without the words that name them. */
export function readNeeds(query: string, needs: readonly Need[]): { found: number[]; rest: string } {
  const asked = needs.flatMap((need, index) => need.asks.map((phrase) => ({ phrase, index })));
  asked.sort((a, b) => b.phrase.length - a.phrase.length);
  const found = new Set<number>();
  let rest = query;
  for (const { phrase, index } of asked) {
    const at = findPhrase(rest, phrase);
    if (at < 0) continue;
    found.add(index);
    // Another need may share the phrase; the words are taken away once all have looked.
    for (const other of asked) if (other.phrase === phrase) found.add(other.index);
    rest = `${rest.slice(0, at)} \n ${rest.slice(at + phrase.length)}`;
  }
  return { found: [...found].sort((a, b) => a - b), rest };
}
