import * as z from 'zod';

/** By what was asked and which entry was suggested, how far agents' choices move it in the order: see `shiftsOf`. */
export const RankingShifts = z.record(z.string(), z.number().min(-0.05).max(0.05));
export type RankingShifts = z.infer<typeof RankingShifts>;

export const shiftKey = (intent: string, entryId: string): string => `${intent}\n${entryId}`;
