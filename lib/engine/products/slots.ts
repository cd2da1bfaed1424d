import { rangeOf } from '../arrays.ts';
import type { Catalogue } from './layout.ts';
import { type Instead, nearForms, spellings, termId } from './lexicon.ts';
import { countOf, listOf } from './postings.ts';
import { stem } from './stem.ts';
import { analyse, headOf, type Word } from './words.ts';

/** One word of a query: the terms that stand for it, and what it weighs among the others. */
export type Slot = {
  text: string;
  measure: boolean;
  head: boolean;
  alternatives: readonly Instead[];
  /** The inverse document frequency of its best term; an unknown word is as rare as can be. */
  weight: number;
};

const MOST_SLOTS = 24;
const MOST_SPELLINGS = 6;
const SHORTEST_PART = 2;
const WORTH_OF_JOINED = 0.95;
const WORTH_OF_SINGLE = 0.25;

export const highestIdf = (products: number): number => Math.log(1 + (products + 0.5) / 0.5);

export function idfOf({ postings, cents }: Catalogue, term: number): number {
  const frequency = countOf(postings, term);
  return Math.log(1 + (cents.length - frequency + 0.5) / (frequency + 0.5));
}

/** In how many titles a term stands right before another; counting stops at `enough`. */
function pairsOf(catalogue: Catalogue, first: number, second: number, enough: number): number {
  const { title, postings } = catalogue;
  const rarer = countOf(postings, first) < countOf(postings, second) ? first : second;
  let count = 0;
  for (const document of listOf(postings, rarer)) {
    const [from, to] = rangeOf(title.start, document);
    for (let at = from; at + 1 < to; at += 1) {
      if (title.term[at] === first && title.term[at + 1] === second) count += 1;
    }
    if (count >= enough) return count;
  }
  return count;
}

const MOST_PAIRS = 50;

/** `airconditioner` as the two words that titles write side by side; the most frequent such pair. */
function split(catalogue: Catalogue, word: string): [string, string] | undefined {
  let best: [string, string] | undefined;
  let most = 0;
  for (let at = SHORTEST_PART; at <= word.length - SHORTEST_PART; at += 1) {
    const [first, second] = [stem(word.slice(0, at)), word.slice(at)];
    const ids = [termId(catalogue.lexicon, first), termId(catalogue.lexicon, second)] as const;
    const pairs = ids[0] < 0 || ids[1] < 0 ? 0 : pairsOf(catalogue, ids[0], ids[1], MOST_PAIRS);
    if (pairs <= most) continue;
    most = pairs;
    best = [first, second];
  }
  return best;
}

/** A word the catalogue writes apart becomes two. */
function parted(catalogue: Catalogue, words: readonly Word[]): Word[] {
  return words.flatMap((word) => {
    if (word.kind !== 'word' || termId(catalogue.lexicon, word.term) >= 0) return [word];
    const parts = split(catalogue, word.term);
    return parts === undefined ? [word] : parts.map((term) => ({ ...word, term }));
  });
}

/** Two words that the catalogue writes as one: `screw driver`. */
function joined({ lexicon }: Catalogue, first: Word | undefined, second: Word | undefined): Instead[] {
  if (first?.kind !== 'word' || second?.kind !== 'word') return [];
  const term = termId(lexicon, stem(first.term + second.term));
  return term < 0 ? [] : [{ term, worth: WORTH_OF_JOINED }];
}

/** A Chinese pair that no product has still shares a character with some. */
function characters({ lexicon }: Catalogue, pair: string): Instead[] {
  return Array.from(pair, (character) => ({ term: termId(lexicon, character), worth: WORTH_OF_SINGLE })).filter(
    ({ term }) => term >= 0,
  );
}

function alternativesOf(catalogue: Catalogue, word: Word, maySpell: boolean): Instead[] {
  const { lexicon, postings } = catalogue;
  const own = termId(lexicon, word.term);
  const exact = own < 0 ? [] : [{ term: own, worth: 1 }];
  if (word.kind === 'measure' || word.kind === 'single') return exact;
  if (word.kind === 'han') return own < 0 ? characters(catalogue, word.term) : exact;
  const meant = own < 0 && maySpell ? spellings(lexicon, word.term, (term) => countOf(postings, term)) : [];
  return [...exact, ...meant, ...nearForms(lexicon, word.term)];
}

/** Each term once, at its best worth. */
function distinct(alternatives: readonly Instead[]): Instead[] {
  const best = new Map<number, number>();
  for (const { term, worth } of alternatives) best.set(term, Math.max(worth, best.get(term) ?? 0));
  return Array.from(best, ([term, worth]) => ({ term, worth }));
}

/** Characters count only where no pair covers them: in a run of one. */
function spoken(words: readonly Word[]): Word[] {
  const pairs = words.filter(({ kind }) => kind === 'han').map(({ term }) => term);
  return words.filter(({ kind, term }) => kind !== 'single' || !pairs.some((pair) => pair.includes(term)));
}

/** The words of a query as the catalogue may know them. */
export function slotsOf(catalogue: Catalogue, query: string): Slot[] {
  const words = parted(catalogue, spoken(analyse(query))).slice(0, MOST_SLOTS);
  const head = headOf(words);
  const unknown = highestIdf(catalogue.cents.length);
  let spelt = 0;
  return words.map((word, at) => {
    const isNew = word.kind === 'word' && termId(catalogue.lexicon, word.term) < 0;
    if (isNew) spelt += 1;
    const alternatives = distinct([
      ...alternativesOf(catalogue, word, spelt <= MOST_SPELLINGS),
      ...joined(catalogue, words[at - 1], word),
      ...joined(catalogue, word, words[at + 1]),
    ]);
    const weights = alternatives.map(({ term, worth }) => worth * idfOf(catalogue, term));
    return {
      text: word.term,
      measure: word.kind === 'measure',
      head: at === head,
      alternatives,
      weight: weights.length === 0 ? unknown : Math.max(...weights),
    };
  });
}
