import type { Index } from '@pinecone-database/pinecone';
import { type Call, calling, type Given, nameOf, type Policy, type Provider, type Until } from '../provider/call.ts';
import { isPassing, retryAfterMs } from '../provider/retry-after.ts';

/** The contract that requests and answers here are written and checked against. */
export const API_VERSION = '2026-04';

export type Fetch = typeof globalThis.fetch;

/** The index that a port is for: its name, and where it is made when there is none. */
export type Place = { controller: string; apiKey: string; name: string; cloud: string; region: string };

export type PineconeDeps = {
  provider: Provider;
  fetch: Fetch;
  /** The data plane of an index. The client's own retries are off. */
  connect: (host: string, namespace: string, fetch: Fetch) => Index;
  place: Place;
};

/** What the client's answers leave out: status, how long to wait, and how far the index is with what it took. */
export type Exchange = {
  status?: number;
  waitMs?: number | undefined;
  /** Sequence number of a write, and of the newest write that a query has seen. */
  writtenLsn?: number;
  indexedLsn?: number;
};

function note(exchange: Exchange, response: Response, now: number): void {
  exchange.status = response.status;
  exchange.waitMs = retryAfterMs((name) => response.headers.get(name), now);
  const written = Number.parseInt(response.headers.get('x-pinecone-request-lsn') ?? '', 10);
  const indexed = Number.parseInt(response.headers.get('x-pinecone-max-indexed-lsn') ?? '', 10);
  if (written >= 0) exchange.writtenLsn = written;
  if (indexed >= 0) exchange.indexedLsn = indexed;
}

/** Whether another try may help, judged by the answer itself: the client hides 429 and its `retry-after`. */
function judge(error: unknown, { status, waitMs }: Exchange) {
  if (error instanceof SyntaxError) return { again: false, why: 'malformed answer' };
  if (status === undefined || status < 400) return { again: true, why: nameOf(error) };
  return { again: isPassing(status), waitMs, why: `status ${status}` };
}

/** One request with its tries. `ask` gets a `fetch` that ends with the try and notes what came back. */
export async function speaking<T>(
  { provider, fetch }: Pick<PineconeDeps, 'provider' | 'fetch'>,
  until: Until,
  ask: (fetch: Fetch, exchange: Exchange) => Promise<T>,
): Promise<Given<T>> {
  let exchange: Exchange = {};
  const policy: Policy = { attempts: 5, attemptMs: 20_000, judge: (error) => judge(error, exchange) };
  const call: Call<T> = (signal) => {
    const its: Exchange = {};
    exchange = its;
    const noting: Fetch = async (input, init) => {
      const response = await fetch(input, { ...init, signal });
      note(its, response, provider.time.now());
      return response;
    };
    return ask(noting, its);
  };
  return calling(provider, policy, until, call);
}
