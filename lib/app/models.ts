/**
 * Models and vector indexes, where the deployment has any: each is made on first use, and its SDK loaded then. Undefined
 * means not configured, and costs the message way one read of the settings.
 */

import { once } from '../adapters/memory.ts';
import type { Provider, Report } from '../adapters/provider/call.ts';
import type { TenantId } from '../domain/ids.ts';
import type { Drafter, Embedder } from '../ports/models.ts';
import type { UsageStore } from '../ports/usage.ts';
import type { IndexWriter, SparseVector, VectorIndex } from '../ports/vectors.ts';
import { now, SECONDS_A_DAY, settings, sleep, table } from './clients.ts';
import { readTenant } from './library.ts';

/** Knowledge that is released at least this often is not paid for twice. */
const KEEP_VECTORS_DAYS = 180;
/** After so many calls in a row that went badly, a provider is left alone for a while. */
const PATIENCE = { failures: 5, restMs: 10_000 };

/** Ids and counts, never text: `Report` takes nothing else. */
const report: Report = (event) => console.warn(JSON.stringify({ level: 'WARN', service: 'cuecard', ...event }));

async function provider(name: string): Promise<Provider> {
  const { breaker } = await import('../adapters/provider/breaker.ts');
  return { name, time: { now, sleep, random: Math.random }, breaker: breaker({ now, ...PATIENCE }), report };
}

export const usage = /* @__PURE__ */ once(async (): Promise<UsageStore> => {
  const [{ dynamodbUsage }, theTable] = await Promise.all([import('../adapters/dynamodb/usage.ts'), table()]);
  return dynamodbUsage(theTable);
});

/** A tenant may use less than the deployment allows, or nothing; more is the operator's to give. */
async function allowance(tenant: TenantId): Promise<{ enabled: boolean; tokensPerDay: number }> {
  const [{ models }, known] = await Promise.all([settings(), readTenant(tenant)]);
  const own = known?.settings.model;
  return {
    enabled: known !== undefined && (own?.enabled ?? true),
    tokensPerDay: Math.min(own?.tokensPerDay ?? models.tokensPerDay, models.tokensPerDay),
  };
}

const budget = /* @__PURE__ */ once(async () => {
  const [adapter, store] = await Promise.all([import('../adapters/provider/budget.ts'), usage()]);
  return adapter.budget(store, allowance, now, report);
});

const client = /* @__PURE__ */ once(async () => {
  const [{ openaiClient }, { models }] = await Promise.all([import('./sdk/openai.ts'), settings()]);
  if (models.openai === undefined) throw new Error('OpenAI is not configured');
  return openaiClient(models.openai.apiKey, models.openai.baseURL);
});

export const embedder = /* @__PURE__ */ once(async (): Promise<Embedder | undefined> => {
  const { embedding } = (await settings()).models;
  if (embedding === undefined) return undefined;
  const [{ openaiEmbedder }, { dynamodbEmbeddings }, theClient, theTable, theBudget, theProvider] = await Promise.all([
    import('../adapters/openai/embedder.ts'),
    import('../adapters/dynamodb/embeddings.ts'),
    client(),
    table(),
    budget(),
    provider('embeddings'),
  ]);
  const { model, dimensions, sendDimensions } = embedding;
  return openaiEmbedder({
    client: theClient,
    provider: theProvider,
    budget: theBudget,
    cache: dynamodbEmbeddings(theTable, { now, keepSeconds: KEEP_VECTORS_DAYS * SECONDS_A_DAY }),
    embedding: { model, dimensions },
    sendDimensions,
  });
});

export const drafter = /* @__PURE__ */ once(async (): Promise<Drafter | undefined> => {
  const { drafting } = (await settings()).models;
  if (drafting === undefined) return undefined;
  const [{ openaiDrafter }, theClient, theBudget, theProvider] = await Promise.all([
    import('../adapters/openai/drafter.ts'),
    client(),
    budget(),
    provider('drafts'),
  ]);
  return openaiDrafter({ client: theClient, provider: theProvider, budget: theBudget, ...drafting });
});

/** What a Pinecone index is made of, but for its kind. */
async function pinecone(suffix: string) {
  const { pinecone: configured } = (await settings()).models;
  if (configured === undefined) return undefined;
  const [{ connectIndex }, { pineconeIndex }, codecs, theProvider] = await Promise.all([
    import('./sdk/pinecone.ts'),
    import('../adapters/pinecone/vector-index.ts'),
    import('../adapters/pinecone/codec.ts'),
    provider(`pinecone-${suffix}`),
  ]);
  const place = { ...configured, name: `${configured.name}-${suffix}` };
  const deps = { provider: theProvider, fetch, connect: connectIndex(configured.apiKey), place };
  return { deps, pineconeIndex, codecs };
}

type Indexing<Vector> = VectorIndex<Vector> & IndexWriter<Vector>;

/** Vectors of the configured embedding; undefined without one, or without Pinecone. */
export const denseIndex = /* @__PURE__ */ once(async (): Promise<Indexing<Float32Array> | undefined> => {
  const { embedding } = (await settings()).models;
  const made = embedding === undefined ? undefined : await pinecone(String(embedding.dimensions));
  if (embedding === undefined || made === undefined) return undefined;
  return made.pineconeIndex(made.deps, made.codecs.denseCodec(embedding.dimensions));
});

/** Weights of hashed features, for knowledge too large for a snapshot's own index. */
export const sparseIndex = /* @__PURE__ */ once(async (): Promise<Indexing<SparseVector> | undefined> => {
  const made = await pinecone('sparse');
  return made?.pineconeIndex(made.deps, made.codecs.sparseCodec);
});
