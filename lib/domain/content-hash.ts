import { createHash } from 'node:crypto';
import type { Entry } from './entry.ts';
import { questionsOf } from './questions.ts';

/**
 * Names a text as a model of this length reads it: 128 bits of SHA-256, base64url. Vectors of another model or length
 * never share a name with these.
 */
export function contentHash({ model, dimensions }: { model: string; dimensions: number }, text: string): string {
  return createHash('sha256').update(`${model}\n${dimensions}\n${text}`).digest().subarray(0, 16).toString('base64url');
}

/** Every question of these entries, as an index names it: the entry's id and the hash of the text. */
export function* questionIds(
  embedding: { model: string; dimensions: number },
  entries: Iterable<Entry>,
): Generator<{ key: string; hash: string; text: string }> {
  for (const entry of entries) {
    for (const text of questionsOf(entry)) yield { key: entry.id, hash: contentHash(embedding, text), text };
  }
}
