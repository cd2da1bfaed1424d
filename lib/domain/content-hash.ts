import { createHash } from 'node:crypto';

/**
 * Names a text as a model of this length reads it: 128 bits of SHA-256, base64url. Vectors of another model or length
 * never share a name with these.
 */
export function contentHash({ model, dimensions }: { model: string; dimensions: number }, text: string): string {
  return createHash('sha256').update(`${model}\n${dimensions}\n${text}`).digest().subarray(0, 16).toString('base64url');
}
