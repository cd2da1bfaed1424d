import * as z from 'zod';
import { Entry } from './entry.ts';

/** An entry of the draft as it is stored. `revision` changes with its content: an edit names the one it was made from. */
export const KeptEntry = Entry.extend({
  revision: z.string(),
  updatedAt: z.iso.datetime().optional(),
  updatedBy: z.string().optional(),
});
export type KeptEntry = z.infer<typeof KeptEntry>;
