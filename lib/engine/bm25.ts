import { bump, cumulate, increase, type Numbers, numbers, rangeOf } from './arrays.ts';
import { buildVocabulary, collectHashes, idOf, type Vocabulary } from './vocabulary.ts';

/**
 * BM25 (S. Robertson, H. Zaragoza, "The probabilistic relevance framework: BM25 and beyond", 2009), with the idf
 * `ln(1 + (N - df + 0.5) / (df + 0.5))`, which is never negative. The part that depends on the document is computed
 * when the index is built and kept in one byte.
 */
export type Bm25 = {
  vocabulary: Vocabulary;
  idf: Float32Array;
  /** Postings of term `t`: `document[k]` with `impact[k]` for k in `start[t] .. start[t + 1]`. */
  start: Uint32Array;
  document: Numbers;
  impact: Uint8Array;
};

const K1 = 1.2;
const B = 0.75;
/** What an impact of 255 stands for: the limit of the saturating term frequency. */
const HIGHEST = K1 + 1;

/** `tf (k1 + 1) / (tf + k1 (1 - b + b length / average))`. */
function saturation(frequency: number, length: number, average: number): number {
  return (frequency * (K1 + 1)) / (frequency + K1 * (1 - B + (B * length) / average));
}

function inverseDocumentFrequency(documents: number, frequency: number): number {
  return Math.log(1 + (documents - frequency + 0.5) / (frequency + 0.5));
}

function countTerms(document: readonly number[]): Map<number, number> {
  const counts = new Map<number, number>();
  for (const term of document) counts.set(term, (counts.get(term) ?? 0) + 1);
  return counts;
}

/** `documents` are lists of term hashes, with repetitions. */
export function buildBm25(documents: readonly (readonly number[])[]): Bm25 {
  const vocabulary = buildVocabulary(collectHashes(documents));
  const counted = documents.map(countTerms);
  const terms = vocabulary.hashes.length;
  const start = new Uint32Array(terms + 1);
  for (const counts of counted) {
    for (const hash of counts.keys()) bump(start, idOf(vocabulary, hash) + 1);
  }
  const idf = Float32Array.from(start.subarray(1), (frequency) =>
    inverseDocumentFrequency(documents.length, frequency),
  );
  cumulate(start);
  return { vocabulary, idf, start, ...fillPostings(documents, counted, vocabulary, start) };
}

function fillPostings(
  documents: readonly (readonly number[])[],
  counted: readonly Map<number, number>[],
  vocabulary: Vocabulary,
  start: Uint32Array,
): { document: Numbers; impact: Uint8Array } {
  const total = documents.reduce((sum, document) => sum + document.length, 0);
  const average = total / Math.max(1, documents.length);
  const next = start.slice();
  const postings = start[start.length - 1] ?? 0;
  const document = numbers(postings, documents.length);
  const impact = new Uint8Array(postings);
  counted.forEach((counts, number) => {
    const length = documents[number]?.length ?? 0;
    for (const [hash, frequency] of counts) {
      const at = bump(next, idOf(vocabulary, hash));
      document[at] = number;
      impact[at] = Math.max(1, Math.round((255 * saturation(frequency, length, average)) / HIGHEST));
    }
  });
  return { document, impact };
}

/** Adds every document's score into `scores`. */
export function scoreBm25(index: Bm25, query: readonly number[], scores: Float32Array): void {
  for (const [hash, count] of countTerms(query)) {
    const term = idOf(index.vocabulary, hash);
    if (term < 0) continue;
    const unit = ((index.idf[term] ?? 0) * count * HIGHEST) / 255;
    const [from, to] = rangeOf(index.start, term);
    for (let at = from; at < to; at += 1) increase(scores, index.document[at] ?? 0, unit * (index.impact[at] ?? 0));
  }
}
