import * as z from 'zod';
import type { Entry } from '../../domain/entry.ts';
import type { TenantId } from '../../domain/ids.ts';
import { Language } from '../../domain/language.ts';
import { questionsOf } from '../../domain/questions.ts';
import type { HeldOutVerdict } from '../../engine/types.ts';
import type { ObjectStore } from '../../ports/objects.ts';
import { contentKey } from '../content-key.ts';
import { NOTHING } from './ask.ts';

/** What a release's own cross-validation said of an authored question: whose it is, and what came first. */
export const OwnVerdict = z.object({
  text: z.string(),
  language: Language.optional(),
  entry: z.string(),
  intent: z.string(),
  /** Entry and intent that came first; empty where nothing did. */
  gotEntry: z.string(),
  got: z.string(),
  /** Zero-based place of its own entry; -1 where it did not come. */
  place: z.number(),
  confidence: z.number(),
});
export type OwnVerdict = z.infer<typeof OwnVerdict>;

const Kept = z.object({ format: z.literal(1), verdicts: z.array(OwnVerdict) });

/**
 * The compiler's verdicts in the words of the entries that it compiled, in their order. Those on a passage are of its own
 * sentences, which nobody asks: they say nothing of how questions fare.
 */
export function ownVerdicts(entries: readonly Entry[], verdicts: readonly HeldOutVerdict[]): OwnVerdict[] {
  return verdicts.flatMap(({ index, question, got, place, confidence }) => {
    const entry = entries[index];
    const first = got === undefined ? undefined : entries[got];
    if (entry === undefined || entry.passage !== undefined) return [];
    return [
      {
        text: questionsOf(entry)[question] ?? '',
        ...(entry.language === undefined ? {} : { language: entry.language }),
        entry: entry.id,
        intent: entry.intent,
        gotEntry: first?.id ?? NOTHING,
        got: first?.intent ?? NOTHING,
        place,
        confidence: Math.round(confidence * 10_000) / 10_000,
      },
    ];
  });
}

/** The object that they are kept in beside the snapshot, for the release that will be compared with this one. */
export function verdictsObject(tenant: TenantId, verdicts: readonly OwnVerdict[]): { key: string; bytes: Uint8Array } {
  const kept: z.input<typeof Kept> = { format: 1, verdicts: [...verdicts] };
  const bytes = new TextEncoder().encode(JSON.stringify(kept));
  return { key: contentKey('verdicts', tenant, bytes), bytes };
}

/** None where a release of an earlier version kept none, or they cannot be read: there is nothing to compare with. */
export async function readVerdicts(objects: ObjectStore, key: string | undefined): Promise<OwnVerdict[]> {
  const bytes = key === undefined ? undefined : await objects.get(key);
  if (bytes === undefined) return [];
  const kept = Kept.safeParse(JSON.parse(new TextDecoder().decode(bytes)));
  return kept.success ? kept.data.verdicts : [];
}
