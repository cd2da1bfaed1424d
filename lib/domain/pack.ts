import * as z from 'zod';
import { EntryId } from './ids.ts';
import { Language } from './language.ts';
import { Localized } from './tenant.ts';

const count = z.number().int().nonnegative();
const bilingual = z.object({ zh: z.string(), en: z.string() });

/** A pack of this deployment, and what the tenant has of it. */
export const PackSummary = z.object({
  name: z.string(),
  version: z.string(),
  languages: z.array(Language),
  entries: count,
  /** Absent, it is not; `at` is when its words were first kept. */
  installed: z.object({ version: z.string(), at: z.iso.datetime().optional() }).optional(),
  /** The newer version that an update would bring. */
  update: z.string().optional(),
});
export type PackSummary = z.infer<typeof PackSummary>;

/** Something that a shop is asked once, and what its answer is good for. */
export const ShopFact = z.object({
  name: z.string(),
  /** `own` where no installed pack asks for it. */
  category: z.string(),
  question: bilingual,
  example: bilingual,
  value: Localized.optional(),
  /** Entries that use it, those that are off left out. */
  entries: count,
  /** Entries that would be whole with this one fact more: it is all that they lack. */
  unlocks: count,
  waiting: z.array(z.object({ entryId: EntryId, question: z.string() })),
});
export type ShopFact = z.infer<typeof ShopFact>;

/** What a shop answers; `null` takes an answer back. */
export const FactAnswers = z.strictObject({ facts: z.record(z.string().max(100), Localized.nullable()) });
export type FactAnswers = z.infer<typeof FactAnswers>;
