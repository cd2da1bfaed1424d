import * as z from 'zod';
import { ReleaseId } from './ids.ts';
import { Language } from './language.ts';
import { RankingShifts } from './ranking.ts';
import { Live, Phrases } from './tenant.ts';

const count = z.number().int().nonnegative();

/** The draft's head. Entries live under its `generation`; every change of any of them grows `changes`. */
export const DraftHead = z.object({
  version: count,
  generation: z.string(),
  changes: count,
  /** The imports writing into the draft right now: nothing is released until they have finished. */
  writing: z.array(z.string()),
  /** The last imports that were written whole: a rerun does not write them again. */
  applied: z.array(z.string()),
  /** Generations left by `replace` whose items are still to be deleted. */
  retired: z.array(z.string()),
});
export type DraftHead = z.infer<typeof DraftHead>;

/** The live pointer with the releases that have been live, newest last: a release never goes live twice by mistake. */
export const LivePointer = Live.extend({
  history: z.array(ReleaseId).default([]),
  /** When this release went live, and by whom. */
  at: z.iso.datetime().optional(),
  by: z.string().optional(),
  /** It had been live before. */
  back: z.boolean().optional(),
});
export type LivePointer = z.infer<typeof LivePointer>;

/** A question whose intent is known, for the gate. */
export const Golden = z.object({
  text: z.string().min(1).max(1_000),
  intent: z.string().min(1).max(200),
  language: Language.optional(),
});
export type Golden = z.infer<typeof Golden>;

/** What a snapshot carries beside the entries. */
export const SnapshotMeta = z.object({
  phrases: Phrases,
  /** Queue skill by intent category: who should take a hand-off. */
  skills: z.record(z.string(), z.string()),
  /** Where the tenant has suggestions ordered by what agents use. */
  ranking: RankingShifts.optional(),
});
export type SnapshotMeta = z.infer<typeof SnapshotMeta>;

/** The tenant's standing job of clearing away what nothing refers to any more. It is never finished, only put off. */
export const CollectJob = z.object({
  id: z.string(),
  /** What the last run removed. */
  removed: count.optional(),
  at: z.iso.datetime().optional(),
});
export type CollectJob = z.infer<typeof CollectJob>;
