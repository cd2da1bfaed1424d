/** The adapters on the real clients, against servers on this machine; time passes only where a test lets it. */
import { Index, type Pinecone } from '@pinecone-database/pinecone';
import OpenAI from 'openai';
import { openaiDrafter } from '../../lib/adapters/openai/drafter.ts';
import { openaiEmbedder } from '../../lib/adapters/openai/embedder.ts';
import { denseCodec, sparseCodec } from '../../lib/adapters/pinecone/codec.ts';
import { API_VERSION, type PineconeDeps } from '../../lib/adapters/pinecone/speak.ts';
import { pineconeIndex } from '../../lib/adapters/pinecone/vector-index.ts';
import { breaker } from '../../lib/adapters/provider/breaker.ts';
import { budget, type ReadAllowance } from '../../lib/adapters/provider/budget.ts';
import type { Provider, ProviderEvent } from '../../lib/adapters/provider/call.ts';
import { TenantId } from '../../lib/domain/ids.ts';
import type { UsageStore } from '../../lib/ports/usage.ts';
import type { EmbeddingCache } from '../../lib/ports/vectors.ts';

export const TENANT = TenantId.parse('shop');
export const MODEL = 'text-embedding-3-small';
export const DIMENSIONS = 8;

/** A clock that sleeping moves on at once. */
export function virtualTime() {
  let skipped = 0;
  const slept: number[] = [];
  return {
    slept,
    skip: (ms: number): void => {
      skipped += ms;
    },
    time: {
      now: () => Date.now() + skipped,
      random: () => 0.5,
      sleep: async (ms: number) => {
        slept.push(ms);
        skipped += ms;
      },
    },
  };
}

export function provider(name = 'test') {
  const { time, slept, skip } = virtualTime();
  const events: ProviderEvent[] = [];
  const made: Provider = {
    name,
    time,
    breaker: breaker({ now: time.now, failures: 3, restMs: 10_000 }),
    report: (event) => void events.push(event),
  };
  return { provider: made, events, slept, skip };
}

export function memoryUsage(): UsageStore & { total(): number } {
  const counts = new Map<string, number>();
  const add = (key: string, tokens: number) => counts.set(key, (counts.get(key) ?? 0) + tokens);
  return {
    async reserve(tenant, day, tokens, limit) {
      const key = `${tenant} ${day}`;
      if ((counts.get(key) ?? 0) + tokens > limit) return 'over_budget';
      add(key, tokens);
      return 'ok';
    },
    async settle(tenant, day, difference) {
      add(`${tenant} ${day}`, difference);
    },
    read: async (tenant, day) => counts.get(`${tenant} ${day}`) ?? 0,
    total: () => [...counts.values()].reduce((sum, count) => sum + count, 0),
  };
}

export function memoryCache(): EmbeddingCache & { size(): number } {
  const kept = new Map<string, Float32Array>();
  return {
    async read(tenant, hashes) {
      const found = new Map<string, Float32Array>();
      for (const hash of hashes) {
        const vector = kept.get(`${tenant} ${hash}`);
        if (vector !== undefined) found.set(hash, vector);
      }
      return found;
    },
    async write(tenant, vectors) {
      for (const [hash, vector] of vectors) kept.set(`${tenant} ${hash}`, vector);
    },
    size: () => kept.size,
  };
}

export type OpenAIRig = { allowance?: ReadAllowance; sendDimensions?: boolean; api?: 'responses' | 'chat' };

/** Both of OpenAI's ports on one client. */
export function openaiRig(url: string, options: OpenAIRig = {}) {
  const client = new OpenAI({ apiKey: 'key', baseURL: `${url}/v1`, maxRetries: 0, timeout: 60_000, logLevel: 'off' });
  const { provider: made, ...seen } = provider('openai');
  const [usage, cache] = [memoryUsage(), memoryCache()];
  const allowance = options.allowance ?? (async () => ({ enabled: true, tokensPerDay: 1_000_000 }));
  const spending = budget(usage, allowance, made.time.now, made.report);
  const shared = { client, provider: made, budget: spending };
  const embedding = { model: MODEL, dimensions: DIMENSIONS };
  const sendDimensions = options.sendDimensions ?? false;
  return {
    ...seen,
    usage,
    cache,
    embedder: openaiEmbedder({ ...shared, cache, embedding, sendDimensions }),
    drafter: openaiDrafter({ ...shared, model: 'gpt-test', api: options.api ?? 'responses' }),
  };
}

/** Both kinds of index. `Index` is what `Pinecone.index` makes. */
export function pineconeRig(url: string) {
  const { provider: made, ...seen } = provider('pinecone');
  const connect: PineconeDeps['connect'] = (host, namespace, fetchApi) =>
    new Index(
      { host, namespace },
      { apiKey: 'key', fetchApi, maxRetries: 0, additionalHeaders: { 'X-Pinecone-Api-Version': API_VERSION } },
    ) satisfies ReturnType<Pinecone['index']>;
  const place = { controller: url, apiKey: 'key', cloud: 'aws', region: 'us-east-1' };
  const deps = { provider: made, fetch, connect };
  return {
    ...seen,
    dense: pineconeIndex({ ...deps, place: { ...place, name: 'cuecard-8' } }, denseCodec(DIMENSIONS)),
    sparse: pineconeIndex({ ...deps, place: { ...place, name: 'cuecard-sparse' } }, sparseCodec),
  };
}
