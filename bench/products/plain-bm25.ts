/** The engine's own BM25 over the words of titles as they stand: what product search is measured against. */
import { buildBm25, scoreBm25 } from '../../lib/engine/bm25.ts';
import { terms } from '../../lib/engine/features.ts';
import { normalize } from '../../lib/engine/normalize.ts';
import { bestOf } from '../../lib/engine/products/score.ts';
import { tokenize } from '../../lib/engine/tokenize.ts';

const DEEP = 10;
const termsOf = (text: string): number[] => terms(tokenize(normalize(text)));

export function plainBm25(titles: readonly { id: string; title: string }[]): (query: string) => string[] {
  const index = buildBm25(titles.map(({ title }) => termsOf(title)));
  const scores = new Float32Array(titles.length);
  return (query) => {
    scores.fill(0);
    scoreBm25(index, termsOf(query), scores);
    return bestOf(scores, DEEP, () => true).map((place) => titles[place]?.id ?? '');
  };
}
