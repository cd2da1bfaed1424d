import * as z from 'zod';

/** The store takes 32 levels, of which an item around such a record needs a few itself. */
const MAX_LEVELS = 16;

const isWithin = (value: unknown, levels: number): boolean =>
  typeof value !== 'object' ||
  value === null ||
  (levels > 0 && Object.values(value).every((inner) => isWithin(inner, levels - 1)));

/** What a platform adds of its own and is kept as it came. Too deep a one could be accepted and never be stored. */
export const OpenRecord = z
  .record(z.string(), z.unknown())
  .refine((record) => isWithin(record, MAX_LEVELS), `nested deeper than ${MAX_LEVELS} levels`);
