import type { Entry } from '../domain/entry.ts';
import type { SnapshotMeta } from '../domain/knowledge.ts';
import { questionsOf } from '../domain/questions.ts';
import { DEFAULT_SETTINGS } from '../domain/tenant.ts';
import type { CompileInput } from '../engine/types.ts';
import type { Embedded } from './embed-entries.ts';

const encode = (value: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(value));

/**
 * Every entry is a class; whether an answer is valid now is asked when it is used, not here. `outOfScopeShare`: of real
 * questions, the share that no entry answers, which confidences expect.
 */
export function compileInput(
  entries: readonly Entry[],
  meta: SnapshotMeta,
  outOfScopeShare: number = DEFAULT_SETTINGS.outOfScopeShare,
  embedded?: Embedded,
): CompileInput {
  return {
    classes: entries.map((entry) => ({
      key: entry.id,
      ...(entry.language === undefined ? {} : { language: entry.language }),
      questions: questionsOf(entry),
      answer: entry.answers.map((answer) => answer.text).join('\n'),
      payload: encode(entry),
      ...(embedded === undefined ? {} : { vectors: vectorsOf(entry, embedded) }),
    })),
    meta: encode(meta),
    outOfScopeShare,
    ...(embedded === undefined ? {} : { embedding: embedded.embedding, vectorsLie: embedded.vectorsLie }),
  };
}

const vectorsOf = (entry: Entry, { vectors }: Embedded): Float32Array[] =>
  questionsOf(entry).flatMap((text) => vectors.get(text) ?? []);
