/** What an embedding model makes of a draft's questions, before it is compiled. */
import { questionIds } from '../domain/content-hash.ts';
import type { Entry } from '../domain/entry.ts';
import type { TenantId } from '../domain/ids.ts';
import { questionsOf } from '../domain/questions.ts';
import type { Embedding } from '../engine/types.ts';
import type { Embedder } from '../ports/models.ts';
import type { IndexWriter } from '../ports/vectors.ts';

export type EmbedDeps = {
  /** Undefined: none is configured, and releases are made of words. */
  embedder(): Promise<Embedder | undefined>;
  /** Holds vectors of releases that are too large for a snapshot. */
  vectorIndex(): Promise<IndexWriter | undefined>;
  /** Bytes of vectors, one a dimension, that a snapshot holds where there is an index. */
  insideBytes?: number | undefined;
};

/** Vectors by question. `outside`: they are in the index, and learnt from only. */
export type Embedded = {
  embedding: Embedding;
  vectors: ReadonlyMap<string, Float32Array>;
  vectorsLie: 'inside' | 'outside';
};
/** `degraded` says why a release is made without vectors although a model is configured. */
export type EmbedOutcome = { embedded?: Embedded; degraded: readonly string[] };

/** Questions embedded or indexed at a time, and how long each time may take (ms): under what a job is held for. */
const CHUNK = 1_000;
const CHUNK_MS = 40_000;
/** For what the index lacks, and for making the index where there is none. */
const INDEX_MS = 50_000;
/** Bytes of vectors (one a dimension) that a snapshot holds where there is an index, unless told, and at most. */
const INSIDE_BYTES = 24_000_000;
const MOST_INSIDE_BYTES = 96_000_000;

/** A release never fails for want of a model: it is made of words then, and says so. */
export async function embedEntries(
  deps: EmbedDeps,
  tenant: TenantId,
  entries: readonly Entry[],
  onProgress: (done: number, total: number) => void,
): Promise<EmbedOutcome> {
  const embedder = await deps.embedder();
  const texts = [...new Set(entries.flatMap(questionsOf))];
  if (embedder === undefined || texts.length === 0) return { degraded: [] };
  const { embedding } = embedder;
  const index = await deps.vectorIndex();
  const bytes = texts.length * embedding.dimensions;
  if (index === undefined && bytes > MOST_INSIDE_BYTES) return { degraded: ['embedding: too large without an index'] };
  const vectors = await embedAll(embedder, tenant, texts, onProgress);
  if (typeof vectors === 'string') return { degraded: reasonOf('embedding', vectors) };
  if (index === undefined || bytes <= insideBytes(deps)) {
    return { embedded: { embedding, vectors, vectorsLie: 'inside' }, degraded: [] };
  }
  const embedded: Embedded = { embedding, vectors, vectorsLie: 'outside' };
  const failure = await fill(index, tenant, entries, embedded, onProgress);
  return failure === undefined ? { embedded, degraded: [] } : { degraded: reasonOf('index', failure) };
}

const insideBytes = (deps: EmbedDeps): number => Math.min(deps.insideBytes ?? INSIDE_BYTES, MOST_INSIDE_BYTES);

/** By text; the reason when a model gave none. */
async function embedAll(
  embedder: Embedder,
  tenant: TenantId,
  texts: readonly string[],
  onProgress: (done: number, total: number) => void,
): Promise<Map<string, Float32Array> | string> {
  const vectors = new Map<string, Float32Array>();
  for (let from = 0; from < texts.length; from += CHUNK) {
    const chunk = texts.slice(from, from + CHUNK);
    const made = await embedder.embed(tenant, chunk, { deadlineMs: CHUNK_MS, keep: true });
    if (made.kind === 'unavailable') return made.reason;
    made.vectors.forEach((vector, at) => {
      vectors.set(chunk[at] ?? '', vector);
    });
    onProgress(from + chunk.length, texts.length);
  }
  return vectors;
}

/** A tenant that wants no model lacks nothing. */
const reasonOf = (what: string, reason: string): string[] =>
  reason === 'not_configured' ? [] : [`${what}: ${reason}`];

/** Writes what the index lacks; the reason when it could not. */
async function fill(
  index: IndexWriter,
  tenant: TenantId,
  entries: readonly Entry[],
  { embedding, vectors }: Embedded,
  onProgress: (done: number, total: number) => void,
): Promise<string | undefined> {
  const ids = [...questionIds(embedding, entries)];
  const found = await index.missing(tenant, ids, { deadlineMs: INDEX_MS });
  if (found.kind === 'unavailable') return found.reason;
  const texts = new Map(ids.map(({ hash, text }) => [hash, text]));
  const wanted = found.missing.flatMap((id) => {
    const vector = vectors.get(texts.get(id.hash) ?? '');
    return vector === undefined ? [] : [{ ...id, vector }];
  });
  for (let from = 0; from < wanted.length; from += CHUNK) {
    const written = await index.write(tenant, wanted.slice(from, from + CHUNK), { deadlineMs: CHUNK_MS });
    if (written.kind === 'unavailable') return written.reason;
    onProgress(Math.min(from + CHUNK, wanted.length), wanted.length);
  }
  return undefined;
}
