import * as z from 'zod';
import { EntryId } from './ids.ts';
import { Language } from './language.ts';

export const Policy = z.enum(['auto', 'assist', 'human']);
export type Policy = z.infer<typeof Policy>;

const instant = z.iso.datetime({ offset: true });

/** One way to answer an entry. `when` is a condition (see `condition.ts`); the most specific that holds wins. */
export const Answer = z.object({
  text: z.string().min(1).max(5_000),
  when: z.string().max(500).optional(),
  validFrom: instant.optional(),
  validUntil: instant.optional(),
  channels: z.array(z.string().max(100)).max(20).optional(),
  shop: z.string().max(100).optional(),
  attachments: z.array(z.string().max(2_000)).max(10).optional(),
  /** Product ids shown as cards beside the answer. */
  cards: z.array(z.string().max(200)).max(10).optional(),
});
export type Answer = z.infer<typeof Answer>;

/** An authored question with its similar questions and its answers: one class of the classifier. */
export const Entry = z.object({
  id: EntryId,
  intent: z.string().min(1).max(200),
  language: Language.optional(),
  category: z.string().max(100).optional(),
  question: z.string().min(1).max(1_000),
  similarQuestions: z.array(z.string().min(1).max(1_000)).max(1_000).default([]),
  answers: z.array(Answer).min(1).max(50),
  /** What to ask the customer when a condition rests on an unknown fact. */
  ask: z.string().max(1_000).optional(),
  policy: Policy.default('auto'),
  shortcut: z.string().max(50).optional(),
  /** For colleagues; never sent. */
  note: z.string().max(5_000).optional(),
  pack: z.string().optional(),
  /** Kept, and left out of releases. */
  off: z.boolean().optional(),
  /** Of a piece of an article: its title and the headings above the piece, outermost first. Never answered alone. */
  passage: z
    .object({
      article: z.string().max(500),
      path: z.array(z.string().max(500)).max(10),
      url: z.url().max(2_000).optional(),
    })
    .optional(),
});
export type Entry = z.infer<typeof Entry>;
