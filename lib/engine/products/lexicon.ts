import { bump, cumulate, rangeOf } from '../arrays.ts';
import { hashString } from '../hash.ts';
import { packTable, type Table, tableItem } from '../strings.ts';
import { buildVocabulary, idOf, type Vocabulary } from '../vocabulary.ts';

/** The catalogue's terms by hash, their letters, and which terms hold a trigram: for spelling and near forms. */
export type Lexicon = {
  vocabulary: Vocabulary;
  terms: Table;
  /** A bit for each letter a term has; 0 for terms that are not spelt with letters. */
  letters: Uint32Array;
  grams: Vocabulary;
  gramStart: Uint32Array;
  gramTerm: Uint32Array;
};

const TERM = 0x51ab_37e1;
const GRAM = 0x3f8d_5a21;
const decoder = new TextDecoder();

export const termHash = (term: string): number => hashString(term, TERM);
const isSpelt = (term: string): boolean => /^\p{Script=Latin}+$/u.test(term);

export function termText({ terms }: Lexicon, id: number): string {
  return decoder.decode(tableItem(terms, id));
}

/** A letter a bit, others folded onto six more: two terms a letter apart differ in at most two bits. */
function letterBits(term: string): number {
  let bits = 0;
  for (let at = 0; at < term.length; at += 1) {
    const code = term.charCodeAt(at) - 97;
    bits |= code >= 0 && code < 26 ? 1 << code : 1 << (26 + ((code + 97) % 6));
  }
  return bits >>> 0;
}

function trigrams(term: string): number[] {
  const marked = `<${term}>`;
  const hashes = new Set<number>();
  for (let at = 0; at + 3 <= marked.length; at += 1) hashes.add(hashString(marked.slice(at, at + 3), GRAM));
  return [...hashes];
}

/** `terms` are distinct; a term's id is its place by hash. */
export function buildLexicon(terms: Iterable<string>): Lexicon {
  const byHash = new Map<number, string>();
  for (const term of terms) if (!byHash.has(termHash(term))) byHash.set(termHash(term), term);
  const hashes = Uint32Array.from(byHash.keys()).sort();
  const ordered = Array.from(hashes, (hash) => byHash.get(hash) ?? '');
  const spelt = ordered.map((term) => (isSpelt(term) ? trigrams(term) : []));
  const grams = buildVocabulary(Uint32Array.from(new Set(spelt.flat())).sort());
  const gramStart = new Uint32Array(grams.hashes.length + 1);
  for (const gram of spelt.flat()) bump(gramStart, idOf(grams, gram) + 1);
  cumulate(gramStart);
  const next = gramStart.slice();
  const gramTerm = new Uint32Array(gramStart.at(-1) ?? 0);
  spelt.forEach((own, term) => {
    for (const gram of own) gramTerm[bump(next, idOf(grams, gram))] = term;
  });
  const encoder = new TextEncoder();
  return {
    vocabulary: buildVocabulary(hashes),
    terms: packTable(ordered.map((term) => encoder.encode(term))),
    letters: Uint32Array.from(ordered, (term) => (isSpelt(term) ? letterBits(term) : 0)),
    grams,
    gramStart,
    gramTerm,
  };
}

/** The id of a term, or -1. */
export const termId = ({ vocabulary }: Lexicon, term: string): number => idOf(vocabulary, termHash(term));

/** How many bits two words differ in. */
function differing(a: number, b: number): number {
  let bits = a ^ b;
  bits -= (bits >>> 1) & 0x55555555;
  bits = (bits & 0x33333333) + ((bits >>> 2) & 0x33333333);
  return Math.imul((bits + (bits >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

/**
 * Optimal string alignment: insertions, deletions, substitutions and swaps of neighbours (R. Wagner, M. Fischer 1974;
 * F. Damerau 1964). `limit + 1` when there are more than `limit`.
 */
export function editDistance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) > limit) return limit + 1;
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) row.push(cell(a, b, i, j, row, last, before));
    if (Math.min(...row) > limit) return limit + 1;
    before = last;
    last = row;
  }
  return Math.min(last[b.length] ?? 0, limit + 1);
}

function cell(
  a: string,
  b: string,
  i: number,
  j: number,
  row: readonly number[],
  last: readonly number[],
  before: readonly number[],
): number {
  const same = a.charCodeAt(i - 1) === b.charCodeAt(j - 1);
  const steps = [(last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + (same ? 0 : 1)];
  const swapped = i > 1 && j > 1 && a.charCodeAt(i - 1) === b.charCodeAt(j - 2);
  if (swapped && a.charCodeAt(i - 2) === b.charCodeAt(j - 1)) steps.push((before[j - 2] ?? 0) + 1);
  return Math.min(...steps);
}

/** A term in place of one that was typed, and what a match in it is worth (0-1). */
export type Instead = { term: number; worth: number };

const editsFor = (length: number): number => (length <= 3 ? 0 : length <= 6 ? 1 : 2);
const SPELLINGS = 3;
const WORTH_BY_EDITS = [1, 0.9, 0.7];
const WORTH_OF_LATER = 0.6;

/** Terms of about the letters and the length of a word: what is worth comparing with it. An edit changes two bits. */
function similar({ letters, terms }: Lexicon, word: string, limit: number): number[] {
  const bits = letterBits(word);
  const bytes = new TextEncoder().encode(word).length;
  const close: number[] = [];
  letters.forEach((own, term) => {
    const length = (terms.offset[term + 1] ?? 0) - (terms.offset[term] ?? 0);
    const isNear = own !== 0 && Math.abs(length - bytes) <= 2 * limit && differing(own, bits) <= 2 * limit;
    if (isNear) close.push(term);
  });
  return close;
}

/** What a word that the catalogue does not know may be meant to be; frequent terms first among equally near ones. */
export function spellings(lexicon: Lexicon, word: string, frequency: (term: number) => number): Instead[] {
  const limit = editsFor(word.length);
  if (limit === 0 || !isSpelt(word)) return [];
  const found: { term: number; edits: number; rank: number }[] = [];
  for (const term of similar(lexicon, word, limit)) {
    const text = termText(lexicon, term);
    const edits = editDistance(word, text, limit);
    if (edits > limit) continue;
    const sameStart = text.charAt(0) === word.charAt(0) ? 1 : 0;
    found.push({ term, edits, rank: Math.log(frequency(term)) / 2 + sameStart - 3 * edits });
  }
  found.sort((a, b) => b.rank - a.rank || a.term - b.term);
  return found.slice(0, SPELLINGS).map(({ term, edits }, at) => ({
    term,
    worth: (WORTH_BY_EDITS[edits] ?? 0) * (at === 0 ? 1 : WORTH_OF_LATER),
  }));
}

const NEAR_FORMS = 12;
const NEAR_ENOUGH = 0.5;
const WORTH_OF_NEAR = 0.6;

/** By term, how many of these trigrams it has. */
function sharing({ grams, gramStart, gramTerm }: Lexicon, own: readonly number[]): Map<number, number> {
  const shared = new Map<number, number>();
  for (const gram of own) {
    const id = idOf(grams, gram);
    const [from, to] = id < 0 ? [0, 0] : rangeOf(gramStart, id);
    for (const term of gramTerm.subarray(from, to)) shared.set(term, (shared.get(term) ?? 0) + 1);
  }
  return shared;
}

/** Terms that share half of a word's trigrams (Dice): `chiselled` for `chisel`, `waterproof` for `waterproofing`. */
export function nearForms(lexicon: Lexicon, word: string): Instead[] {
  if (!isSpelt(word) || word.length <= 3) return [];
  const own = trigrams(word);
  const near: Instead[] = [];
  for (const [term, count] of sharing(lexicon, own)) {
    const text = termText(lexicon, term);
    const dice = (2 * count) / (own.length + text.length);
    if (text !== word && dice >= NEAR_ENOUGH) near.push({ term, worth: WORTH_OF_NEAR * dice });
  }
  return near.sort((a, b) => b.worth - a.worth || a.term - b.term).slice(0, NEAR_FORMS);
}
