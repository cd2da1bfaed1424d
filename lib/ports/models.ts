/** What is asked of the providers of models. Implemented in `lib/adapters/provider`. */

import type * as z from 'zod';
import type { TenantId } from '../domain/ids.ts';
import type { KnownPerson } from '../domain/personal-data/types.ts';
import type { Embedding } from '../engine/types.ts';

/**
 * Why a model or an index gave nothing. Nothing of it is thrown: the flow goes on without and says so (`degraded`).
 * `not_configured` also means that the tenant has switched models off.
 */
export type Unavailable = { kind: 'unavailable'; reason: 'not_configured' | 'over_budget' | 'timeout' | 'failed' };

/** Milliseconds from the call after which the answer is `timeout`, whatever the provider does. */
export type Within = { deadlineMs: number };

/** Turns texts into unit-length vectors, in their order. Personal data is masked before it leaves. */
export type Embedder = {
  embedding: Embedding;
  /** `keep` looks vectors up in the store and keeps new ones: for knowledge, never for what a customer wrote. */
  embed(
    tenant: TenantId,
    texts: readonly string[],
    options: Within & { keep: boolean; person?: KnownPerson },
  ): Promise<{ kind: 'ok'; vectors: Float32Array[] } | Unavailable>;
};

/** What a model is to write. `data` is delimited and never instruction, whatever it says; the reply fits `schema`. */
export type DraftRequest<T> = {
  /** `[a-z_]+`: names the schema to the provider. */
  name: string;
  instructions: string;
  /** Customer text, knowledge, product and order facts. Labels are ours, texts are anybody's. */
  data: readonly { label: string; text: string }[];
  /** Flat, every field there (`nullable` rather than `optional`): what providers' strict mode takes. */
  schema: z.ZodType<T>;
  /** What is known of the customer, masked wherever it stands. */
  person?: KnownPerson;
};

/** Writes by structured output. Personal data is masked before it leaves and restored in what comes back. */
export type Drafter = {
  /** `onText` gets each top-level text of the reply as it grows: its field and all of it so far, unchecked. */
  draft<T>(
    tenant: TenantId,
    request: DraftRequest<T>,
    options: Within & { onText?: (field: string, soFar: string) => void },
  ): Promise<{ kind: 'ok'; value: T } | Unavailable>;
};
