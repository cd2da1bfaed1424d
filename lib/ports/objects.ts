/** Blobs by key: snapshots, catalogues, uploads. */

import type { UploadForm } from '../domain/upload.ts';
import type { Page } from './page.ts';

/** Immutable blobs: snapshots, catalogues, uploads. */
export type ObjectStore = {
  get(key: string): Promise<Uint8Array | undefined>;
  put(key: string, bytes: Uint8Array): Promise<void>;
  /** Nothing happens when there is none. */
  delete(key: string): Promise<void>;
  /** A page of what lies under a prefix that ends in `/`, in order of keys. */
  list(prefix: string, cursor?: string): Promise<Page<StoredObject>>;
};

/** A form by which one object can be put until `expiresAt` (epoch ms), larger files being refused. */
export type PresignUpload = (key: string, limits: { maxBytes: number; expiresAt: number }) => Promise<UploadForm>;

/** `at`: when it was last put (epoch ms). */
export type StoredObject = { key: string; at: number; bytes: number };
