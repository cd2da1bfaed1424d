import * as z from 'zod';
import { Language } from './language.ts';
import { AuthorType } from './message.ts';

/** A customer's turn that asked something, kept to be asked again of other releases. Texts are masked. */
export const SampledTurn = z.object({
  text: z.string().min(1),
  language: Language.optional(),
  /** The last lines before it, oldest first. */
  history: z.array(z.object({ author: AuthorType, text: z.string() })),
  shop: z.string().optional(),
  channel: z.string().optional(),
  /** When it was asked (epoch ms). */
  at: z.number(),
});
export type SampledTurn = z.infer<typeof SampledTurn>;
