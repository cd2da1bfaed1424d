import { sentencesOf } from '../domain/sentences.ts';
import { normalize } from '../engine/normalize.ts';
import { tokenize } from '../engine/tokenize.ts';

/** An agent reads a suggestion at a glance. */
const MOST = 400;

/** Words of a text; of Chinese, pairs of neighbouring characters. */
function wordsOf(text: string): Set<string> {
  const words = new Set<string>();
  for (const { text: token, han } of tokenize(normalize(text))) {
    if (!han || token.length === 1) words.add(token);
    else for (let at = 2; at <= token.length; at += 1) words.add(token.slice(at - 2, at));
  }
  return words;
}

/** How much of a question each sentence takes up; a word that most sentences have tells little. */
function scores(sentences: readonly string[], query: string): number[] {
  const asked = wordsOf(query);
  const words = sentences.map(wordsOf);
  const having = (word: string) => words.filter((own) => own.has(word)).length;
  const weight = new Map([...asked].map((word) => [word, Math.log(1 + sentences.length / Math.max(1, having(word)))]));
  return words.map((own) => [...asked].reduce((sum, word) => sum + (own.has(word) ? (weight.get(word) ?? 0) : 0), 0));
}

type Window = { from: number; to: number; length: number };

/** The longest run of sentences around the best one that is still read at a glance: what follows first. */
function around(sentences: readonly string[], best: number): Window {
  const lengthOf = (at: number) => sentences[at]?.length ?? Number.POSITIVE_INFINITY;
  let window: Window = { from: best, to: best + 1, length: lengthOf(best) };
  for (;;) {
    const { from, to, length } = window;
    if (length + lengthOf(to) <= MOST) window = { from, to: to + 1, length: length + lengthOf(to) };
    else if (length + lengthOf(from - 1) <= MOST) window = { from: from - 1, to, length: length + lengthOf(from - 1) };
    else return window;
  }
}

/** A sentence that is too long by itself, up to a word or clause. */
function cut(text: string): string {
  if (text.length <= MOST) return text;
  const head = text.slice(0, MOST - 1).toWellFormed();
  const end = Math.max(...['，', '；', '、', ', ', '; ', ' '].map((mark) => head.lastIndexOf(mark)));
  return `${head.slice(0, end > MOST / 2 ? end : head.length).trimEnd()}…`;
}

/**
 * What of a passage answers a question: whole sentences in their order, about 400 characters at most, around the one that
 * has most of the question's words. All of it where it is short.
 */
export function excerptOf(passage: string, query: string): string {
  if (passage.length <= MOST) return passage;
  const sentences = sentencesOf(passage);
  const scored = scores(sentences, query);
  const best = Math.max(0, scored.indexOf(Math.max(...scored)));
  const { from, to } = around(sentences, best);
  return cut(sentences.slice(from, to).join('').trim());
}
