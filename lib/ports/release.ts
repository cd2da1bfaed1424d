/** The knowledge that is live, and the questions that a release is measured by. */

import type { TenantId } from '../domain/ids.ts';
import type { LivePointer } from '../domain/knowledge.ts';

/** The pointer that publishing flips: each change is one write conditional on the version it was read at. */
export type LiveStore = {
  /** Read consistently. */
  read(tenant: TenantId): Promise<LivePointer | undefined>;
  put(tenant: TenantId, pointer: LivePointer, expected: number | undefined): Promise<'ok' | 'conflict'>;
};

/** The tenant's golden questions: which object holds them. Each change is one write conditional on the version read. */
export type GoldenList = { version: number; key: string; total: number };

export type GoldenStore = {
  /** Read consistently. Undefined while there are none. */
  read(tenant: TenantId): Promise<GoldenList | undefined>;
  put(tenant: TenantId, list: GoldenList, expected: number | undefined): Promise<'ok' | 'conflict'>;
};
