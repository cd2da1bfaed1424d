import type { Suggestion } from '../../../lib/domain/assist.ts';
import type { DeskPhrase } from '../../../lib/domain/contract/desk-session.ts';
import type { Product, ProductCard } from '../../../lib/domain/product.ts';
import type { Found, PhraseList, Phrases } from '../tools-api.ts';

/** One line of the list: a phrase, an answer of the knowledge, a product. `id` is its own within the list. */
export type Item = { id: string } & (
  | { kind: 'phrase'; list: PhraseList; phrase: DeskPhrase }
  | { kind: 'entry'; suggestion: Suggestion }
  | { kind: 'product'; card: ProductCard }
);
type Scored = { item: Item; score: number };

/** More than this nobody reads while a customer waits. */
const MOST = 12;

/** Points by how well a phrase fits what was typed: its code before its title before its text. 0: not at all. */
const POINTS = { code: 100, codeStart: 90, titleStart: 80, title: 70, text: 50, words: 40, pairs: 30 };
/** Of the query's pairs of characters, so many must stand in the phrase, where no word of it does as a whole. */
const LEAST_PAIRS = 0.6;

const normal = (text: string): string => text.normalize('NFKC').toLowerCase().trim();

/** Chinese has no spaces: what was typed with a character more or less is found by its pairs of characters. */
function pairsShared(query: string, text: string): number {
  const pairs = [...query].slice(1).map((_, at) => query.slice(at, at + 2));
  return pairs.length === 0 ? 0 : pairs.filter((pair) => text.includes(pair)).length / pairs.length;
}

/** How well a phrase fits, 0-100. An empty query fits every phrase alike. */
export function phraseScore(query: string, phrase: Pick<DeskPhrase, 'shortcut' | 'title' | 'text'>): number {
  const [q, code, title, text] = [query, phrase.shortcut ?? '', phrase.title ?? '', phrase.text].map(normal) as [
    string,
    string,
    string,
    string,
  ];
  if (q === '') return 1;
  if (code === q) return POINTS.code;
  const rules: [boolean, number][] = [
    [code.startsWith(q), POINTS.codeStart],
    [title.startsWith(q), POINTS.titleStart],
    [title.includes(q), POINTS.title],
    [text.includes(q), POINTS.text],
    [q.split(/\s+/).every((word) => `${title} ${text}`.includes(word)), POINTS.words],
  ];
  return rules.find(([fits]) => fits)?.[1] ?? loosely(q, `${title} ${text}`);
}

function loosely(query: string, text: string): number {
  const share = pairsShared(query, text);
  return share < LEAST_PAIRS ? 0 : POINTS.pairs * share;
}

/** Phrases that fit, the agent's own before the team's where they fit alike, in the order they are kept. */
function scoredPhrases(query: string, phrases: Phrases): Scored[] {
  return (['own', 'team'] as const).flatMap((list) =>
    phrases[list]
      .map(
        (phrase): Scored => ({
          item: { id: `${list}-${phrase.id}`, kind: 'phrase', list, phrase },
          score: phraseScore(query, phrase),
        }),
      )
      .filter(({ score }) => score > 0),
  );
}

/** An answer stands by its confidence between phrases that were named and those that only contain the words. */
const ENTRY = { base: 35, byConfidence: 40, says: 8 };
const PRODUCT = { named: 75, found: 34 };

function scoredFound(query: string, { suggestions, products }: Found): Scored[] {
  const q = normal(query);
  const answers = suggestions.map((suggestion, at): Scored => {
    const says = normal(`${suggestion.source.title} ${suggestion.text}`).includes(q) ? ENTRY.says : 0;
    const score = ENTRY.base + ENTRY.byConfidence * suggestion.confidence + says - at / 100;
    return { item: { id: `entry-${suggestion.id}`, kind: 'entry', suggestion }, score };
  });
  const shown = products.map((product, at): Scored => {
    const named = normal(product.title).includes(q) || normal(product.sku ?? '') === q;
    const score = (named ? PRODUCT.named : PRODUCT.found) - at / 100;
    return { item: { id: `product-${product.id}`, kind: 'product', card: cardOf(product) }, score };
  });
  return [...answers, ...shown];
}

/** A product as the desk shows one; its facts are read again when it is sent. */
export function cardOf({ id, title, price, imageUrl, url, stock, updatedAt }: Product): ProductCard {
  return {
    productId: id,
    title,
    reason: '',
    score: 0,
    factsAt: updatedAt,
    ...(price === undefined ? {} : { price }),
    ...(imageUrl === undefined ? {} : { imageUrl }),
    ...(url === undefined ? {} : { url }),
    ...(stock === undefined ? {} : { inStock: stock > 0 }),
  };
}

/** One list of everything that fits, best first; what scores alike keeps its order. */
export function rank(query: string, phrases: Phrases, found: Found | undefined): Item[] {
  const scored = [...scoredPhrases(query, phrases), ...(found === undefined ? [] : scoredFound(query, found))];
  const ordered = scored.toSorted((a, b) => b.score - a.score).map(({ item }) => item);
  return ordered.slice(0, MOST);
}

/** The phrase whose code was typed, the agent's own before the team's. */
export function byShortcut(code: string, { own, team }: Phrases): DeskPhrase | undefined {
  const wanted = normal(code);
  return [...own, ...team].find(({ shortcut }) => shortcut !== undefined && normal(shortcut) === wanted);
}
