import * as z from 'zod';
import { Policy } from './entry.ts';
import { Language } from './language.ts';

/**
 * `expired`: every answer has ended. `scheduled`: none has begun. `locked`: an answer rests on a shop fact that is not
 * set; `unlocked`: all that it rests on are.
 */
export const EntryState = z.enum(['on', 'off', 'expired', 'scheduled', 'passage', 'locked', 'unlocked']);
export type EntryState = z.infer<typeof EntryState>;

/** What a list of entries is narrowed to; all of it must hold. */
export const EntryFilter = z
  .object({
    /** Held in the id, the intent, a question or an answer. */
    q: z.string().max(500),
    category: z.string().max(100),
    language: Language,
    /** An intent, or the beginning of its dotted name. */
    intent: z.string().max(200),
    /** A pack's name, or `none` for the shop's own. */
    pack: z.string().max(100),
    policy: Policy,
    state: EntryState,
  })
  .partial();
export type EntryFilter = z.infer<typeof EntryFilter>;
