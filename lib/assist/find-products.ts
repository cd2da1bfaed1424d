import type { ProductHit, ProductSearch } from '../engine/products/types.ts';
import { isAboutOrder, isAboutProduct, type Wanted } from './cards.ts';
import type { Situation } from './situation.ts';
import type { Reading } from './understand.ts';

/** Words of somebody who looks for something to buy. */
const SEEKS =
  /推荐|有没有|有木有|有啥|有什么|想买|想要|要买|求|找|哪[款个种件双]|买什么|送|礼物|适合|\b(?:recommend|suggest|looking for|look for|do you (?:have|sell|carry|stock)|have you got|any|need|want|gift|present|something|which|show me|find me|buy)\b/i;
/** With no such words, a short line that names a thing or a need ("防水的鞋", "jacket under $50") is a search. */
const SHORT = 40;
/** A short line that is this much of a product's title names it, misspelt or not; attributes alone do not reach it. */
const NAMED = 0.76;

const FOUND = 3;
/** A product must be this much of what was asked for; of words alone more: a word of its description is not what it is. */
const ENOUGH = 0.5;
const ENOUGH_OF_WORDS = 0.76;
const SCORE = { least: 0.4, share: 0.45, step: 0.05, soldOut: 0.1 };

/** Whether the line can be a search for goods at all. */
function seeks({ words, understanding }: Reading, { wish, hits }: ProductSearch): boolean {
  if (isAboutOrder(understanding.intent.name) && !SEEKS.test(words)) return false;
  const [best] = hits;
  if (wish.words > 0 && words.length <= SHORT && (best?.coverage ?? 0) >= NAMED) return true;
  const wishes = wish.needs > 0 || wish.price !== undefined || wish.sizes.length > 0;
  return SEEKS.test(words) || isAboutProduct(words, understanding) || wish.cheaper || (wishes && words.length <= SHORT);
}

function wantedOf({ wish }: ProductSearch, { id, coverage, met, stock }: ProductHit, place: number): Wanted {
  const score = SCORE.least + SCORE.share * coverage - SCORE.step * place - (stock === 'out' ? SCORE.soldOut : 0);
  return { id, why: 'found', score: Number(Math.max(0, score).toFixed(2)), met, price: wish.price };
}

/**
 * Products for a line that describes what it wants: by words, needs, price and size. None when it names a product
 * already, unless it asks for a cheaper one, and none that is not at least half of what was asked for.
 */
export function findProducts({ catalog }: Situation, reading: Reading, named: readonly string[]): Wanted[] {
  const sizes = reading.understanding.entities.filter(({ type }) => type === 'size').map(({ value }) => value);
  const than = catalog === undefined ? undefined : named.find((id) => catalog.title(id) !== undefined);
  const search = catalog?.search?.({ text: reading.words, sizes, limit: 2 * FOUND, than });
  if (search === undefined || !seeks(reading, search)) return [];
  const { wish, hits } = search;
  if (named.length > 0 && !wish.cheaper) return [];
  const asksMore = wish.needs > 0 || wish.price !== undefined || wish.sizes.length > 0;
  const enough = asksMore || wish.cheaper ? ENOUGH : ENOUGH_OF_WORDS;
  if (wish.words === 0 && !asksMore && !wish.cheaper) return [];
  return hits
    .filter(({ coverage, id }) => coverage >= enough && !named.includes(id))
    .slice(0, FOUND)
    .map((hit, place) => wantedOf(search, hit, place));
}
