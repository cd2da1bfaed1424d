import { createHash } from 'node:crypto';
import type { TenantId } from '../domain/ids.ts';

type Kind = 'snapshots' | 'catalogs' | 'verdicts' | 'reports' | 'golden';

/** Where immutable bytes lie: the same bytes have one key, so writing them twice is writing them once. */
export const contentKey = (kind: Kind, tenant: TenantId, bytes: Uint8Array): string =>
  `${kind}/${tenant}/${createHash('sha256').update(bytes).digest('hex')}`;
