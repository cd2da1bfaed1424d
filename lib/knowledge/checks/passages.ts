import { createHash } from 'node:crypto';
import type { Entry } from '../../domain/entry.ts';
import type { Language } from '../../domain/language.ts';
import { sentencesOf } from '../../domain/sentences.ts';
import type { Article } from '../files/types.ts';

/** Characters of a passage: enough to answer from, little enough to be about one thing. */
const LEAST = 500;
const USUAL = 650;
const MOST = 800;

/** A sentence longer than a passage is cut between clauses, else between words, else anywhere but inside a character. */
function cutLong(sentence: string): string[] {
  if (sentence.length <= MOST) return [sentence];
  const head = sentence.slice(0, MOST);
  const clause = Math.max(...['，', '；', '、', ', ', '; ', ': '].map((mark) => head.lastIndexOf(mark)));
  const place = clause > LEAST / 2 ? clause + 1 : head.lastIndexOf(' ');
  const end = place > LEAST / 2 ? place : MOST - (/[\ud800-\udbff]$/.test(head) ? 1 : 0);
  return [sentence.slice(0, end), ...cutLong(sentence.slice(end))];
}

/** A section's text in pieces of like size, none longer than 800 characters, cut between sentences. */
export function cutSection(text: string): string[] {
  const sentences = sentencesOf(text.trim()).flatMap(cutLong);
  const total = sentences.reduce((sum, sentence) => sum + sentence.length, 0);
  const wanted = total <= MOST ? MOST : total / Math.ceil(total / USUAL);
  const pieces: string[] = [];
  let open = '';
  for (const sentence of sentences) {
    if (open !== '' && (open.length + sentence.length > MOST || open.length >= wanted)) {
      pieces.push(open);
      open = '';
    }
    open += sentence;
  }
  return [...pieces, open].map((piece) => piece.trim()).filter((piece) => piece !== '');
}

const short = (text: string, most: number): string =>
  text.length <= most ? text : `${text.slice(0, most - 1).toWellFormed()}…`;

/** A page without a language is in that of most of its letters. */
function languageOfText(text: string): Language {
  const han = text.match(/\p{Script=Han}/gu)?.length ?? 0;
  const latin = text.match(/\p{Script=Latin}+/gu)?.length ?? 0;
  return han >= latin ? 'zh' : 'en';
}

const isUrl = (url: string | undefined): url is string => url !== undefined && url.length <= 2_000 && URL.canParse(url);

/** What tells a page from others: its address, else its title. */
const pageKey = ({ title, url }: { title: string; url?: string | undefined }): string => (isUrl(url) ? url : title);

/** The same piece of the same section has the same id, whatever became of its words. */
function passageId(page: string, path: readonly string[], nth: number, piece: number): string {
  const hash = createHash('sha256').update(JSON.stringify([page, path, nth]));
  return `p_${hash.digest('hex').slice(0, 12)}_${piece + 1}`;
}

export type Passage = { row: number; entry: Entry };

/** An article's sections as entries that are only ever suggested: a passage each, under the headings that lead to it. */
export function passagesOf(article: Article, language: Language | undefined): Passage[] {
  const { url } = article;
  const title = short(article.title.trim() === '' ? 'Article' : article.title.trim(), 500);
  const spoken =
    language ??
    languageOfText(
      article.sections
        .map(({ text }) => text)
        .join('\n')
        .slice(0, 20_000),
    );
  const counted = new Map<string, number>();
  return article.sections.flatMap(({ row, path, text }) => {
    const headings = path.map((heading) => short(heading.trim(), 500)).filter((one) => one !== '' && one !== title);
    const key = JSON.stringify(headings);
    const nth = counted.get(key) ?? 0;
    counted.set(key, nth + 1);
    return cutSection(text).map((piece, at) => {
      const id = passageId(pageKey(article), headings, nth, at);
      const numbered = nth + at > 0 ? ` (${nth + at + 1})` : '';
      return {
        row,
        entry: {
          id: id as Entry['id'],
          intent: id,
          language: spoken,
          category: short(title, 100),
          question: `${short([title, ...headings.slice(-9)].join(' › '), 980)}${numbered}`,
          similarQuestions: [],
          answers: [{ text: piece }],
          policy: 'assist',
          passage: { article: title, path: headings.slice(-10), ...(isUrl(url) ? { url } : {}) },
        },
      };
    });
  });
}

const sourceOf = ({ passage }: Entry): string | undefined =>
  passage === undefined ? undefined : pageKey({ title: passage.article, url: passage.url });

/** Passages of these pages that are no longer in them. */
export function goneFrom(
  articles: readonly Article[],
  passages: readonly Passage[],
  existing: readonly Entry[],
): Entry[] {
  const pages = new Set(articles.filter(({ sections }) => sections.length > 0).map(pageKey));
  const kept = new Set(passages.map(({ entry }) => entry.id));
  return existing.filter((entry) => {
    const page = sourceOf(entry);
    return page !== undefined && pages.has(page) && !kept.has(entry.id);
  });
}
