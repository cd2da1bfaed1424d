import * as z from 'zod';
import { FieldChange } from './diff.ts';
import { EntryId } from './ids.ts';

const count = z.number().int().nonnegative();

/** One field that the shop and the pack's new version changed differently. */
export const PackConflict = z.object({
  entryId: EntryId,
  question: z.string(),
  /** `deleted`: one side removed what the other changed. */
  fields: z.array(
    z.object({
      path: z.string(),
      old: z.unknown().optional(),
      theirs: z.unknown().optional(),
      mine: z.unknown().optional(),
    }),
  ),
});
export type PackConflict = z.infer<typeof PackConflict>;

/** What an update of a pack does to a shop's draft, merged three ways: the pack's old version, its new one, the shop's. */
export const PackUpdate = z.object({
  pack: z.string(),
  from: z.string(),
  to: z.string(),
  dryRun: z.boolean(),
  /** New in the pack. */
  added: z.array(z.object({ id: EntryId, question: z.string() })),
  /** Not touched by the shop: becomes what the pack says. */
  updated: z.array(z.object({ id: EntryId, question: z.string(), fields: z.array(FieldChange) })),
  /** Edited by the shop and by the pack in different places: both are kept. */
  merged: z.array(z.object({ id: EntryId, question: z.string(), fields: z.array(FieldChange) })),
  /** Edited by the shop alone. */
  kept: z.array(z.object({ id: EntryId, question: z.string() })),
  /** Gone from the pack and not touched by the shop. */
  removed: z.array(z.object({ id: EntryId, question: z.string() })),
  conflicts: z.array(PackConflict),
  unchanged: count,
});
export type PackUpdate = z.infer<typeof PackUpdate>;

/** By entry: whose words win where both changed them. */
export const PackChoices = z.record(EntryId, z.enum(['mine', 'theirs']));
export type PackChoices = z.infer<typeof PackChoices>;
