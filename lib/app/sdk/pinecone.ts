// The data plane alone: the package's root brings its control plane, assistants and administration into a bundle.
import { Index } from '@pinecone-database/pinecone/dist/data/index.js';
import type { PineconeDeps } from '../../adapters/pinecone/speak.ts';
import { API_VERSION } from '../../adapters/pinecone/speak.ts';

/** Its own retries are off: they never repeat a 429 and know no deadline. */
export const connectIndex =
  (apiKey: string): PineconeDeps['connect'] =>
  (host, namespace, fetchApi) =>
    new Index(
      { host, namespace },
      { apiKey, fetchApi, maxRetries: 0, additionalHeaders: { 'X-Pinecone-Api-Version': API_VERSION } },
    );
