import { createHash } from 'node:crypto';
import type { TenantId } from '../domain/ids.ts';

/** Where immutable bytes lie: the same bytes have one key, so writing them twice is writing them once. */
export const contentKey = (kind: 'snapshots' | 'catalogs', tenant: TenantId, bytes: Uint8Array): string =>
  `${kind}/${tenant}/${createHash('sha256').update(bytes).digest('hex')}`;
