import type OpenAI from 'openai';
import { contentHash } from '../../domain/content-hash.ts';
import type { TenantId } from '../../domain/ids.ts';
import { mask } from '../../domain/personal-data/mask.ts';
import type { KnownPerson } from '../../domain/personal-data/types.ts';
import type { Embedding } from '../../engine/types.ts';
import type { Embedder } from '../../ports/models.ts';
import type { EmbeddingCache } from '../../ports/vectors.ts';
import { type Budget, estimateTokens } from '../provider/budget.ts';
import { calling, type Given, nameOf, type Policy, type Provider, type Until, within } from '../provider/call.ts';
import { inLanes, runs } from '../provider/lanes.ts';
import { judgeOpenAI } from './judge.ts';
import { readEmbeddings } from './vectors.ts';

/**
 * Of the provider, a request. A byte-level tokenizer never makes more tokens than bytes, so counting bytes keeps both
 * token limits without a tokenizer.
 */
const LIMITS = { texts: 2_048, bytes: 300_000, bytesAText: 8_191 };
/** Requests at once. */
const WIDTH = 4;

export type EmbedderDeps = {
  /** With its own retries off. */
  client: OpenAI;
  provider: Provider;
  budget: Budget;
  cache: EmbeddingCache;
  embedding: Embedding;
  /** Models of fixed length refuse to be told one. */
  sendDimensions: boolean;
};

/** A provider refuses an empty text and one beyond its context; the beginning of a long one says what it is about. */
function sendable(raw: string): string {
  const text = raw.toWellFormed();
  if (text.trim() === '') return '-';
  if (Buffer.byteLength(text) <= LIMITS.bytesAText) return text;
  const cut = Buffer.from(text).subarray(0, LIMITS.bytesAText).toString('utf8');
  return cut.replace(/\uFFFD$/, '');
}

type Batch = { hashes: string[]; texts: string[] };

async function request(deps: EmbedderDeps, tenant: TenantId, { texts }: Batch, until: Until) {
  const { client, provider, budget, embedding } = deps;
  const policy: Policy = { attempts: 4, attemptMs: 30_000, judge: (error) => judgeOpenAI(error, provider.time.now()) };
  const body = {
    model: embedding.model,
    input: texts,
    encoding_format: 'base64' as const,
    ...(deps.sendDimensions ? { dimensions: embedding.dimensions } : {}),
  };
  return budget.spending(
    tenant,
    texts.reduce((sum, text) => sum + estimateTokens(text), 0),
    () =>
      calling(provider, policy, until, async (signal, timeout) =>
        readEmbeddings(
          await client.embeddings.create(body, { signal, timeout, maxRetries: 0 }),
          texts.length,
          embedding.dimensions,
        ),
      ),
    ({ tokens }) => tokens,
  );
}

/** The store is a saving, never a condition: without it vectors are asked for again. */
async function tolerant<T>({ provider }: EmbedderDeps, otherwise: T, work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    provider.report({ event: 'provider_store', provider: provider.name, reason: nameOf(error) });
    return otherwise;
  }
}

/** Asks for what is not known, batch by batch; each is kept as it comes, so that a try that ends half-way is not lost. */
async function ask(
  deps: EmbedderDeps,
  tenant: TenantId,
  missing: readonly [string, string][],
  keep: boolean,
  until: Until,
): Promise<Given<Map<string, Float32Array>>> {
  const size = ([, text]: [string, string]): number => Buffer.byteLength(text);
  const batches = runs(missing, { count: LIMITS.texts, most: LIMITS.bytes, size });
  const found = new Map<string, Float32Array>();
  const asked = await inLanes(batches, WIDTH, async (batch): Promise<Given<void>> => {
    const [hashes, texts] = [batch.map(([hash]) => hash), batch.map(([, text]) => text)];
    const given = await request(deps, tenant, { hashes, texts }, until);
    if (given.kind !== 'ok') return given;
    const fresh = new Map<string, Float32Array>();
    for (const [place, vector] of given.value.vectors.entries()) fresh.set(hashes[place] ?? '', vector);
    for (const [hash, vector] of fresh) found.set(hash, vector);
    if (keep) await tolerant(deps, undefined, deps.cache.write(tenant, fresh));
    return { kind: 'ok', value: undefined };
  });
  return asked.kind === 'ok' ? { kind: 'ok', value: found } : asked;
}

async function vectorsOf(
  deps: EmbedderDeps,
  tenant: TenantId,
  texts: readonly string[],
  { keep, person }: { keep: boolean; person?: KnownPerson },
  until: Until,
): Promise<Given<Float32Array[]>> {
  const sent = texts.map((text) => sendable(mask(text, person).text));
  const hashes = sent.map((text) => contentHash(deps.embedding, text));
  const wanted = new Map(hashes.map((hash, place) => [hash, sent[place] ?? '']));
  const nothing = new Map<string, Float32Array>();
  const known = keep ? await tolerant(deps, nothing, deps.cache.read(tenant, [...wanted.keys()])) : nothing;
  const missing = [...wanted].filter(([hash]) => known.get(hash)?.length !== deps.embedding.dimensions);
  const asked = await ask(deps, tenant, missing, keep, until);
  if (asked.kind !== 'ok') return asked;
  const value = hashes.map((hash) => asked.value.get(hash) ?? known.get(hash) ?? new Float32Array());
  return { kind: 'ok', value };
}

/** Embeddings from OpenAI or a compatible server. */
export function openaiEmbedder(deps: EmbedderDeps): Embedder {
  return {
    embedding: deps.embedding,
    async embed(tenant, texts, options) {
      if (texts.length === 0) return { kind: 'ok', vectors: [] };
      const work = (until: Until) => vectorsOf(deps, tenant, texts, options, until);
      const given = await within(deps.provider, options.deadlineMs, work);
      return given.kind === 'ok' ? { kind: 'ok', vectors: given.value } : given;
    },
  };
}
