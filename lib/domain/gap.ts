import * as z from 'zod';
import { Entry } from './entry.ts';
import { EntryId } from './ids.ts';
import { Language } from './language.ts';

const count = z.number().int().nonnegative();

/** How it showed that nothing answered: nothing fitted, a person took over, an agent searched in vain, or wrote it. */
export const GapKind = z.enum(['nothing_fits', 'handoff', 'search', 'own_reply']);
export type GapKind = z.infer<typeof GapKind>;

/** Questions of one meaning that no entry answered. Texts are masked. */
export const Gap = z.object({
  id: z.string(),
  /** The question nearest to all of them. */
  title: z.string(),
  language: Language,
  count,
  kinds: z.partialRecord(GapKind, count),
  firstAt: z.iso.datetime(),
  lastAt: z.iso.datetime(),
  examples: z.array(z.string()),
  /** What agents answered, most often first. */
  replies: z.array(z.object({ text: z.string(), count })),
  nearest: z.object({ entryId: EntryId, question: z.string(), confidence: z.number() }).optional(),
  /** What one click makes of it. */
  proposal: Entry.optional(),
  status: z.enum(['open', 'drafted', 'dismissed']),
});
export type Gap = z.infer<typeof Gap>;

/** A change of an entry that agents' edited replies suggest, waiting for a manager. Texts are masked. */
export const Proposal = z.object({
  id: z.string(),
  entryId: EntryId,
  answer: count,
  before: z.string(),
  after: z.string(),
  /** How often agents sent something like it, and by whom and when. */
  count,
  evidence: z.array(z.object({ assistId: z.string(), agentId: z.string(), at: z.iso.datetime(), sent: z.string() })),
  status: z.enum(['open', 'accepted', 'rejected', 'outdated']),
});
export type Proposal = z.infer<typeof Proposal>;
