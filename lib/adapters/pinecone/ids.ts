import { createHash } from 'node:crypto';
import type { IndexedId } from '../../ports/vectors.ts';

/** An id is ASCII without blanks, at most 512 characters; an entry's key may be any script and holds no `#` here. */
const SAFE_KEY = /^[\w.:/@-]{1,200}$/;

/** `<entry>#<content hash>`, so that an entry's vectors share a prefix. Other keys stand as 128 bits of their SHA-256. */
export function toVectorId({ key, hash }: IndexedId): string {
  const named = SAFE_KEY.test(key)
    ? key
    : `~${createHash('sha256').update(key).digest().subarray(0, 16).toString('base64url')}`;
  return `${named}#${hash}`;
}

/** The content hash of an id that `toVectorId` made; undefined for any other. */
export const hashOf = (id: string): string | undefined => /#([\w-]{22})$/.exec(id)?.[1];
